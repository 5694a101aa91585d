"""Draws the plait, the Hub's motif: N strands that go over and under in turn, as inline SVG for any N from 2 to 8.

Colours are classes (plait__s1 … plait__s6), so themes apply. Nothing is random: the same call gives the same bytes.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise

FEWEST, MOST, COLOURS = 2, 8, 6
FINE_FROM = 6

Curve = Callable[[float], float]
Crossing = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Brush:
    """How strands are painted. Lengths are SVG units; `reach` is half the piece redrawn on top at a crossing."""

    width: float
    gap: float
    step: float
    reach: float
    stitch: bool = False
    downwards: bool = False

    def among(self, count: int) -> "Brush":
        """The same, so much finer that more than six strands can be told apart."""
        share = min(1, FINE_FROM / count)
        return replace(self, width=round(self.width * share, 1), gap=round(self.gap * share, 1))

    def path(self, curve: Curve, start: float, end: float, step: float) -> str:
        """y = curve(x) from `start` to `end` as one cubic path, in pieces of about `step`."""
        pieces = max(1, round((end - start) / step))
        xs = [start + (end - start) * i / pieces for i in range(pieces + 1)]
        path = "M" + self._point(xs[0], curve(xs[0]))
        for a, b in pairwise(xs):
            third = (b - a) / 3
            path += "C" + " ".join(
                (
                    self._point(a + third, curve(a) + third * _slope(curve, a)),
                    self._point(b - third, curve(b) - third * _slope(curve, b)),
                    self._point(b, curve(b)),
                )
            )
        return path

    def _point(self, x: float, y: float) -> str:
        return (f"{y:.1f} {x:.1f}" if self.downwards else f"{x:.1f} {y:.1f}").replace(".0", "")

    def strand(self, number: int, d: str) -> str:
        return f'<path class="plait__s{number + 1}" stroke-width="{self.width}" d="{d}"/>'

    def seam(self, d: str) -> str:
        return f'<path class="plait__stitch" d="{d}"/>' if self.stitch else ""

    def over(self, number: int, curve: Curve, x: float) -> str:
        """The strand on top at `x`, with a gap of the paper's colour beside it."""
        whole = self.reach * 2
        piece = self.path(curve, x - self.reach, x + self.reach, whole)
        longer = self.path(curve, x - self.reach - 0.6, x + self.reach + 0.6, whole)
        gap = f'<path class="plait__gap" stroke-width="{self.width + 2 * self.gap}" d="{piece}"/>'
        return gap + self.strand(number, longer) + self.seam(piece)


def _slope(curve: Curve, x: float) -> float:
    return (curve(x + 0.01) - curve(x - 0.01)) / 0.02


def _smooth(t: float) -> float:
    t = max(0.0, min(1.0, t))
    return t * t * (3 - 2 * t)


def _crossings(curves: Sequence[Curve], start: float, end: float) -> list[Crossing]:
    """(x, the strand over, the strand under) in order along x: each strand goes over and under in turn."""
    step = (end - start) / 4000
    met = sorted(
        (x, i, j)
        for i in range(len(curves))
        for j in range(i + 1, len(curves))
        for x in _meetings(curves[i], curves[j], start, end, step)
    )
    was_over: dict[int, bool] = {}
    found: list[Crossing] = []
    for x, i, j in met:
        over, under = (i, j) if _goes_over(was_over, i, j) else (j, i)
        was_over[over], was_over[under] = True, False
        found.append((x, over, under))
    return found


def _meetings(one: Curve, other: Curve, start: float, end: float, step: float) -> Iterable[float]:
    x = start
    while x < end:
        if (one(x) - other(x)) * (one(x + step) - other(x + step)) < 0:
            yield x + step / 2
        x += step


def _goes_over(was_over: dict[int, bool], i: int, j: int) -> bool:
    """Whether `i` goes over `j`: whichever was under last time comes up."""
    before_i, before_j = was_over.get(i), was_over.get(j)
    if before_i is False and before_j is True:
        return True
    if before_j is False and before_i is True:
        return False
    return not before_i and (before_j is not False or i < j)


def _draw(
    brush: Brush,
    curves: Sequence[Curve],
    starts: Sequence[float],
    end: float,
    crossings: Iterable[Crossing],
) -> str:
    """The strands one by one, then at each crossing the one on top again."""
    parts = []
    for number, curve in enumerate(curves):
        d = brush.path(curve, starts[number], end, brush.step)
        parts.append(brush.strand(number, d) + brush.seam(d))
    parts += [brush.over(number, curves[number], x) for x, number, _ in crossings]
    return "".join(parts)


def _waves(count: int, middle: float, height: float, period: float, start: float = 0.0) -> list[Curve]:
    def wave(k: int, x: float) -> float:
        return middle + height * math.sin(2 * math.pi * ((x - start) / period + k / count))

    return [partial(wave, k) for k in range(count)]


def _order(curves: Sequence[Curve], x: float) -> list[int]:
    """The place of each strand, from the top, at `x`."""
    by_height = sorted(range(len(curves)), key=lambda k: curves[k](x))
    return [by_height.index(k) for k in range(len(curves))]


def _blend(before: Curve, after: Curve, start: float, run: float) -> Curve:
    def blended(x: float) -> float:
        share = _smooth((x - start) / run)
        return before(x) * (1 - share) + after(x) * share

    return blended


def _svg(kind: str, view: str, body: str) -> str:
    drawn = f'{view} fill="none" stroke="currentColor"'  # for whoever has no style sheet
    return f'<svg class="plait plait--{kind}" {drawn} aria-hidden="true" focusable="false">{body}</svg>'


def _repeated(kind: str, brush: Brush, count: int, *, along: int, across: int, height: float) -> str:
    """One period in a pattern, repeated as far as the element reaches."""
    curves = _waves(count, across / 2, height, along)
    near = [c for c in _crossings(curves, -along, 2 * along) if -brush.reach <= c[0] <= along + brush.reach]
    body = _draw(brush, curves, [-12.0] * count, along + 12, near)
    wide, high = (across, along) if brush.downwards else (along, across)
    size = f'width="{across}" height="100%"' if brush.downwards else f'width="100%" height="{across}"'
    pattern = (
        f'<pattern id="plait-{kind}" width="{wide}" height="{high}" patternUnits="userSpaceOnUse">{body}</pattern>'
    )
    return _svg(kind, size, f'<defs>{pattern}</defs><rect {size} fill="url(#plait-{kind})"/>')


def _tile(count: int) -> str:
    """Under the header: we are one piece of work."""
    return _repeated("band", Brush(3.6, 0.9, 12, 4.2).among(count), count, along=96, across=18, height=6)


def _spine(count: int) -> str:
    """Down the toolkit's path: follow it."""
    return _repeated("spine", Brush(7, 1.6, 15, 8, downwards=True).among(count), count, along=150, across=44, height=15)


def _gather(count: int) -> str:
    """Home: separate strands come in from one side and are plaited together."""
    width, height, start, run = 1280, 300, 170, 330
    plaited = _waves(count, height * 0.5, 64, 340, start=60)
    place = _order(plaited, start + run * 0.62)

    def loose(k: int, x: float) -> float:
        return 44 + place[k] * (height - 88) / (count - 1) + 11 * math.sin(x / (110 + 15 * k) + 1.7 * k)

    curves = [_blend(partial(loose, k), plaited[k], start, run) for k in range(count)]
    crossings = _crossings(curves, -20, width + 20)
    body = _draw(Brush(30, 5, 44, 26, stitch=True).among(count), curves, [-20.0] * count, width + 20, crossings)
    return _svg("gather", f'viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice"', body)


def _opener(count: int) -> str:
    """Beside a title: cut ends at one side, then the plait runs off the page."""
    width, height, start, run = 620, 250, 60, 190
    plaited = _waves(count, height / 2, 70, 330, start=-6)
    place = _order(plaited, start + run * 0.62)

    def loose(k: int, x: float) -> float:
        return 36 + place[k] * (height - 72) / (count - 1) + 5 * math.sin(x / 40 + 2 * k)

    curves = [_blend(partial(loose, k), plaited[k], start, run) for k in range(count)]
    ends = [8.0 + (23 * place[k] * (place[k] + 2)) % 37 for k in range(count)]
    crossings = _crossings(curves, max(ends), width + 20)
    body = _draw(Brush(29, 5, 40, 26, stitch=True).among(count), curves, ends, width + 20, crossings)
    return _svg("opener", f'viewBox="0 0 {width} {height}" preserveAspectRatio="xMinYMid slice"', body)


def _end(count: int) -> str:
    """The close of a story: the plait ends and the strands lie loose. Nothing more is asked of you."""
    width, height = 220, 56
    plaited = _waves(count, height / 2, 15, 120, start=8)
    place = _order(plaited, 150)
    apart = min(13, (height - 10) / (count - 1))

    def loose(k: int, x: float) -> float:
        return height / 2 + (place[k] - (count - 1) / 2) * apart

    curves = [_blend(plaited[k], partial(loose, k), 128, 56) for k in range(count)]
    body = _draw(Brush(7, 1.5, 12, 8).among(count), curves, [4.0] * count, 200, _crossings(curves, 4, 200))
    return _svg("end", f'viewBox="0 0 {width} {height}"', body)


KINDS: dict[str, Callable[[int], str]] = {
    "tile": _tile,
    "spine": _spine,
    "gather": _gather,
    "opener": _opener,
    "end": _end,
}


FIRST_FOUR = (1, 2, 3, 4)


@cache
def plait(kind: str, colours: tuple[int, ...] = FIRST_FOUR) -> str:
    """The motif `kind` (a key of KINDS) as SVG mark-up, one strand for each of `colours` (1 to 6)."""
    chosen = strand_colours(colours)
    drawing = KINDS[kind](len(chosen))
    return re.sub(r"plait__s(\d)", lambda strand: f"plait__s{chosen[int(strand[1]) - 1]}", drawing)


def strand_colours(wanted: Iterable[int]) -> tuple[int, ...]:
    """As many colours as `wanted` has, at least two and at most eight.

    Who shares one lends another, while there is one: a seventh and an eighth strand have the first two again.
    """
    asked = list(wanted)
    strands = max(FEWEST, min(MOST, len(asked)))
    own = {colour for colour in asked if 1 <= colour <= COLOURS}
    free = [colour for colour in range(1, COLOURS + 1) if colour not in own]
    each_once = sorted([*own, *free[: max(0, strands - len(own))]])
    return (*each_once, *each_once[: strands - len(each_once)])
