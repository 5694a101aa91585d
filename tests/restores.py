"""A story that was agreed to, a backup of that day, and what tests of a restore do with them."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from hub.pages.models import HubPage
from hub.partners.provisioning import provision
from hub.stories.models import StoryPage
from hub.upkeep import loading, roles
from hub.upkeep.backup import back_up
from hub.upkeep.restoring import Restore
from tests.factories import Tree, build_tree, lit_story
from tests.owner import as_owner_of_all
from tests.remembered import remembered


@pytest.fixture
def own_var(settings: Any, tmp_path: Path) -> Path:
    """A folder of the Hub's own, beside its database."""
    settings.VAR_DIR = tmp_path
    return tmp_path


def _provisioned_tree() -> Tree:
    tree = build_tree()
    provision()
    return tree


@pytest.fixture
def ground(committed: None, own_var: Path) -> Iterator[Tree]:
    """A tree with partners and roles. Whatever mark a test leaves is gone for the next one."""
    yield remembered(("tree", "provisioned"), _provisioned_tree)
    with as_owner_of_all():
        loading.unmark()
        roles.give_rights()


@pytest.fixture
def agreed(ground: Tree) -> StoryPage:
    """A story that everybody in it has said yes to."""
    return lit_story(ground)


@pytest.fixture
def other(ground: Tree, agreed: StoryPage) -> StoryPage:
    """Another one, which nobody withdraws."""
    return lit_story(ground, text="Sommer")


def is_public(story: StoryPage) -> bool:
    return HubPage.objects.filter(pk=story.pk).live().exists()


def a_backup() -> bytes:
    """Made by the web process, while it serves."""
    out = io.BytesIO()
    back_up(out)
    connection.close()
    return out.getvalue()


def restored(copy: bytes, *, given: Iterable[Path] = (), **how: Any) -> str:
    """A restore, by the owner of the tables, from its first step to its last; what it said."""
    with as_owner_of_all():
        return "\n".join(Restore(io.BytesIO(copy), given=given, **how).run())


def another_machine(where: Path) -> None:
    """Nothing beside the database but what a fresh checkout has; and the database is empty."""
    settings.VAR_DIR = where
    settings.LEDGER_JOURNAL = where / "ledger" / "journal.jsonl"
    settings.MEDIA_ROOT, settings.EVIDENCE_ROOT = where / "media", where / "evidence"
    where.mkdir(exist_ok=True)
    with as_owner_of_all(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def journal_kept_as(place: Path) -> Path:
    """What somebody saves from beside a database."""
    place.write_bytes(settings.LEDGER_JOURNAL.read_bytes())
    return place
