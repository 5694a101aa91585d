"""No text that somebody sends takes a pattern longer than it is long. Every pattern of the Hub is found and tried."""

import ast
import importlib
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hub.search import form, typed
from tests.hostile_text import hostile
from tests.test_architecture import HUB, python_files

SHORT, LONG = 3_000, 24_000  # characters
NOTHING, LITTLE, MUCH = 0.0004, 0.02, 0.15  # seconds of work: on a short text, and on a long one
GROWTH = 20  # a text eight times as long may take eight times as long, and some more for chance
MAKERS = {"re.compile", "re_path", "RegexValidator"}
LOOKING = {"match", "fullmatch", "search", "findall", "finditer", "sub", "subn", "split"}
# Patterns over words of our own only, and why nobody else's come there.
OURS = {
    "env.py": "what whoever runs the Hub writes",
    "pages/look/css_bundle.py": "our own style sheets, at build time",
    "pages/installed_triggers.py": "the triggers in our code",
    "pages/look/plait.py": "a drawing of ours",
}
# Patterns that meet short texts alone, and how long the longest is: they are tried with those.
AT_MOST = {"search/typed.py": form.LONGEST}
# Patterns that are put together while the Hub runs, and how to have one here.
PUT_TOGETHER: dict[str, Callable[[], list[re.Pattern[Any]]]] = {}


class Found(NamedTuple):
    """One pattern, where it stands, and the ways in which it is used."""

    place: str
    pattern: re.Pattern[Any]
    ways: frozenset[str]


def module_of(path: Path) -> Any:
    return importlib.import_module(
        ".".join(path.relative_to(HUB.parent).with_suffix("").parts).removesuffix(".__init__")
    )


def looked_for() -> Iterator[Found]:
    """Each pattern of the Hub that somebody else's words can meet."""
    used = uses_of_names()
    for path in python_files():
        name = str(path.relative_to(HUB))
        if name in OURS:
            continue
        tree = ast.parse(path.read_text())
        names = {id(node.value): node.targets[0] for node in ast.walk(tree) if isinstance(node, ast.Assign)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not is_about_patterns(node):
                continue
            called = ast.unparse(node.func).rsplit(".", 1)[-1]
            target = names.get(id(node))
            ways = {called} if called in LOOKING else used.get(target.id) if isinstance(target, ast.Name) else None
            for pattern in compiled(node, path):
                yield Found(f"{name}:{node.lineno}", pattern, frozenset(ways or LOOKING))


def is_about_patterns(node: ast.Call) -> bool:
    name = ast.unparse(node.func)
    return name in MAKERS or (name.startswith("re.") and name.removeprefix("re.") in LOOKING)


def uses_of_names() -> dict[str, set[str]]:
    """PATTERN.search(…), anywhere in the Hub: by the name of the pattern, in which ways it looks."""
    used: dict[str, set[str]] = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in LOOKING:
                used.setdefault(ast.unparse(node.value).rsplit(".", 1)[-1], set()).add(node.attr)
    return used


def compiled(node: ast.Call, path: Path) -> list[re.Pattern[Any]]:
    """The pattern of a call, evaluated with the names of its module; all that one call puts together."""
    known = vars(module_of(path))
    try:
        source = eval(compile(ast.Expression(node.args[0]), str(path), "eval"), dict(known))
    except NameError:
        name = f"{path.relative_to(HUB)}"
        assert name in PUT_TOGETHER, f"{name}:{node.lineno} puts a pattern together: say in PUT_TOGETHER how to try it"
        return PUT_TOGETHER[name]()
    is_for_flags = len(node.args) > 1 and ast.unparse(node.func) in {"re.compile", *(f"re.{one}" for one in LOOKING)}
    flags = [one for one in node.args[1:] if is_for_flags and "re." in ast.unparse(one)]
    flags += [keyword.value for keyword in node.keywords if keyword.arg == "flags"]
    value = eval(compile(ast.Expression(flags[0]), str(path), "eval"), dict(known)) if flags else 0
    return [re.compile(source, value)]


PUT_TOGETHER["stories/withdrawal/pointing.py"] = lambda: [re.compile(r"\bMoira\b", re.IGNORECASE)]
PUT_TOGETHER["pages/admin/hints.py"] = lambda: [
    re.compile(r"(?<!\w)(?:wheelchair bound|single mums?|junkie)(?!\w)", re.IGNORECASE)
]
PUT_TOGETHER["search/typed.py"] = lambda: [pattern for pattern, _ in [*typed.TIMES, *typed.SIZES]]
EVERY = list(looked_for())


class TooLongError(Exception):
    """Stopped: it would go on."""


def work(pattern: re.Pattern[Any], way: str, text: Any) -> float:
    """Seconds of work, at most a little more than is too much."""

    def stop(*_: Any) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 2 * MUCH)
    began = time.process_time()
    try:
        if way == "finditer":
            list(pattern.finditer(text))
        elif way in {"sub", "subn"}:
            getattr(pattern, way)(lambda found: found[0], text)
        else:
            getattr(pattern, way)(text)
    except TooLongError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - began


def is_slow(pattern: re.Pattern[Any], way: str, short: Any, long: Any) -> bool:
    """Whether work grows faster than the text. What takes next to nothing is not looked at twice."""
    if work(pattern, way, short) < NOTHING:
        return False
    first = work(pattern, way, long)
    if first < LITTLE or first > 4 * MUCH:
        return first > MUCH
    little = min(work(pattern, way, short) for _ in range(3))
    much = min(work(pattern, way, long) for _ in range(3))
    return much > MUCH or much > GROWTH * little


def slow_on(pattern: re.Pattern[Any], ways: frozenset[str], at_most: int = 0) -> str:
    """A text that takes `pattern` too long, shortened; empty for none."""
    if at_most:
        tried = ((way, text) for text in hostile(pattern, at_most) for way in sorted(ways))
        return next((f"{way} of {text!r}" for way, text in tried if work(pattern, way, text) > LITTLE), "")
    for short, long in zip(hostile(pattern, SHORT), hostile(pattern, LONG), strict=True):
        for way in sorted(ways):
            if is_slow(pattern, way, short, long):
                return f"{way} of {long[:40]!r}…{long[-5:]!r}"
    return ""


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.place)
def test_no_text_takes_a_pattern_longer_than_it_is_long(found: Found) -> None:
    assert slow_on(found.pattern, found.ways, AT_MOST.get(found.place.partition(":")[0], 0)) == ""


@pytest.mark.parametrize(
    ("pattern", "slow"),
    [
        (r"[\w.+-]+@[\w-]+\.[\w.-]+", True),  # the one for mail addresses that held a worker
        (r"(a+)+b", True),
        (r"/\*.*?\*/", True),
        (r"\s+$", True),
        (r"<[^<>]*>", False),
        (r"\d{1,4} [A-Z][a-z]*", False),
    ],
)
def test_this_test_knows_a_slow_pattern_when_it_meets_one(pattern: str, *, slow: bool) -> None:
    assert bool(slow_on(re.compile(pattern, re.DOTALL), frozenset({"search"}))) == slow


def test_every_exception_is_still_one() -> None:
    for name in [*OURS, *PUT_TOGETHER]:
        assert "re." in (HUB / name).read_text(), name
    assert len(EVERY) > 50


def test_no_pattern_goes_to_the_database_or_to_another_library() -> None:
    """There they would run where this test does not see them."""
    wrong = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and (node.arg or "").endswith(("__regex", "__iregex")):
                wrong.append(f"{path.name}: {node.arg}")
            if isinstance(node, ast.Import | ast.ImportFrom):
                modules = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
                wrong += [f"{path.name}: {name}" for name in modules if name in {"regex", "re2", "sre_compile"}]
                wrong += [
                    f"{path.name}: from re" for name in modules if name == "re" and isinstance(node, ast.ImportFrom)
                ]
    assert wrong == []
