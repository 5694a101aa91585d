"""The table of faults in docs/running.md: each row names the test that makes the fault, and that test exists."""

import re

from tests.imports import ROOT

ROW = re.compile(r"^\| (?!what fails|---)(.+?) \|.*\| (`.+`) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
OF_THE_LIST = (
    *("killed", "in the middle of a request", "disk is full", "Valkey", "mail server", "jobs run twice"),
    *(
        "not for a week",
        "trigger is dropped",
        "key is missing",
        "clock is an hour out",
        "old copy is restored",
        "restore is killed",
    ),
    *("a byte a second", "older version"),
)


def rows() -> list[tuple[str, str]]:
    table = (ROOT / "docs/running.md").read_text().split("## When something fails")[1].split("\n## ")[0]
    return ROW.findall(table)


def test_each_fault_has_a_test_that_makes_it() -> None:
    assert len(rows()) >= 16
    for fault, tried in rows():
        named = NAMED.findall(tried)
        assert named, fault
        for file, test in named:
            assert (ROOT / file).is_file(), (fault, file)
            assert test, (fault, file, "which of them?")
            assert f"def {test}(" in (ROOT / file).read_text(), (fault, test)


def test_no_fault_that_was_asked_for_is_left_out() -> None:
    faults = " ".join(fault for fault, _ in rows())
    assert [one for one in OF_THE_LIST if one not in faults] == []
