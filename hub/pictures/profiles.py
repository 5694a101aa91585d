"""Colour profiles for pictures that name their colours without carrying a profile: by primaries and a curve.

Refuses nothing; an unknown name is None, and the colours count as sRGB, as browsers take them.
"""

import struct
from collections.abc import Callable

Point = tuple[float, float]
Primaries = tuple[Point, Point, Point, Point]  # red, green, blue, white, as x and y
Curve = Callable[[float], float]  # from what is stored (0 to 1) to light (0 to 1)
Matrix = list[list[float]]

D65: Point = (0.3127, 0.3290)
SRGB: Primaries = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65)
ADOBE: Primaries = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), D65)
P3: Primaries = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), D65)
BT2020: Primaries = ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), D65)
BT601_625: Primaries = ((0.64, 0.33), (0.29, 0.60), (0.15, 0.06), D65)
BT601_525: Primaries = ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), D65)
# By the numbers of ITU-T H.273, which PNG, HEIC and AVIF share.
PRIMARIES = {1: SRGB, 5: BT601_625, 6: BT601_525, 7: BT601_525, 9: BT2020, 12: P3}
D50 = (0.9642, 1.0, 0.8249)
BRADFORD: Matrix = [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
STEPS = 1024
WHITE_IN_NITS = 203  # of paper on an HDR screen (ITU-R BT.2408); what is brighter is as white here


def gamma(power: float) -> Curve:
    return lambda stored: stored**power


def srgb_curve(stored: float) -> float:
    return stored / 12.92 if stored <= 0.04045 else ((stored + 0.055) / 1.055) ** 2.4


def pq_curve(stored: float) -> float:
    """SMPTE ST 2084, cut off at white."""
    root = stored ** (1 / 78.84375)
    light = (max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
    return min(light * 10_000 / WHITE_IN_NITS, 1.0)


def hlg_curve(stored: float) -> float:
    """ARIB STD-B67, cut off at white, which is stored as 0.75."""
    scene = stored**2 / 3 if stored <= 0.5 else (2.718281828 ** ((stored - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return min((scene / 0.2650) ** 1.2, 1.0)


CURVES: dict[int, Curve] = {4: gamma(2.2), 5: gamma(2.8), 8: gamma(1.0), 13: srgb_curve, 16: pq_curve, 18: hlg_curve}
HDR = {16, 18}


def by_numbers(primaries: int, curve: int) -> bytes | None:
    """The profile that two numbers of ITU-T H.273 stand for; None for sRGB and for what they do not say."""
    named = PRIMARIES.get(primaries, SRGB)
    if named is SRGB and curve not in {4, 5, 8, *HDR}:
        return None
    return profile(named, CURVES.get(curve, srgb_curve))


def profile(primaries: Primaries, curve: Curve) -> bytes:
    """An ICC profile (version 2) of three primaries and one curve."""
    columns = _to_xyz_d50(primaries)
    tags = {
        b"wtpt": _xyz(*D50),
        **{name: _xyz(*(row[place] for row in columns)) for place, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))},
    }
    steps = [round(65_535 * min(max(curve(step / (STEPS - 1)), 0), 1)) for step in range(STEPS)]
    light = b"curv" + bytes(4) + struct.pack(f">I{STEPS}H", STEPS, *steps)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), light)
    start, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(data))
        body += data
    head = struct.pack(">I4xI4s4s4s12x4s", start + len(body), 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return head.ljust(68, b"\0") + _s15(*D50) + bytes(48) + struct.pack(">I", len(tags)) + table + body


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + _s15(*values)


def _s15(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65_536) for value in values))


def _to_xyz_d50(primaries: Primaries) -> Matrix:
    red, green, blue, white = ([x / y, 1.0, (1 - x - y) / y] for x, y in primaries)
    columns = [list(row) for row in zip(red, green, blue, strict=True)]
    amounts = _times(_inverse(columns), [[value] for value in white])
    scaled = [[value * amounts[place][0] for place, value in enumerate(row)] for row in columns]
    cones = [_times(BRADFORD, [[value] for value in point]) for point in (D50, white)]
    change = [[cones[0][i][0] / cones[1][i][0] if i == j else 0.0 for j in range(3)] for i in range(3)]
    return _times(_times(_times(_inverse(BRADFORD), change), BRADFORD), scaled)


def _times(left: Matrix, right: Matrix) -> Matrix:
    return [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*right, strict=True)] for row in left
    ]


def _inverse(m: Matrix) -> Matrix:
    def minor(i: int, j: int) -> float:
        a, b, c, d = (m[(i + p) % 3][(j + q) % 3] for p, q in ((1, 1), (1, 2), (2, 1), (2, 2)))
        return a * d - b * c

    whole = sum(m[0][j] * minor(0, j) for j in range(3))
    return [[minor(j, i) / whole for j in range(3)] for i in range(3)]
