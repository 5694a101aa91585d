"""A picture as a Word file shows it: cropped and turned. What was cut off must not come back on a page.

Answers nothing for a picture that it cannot open: then it is left out, not shown whole.
"""

import io
from dataclasses import dataclass

from PIL import Image

from hub.pages.imports.package import Element, inside

SIDES = ("left", "top", "right", "bottom")
RIGHT_ANGLE = 90 * 60_000  # the format counts in 60,000ths of a degree
TURNS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
NEARLY_NOTHING = 0.002


@dataclass(frozen=True, slots=True)
class Frame:
    """Which part of a picture is shown (shares cut off at each side), how often it is turned to the right, mirrored."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    turns: int = 0
    mirrored: bool = False
    upside_down: bool = False
    slanted: bool = False

    @property
    def crops(self) -> bool:
        return max(self.left, self.top, self.right, self.bottom) > NEARLY_NOTHING

    @property
    def changes_something(self) -> bool:
        return self.crops or bool(self.turns) or self.mirrored or self.upside_down

    @classmethod
    def of_drawing(cls, picture: Element) -> "Frame":
        cut, form = inside(picture, "pic:blipFill/a:srcRect"), inside(picture, "pic:spPr/a:xfrm")
        left, top, right, bottom = (_share(cut.get(side, "")) if cut is not None else 0.0 for side in "ltrb")
        angle = _number(form.get("rot", "0")) if form is not None else 0.0
        return cls(
            left,
            top,
            right,
            bottom,
            turns=round(angle / RIGHT_ANGLE) % 4,
            slanted=abs(angle / RIGHT_ANGLE - round(angle / RIGHT_ANGLE)) > NEARLY_NOTHING,
            mirrored=form is not None and form.get("flipH", "0") in {"1", "true"},
            upside_down=form is not None and form.get("flipV", "0") in {"1", "true"},
        )

    @classmethod
    def of_vml(cls, picture: Element) -> "Frame":
        left, top, right, bottom = (_old_share(picture.get(f"crop{side}", "")) for side in SIDES)
        return cls(left, top, right, bottom)


def as_shown(data: bytes, frame: Frame) -> bytes | None:
    """The picture as the frame shows it, or None when it cannot be opened."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.load()
            kind, colours, hidden = opened.format, opened.info.get("icc_profile"), opened.getexif()
            shown = _cut(opened, frame)
        if frame.mirrored:
            shown = shown.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        if frame.upside_down:
            shown = shown.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        if frame.turns:
            shown = shown.transpose(TURNS[frame.turns])
        out = io.BytesIO()
        keep = {"icc_profile": colours} if colours else {}
        if kind == "JPEG":
            shown.save(out, "JPEG", quality=92, exif=hidden, **keep)
        else:
            shown.save(out, "PNG", **keep)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - each format's reader has errors of its own for a broken file
        return None
    return out.getvalue()


def _cut(picture: Image.Image, frame: Frame) -> Image.Image:
    width, height = picture.size
    left, top = round(width * frame.left), round(height * frame.top)
    right, bottom = width - round(width * frame.right), height - round(height * frame.bottom)
    if right <= left or bottom <= top:
        raise ValueError("Nothing is left of the picture.")
    return picture.crop((left, top, right, bottom))


def _share(text: str) -> float:
    """Thousandths of a percent, or “12.5%” in the strict form. A negative share only adds a margin."""
    return max(_number(text.rstrip("%")) / (100 if text.endswith("%") else 100_000), 0.0)


def _old_share(text: str) -> float:
    return max(_number(text.rstrip("f")) / (65_536 if text.endswith("f") else 1), 0.0)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
