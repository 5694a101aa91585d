"""Who imports whom in hub/, read from the text: at load, inside functions, under TYPE_CHECKING, by `apps.get_model`.

A tree may be given as texts by module name, so that a test can turn one arrow round and see what is said of it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent

# From the ground up. An app may import itself and the apps before it.
APPS = ("kept", "partners", "accounts", "pages", "search", "stories", "packs", "feedback", "moving", "upkeep", "demo")

# The rooms of an app, from the ground up. Those on one line may not import each other, but what lies flat in it may.
WIRING = "apps wagtail_hooks wiring"
ROOMS = {
    "stories": (
        "choices last_line reasons rule content_hash",
        "models",
        "ledger",
        "light",
        "consent",
        "review",
        "withdrawal",
        "path",
        "family",
        "erasure",
        "public_requests",
        "admin",
        f"templatetags jobs {WIRING}",
    ),
    "pages": (
        "fields topics installed_triggers changes pieces visibility kept_nowhere panels page_form",
        "look",
        "words",
        "files",
        "blocks",
        "models",
        "help_numbers",
        "serving",
        "imports",
        "first_pages over_time ownership partner_operations",
        "admin",
        f"templatetags jobs {WIRING}",
    ),
}


@dataclass(frozen=True, order=True)
class Arrow:
    """One import: from a module, to a module, of a name in it (empty: the module itself)."""

    start: str
    line: int
    to: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.start}:{self.line} imports {self.to}{'.' if self.name else ''}{self.name}"


def texts() -> dict[str, str]:
    """Every module of hub/ by its name, without migrations: they say what was true when they were written."""
    found = {}
    for path in sorted((ROOT / "hub").rglob("*.py")):
        if "migrations" not in path.parts:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = path.read_text()
    return found


def arrows(tree: dict[str, str]) -> list[Arrow]:
    """Each import of something of hub/, whether it is at the top of a file or hidden in it."""
    names = frozenset(tree)
    return [arrow for module, text in tree.items() for arrow in _all_from(module, text, names)]


@cache
def tree_of(text: str) -> ast.Module:
    """The text as Python reads it; each text is read once, whoever asks."""
    return ast.parse(text)


@cache
def _all_from(module: str, text: str, tree: frozenset[str]) -> tuple[Arrow, ...]:
    return tuple(_from(module, text, tree))


def _from(module: str, text: str, tree: frozenset[str]) -> Iterator[Arrow]:
    for node in ast.walk(tree_of(text)):
        if isinstance(node, ast.Import):
            yield from (Arrow(module, node.lineno, a.name) for a in node.names if a.name in tree)
        elif isinstance(node, ast.ImportFrom) and node.module in tree:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (
                    Arrow(module, node.lineno, inner)
                    if inner in tree
                    else Arrow(module, node.lineno, node.module, alias.name)
                )
        elif isinstance(node, ast.Call) and called(node) == "apps.get_model" and node.args:
            label = node.args[0].value if isinstance(node.args[0], ast.Constant) else ""
            if f"hub.{str(label).split('.')[0]}" in tree:
                yield Arrow(module, node.lineno, f"hub.{str(label).split('.')[0]}.models")


def called(node: ast.Call) -> str:
    """The name of what is called, if it is a name with one dot: `apps.get_model`."""
    of = node.func
    return f"{of.value.id}.{of.attr}" if isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name) else ""


def app_of(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


def room_of(module: str) -> str:
    """The room of an app in which a module stands, or its own name if it lies flat. Empty for the app itself."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 else ""


def between_apps(tree: dict[str, str]) -> list[Arrow]:
    """Imports of an app that stands above."""
    inside = [a for a in arrows(tree) if app_of(a.start) in APPS and app_of(a.to) in APPS]
    return [a for a in inside if APPS.index(app_of(a.to)) > APPS.index(app_of(a.start))]


def between_rooms(tree: dict[str, str], app: str) -> list[Arrow]:
    """Imports of a room that stands above, or beside on the same line; and of one that has no place at all."""
    floor = {name: at for at, names in enumerate(ROOMS[app]) for name in names.split()}
    here = [a for a in arrows(tree) if app_of(a.start) == app == app_of(a.to) and room_of(a.start) and room_of(a.to)]
    unknown = [a for a in here if not {room_of(a.start), room_of(a.to)} <= floor.keys()]
    return unknown + [a for a in here if a not in unknown and floor[room_of(a.to)] > floor[room_of(a.start)]]


def past_a_face(tree: dict[str, str]) -> list[Arrow]:
    """Imports from inside a room of stories by somebody outside it, and of what its face does not name."""
    rooms = {
        f"hub.stories.{room}"
        for floor in ROOMS["stories"]
        for room in floor.split()
        if "__all__" in tree.get(f"hub.stories.{room}", "") and room != "models"
    }
    wrong = []
    for arrow in arrows(tree):
        room = ".".join(arrow.to.split(".")[:3])
        if room in rooms and f"{arrow.start}.".startswith(f"{room}.") is False:
            name = arrow.name or arrow.to.removeprefix(room).lstrip(".")
            if name and (name not in named_by(tree[room]) or (arrow.name and arrow.to != room)):
                wrong.append(arrow)
    return wrong


def named_by(face: str) -> set[str]:
    """What a module's `__all__` names."""
    for node in tree_of(face).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def circles(tree: dict[str, str]) -> list[list[str]]:
    """Modules that import each other, directly or by way of others."""
    to: dict[str, set[str]] = {module: set() for module in tree}
    for arrow in arrows(tree):
        if arrow.start != arrow.to and not arrow.start.startswith(f"{arrow.to}."):
            to[arrow.start].add(arrow.to)
    reached = {module: _reached_from(module, to) for module in tree}
    found = {tuple(sorted(b for b in reached[a] if a in reached[b])) for a in tree if a in reached[a]}
    return [list(circle) for circle in sorted(found)]


def _reached_from(module: str, to: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [*to[module]]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += to[one]
    return found


def inside_functions(tree: dict[str, str]) -> list[tuple[str, int, bool]]:
    """Each import inside a function: where it is, and whether its line says why it is there."""
    found = set()
    for module, text in tree.items():
        lines = text.splitlines()
        for function in ast.walk(tree_of(text)):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                within = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
                found |= {(module, n.lineno, "#" in lines[n.lineno - 1]) for n in within}
    return sorted(found)
