"""Joins the component CSS files into one, in the order of index.css. Refuses a file that the index does not name."""

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
IMPORT = re.compile(r'^@import url\("([\w-]+\.css)"\) layer\((\w+)\);$')
LAYERS = re.compile(r"^@layer [\w, ]+;$")
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


class CssIndexError(ValueError):
    """index.css and the folder disagree; the message says which file and what to do."""


def bundle(css: Path = STATIC / "css") -> str:
    """Every file of the folder `css` inside its cascade layer, in index order, without comments.

    Raises CssIndexError for a line that is neither `@layer` nor an import, and for a file the index leaves out.
    """
    parts: list[str] = []
    named: set[str] = set()
    for line in COMMENT.sub("", (css / "index.css").read_text()).splitlines():
        if found := IMPORT.match(line):
            name, layer = found.groups()
            named.add(name)
            parts.append(f"@layer {layer} {{\n{_words_of(css / name)}\n}}")
        elif LAYERS.match(line):
            parts.append(line)
        elif line.strip():
            raise CssIndexError(f"index.css: cannot read “{line}”. Each line names layers or imports one file.")
    forgotten = {file.name for file in css.glob("*.css")} - named - {"index.css"}
    if forgotten:
        raise CssIndexError(f"index.css does not name {', '.join(sorted(forgotten))}: add or delete them.")
    return "\n".join(parts) + "\n"


def _words_of(file: Path) -> str:
    if not file.exists():
        raise CssIndexError(f"index.css names {file.name}, which is not there.")
    return COMMENT.sub("", file.read_text()).strip()


def write_if_changed(file: Path, text: str) -> bool:
    """Writes `text` unless the file already holds it, so that a running server is not disturbed."""
    if file.exists() and file.read_text() == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return True
