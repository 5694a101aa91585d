"""Fixtures every test may use. The database is a real PostgreSQL; the small tree is built by the real models."""

import gc
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from wagtail.signal_handlers import connect_reference_index_signal_handlers

from hub.pages import pieces
from tests.factories import Tree, a_tree

pytest_plugins = [
    "tests.no_network",
    "tests.database",
    "tests.demo_database",
    "tests.personas",
    "tests.at_once",
    "tests.restores",
    "tests.second_steps",
    "tests.foreign_things",
]


# How many examples a property is tried on: some with each change, the same ones each time, so that what fails is due to
# the change; many more in `make test-all`, others each time. None is kept on disk.
hypothesis.settings.register_profile("each change", max_examples=80, database=None, deadline=None, derandomize=True)
hypothesis.settings.register_profile("thorough", max_examples=1_000, database=None, deadline=None)


def pytest_collection_finish() -> None:
    """What is loaded by now stays; looking at all of it again and again for what could be thrown away takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("each change" if config.getoption("markexpr") else "thorough")


# What takes longest begins first, so that two processes end together. The first makes its own database while the second
# makes the templates; browser tests stand together, so that each process has its demo and its browser once.
LONGEST_FIRST = ["test_local.py", "e2e", "test_restore_killed.py", "test_every_mixture.py", "test_admin_walk.py"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((at for at, name in enumerate(LONGEST_FIRST) if name in item.path.parts), len(LONGEST_FIRST))

    items.sort(key=place)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    settings.LEDGER_JOURNAL = tmp_path / "ledger" / "journal.jsonl"


@pytest.fixture(autouse=True)
def references_are_noted() -> None:
    """Wagtail stops noting what points at what while it migrates; for it, one that a test lets fail never ends."""
    connect_reference_index_signal_handlers()


@pytest.fixture(autouse=True)
def own_cache() -> None:
    """What was cached about a picture is not true of the next test's, which may have the same number; nor is a piece of
    a page: tests put rows in and out past the triggers that say so."""
    cache.clear()
    pieces.forget()


@pytest.fixture(autouse=True)
def nothing_is_left_out(request: Any, caplog: Any) -> Iterator[None]:
    """What a list leaves out is a mistake in the code, unless the test is about that."""
    yield
    said = [record.getMessage() for when in ("setup", "call") for record in caplog.get_records(when)
            if record.name == "hub.left_out"]  # fmt: skip
    assert not said or request.node.get_closest_marker("leaves_out"), said


@pytest.fixture
def tree(db: None) -> Tree:
    """Home, toolkit with one module and activity, one partner with guidance, the stories index, no story."""
    return a_tree()
