"""The clock knows no job: each app declares its own, and one that fails stops no other."""

import ast
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from hub.partners import jobs
from hub.upkeep import tick


def test_the_clock_knows_no_job() -> None:
    tree = ast.parse(Path(tick.__file__).read_text())
    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [module for module in imported if module and module.startswith("hub.")]
    assert ours == ["hub.left_out", "hub.partners.jobs", "hub.upkeep.models"]


def test_every_app_has_declared_its_own() -> None:
    apps = {job.__module__.split(".")[1] for job in jobs.declared().values()}
    assert apps >= {"accounts", "pages", "stories", "feedback"}


def test_what_stands_below_is_done_first() -> None:
    apps = [job.__module__.split(".")[1] for job in jobs.declared().values()]
    assert [app for at, app in enumerate(apps) if at == 0 or apps[at - 1] != app][:4] == [
        "accounts",
        "pages",
        "stories",
        "feedback",
    ]


@pytest.mark.django_db
def test_a_job_that_fails_says_so_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(now: datetime) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "_declared", {"Failing": fails, "Counting": lambda now: 3})
    assert tick.tick(now=timezone.now()) == ["Failing: FAILED, see the log.", "Counting: 3."]


def test_two_jobs_are_never_called_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_declared", {})
    jobs.declare({"One": lambda now: 1})
    with pytest.raises(ValueError, match="One"):
        jobs.declare({"One": lambda now: 2})
    assert jobs.declared()["One"](timezone.now()) == 1
