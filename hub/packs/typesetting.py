"""Makes the PDF of a pack, in a process of its own that has no settings and no database. PDF/UA-1: tagged, or refused.

Emoji and other scripts are Noto's. A sign that no letter can show becomes an empty box: one would stop the whole pack.
"""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from hub.bounded_process import Answer

PAPER = Path(__file__).with_name("pack.typ")
CANNOT_SHOW = re.compile(r'the text `"(.{1,400}?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
SHOWN = re.compile(r"[\x20-\x7e\u00a0-\u017f\u2018-\u201d\u2013\u2014\u2026]")  # in every face
BOX = "\u25a1"
MOST_TRIED = 300  # signs, one by one, before all that are left become boxes
ALONE = b'#set document(title: "Signs")\n#for sign in json(bytes(sys.inputs.data)) { par(text(sign)) }'


def pdf(data: bytes, *, timestamp: int) -> Answer:
    """The PDF of a document, and where its parts begin: [[[name, page], …], how many pages there are]."""
    document = json.loads(data)
    try:
        return _made(document, timestamp)
    except typst.TypstError as refused:
        if not CANNOT_SHOW.search(str(refused)):
            raise
    return _made(_with_boxes(document, _unknown_signs(data.decode())), timestamp)


def _made(document: Any, timestamp: int) -> Answer:
    source = PAPER.read_bytes()
    compiler = _compiler(source, document)
    (where,) = json.loads(compiler.query("<where>", field="value"))
    made: Any = compiler.compile(source, format="pdf", pdf_standards=["ua-1"], timestamp=timestamp)
    return Answer(where, (bytes(made),))


def _compiler(source: bytes, data: Any) -> Any:
    make: Any = typst.Compiler
    return make(
        source,
        font_paths=[str(files("fontpkg_atkinson_hyperlegible") / "files"), str(files("manimgx_fonts"))],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )


def _unknown_signs(text: str) -> set[str]:
    """Those signs of a document, as JSON that escapes none, that no letter can show: found by setting them alone."""
    left = {sign for sign in text if not SHOWN.fullmatch(sign)}
    unknown: set[str] = set()
    for _ in range(MOST_TRIED):
        try:
            _compiler(ALONE, sorted(left)).compile(format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as refused:
            said = CANNOT_SHOW.search(str(refused))
            signs = set(ESCAPED.sub(lambda one: chr(int(one[1], 16)), said[1])) & left if said else set()
            if not signs:
                break
            unknown, left = unknown | signs, left - signs
        else:
            return unknown
    return unknown | left


def _with_boxes(value: Any, unknown: set[str]) -> Any:
    if isinstance(value, str):
        return "".join(BOX if sign in unknown else sign for sign in value)
    if isinstance(value, list):
        return [_with_boxes(item, unknown) for item in value]
    if isinstance(value, dict):
        return {key: _with_boxes(item, unknown) for key, item in value.items()}
    return value
