"""Fixtures every test may use. The database is a real PostgreSQL; the small tree is built by the real models."""

from typing import Any

import pytest

from tests.factories import Tree, build_tree
from tests.remembered import remembered

pytest_plugins = ["tests.personas", "tests.at_once", "tests.second_steps", "tests.foreign_things"]


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    settings.LEDGER_JOURNAL = tmp_path / "ledger" / "journal.jsonl"


@pytest.fixture
def tree(db: None) -> Tree:
    """Home, toolkit with one module and activity, one partner with guidance, the stories index, no story."""
    return remembered("tree", build_tree)
