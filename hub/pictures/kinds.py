"""Is this a picture that we can keep? Asked of its bytes, never of its name, before anything reads it.

Refuses what is not a picture, what is one of a kind that we do not open, and what would be too large once unpacked.
"""

MOST_POINTS = 50_000_000
MOST_POINTS_OF_A_PHOTO = 250_000_000  # a JPEG can be opened at a half, a quarter or an eighth

NOT_A_PICTURE = "This is not a picture, or it is damaged. Choose JPG, PNG, HEIC, WEBP, AVIF, GIF, TIFF or BMP."
OTHER_KIND = "This kind of file cannot be kept as a picture. Save it as JPG or PNG, then choose it here."
RAW = "This is the camera’s raw file, not yet a picture. Save it as JPG, with the camera’s or any other program, first."
MEASUREMENTS = "This file holds measurements and not colours. Save it as JPG or PNG, then choose it here."
TOO_SLOW = "This picture takes too long to open. Save it smaller, or try once more in a few minutes."
DAMAGED = "This picture is damaged or not complete, so it cannot be kept. Take or save it again, then choose it here."

BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")
BIG_TIFF = (b"II+\x00", b"MM\x00+")
BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"mif1", b"msf1", b"mif2", b"avif", b"avis"}
OTHERS = (
    b"8BPS",  # Photoshop
    b"\xff\x0a",  # JPEG XL
    b"\x00\x00\x00\x0cJXL ",
    b"\x00\x00\x00\x0cjP  ",  # JPEG 2000
    b"\xff\x4f\xff\x51",
    b"\x00\x00\x01\x00",  # an icon
    b"%!PS",
    b"\xd7\xcd\xc6\x9a",  # WMF
    b"\x01\x00\x00\x00",  # EMF
    b"gimp xcf",
    *BIG_TIFF,
)
RAWS = (b"FUJIFILMCCD-RAW", b"IIU\x00", b"IIRO", b"IIRS", b"MMOR")


def too_large(most: int = MOST_POINTS) -> str:
    return (
        f"This picture is larger than we can open, at most {most // 1_000_000} million points. "
        "Save it smaller, then choose it here."
    )


def is_picture(data: bytes) -> bool:
    """Whether it says that it is a picture of a kind that we open. It may be damaged."""
    return why_not_opened(data) is None


def why_not_opened(data: bytes) -> str | None:
    """A sentence for what nobody should even begin to read; None for what says it is a picture we know."""
    if data.startswith(RAWS) or data[4:12] == b"ftypcrx " or (data[8:10] == b"CR" and data[:2] == b"II"):
        return RAW
    if data.startswith(BEGINNINGS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return None
    if data[4:8] == b"ftyp":
        return None if _brands(data) & BRANDS else OTHER_KIND
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(OTHERS) or (start.startswith(b"<") and b"<svg" in start) or data.startswith(b"\x1f\x8b"):
        return OTHER_KIND
    return NOT_A_PICTURE


def _brands(data: bytes) -> set[bytes]:
    length = min(int.from_bytes(data[:4], "big"), 256)
    return {data[8:12], *(data[place : place + 4] for place in range(16, length, 4))}
