"""Reads a picture to its end and makes it anew from its points. Runs only in a process of its own: hub/pictures.

Nothing is carried over but points: no place, no date, no thumbnail, no comment, no profile, nothing behind its end.
"""

import io
from typing import Any

import pi_heif
from PIL import Image, ImageOps, TiffImagePlugin, UnidentifiedImageError

from hub.bounded_process import Answer, Declined
from hub.pictures import colours, losses, storing
from hub.pictures.endings import arrived_whole, is_lossless_webp
from hub.pictures.kinds import DAMAGED, MOST_POINTS, MOST_POINTS_OF_A_PHOTO, OTHER_KIND, RAW, too_large, why_not_opened

FORMATS = ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"]
MANY_KINDS = (b"II*", b"MM\x00*", b"BM")  # of which some can be read by few programs
MOVING = {"GIF", "PNG", "WEBP", "AVIF"}
DNG_VERSION, KIND_OF_PAGE, SMALLER_COPY, MASK = 50706, 254, 1, 4
PLAIN = {"L", "LA", "RGB", "RGBA", "CMYK"}
WHITE = (255, 255, 255)


def remake(data: bytes, *, widest: int, as_photo: bool) -> Answer:
    """The new picture, its extension and what was lost. Raises Declined with a sentence."""
    refusal = why_not_opened(data)
    if refusal:
        raise Declined(refusal)
    Image.MAX_IMAGE_PIXELS = None  # counted here, with a sentence
    try:
        with Image.open(io.BytesIO(data), formats=_formats(data)) as original:
            return _made(original, data, widest=widest, as_photo=as_photo)
    except (Declined, MemoryError):
        raise
    except UnidentifiedImageError as error:
        raise Declined(OTHER_KIND if data.startswith(MANY_KINDS) else DAMAGED) from error
    except Exception as error:  # each format's reader has errors of its own for a broken file
        raise Declined(DAMAGED) from error


def _formats(data: bytes) -> list[str]:
    """What it may be. HEIC has a reader of its own, which is asked about nothing else."""
    if data[4:8] != b"ftyp":
        return FORMATS
    pi_heif.register_heif_opener()
    return [*FORMATS, "HEIF"]


def _made(original: Image.Image, data: bytes, *, widest: int, as_photo: bool) -> Answer:
    before, lost = original.size, _pictures_left_out(original)
    _check_size(original, widest)
    lying = original.size
    original.load()
    if not arrived_whole(str(original.format), data):
        raise Declined(DAMAGED)
    like = storing.like_the_original(original)
    _turn_upright(original)
    before = before[::-1] if original.size == lying[::-1] else before
    small_first = original.mode in PLAIN and "transparency" not in original.info  # saves time where it changes nothing
    seen, colours_lost = colours.as_seen(_fitted(original, widest) if small_first else original, data)
    if max(before) > widest:
        seen, like = _fitted(seen, widest), {}
        lost.append(losses.smaller(before, seen.size))
    seen = _on_white(seen) if as_photo else storing.without_needless(seen)
    kind = storing.JPEG if as_photo else storing.format_for(original, seen)
    if kind == original.format == storing.WEBP and is_lossless_webp(data):
        made = storing.written_without_loss(seen)
    else:
        made = storing.written(seen, kind, original, largest=len(data), like=like)
    return Answer({"extension": storing.EXTENSIONS[kind], "lost": [*lost, *colours_lost]}, (made,))


def _check_size(original: Image.Image, widest: int) -> None:
    most = MOST_POINTS
    if original.format in {"JPEG", "MPO"}:
        most = MOST_POINTS_OF_A_PHOTO
    if original.width * original.height > most:
        raise Declined(too_large(most))
    if original.format in {"JPEG", "MPO"}:
        original.draft(None, _within(original.size, widest))  # a large photo is opened at a half or a quarter


def _pictures_left_out(original: Image.Image) -> list[losses.Said]:
    if isinstance(original, TiffImagePlugin.TiffImageFile):
        number = _pages(original)
    else:
        number = getattr(original, "n_frames", 1)
    if number <= 1:
        return []
    return [losses.moves() if original.format in MOVING else losses.several(number)]


def _pages(original: TiffImagePlugin.TiffImageFile) -> int:
    """Pages of a scan, without smaller copies and masks. A camera's raw file shows a smaller copy first."""
    tags: Any = original.tag_v2
    if DNG_VERSION in tags or (int(tags.get(KIND_OF_PAGE, 0)) & SMALLER_COPY):
        raise Declined(RAW)
    number = 0
    for page in range(original.n_frames):
        original.seek(page)
        number += not (int(original.tag_v2.get(KIND_OF_PAGE, 0)) & (SMALLER_COPY | MASK))
    original.seek(0)
    return number


def _turn_upright(original: Image.Image) -> None:
    """Turns it as its hidden orientation says."""
    try:
        ImageOps.exif_transpose(original, in_place=True)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001, S110 - a note that cannot be read does not say which side is up
        pass


def _fitted(picture: Image.Image, widest: int) -> Image.Image:
    if max(picture.size) <= widest:
        return picture
    picture = colours.with_clear_parts(picture)
    in_black_and_white = picture.mode == "1"
    whole = picture.convert({"1": "L", "P": "RGB"}[picture.mode]) if picture.mode in {"1", "P"} else picture
    small = whole.resize(_within(picture.size, widest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return small.point(lambda grey: round(grey / 17) * 17) if in_black_and_white else small  # 16 greys are enough


def _within(size: tuple[int, int], widest: int) -> tuple[int, int]:
    part = min(1.0, widest / max(size))
    return max(1, round(size[0] * part)), max(1, round(size[1] * part))


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", picture.size, WHITE), picture).convert("RGB")
    return picture.convert("RGB")
