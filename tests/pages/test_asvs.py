"""Each requirement of ASVS 5.0 of levels 1 and 2 stands in the table once, and what the table names is there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TABLE = (ROOT / "docs" / "asvs.md").read_text()
ROWS = re.findall(r"^\| ([\d., –]+) \| [^|]+ \| (.+) \|$", TABLE, re.MULTILINE)
# How many of each section are of levels 1 and 2; they come first in it.
SECTIONS = {
    1: (2, 9, 11, 3, 2), 2: (3, 3, 4, 1), 3: (0, 2, 4, 6, 5, 0, 2), 4: (3, 1, 2, 4), 5: (1, 3, 2, 3),
    6: (3, 12, 4, 4, 5, 3, 0, 4), 7: (3, 4, 2, 5, 2, 2), 8: (2, 3, 1, 1), 9: (3, 4), 10: (2, 2, 4, 11, 5, 2, 3),
    11: (2, 3, 3, 4, 1, 1), 12: (3, 2, 4), 13: (1, 5, 2, 5), 14: (2, 4, 3), 15: (3, 3, 7), 16: (1, 5, 4, 3, 3),
    17: (1, 4, 2),
}  # fmt: skip
STANDS = ("Met", "Not applicable: ", "Open: ", "Open, decided: ")


def numbers(written: str) -> list[str]:
    """“1.4.1–1.4.3, 1.5.1” is four of them."""
    found = []
    for part in written.replace(" ", "").split(","):
        first, _, last = part.partition("–")
        section, at = first.rsplit(".", 1)
        found += [f"{section}.{number}" for number in range(int(at), int((last or first).rsplit(".", 1)[1]) + 1)]
    return found


def test_each_requirement_stands_there_once() -> None:
    wanted = {
        f"{chapter}.{section}.{number}"
        for chapter, sections in SECTIONS.items()
        for section, many in enumerate(sections, 1)
        for number in range(1, many + 1)
    }
    assert len(wanted) == 253, "70 of level 1 and 183 of level 2"
    written = Counter(number for where, _ in ROWS for number in numbers(where))
    assert {number for number, times in written.items() if times > 1} == set()
    assert set(written) == wanted


def test_each_says_how_it_stands_and_names_what_is_there() -> None:
    for where, said in ROWS:
        assert said.startswith(STANDS), where
    for path, name in re.findall(r"`((?:tests|hub|templates|bench|deploy)/[\w/.]+|\.dockerignore)(?:::(\w+))?`", TABLE):
        file = ROOT / path
        assert file.exists(), path
        assert not name or f"def {name}(" in file.read_text(), f"{path}::{name}"
    for link in re.findall(r"\]\(([\w./-]+)\)", TABLE):
        assert (ROOT / "docs" / link).exists(), link
