"""Cuts the typeface down to the letters the Hub writes and packs it for the web. Downloads nothing."""

from importlib.resources import as_file, files
from pathlib import Path

from fontTools import subset

# Plain Latin, accents of Gaelic and Polish, dashes and quotation marks, the pound and the euro.
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x20AC, 0x2122, 0x2212]
FACES = ("Regular", "Bold")


def build_fonts(folder: Path) -> list[Path]:
    """Writes the missing faces as WOFF2 into `folder` and returns what it wrote; nothing when all are there."""
    missing = [face for face in FACES if not (folder / f"{face}.woff2").exists()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
    return [_subset(face, folder / f"{face}.woff2") for face in missing]


def _subset(face: str, target: Path) -> Path:
    source = files("fontpkg_atkinson_hyperlegible") / "files" / f"AtkinsonHyperlegible-{face}.ttf"
    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    with as_file(source) as path:
        font = subset.load_font(path, options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        subset.save_font(font, target, options)
    return target
