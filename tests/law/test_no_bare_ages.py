"""No age stands in code or words outside the profiles: a number left behind would be another place's law."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

NUMBERS = {12, 13, 16, 18}
AGE = re.compile(r"(?<![\w.:/{“+-])(?:12|13|16|18|twelve|thirteen|sixteen|eighteen)(?![\w:/.}-]*\w)", re.IGNORECASE)
BANDS = re.compile(r"AgeBand\.(?:UNDER_|AGE_)\d")
ROOMS = [Path("hub/stories"), Path("hub/partners"), Path("hub/pages/first_pages")]

# What is no age, each with the words beside it.
NO_AGE = re.compile(
    r"max_length=12|CODE_LENGTH = 12|VERSIONS_TO_READ = 12|[/%] 12\b|\[:1[26]\]|DAYS_A_MONTH|12 letters and numbers"
    r"|reading age of 12|Article 12"
)
# Which words go with which band: looked up, and decided by no number.
LOOKED_UP = {"hub/stories/consent/wordings.py", "hub/stories/family/questions.py", "hub/stories/models/consent.py",
             "hub/stories/admin/people_forms.py"}  # fmt: skip


def docstrings(tree: ast.Module) -> set[int]:
    """The lines of what is said about code, which decides nothing and is read beside it."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def numbers_in(path: Path, text: str) -> Iterator[str]:
    tree, lines = ast.parse(text), text.splitlines()
    said = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.lineno not in said:
            line = lines[node.lineno - 1]
            is_age = isinstance(node.value, str) and AGE.search(node.value)
            if (is_age or (type(node.value) is int and node.value in NUMBERS)) and not NO_AGE.search(line):
                yield f"{path}:{node.lineno}: {line.strip()}"


def ages_in_words(path: Path) -> Iterator[str]:
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if AGE.search(line) and not NO_AGE.search(line) and not line.lstrip().startswith("#"):
            yield f"{path}:{at}: {line.strip()[:100]}"


def test_no_age_is_left_in_code() -> None:
    files = [path for room in ROOMS for path in room.rglob("*.py") if "migrations" not in path.parts]
    assert [found for path in files for found in numbers_in(path, path.read_text(encoding="utf-8"))] == []


def test_no_age_is_left_in_the_words_people_read() -> None:
    words = [*Path("templates/stories").rglob("*.html"), *Path("templates/stories").rglob("*.txt")]
    words += [Path("hub/stories/consent/wordings.toml"), *Path("hub/pages/first_pages").glob("[!_]*.toml")]
    assert [found for path in words for found in ages_in_words(path)] == []


def test_only_words_are_looked_up_by_a_band_and_nothing_is_decided_by_one() -> None:
    files = [path for path in Path("hub").rglob("*.py") if {"migrations", "law", "demo"}.isdisjoint(path.parts)]
    assert {str(path) for path in files if BANDS.search(path.read_text(encoding="utf-8"))} <= LOOKED_UP


def test_a_number_that_were_left_would_be_found() -> None:
    found = list(numbers_in(Path("x.py"), 'if age < 16:\n    refuse("Only from twelve on.")\n'))
    assert len(found) == 2
    assert AGE.search("You are 12 or older.")
    assert not AGE.search("Ring 116 123 at 16:00, or 12/03.")
