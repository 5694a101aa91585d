"""Colours come out as they were seen, whatever made them: compared with what their definitions say, point by point."""

import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms

from hub.bounded_process import Declined
from hub.pictures import losses, profiles
from hub.pictures.remaking import remake
from tests.picture_files import (
    INKS,
    PATCHES,
    SIDE,
    distance,
    encoded,
    in_srgb,
    in_the_middle,
    lab_in_srgb,
    opened,
    patches,
    printing_profile,
    scene,
)

PROPHOTO = ((0.734699, 0.265301), (0.159597, 0.840403), (0.036598, 0.000105), (0.345704, 0.358540))
SPACES = {
    "Display P3": profiles.profile(profiles.P3, profiles.srgb_curve),
    "Adobe RGB": profiles.profile(profiles.ADOBE, profiles.gamma(563 / 256)),
    "ProPhoto": profiles.profile(PROPHOTO, profiles.gamma(1.8)),
}


def kept(data: bytes, *losses_named: str) -> Image.Image:
    """The picture as it is kept, which carries no profile and lost what is named and no more."""
    answer = remake(data, widest=6_000, as_photo=False)
    assert [loss["kind"] for loss in answer.value["lost"]] == list(losses_named)
    picture = opened(answer.blobs[0])
    assert "icc_profile" not in picture.info
    return picture


def seen_in(space: str) -> Image.Image:
    return patches([in_srgb(space, colour) for colour in PATCHES])


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_wide_colours_become_what_they_were_on_the_screen(space: str, kind: str) -> None:
    how = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(patches(), kind, icc_profile=SPACES[space], **how)
    assert max(distance(patches(), seen_in(space))) > 5, "else this would show nothing"
    assert max(distance(kept(data), seen_in(space))) < 0.7


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "AVIF", "MPO"])
def test_so_do_those_of_a_telephone(kind: str) -> None:
    data = encoded(patches(), kind, icc_profile=SPACES["Display P3"], quality=98)
    assert max(distance(in_the_middle(kept(data)), in_the_middle(seen_in("Display P3")))) < 2.5


def test_a_palette_stays_one_and_its_colours_are_converted() -> None:
    few = patches().quantize(256)
    data = encoded(few, "PNG", icc_profile=SPACES["Adobe RGB"], transparency=7)
    picture = kept(data)
    assert picture.mode == "P"
    assert picture.info["transparency"] == 7
    seen: Any = few.convert("RGB")
    expected = patches([in_srgb("Adobe RGB", seen.getpixel((SIDE * (n % 25), SIDE * (n // 25)))) for n in range(125)])
    assert max(distance(picture, expected)[:3]) < 0.7


def test_clear_parts_keep_their_clearness_beside_a_profile() -> None:
    clear = patches()
    clear.putalpha(patches([colour[0] for colour in PATCHES], "L"))
    picture = kept(encoded(clear, "PNG", icc_profile=SPACES["Display P3"]))
    assert picture.getchannel("A").tobytes() == clear.getchannel("A").tobytes()
    assert max(distance(picture.convert("RGB"), seen_in("Display P3"))) < 0.7


def test_a_profile_that_is_srgb_by_any_name_changes_no_point() -> None:
    for icc in (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), SPACES_SRGB):
        assert kept(encoded(scene(), "PNG", icc_profile=icc)).tobytes() == scene().tobytes()


SPACES_SRGB = profiles.profile(profiles.SRGB, profiles.srgb_curve)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_ink_comes_out_as_its_profile_says(kind: str) -> None:
    inks = [tuple(255 * part for part in ink) for ink in INKS]
    data = encoded(
        patches(inks, "CMYK"), kind, icc_profile=printing_profile(), **({"quality": 100} if kind == "JPEG" else {})
    )
    expected = patches([lab_in_srgb(lab) for lab in INKS.values()])
    assert max(distance(opened(data).convert("RGB"), expected)) > 10, "else this would show nothing"
    assert max(distance(in_the_middle(kept(data)), in_the_middle(expected))) < (2.5 if kind == "JPEG" else 1)


def test_ink_without_a_profile_is_taken_as_browsers_do_and_that_is_said() -> None:
    data = encoded(patches([(0, 0, 0, 0), (255, 0, 0, 0), (0, 0, 0, 255), (0, 128, 0, 0)], "CMYK"), "JPEG", quality=100)
    expected = patches([(255, 255, 255), (0, 255, 255), (0, 0, 0), (255, 127, 255)])
    assert max(distance(in_the_middle(kept(data, losses.COLOURS)), in_the_middle(expected))) < 2.5


@pytest.mark.parametrize(
    "icc", [b"no profile at all", SPACES["Display P3"][:200], printing_profile()], ids=["words", "half", "of ink"]
)
def test_a_profile_that_cannot_be_used_is_said_and_left_out(icc: bytes) -> None:
    assert max(distance(kept(encoded(scene(), "PNG", icc_profile=icc), losses.COLOURS), scene())) == 0


def grey_profile(power: float) -> bytes:
    """Of one channel: a white point and a curve."""
    white = b"XYZ " + bytes(4) + struct.pack(">3i", round(0.9642 * 65536), 65536, round(0.8249 * 65536))
    curve = b"curv" + bytes(4) + struct.pack(">IHxx", 1, round(power * 256))
    head = struct.pack(">I4xI4s4s4s12x4s", 128 + 28 + 36, 0x02400000, b"mntr", b"GRAY", b"XYZ ", b"acsp")
    head = head.ljust(68, b"\0") + white[8:] + bytes(48)
    return head + struct.pack(">I4sII4sII", 2, b"wtpt", 156, 20, b"kTRC", 176, 16) + white + curve


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_grey_with_a_profile_stays_grey_and_is_as_light_as_it_was(mode: str) -> None:
    greys = patches(list(range(0, 256, 5)), "L")
    picture = Image.merge("LA", (greys, greys)) if mode == "LA" else greys
    out = kept(encoded(picture, "PNG", icc_profile=grey_profile(1.0)))
    assert out.mode == mode
    expected = greys.point(
        lambda v: round(255 * (1.055 * (v / 255) ** (1 / 2.4) - 0.055)) if v > 1 else round(12.92 * v)
    )
    assert max(distance(out.getchannel(0), expected)) < 0.8


def big_endian(greys: Image.Image) -> bytes:
    return b"".join(bytes((value, value)) for value in greys.tobytes())


def tiff_16(greys: Image.Image, *, white_is_zero: bool, big: bool) -> bytes:
    """By hand: no library at hand writes 16 bits in which 0 is white, as some scanners do."""
    end, values = (">" if big else "<"), [value * 257 for value in greys.tobytes()]
    if white_is_zero:
        values = [65_535 - value for value in values]
    points = struct.pack(f"{end}{len(values)}H", *values)
    tags = [
        (256, 4, greys.width),
        (257, 4, greys.height),
        (258, 3, 16),
        (259, 3, 1),
        (262, 3, 0 if white_is_zero else 1),
    ]
    tags += [(273, 4, 8), (277, 3, 1), (278, 4, greys.height), (279, 4, len(points))]
    table = struct.pack(f"{end}H", len(tags))
    for tag, kind, value in tags:
        table += struct.pack(
            f"{end}HHI" + ("HH" if kind == 3 else "I"), tag, kind, 1, value, *([0] if kind == 3 else [])
        )
    return (b"MM\x00*" if big else b"II*\x00") + struct.pack(f"{end}I", 8 + len(points)) + points + table + bytes(4)


GREYS = patches(list(range(0, 256, 3)), "L")


@pytest.mark.parametrize(("white_is_zero", "big"), [(False, False), (False, True), (True, False)])
def test_a_scan_of_16_bits_is_as_grey_as_it_was(white_is_zero: bool, big: bool) -> None:
    out = kept(tiff_16(GREYS, white_is_zero=white_is_zero, big=big))
    assert out.mode == "L"
    assert out.tobytes() == GREYS.tobytes()


def test_a_scan_that_no_library_of_ours_reads_is_refused_with_what_to_do() -> None:
    with pytest.raises(Declined, match="Save it as JPG or PNG"):
        kept(tiff_16(GREYS, white_is_zero=True, big=True))


def png_16(kind: int, points: bytes, size: tuple[int, int], *more: tuple[bytes, bytes]) -> bytes:
    """By hand, of `kind` 0 (grey), 2 (colours), 4 (grey and clear) or 6 (both), with 16 bits a channel."""
    width = len(points) // size[1]
    rows = b"".join(b"\0" + points[start : start + width] for start in range(0, len(points), width))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", *size, 16, kind, 0, 0, 0)),
        *more,
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


@pytest.mark.parametrize(("kind", "mode"), [(0, "L"), (2, "RGB"), (4, "LA"), (6, "RGBA")])
def test_16_bits_in_any_arrangement(kind: int, mode: str) -> None:
    channels = [GREYS.point(lambda value, n=n: (value + 60 * n) % 256) for n in range(len(mode))]
    eight = channels[0] if mode == "L" else Image.merge(mode, channels)
    assert kept(png_16(kind, big_endian(eight), GREYS.size)).tobytes() == eight.tobytes()


@pytest.mark.parametrize(
    ("kind", "clear"), [(0, struct.pack(">H", 30 * 257)), (2, struct.pack(">3H", *(30 * 257,) * 3))]
)
def test_the_one_clear_colour_of_16_bits_stays_clear(kind: int, clear: bytes) -> None:
    eight = GREYS if kind == 0 else Image.merge("RGB", (GREYS, GREYS, GREYS))
    out = kept(png_16(kind, big_endian(eight), GREYS.size, (b"tRNS", clear))).convert("RGBA")
    expected = GREYS.point(lambda value: 0 if value == 30 else 255)
    assert out.getchannel("A").tobytes() == expected.tobytes()


BY_NUMBERS = {
    "Display P3": [(b"cICP", bytes((12, 13, 0, 1)))],
    "Adobe RGB": [
        (b"gAMA", struct.pack(">I", 45_470)),
        (b"cHRM", struct.pack(">8I", 31_270, 32_900, 64_000, 33_000, 21_000, 71_000, 15_000, 6_000)),
    ],
}


@pytest.mark.parametrize("space", BY_NUMBERS)
def test_a_png_may_name_its_colours_by_numbers(space: str) -> None:
    data = png_16(2, big_endian(patches()), patches().size, *BY_NUMBERS[space])
    assert max(distance(kept(data), seen_in(space))) < 0.8
    srgb = png_16(2, big_endian(scene()), scene().size, (b"gAMA", struct.pack(">I", 45_455)))
    assert kept(srgb).tobytes() == scene().tobytes()


def test_a_camera_may_name_adobe_rgb_in_its_notes_only() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 2
    data = encoded(patches(), "JPEG", exif=exif, quality=98)
    assert max(distance(in_the_middle(kept(data)), in_the_middle(seen_in("Adobe RGB")))) < 2.5


def test_heic_and_avif_may_name_p3_by_numbers() -> None:
    data: Any = encoded(patches(), "AVIF", quality=98)
    assert b"colrnclx" in data
    place = data.find(b"colrnclx") + 8
    named = data[:place] + struct.pack(">HH", 12, 13) + data[place + 4 :]
    assert max(distance(in_the_middle(kept(named)), in_the_middle(seen_in("Display P3")))) < 2.5


def test_colours_of_a_laboratory_come_out_as_they_are() -> None:
    labs = [(50, 0, 0), (80, 20, 30), (30, -20, 40), (100, 0, 0)]
    stored = [(round(one * 2.55), a + 128, b + 128) for one, a, b in labs]
    data = encoded(patches(stored, "LAB"), "TIFF")
    assert max(distance(kept(data), patches([lab_in_srgb(lab) for lab in labs]))) < 2


def test_measurements_are_no_colours() -> None:
    for mode in ("I", "F"):
        with pytest.raises(Declined, match="measurements"):
            kept(encoded(Image.new(mode, (5, 5), 70_000), "TIFF"))
    half = encoded(Image.new("F", (5, 5), 0.5), "TIFF")
    assert kept(half).getpixel((0, 0)) == 128
