"""The shape of the house: which way imports point, how long a file may be, and what nobody may write."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HUB = ROOT / "hub"
# An app may import itself and the apps before it.
ORDER = ["partners", "accounts", "pages", "stories", "feedback", "demo"]
FORBIDDEN_NAMES = {"core", "common", "base", "helpers", "utils"}
LONGEST_FILE = 280


def python_files() -> Iterator[Path]:
    return (path for path in sorted(HUB.rglob("*.py")) if "migrations" not in path.parts)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def app_of(path: Path) -> str:
    return path.relative_to(HUB).parts[0]


def test_apps_import_only_what_stands_below_them() -> None:
    wrong = []
    for path in python_files():
        if app_of(path) not in ORDER:
            continue
        allowed = ORDER[: ORDER.index(app_of(path)) + 1]
        for module in imported(path):
            parts = module.split(".")
            if parts[0] == "hub" and len(parts) > 1 and parts[1] in ORDER and parts[1] not in allowed:
                wrong.append(f"{path.relative_to(ROOT)} imports {module}")
    assert wrong == []


def test_the_rule_and_the_hash_are_pure() -> None:
    for name in ("rule.py", "content_hash.py"):
        modules = set(imported(HUB / "stories" / name))
        assert not {m for m in modules if m.split(".")[0] in {"django", "wagtail", "hub"}}, name


def test_no_folder_says_nothing() -> None:
    assert not [p for p in HUB.iterdir() if p.is_dir() and p.name in FORBIDDEN_NAMES]


def test_files_are_short_and_say_why_they_exist() -> None:
    wiring = {"apps.py", "__init__.py"}
    for path in python_files():
        text = path.read_text()
        assert text.count("\n") <= LONGEST_FILE, f"{path.relative_to(ROOT)} is long"
        if path.name not in wiring and text.strip():
            assert ast.get_docstring(ast.parse(text)), f"{path.relative_to(ROOT)} does not say why it exists"


def test_wiring_holds_no_decision() -> None:
    for path in python_files():
        if path.name in {"wagtail_hooks.py", "apps.py", "urls.py"}:
            assert not [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.If)], path


def test_nobody_asks_the_live_column_or_switches_triggers_off() -> None:
    """`.live()` is the only question. `live=` in a filter would ask the column and forget consent."""
    wrong = []
    for path in python_files():
        if path.name == "visibility.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                keywords = {k.arg for k in node.keywords}
                asks_column = node.func.attr in {"filter", "exclude", "get"} and "live" in keywords
                if asks_column or ast.unparse(node.func) == "pgtrigger.ignore":
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


def test_rules_md_has_rows() -> None:
    assert len(rows_of_rules()) > 15


@pytest.mark.parametrize(("question", "file"), rows_of_rules())
def test_each_question_has_one_file_that_exists(question: str, file: str) -> None:
    assert (ROOT / file).exists(), question
