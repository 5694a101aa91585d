"""Which refusals does no test reach? Reads what `make coverage` measured and lists them, each with its sentence.

A refusal is a raise, an error said beside a field, an answer of 403, 404, 409 or 429, or a start that is given up.
Triggers refuse in the database, where coverage does not look: tests/stories/light/test_triggers.py holds those.
"""

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
REFUSES = {
    "add_error",
    "refuse",
    "exit",
    "HttpResponseForbidden",
    "HttpResponseNotFound",
    "PermissionDenied",
    "Http404",
}
ANSWERS = {403, 404, 409, 429}


def refusals(source: str) -> Iterator[tuple[int, str]]:
    """The line of each refusal, and how it reads."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Raise | ast.Expr | ast.Return) and refuses(node):
            yield node.lineno, ast.unparse(node)


def refuses(statement: ast.Raise | ast.Expr | ast.Return) -> bool:
    if isinstance(statement, ast.Raise):
        return statement.exc is not None  # a bare raise passes on what was refused before
    call = statement.value
    if not isinstance(call, ast.Call):
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    statuses = [k.value.value for k in call.keywords if k.arg == "status" and isinstance(k.value, ast.Constant)]
    told = ast.unparse(call.func) == "messages.error"
    return name in REFUSES or told or bool(ANSWERS.intersection(statuses))


def unreached(measured: dict[str, Any], root: Path = ROOT) -> Iterator[str]:
    for name, file in sorted(measured["files"].items()):
        missing = set(file["missing_lines"])
        for line, said in sorted(refusals((root / name).read_text())):
            if line in missing:
                yield f"{name}:{line}  {said}"


def main() -> None:
    measured = json.loads(Path(sys.argv[1]).read_text())
    lines = list(unreached(measured))
    total = sum(1 for name in measured["files"] for _ in refusals((ROOT / name).read_text()))
    sys.stdout.write(f"\n{len(lines)} of {total} refusals are reached by no test:\n")
    sys.stdout.write("".join(f"  {line[:200]}\n" for line in lines) or "  none\n")


if __name__ == "__main__":
    main()
