"""Did all of a picture arrive? A download that broke off is often filled up with zeros, which readers take for grey.

Asked of the bytes, in the ways in which each format marks its parts. What is not packed at all (BMP, some TIFF) has no
such marks, and a WEBP of one colour may end with zeros by a quarter: there nobody can tell.
"""

import zlib
from collections.abc import Iterator

ZEROS_AFTER_HEIC = 256  # a note may stand last, and end with some
PNG_NEEDS = {b"IHDR", b"IDAT", b"IEND"}
PNG_COUNTS = PNG_NEEDS | {b"PLTE", b"tRNS"}


def arrived_whole(kind: str, data: bytes) -> bool:
    """Whether the file has its own end. `kind` is the format as its reader calls it."""
    if kind in {"JPEG", "MPO"}:
        return _has_end_of_jpeg(data)
    if kind == "PNG":
        return _has_all_of_png(data)
    return kind not in {"HEIF", "AVIF"} or any(data[-ZEROS_AFTER_HEIC:])


def is_lossless_webp(data: bytes) -> bool:
    """Whether a WEBP kept every point. Of one that moves, its frames say so, and it counts as lossy."""
    start, _ = _points_of_webp(data)
    return data[start - 8 : start - 4] == b"VP8L"


def _points_of_webp(data: bytes) -> tuple[int, int]:
    """Where the part with the points begins, and how long it says it is; the whole file where there is none."""
    place = 12
    while place + 8 <= len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        if data[place : place + 4] in {b"VP8 ", b"VP8L"}:
            return place + 8, length
        place += 8 + length + length % 2
    return 0, len(data)


def _has_end_of_jpeg(data: bytes) -> bool:
    """The end has to stand behind the points: a thumbnail in front of them has one as well."""
    place = 2
    while data[place : place + 2] != b"\xff\xda":
        if place + 4 > len(data) or data[place] != 0xFF:
            return False
        filling = data[place + 1] == 0xFF
        place += 1 if filling else 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return data.find(b"\xff\xd9", place) > 0


def _has_all_of_png(data: bytes) -> bool:
    names = set()
    for name, whole in _chunks(data):
        if name in PNG_COUNTS and not whole:
            return False
        names.add(name)
    return names >= PNG_NEEDS


def _chunks(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """The name of each part, and whether its sum is right."""
    place, name = 8, b""
    while place + 12 <= len(data) and name != b"IEND":
        end = place + 8 + int.from_bytes(data[place : place + 4], "big")
        name = data[place + 4 : place + 8]
        yield name, zlib.crc32(data[place + 4 : end]) == int.from_bytes(data[end : end + 4], "big")
        place = end + 4
