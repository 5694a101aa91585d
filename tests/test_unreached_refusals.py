"""What `make coverage` calls a refusal, and which of them it lists."""

from pathlib import Path

from tests.unreached_refusals import refusals, unreached

CODE = """
def act(form, user):
    if not user:
        raise PermissionDenied
    try:
        go()
    except Odd:
        raise
    if form.bad:
        form.add_error("name", "Say who.")
    if form.old:
        return render(form, status=409)
    return render(form, status=200)
"""


def test_a_raise_a_sentence_beside_a_field_and_an_answer_that_refuses_are_refusals() -> None:
    assert [line for line, _ in sorted(refusals(CODE))] == [4, 10, 12]


def test_only_those_that_no_test_reached_are_listed(tmp_path: Path) -> None:
    (tmp_path / "act.py").write_text(CODE)
    measured = {"files": {"act.py": {"missing_lines": [7, 8, 10, 13]}}}
    assert list(unreached(measured, tmp_path)) == ["act.py:10  form.add_error('name', 'Say who.')"]
