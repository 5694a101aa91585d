"""The shape of the house: which way imports point, how long a file may be, and what nobody may write."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.imports import (
    ROOMS,
    between_apps,
    between_rooms,
    called,
    circles,
    inside_functions,
    past_a_face,
    texts,
    tree_of,
)

ROOT = Path(__file__).parent.parent
HUB = ROOT / "hub"
FORBIDDEN_NAMES = {"core", "common", "base", "helpers", "utils"}
LONGEST_FILE = 280
MOST_INSIDE_FUNCTIONS = 9
MOST_FLAT = {"stories": 8, "pages": 15}
TREE = texts()

# One arrow turned round, in each of the ways in which it could be hidden.
TURNED_ROUND = {
    "at load": "\nfrom hub.{app}.{above} import {name}\n",
    "inside a function": "\ndef hidden():\n    from hub.{app}.{above} import {name}\n",
    "for types alone": "\nif TYPE_CHECKING:\n    from hub.{app}.{above} import {name}\n",
    "as a module": "\nfrom hub.{app} import {above}\n",
}


def python_files() -> Iterator[Path]:
    return (path for path in sorted(HUB.rglob("*.py")) if "migrations" not in path.parts)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def with_more(module: str, text: str) -> dict[str, str]:
    assert module in TREE
    return {**TREE, module: TREE[module] + text}


def test_apps_import_only_what_stands_below_them() -> None:
    assert [str(arrow) for arrow in between_apps(TREE)] == []


@pytest.mark.parametrize("app", ROOMS)
def test_rooms_import_only_what_stands_below_them(app: str) -> None:
    assert [str(arrow) for arrow in between_rooms(TREE, app)] == []


def test_nobody_imports_past_the_face_of_a_room() -> None:
    assert [str(arrow) for arrow in past_a_face(TREE)] == []


def test_no_two_modules_import_each_other() -> None:
    assert circles(TREE) == []


@pytest.mark.parametrize("how", TURNED_ROUND)
def test_an_arrow_that_is_turned_round_is_seen_between_rooms(how: str) -> None:
    for app, module, above, name in [
        ("stories", "hub.stories.models.story", "light", "relight"),
        ("stories", "hub.stories.consent.answers", "withdrawal", "stopping"),
        ("pages", "hub.pages.models.base", "admin", "hints"),
    ]:
        wrong = with_more(module, TURNED_ROUND[how].format(app=app, above=above, name=name))
        assert [arrow.start for arrow in between_rooms(wrong, app)] == [module], module


@pytest.mark.parametrize(
    "text",
    [
        *(how.format(app="stories", above="models", name="StoryPage") for how in TURNED_ROUND.values()),
        '\ndef hidden():\n    return apps.get_model("stories", "StoryPage")\n',
        '\nSTORY = apps.get_model("stories.StoryPage")\n',
    ],
)
def test_an_arrow_that_is_turned_round_is_seen_between_apps(text: str) -> None:
    wrong = with_more("hub.partners.provisioning", text)
    assert [arrow.start for arrow in between_apps(wrong)] == ["hub.partners.provisioning"]


def test_two_that_import_each_other_are_seen() -> None:
    wrong = with_more("hub.stories.models.story", "\ndef hidden():\n    from hub.stories.light import relight\n")
    assert any("hub.stories.models.story" in circle for circle in circles(wrong))


def test_a_way_past_a_face_is_seen() -> None:
    wrong = with_more("hub.feedback.forms", "\nfrom hub.stories.light.lighting import relight\n")
    assert [arrow.start for arrow in past_a_face(wrong)] == ["hub.feedback.forms"]
    unnamed = with_more("hub.feedback.forms", "\nfrom hub.stories.light import picture_watch\n")
    assert [arrow.start for arrow in past_a_face(unnamed)] == ["hub.feedback.forms"]


def test_imports_inside_functions_are_few_and_say_why() -> None:
    found = inside_functions(TREE)
    assert len(found) <= MOST_INSIDE_FUNCTIONS
    assert [where for *where, says_why in found if not says_why] == []


@pytest.mark.parametrize("app", MOST_FLAT)
def test_few_modules_lie_flat(app: str) -> None:
    flat = [path.name for path in (ROOT / "hub" / app).glob("*.py") if path.name != "__init__.py"]
    assert len(flat) <= MOST_FLAT[app], flat


def test_the_rule_and_the_hash_are_pure() -> None:
    parts = {"hub.law", "hub.law.ages", "hub.law.profile", "hub.stories.last_line", "hub.stories.reasons"}
    pure = [HUB / "stories" / name for name in ("rule.py", "last_line.py", "reasons.py", "content_hash.py")]
    for name in (*pure, *(HUB / "law").glob("[!_]*.py"), HUB / "law" / "__init__.py"):
        modules = set(imported(name)) - parts
        assert not {m for m in modules if m.split(".")[0] in {"django", "wagtail", "hub"}}, name


def test_no_folder_says_nothing() -> None:
    assert not [p for p in HUB.iterdir() if p.is_dir() and p.name in FORBIDDEN_NAMES]


def test_files_are_short_and_say_why_they_exist() -> None:
    wiring = {"apps.py", "__init__.py"}
    for path in python_files():
        text = path.read_text()
        assert text.count("\n") <= LONGEST_FILE, f"{path.relative_to(ROOT)} is long"
        if path.name not in wiring and text.strip():
            assert ast.get_docstring(tree_of(text)), f"{path.relative_to(ROOT)} does not say why it exists"


def test_wiring_holds_no_decision() -> None:
    for path in python_files():
        if path.name in {"wagtail_hooks.py", "apps.py", "urls.py"}:
            assert not [n for n in ast.walk(tree_of(path.read_text())) if isinstance(n, ast.If)], path


def test_nobody_asks_the_live_column_or_switches_triggers_off() -> None:
    """`.live()` is the only question. `live=` in a filter would ask the column and forget consent."""
    wrong = []
    for path in python_files():
        if path.name == "visibility.py":
            continue
        for node in ast.walk(tree_of(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                keywords = {k.arg for k in node.keywords}
                asks_column = node.func.attr in {"filter", "exclude", "get"} and "live" in keywords
                if asks_column or called(node) == "pgtrigger.ignore":
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_templates_never_ask_the_live_column() -> None:
    wrong = [p.name for p in (ROOT / "templates").rglob("*.html") if ".live" in p.read_text()]
    assert wrong == []


def rows_of_rules() -> list[tuple[str, str]]:
    rows = []
    for line in (ROOT / "docs" / "rules.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) >= 2 and cells[1].startswith("`"):
            rows.append((cells[0], cells[1].strip("`")))
    return rows


def decides_something(path: Path) -> bool:
    """Not a face, which only names what others may use, and not wiring."""
    if path.name in {"apps.py", "wagtail_hooks.py", "wiring.py"}:
        return False
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree_of(path.read_text()).body)


def test_every_module_of_some_length_is_named_once() -> None:
    named = Counter(file for _, file in rows_of_rules())
    long = [path for path in python_files() if path.read_text().count("\n") > 40 and decides_something(path)]
    assert [str(path.relative_to(ROOT)) for path in long if not named[str(path.relative_to(ROOT))]] == []
    assert [file for file, times in named.items() if times > 1] == []


def test_every_record_has_a_number_of_its_own_and_is_in_the_list() -> None:
    records = sorted(path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert len({name[:3] for name in records}) == len(records)
    listed = (ROOT / "docs" / "adr" / "README.md").read_text()
    assert [name for name in records if listed.count(f"({name})") != 1] == []


def declared_in(file: str) -> set[str]:
    lines = [line.split("#")[0].strip() for line in (ROOT / file).read_text().splitlines()]
    names = {line.split(">")[0].split("=")[0].split("[")[0] for line in lines if line and not line.startswith("-")}
    return {name.lower().replace("_", "-") for name in names}


def undeclared(folder: str, declared: set[str]) -> set[str]:
    packages = packages_distributions()
    found = set()
    for path in sorted((ROOT / folder).rglob("*.py")):
        for module in (
            {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names - {"hub", "tests", "bench"}
        ):
            if declared.isdisjoint(name.lower().replace("_", "-") for name in packages.get(module, [])):
                found.add(f"{path.relative_to(ROOT)}: {module}")
    return found


def test_no_librarys_inner_names_are_used() -> None:
    """What a library calls internal may be another with its next version."""
    wrong = [f"{path.name}: {name}" for path in python_files() for name in imported(path) if "internal" in name]
    assert wrong == []


def test_what_is_imported_is_declared() -> None:
    runs, develops = declared_in("requirements.in"), declared_in("requirements-dev.in")
    assert undeclared("hub", runs) == set()
    for folder in ("tests", "bench", "docs"):
        assert undeclared(folder, runs | develops) == set()


@pytest.mark.parametrize("file", ["requirements", "requirements-dev"])
def test_what_is_declared_is_installed(file: str) -> None:
    """A machine that has it by chance must not be the only one on which everything works."""
    assert declared_in(f"{file}.in") - declared_in(f"{file}.txt") == set(), "make lock chooses their versions"


def test_the_glossary_is_one_page() -> None:
    assert len((ROOT / "docs" / "words.md").read_text().splitlines()) <= 40


def test_each_question_has_one_file_that_exists() -> None:
    assert [(question, file) for question, file in rows_of_rules() if not (ROOT / file).exists()] == []
