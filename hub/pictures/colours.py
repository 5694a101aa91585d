"""The colours of a picture as they were seen, in sRGB, which needs no profile: 8 bits, and clear where it was clear.

A profile is used through littlecms and then left out. Refuses what holds measurements instead of colours.
"""

import io
import struct
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageCms, ImageMath

from hub.bounded_process import Declined
from hub.pictures import losses, profiles
from hub.pictures.kinds import MEASUREMENTS

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
PLAIN = {"RGBX": "RGB", "RGBa": "RGBA", "La": "LA", "YCbCr": "RGB", "HSV": "RGB", "PA": "RGBA"}
MINUS, WHITE_IS_ZERO = 262, 0  # TIFF: what 0 means
SPACES = {"L": "GRAY", "RGB": "RGB ", "CMYK": "CMYK", "LAB": "Lab "}
GREY_AND_CLEAR = 4  # how a PNG arranges its points
NO_DIFFERENCE = 1  # of 255: such a profile is sRGB under another name
Profiled = Callable[[Image.Image], Image.Image]


def as_seen(picture: Image.Image, data: bytes) -> tuple[Image.Image, list[losses.Said]]:
    """`picture`, read from `data`, in mode 1, L, LA, P, RGB or RGBA; and what of its colours is lost."""
    info = picture.info
    eight = _eight_bits(picture)
    if eight.mode == "RGBA" and data.startswith(b"\x89PNG") and data[25] == GREY_AND_CLEAR:
        eight = eight.convert("LA")
    if eight.mode in PLAIN:
        eight = eight.convert(PLAIN[eight.mode])
    icc, lost = _profile_of(info, data)
    _name_clear_colour_in_eight_bits(eight)
    if "transparency" in eight.info and eight.mode in {"1", "L"} and not icc:
        eight = _as_palette(eight)
    elif eight.mode != "P":
        eight = with_clear_parts(eight)
    if eight.mode == "1":
        return eight, []
    if eight.mode == "CMYK" and not icc:
        return eight.convert("RGB"), [losses.print_colours()]
    if eight.mode == "LAB" and not icc:
        icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    if icc:
        try:
            eight = _converted(eight, ImageCms.ImageCmsProfile(io.BytesIO(icc)))
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            lost = [*lost, losses.unreadable_profile()]
    return (eight if eight.mode in {"L", "LA", "P", "RGB", "RGBA"} else eight.convert("RGB")), lost


def _eight_bits(picture: Image.Image) -> Image.Image:
    """16 bits of grey as 8, over the whole range; a fraction of 1 as well."""
    if picture.mode == "F":
        low, high = picture.getextrema()
        if not 0 <= float(low) <= float(high) <= 1:  # type: ignore[arg-type]
            raise Declined(MEASUREMENTS)
        return picture.point(lambda light: light * 255 + 0.5).convert("L")
    if not picture.mode.startswith("I;16"):
        if picture.mode == "I":
            raise Declined(MEASUREMENTS)
        return picture
    whole = picture.convert("I")
    tags: Any = getattr(picture, "tag_v2", {})  # of a TIFF
    if tags and tags.get(MINUS) == WHITE_IS_ZERO:
        whole = whole.point(lambda value: value * -1 + 65_535)
    grey = whole.point(lambda value: value * (1 / 257) + 0.5).convert("L")
    clear = picture.info.get("transparency")
    if isinstance(clear, int):
        seen = ImageMath.lambda_eval(lambda named: named["convert"]((named["v"] != clear) * 255, "L"), v=whole)
        grey = Image.merge("LA", (grey, seen))
    return grey


def _name_clear_colour_in_eight_bits(picture: Image.Image) -> None:
    """The one colour that counts as clear is named by 16 bits in a PNG of 16 bits."""
    colour = picture.info.get("transparency")
    if picture.mode == "RGB" and isinstance(colour, tuple) and max(colour) > 255:
        picture.info["transparency"] = tuple(value >> 8 for value in colour)


def _as_palette(picture: Image.Image) -> Image.Image:
    """Greys of which one is clear, as a palette: no larger, and understood by whatever makes sizes of it."""
    steps, most = (256, 1) if picture.mode == "L" else (2, 255)
    numbers = picture.convert("L").point(lambda grey: grey // most)
    few = Image.frombytes("P", picture.size, numbers.tobytes())
    few.putpalette([round(255 * step / (steps - 1)) for step in range(steps) for _ in "RGB"])
    few.info = {**picture.info, "transparency": int(picture.info["transparency"]) // most}
    return few


def with_clear_parts(picture: Image.Image) -> Image.Image:
    """One colour that counts as clear becomes clear, so that converting or resizing cannot miss it."""
    if "transparency" not in picture.info:
        return picture
    return picture.convert({"1": "LA", "L": "LA", "RGB": "RGBA", "P": "RGBA"}.get(picture.mode, picture.mode))


def _profile_of(info: dict[Any, Any], data: bytes) -> tuple[bytes | None, list[losses.Said]]:
    """The profile the picture carries, or that which it names in one of the other ways."""
    numbers = _numbers(info, data)
    if numbers:
        said = [losses.very_bright()] if numbers[1] in profiles.HDR else []
        return profiles.by_numbers(*numbers), said
    if info.get("icc_profile"):
        return info["icc_profile"], []
    if "srgb" in info:
        return None, []
    if "gamma" in info or "chromaticity" in info:
        return _png_profile(info), []
    return (profiles.profile(profiles.ADOBE, profiles.gamma(563 / 256)) if _is_adobe(info) else None), []


def _numbers(info: dict[Any, Any], data: bytes) -> tuple[int, int] | None:
    """Primaries and curve as H.273 numbers them: in a PNG before any profile, in HEIC and AVIF instead of one."""
    if data.startswith(b"\x89PNG"):
        place = data.find(b"cICP", 0, max(data.find(b"IDAT"), 0))
        return (data[place + 4], data[place + 5]) if place > 0 else None
    if data[4:8] == b"ftyp" and not info.get("icc_profile"):
        place = data.find(b"colrnclx", 0, 65_536)
        return struct.unpack(">HH", data[place + 8 : place + 12]) if place > 0 else None
    return None


def _png_profile(info: dict[Any, Any]) -> bytes | None:
    """What a PNG says by numbers of its own; None where that is sRGB but for rounding."""
    power = 1 / info["gamma"] if info.get("gamma") else 2.2
    x = info.get("chromaticity") or (0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)
    named: profiles.Primaries = ((x[2], x[3]), (x[4], x[5]), (x[6], x[7]), (x[0], x[1]))
    flat = [value for point in named for value in point]
    usual = all(abs(a - b) < 0.01 for a, b in zip(flat, sum(profiles.SRGB, ()), strict=True))
    if (usual and abs(power - 2.2) < 0.1) or not 0.2 < power < 5 or min(point[1] for point in named) < 0.01:
        return None
    return profiles.profile(named, profiles.gamma(power) if info.get("gamma") else profiles.srgb_curve)


def _is_adobe(info: dict[Any, Any]) -> bool:
    """Cameras set to Adobe RGB say so in a note of the camera's (DCF) and put no profile in."""
    try:
        exif = Image.Exif()
        exif.load(info.get("exif", b""))
        inner = exif.get_ifd(0x8769)
        return inner.get(0xA001) == 2 or exif.get_ifd(0xA005).get(1) == "R03"
    except Exception:  # noqa: BLE001 - a note that cannot be read says nothing
        return False


def _converted(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    if picture.mode == "P":
        return _with_palette(picture, profile)
    if picture.mode == "LA":
        grey, clear = picture.split()
        return Image.merge("LA", (_converted(grey, profile).convert("L"), clear))
    space = profile.profile.xcolor_space
    kind = "RGB" if picture.mode == "RGBA" or (picture.mode == "L" and space == "RGB ") else picture.mode
    if SPACES.get(kind) != space:
        raise ValueError("A profile for other colours")
    whole = picture.convert("RGB") if picture.mode == "L" and kind == "RGB" else picture
    if kind == "RGB" and _changes_nothing(profile):
        return picture
    if whole.mode in {"RGB", "RGBA"}:
        seen = ImageCms.buildTransform(profile, SRGB, whole.mode, whole.mode).apply_in_place(whole)
    else:
        seen = ImageCms.buildTransform(profile, SRGB, whole.mode, "RGB").apply(whole)
    return seen.convert("L") if picture.mode == "L" else seen


def _changes_nothing(profile: ImageCms.ImageCmsProfile) -> bool:
    """Asked of 729 colours; most pictures carry sRGB, and converting would only round."""
    steps = range(0, 256, 31)
    before = bytes(value for red in steps for green in steps for blue in steps for value in (red, green, blue))
    strip = Image.frombytes("RGB", (len(before) // 3, 1), before)
    after = ImageCms.buildTransform(profile, SRGB, "RGB", "RGB").apply(strip).tobytes()
    return all(abs(a - b) <= NO_DIFFERENCE for a, b in zip(before, after, strict=True))


def _with_palette(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    """Its few colours are converted; which point has which stays."""
    colours = bytes(picture.getpalette("RGB") or [])
    strip = Image.frombytes("RGB", (len(colours) // 3, 1), colours)
    picture.putpalette(_converted(strip, profile).tobytes())
    return picture
