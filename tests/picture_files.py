"""Pictures as telephones, scanners, designers and messengers make them; and what their colours are, by other means.

The reference here is arithmetic from the published definitions. Nothing of it is used by the Hub.
"""

import io
import struct
from typing import Any

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()

STEPS = (0, 51, 128, 204, 255)
PATCHES = [(red, green, blue) for red in STEPS for green in STEPS for blue in STEPS]
SIDE = 16  # so that no square shares its colours with the next when a JPEG is written
D50_TO_D65 = [
    [0.9554734, -0.0230985, 0.0632593],
    [-0.0283697, 1.0099955, 0.0210414],
    [0.0123140, -0.0205076, 1.3303659],
]
XYZ_TO_SRGB = [
    [3.2404542, -1.5371385, -0.4985314],
    [-0.9692660, 1.8760108, 0.0415560],
    [0.0556434, -0.2040259, 1.0572252],
]
TO_XYZ = {
    "Display P3": [[0.4865709, 0.2656677, 0.1982173], [0.2289746, 0.6917385, 0.0792869], [0.0, 0.0451134, 1.0439444]],
    "Adobe RGB": [
        [0.5767309, 0.1855540, 0.1881852],
        [0.2973769, 0.6273491, 0.0752741],
        [0.0270343, 0.0706872, 0.9911085],
    ],
    "ProPhoto": [[0.7976749, 0.1351917, 0.0313534], [0.2880402, 0.7118741, 0.0000857], [0.0, 0.0, 0.8252100]],
}


def encoded(picture: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, format=kind, **how)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def patches(colours: list[Any] = PATCHES, mode: str = "RGB") -> Image.Image:
    """One square of 16 points of each colour, in a row of 25."""
    across = min(25, len(colours))
    picture = Image.new(mode, (SIDE * across, SIDE * -(-len(colours) // across)))
    for number, colour in enumerate(colours):
        left, top = SIDE * (number % across), SIDE * (number // across)
        picture.paste(colour, (left, top, left + SIDE, top + SIDE))
    return picture


def scene(width: int = 120, height: int = 80) -> Image.Image:
    """Something like a photo: soft, with an edge, and not the same from any two sides."""
    slope = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge(
        "RGB", (slope, slope.transpose(Image.Transpose.ROTATE_180), slope.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    )
    picture.paste((200, 40, 40), (0, 0, width // 3, height // 3))
    picture.paste((30, 60, 200), (width // 2, height // 2, width, height * 2 // 3))
    return picture


def distance(one: Image.Image, other: Image.Image) -> list[float]:
    """The mean difference of each channel, of 255."""
    assert one.size == other.size
    pairs = zip(one.convert("RGBA").split(), other.convert("RGBA").split(), strict=True)
    count = one.width * one.height
    return [sum(abs(a - b) for a, b in zip(p.tobytes(), q.tobytes(), strict=True)) / count for p, q in pairs]


def in_the_middle(picture: Image.Image) -> Image.Image:
    """The colour in the middle of each square of `patches`, one point each: lossy formats blur where squares meet."""
    size = picture.width // SIDE, picture.height // SIDE
    half = SIDE // 2
    points = [picture.getpixel((SIDE * x + half, SIDE * y + half)) for y in range(size[1]) for x in range(size[0])]
    middle = Image.new(picture.mode, size)
    for number, point in enumerate(points):
        middle.putpixel((number % size[0], number // size[0]), point or 0)
    return middle


def in_srgb(space: str, colour: tuple[int, int, int]) -> tuple[int, int, int]:
    """What a colour of `space` looks like on an ordinary screen, by the definition of that space."""
    xyz = _times(TO_XYZ[space], [_light(space, value / 255) for value in colour])
    if space == "ProPhoto":
        xyz = _times(D50_TO_D65, xyz)
    red, green, blue = (_stored(light) for light in _times(XYZ_TO_SRGB, xyz))
    return red, green, blue


def _light(space: str, value: float) -> float:
    if space == "Display P3":
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return value ** (563 / 256 if space == "Adobe RGB" else 1.8)


def _stored(light: float) -> int:
    light = min(max(light, 0.0), 1.0)
    return round(255 * (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))


def _times(matrix: list[list[float]], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


# Ink on the whitest paper and the blackest black, by the Lab of each overprint: what a printer's profile is made of.
INKS = {
    (0, 0, 0, 0): (100.0, 0.0, 0.0),
    (1, 0, 0, 0): (55.0, -37.0, -50.0),
    (0, 1, 0, 0): (48.0, 74.0, -3.0),
    (0, 0, 1, 0): (89.0, -5.0, 93.0),
    (1, 1, 0, 0): (24.0, 22.0, -46.0),
    (1, 0, 1, 0): (50.0, -68.0, 33.0),
    (0, 1, 1, 0): (47.0, 68.0, 48.0),
    (1, 1, 1, 0): (23.0, 0.0, 0.0),
    (0, 0, 0, 1): (0.0, 0.0, 0.0),
}


def printing_profile() -> bytes:
    """A profile (lut8, one table of two steps for each ink) that says what INKS say. With black, all is black."""
    nodes = [(c, m, y, k) for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)]
    labs = [INKS[(0, 0, 0, 1)] if node[3] else INKS[node] for node in nodes]
    table = b"".join(bytes((round(lab[0] * 2.55), round(lab[1] + 128), round(lab[2] + 128))) for lab in labs)
    straight = bytes(range(256))
    lut = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    lut += straight * 4 + table + straight * 3
    lut += bytes(-len(lut) % 4)
    white = b"XYZ " + bytes(4) + struct.pack(">3i", round(0.9642 * 65536), 65536, round(0.8249 * 65536))
    head = struct.pack(
        ">I4xI4s4s4s12x4s", 128 + 28 + len(lut) + len(white), 0x02400000, b"prtr", b"CMYK", b"Lab ", b"acsp"
    )
    head = head.ljust(68, b"\0") + white[8:] + bytes(48)
    tags = struct.pack(">I4sII4sII", 2, b"A2B0", 156, len(lut), b"wtpt", 156 + len(lut), len(white))
    return head + tags + lut + white


def lab_in_srgb(lab: tuple[float, float, float]) -> tuple[int, int, int]:
    """What a Lab colour (as in a profile, under D50) looks like on an ordinary screen."""
    middle = (lab[0] + 16) / 116
    parts = (middle + lab[1] / 500, middle, middle - lab[2] / 200)
    white = (0.9642, 1.0, 0.8249)
    xyz = [w * (p**3 if p > 6 / 29 else 3 * (6 / 29) ** 2 * (p - 4 / 29)) for w, p in zip(white, parts, strict=True)]
    red, green, blue = (_stored(light) for light in _times(XYZ_TO_SRGB, _times(D50_TO_D65, xyz)))
    return red, green, blue
