"""The demo's pictures, drawn from a few shapes in the strands' colours. Objects and patterns; never people."""

import io
import math
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (1200, 800)
SCALE = 2  # drawn larger and reduced, so that edges are smooth
PAPER = {
    "pantile": "#fbe2d5",
    "harbour": "#dbeaf2",
    "kelp": "#e2ebd6",
    "gorse": "#fdecb9",
    "heather": "#ece1f2",
    "haar": "#e0e6e6",
}
MARK = {
    "pantile": "#d9532c",
    "harbour": "#2f78a8",
    "kelp": "#4f7345",
    "gorse": "#f0b81c",
    "heather": "#8a5ba6",
    "haar": "#6b7f88",
}
INK, SHEET, SAND = "#1f2d37", "#fffcf6", "#f0e4cd"

Pen = ImageDraw.ImageDraw
Box = tuple[float, float, float, float]


def draw(motif: str, strand: str) -> bytes:
    """A PNG of `motif` on the paper of `strand`. The same call gives the same picture. KeyError when unknown."""
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER[strand])
    MOTIFS[motif](_Pen(ImageDraw.Draw(image)), strand)
    out = io.BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(out, format="PNG")
    return out.getvalue()


class _Pen:
    """Draws in the units of the finished picture."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: str, radius: float = 0) -> None:
        self.pen.rounded_rectangle([v * SCALE for v in (x0, y0, x1, y1)], radius * SCALE, fill=fill)

    def oval(self, x0: float, y0: float, x1: float, y1: float, fill: str) -> None:
        self.pen.ellipse([v * SCALE for v in (x0, y0, x1, y1)], fill=fill)

    def shape(self, points: list[tuple[float, float]], fill: str) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def line(self, points: list[tuple[float, float]], fill: str, width: float) -> None:
        self.pen.line([(x * SCALE, y * SCALE) for x, y in points], fill=fill, width=round(width * SCALE), joint="curve")

    def ring(self, box: Box, fill: str, width: float) -> None:
        self.pen.ellipse([v * SCALE for v in box], outline=fill, width=round(width * SCALE))


def _wave(x0: float, x1: float, y: float, height: float, length: float, start: float = 0) -> list[tuple[float, float]]:
    steps = range(int(x0), int(x1) + 1, 4)
    return [(x, y + height * math.sin(2 * math.pi * x / length + start)) for x in steps]


def _kettle(pen: _Pen, strand: str) -> None:
    pen.box(150, 640, 1050, 700, SAND, 20)
    pen.ring((430, 180, 730, 520), INK, 26)
    pen.shape([(740, 420), (900, 330), (930, 370), (770, 540)], MARK[strand])
    pen.oval(380, 300, 780, 660, MARK[strand])
    pen.box(400, 560, 760, 650, MARK[strand], 30)
    pen.oval(550, 270, 610, 330, INK)
    for x in (930, 985):
        pen.line(_wave_up(x, 300, 120), SHEET, 16)


def _wave_up(x: float, y0: float, y1: float) -> list[tuple[float, float]]:
    return [(x + 16 * math.sin((y0 - y) / 22), y) for y in range(int(y0), int(y1), -4)]


def _table(pen: _Pen, strand: str) -> None:
    pen.box(200, 420, 1000, 480, MARK[strand], 18)
    for x in (260, 900):
        pen.box(x, 470, x + 40, 700, MARK[strand])
    for x, colour in ((360, INK), (560, SHEET), (760, INK)):
        pen.box(x, 320, x + 100, 425, colour, 16)
        pen.ring((x + 80, 340, x + 140, 400), colour, 14)


def _harbour(pen: _Pen, strand: str) -> None:
    pen.shape([(620, 250), (60, 130), (60, 330)], SHEET)
    pen.shape([(560, 620), (600, 300), (720, 300), (760, 620)], MARK["pantile"])
    pen.box(590, 220, 730, 305, INK, 10)
    pen.shape([(580, 225), (660, 150), (740, 225)], MARK["pantile"])
    pen.box(578, 420, 742, 500, SHEET)
    for row, colour in enumerate((MARK[strand], INK)):
        pen.shape([*_wave(0, 1200, 640 + row * 70, 22, 300, row), (1200, 800), (0, 800)], colour)


def _hills(pen: _Pen, strand: str) -> None:
    pen.oval(820, 120, 960, 260, SHEET)
    for row, colour in enumerate((SHEET, MARK[strand], INK)):
        top = _wave(0, 1200, 430 + row * 110, 90 - row * 20, 900 - row * 160, 1.2 * row)
        pen.shape([*top, (1200, 800), (0, 800)], colour)


def _door(pen: _Pen, strand: str) -> None:
    pen.box(380, 100, 820, 720, INK, 18)
    pen.box(410, 130, 790, 720, MARK[strand], 10)
    for y in (180, 440):
        pen.box(460, y, 740, y + 200, PAPER[strand], 12)
    pen.oval(725, 405, 765, 445, SHEET)
    pen.box(250, 715, 950, 760, SAND, 12)


def _jotter(pen: _Pen, strand: str) -> None:
    pen.box(330, 120, 870, 700, MARK[strand], 24)
    pen.box(390, 120, 870, 700, SHEET, 24)
    for y in range(210, 640, 70):
        pen.line([(440, y), (810, y)], SAND, 6)
    for y, end in ((205, 700), (275, 640), (345, 760)):
        pen.line(_wave(450, end, y, 6, 40), INK, 8)


def _plait(pen: _Pen, strand: str) -> None:
    for lane, colour in enumerate(("gorse", "pantile", "harbour", "kelp")):
        points = _wave(-20, 1220, 400, 150, 600, lane * math.pi / 2)
        pen.line(points, PAPER[strand], 96)
        pen.line(points, MARK[colour], 72)


def _window(pen: _Pen, strand: str) -> None:
    pen.box(300, 110, 900, 650, INK, 16)
    for x in (330, 615):
        for y in (140, 395):
            pen.box(x, y, x + 255, y + 225, SHEET if (x, y) != (615, 140) else MARK["gorse"], 8)
    pen.box(250, 640, 950, 700, MARK[strand], 12)


def _bus(pen: _Pen, strand: str) -> None:
    pen.box(180, 220, 1020, 600, MARK[strand], 60)
    for x in range(240, 900, 170):
        pen.box(x, 280, x + 130, 410, SHEET, 16)
    for x in (340, 760):
        pen.oval(x, 530, x + 130, 660, INK)
        pen.oval(x + 40, 570, x + 90, 620, SAND)
    pen.box(100, 655, 1100, 680, SAND, 10)


def _chairs(pen: _Pen, strand: str) -> None:
    pen.oval(380, 330, 820, 560, SHEET)
    for turn in range(7):
        angle = 2 * math.pi * turn / 7 + 0.3
        x, y = 600 + 390 * math.cos(angle), 445 + 250 * math.sin(angle)
        pen.box(x - 62, y - 50, x + 62, y + 50, INK if turn == 2 else MARK[strand], 22)


def _postcard(pen: _Pen, strand: str) -> None:
    pen.box(230, 190, 970, 630, SHEET, 18)
    pen.line([(600, 240), (600, 580)], SAND, 6)
    pen.box(810, 240, 910, 360, MARK[strand], 6)
    for y in (430, 490, 550):
        pen.line([(650, y), (910, y)], SAND, 6)
    for y, end in ((300, 540), (360, 500), (420, 550)):
        pen.line(_wave(290, end, y, 7, 44), INK, 8)


MOTIFS: dict[str, Callable[[_Pen, str], None]] = {
    "kettle": _kettle,
    "table": _table,
    "harbour": _harbour,
    "hills": _hills,
    "door": _door,
    "jotter": _jotter,
    "plait": _plait,
    "window": _window,
    "bus": _bus,
    "chairs": _chairs,
    "postcard": _postcard,
}
