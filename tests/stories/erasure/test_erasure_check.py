"""The search that proves an erasure looks everywhere: each kind of column, what is encrypted, and each folder."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, transaction

from hub.encryption import lock_bytes
from hub.pages.models import ImportFile, ImportJob, SearchEntry
from hub.stories.erasure.check import verify
from hub.stories.erasure.steps import erase
from hub.stories.models import PersonalDetails, StoryPage
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, light, lit_story, make_story

pytestmark = pytest.mark.django_db
WORD = "Wiedehopf"


@pytest.fixture
def folders(tmp_path: Path, settings: Any) -> dict[str, Path]:
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    places = {"media": settings.MEDIA_ROOT, "journal": settings.LEDGER_JOURNAL.parent, "mail": tmp_path / "mail"}
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    return places


@pytest.mark.parametrize("name", ["media", "journal", "mail"])
@pytest.mark.parametrize("where", ["in a file", "in its name"])
def test_a_word_in_a_folder_is_found(tree: Tree, folders: dict[str, Path], name: str, where: str) -> None:
    file = folders[name] / (f"{WORD}.txt" if where == "in its name" else "x.txt")
    file.write_text("" if where == "in its name" else f"… {WORD.upper()} …")
    assert verify([WORD]) == [name]


def test_a_word_in_encrypted_evidence_is_found(tree: Tree) -> None:
    settings.EVIDENCE_ROOT.mkdir(parents=True)
    (settings.EVIDENCE_ROOT / "a-name").write_bytes(lock_bytes(f"… {WORD} …".encode()))
    assert verify([WORD]) == ["evidence"]


def test_a_word_in_each_kind_of_column_is_found(tree: Tree) -> None:
    story = make_story(tree, text=WORD)
    job = ImportJob.objects.create(section=tree.section, by=User.objects.create_user("x"))
    ImportFile.objects.create(job=job, name="x", data=b"\x00\xff" + WORD.encode())
    PersonalDetails.objects.create(participant=story.participations.get().participant, preferred_name=WORD)
    light(story)
    assert SearchEntry.objects.filter(page_id=story.pk).exists()
    found = set(verify([WORD]))
    for place in (
        "pages_importfile.data", "pages_searchentry.vector", "wagtailcore_revision.content", "pages_hubpage.title",
        "stories_personaldetails.preferred_name", "stories_storypage.body", "wagtailsearch_indexentry.title",
    ):  # fmt: skip
        assert place in found


def test_wagtails_own_index_holds_no_word_of_a_story_beyond_its_title(tree: Tree) -> None:
    story = StoryPage.objects.get(pk=make_story(tree, text="Neutral", people=0).pk)
    story.told_by, story.summary = f"a {WORD}", f"about {WORD}"
    story.save_revision().publish()
    assert not [place for place in verify([WORD]) if place.startswith(("wagtailsearch", "pages_searchentry"))]


def test_a_screen_left_open_brings_nothing_back_after_erasing(tree: Tree) -> None:
    story = lit_story(tree)
    stale = [StoryPage.objects.get(pk=story.pk) for _ in range(3)]
    withdraw(story.participations.get())
    erase(story.pk)
    for page, act in zip(stale, ("save", "save_revision", "full_clean"), strict=True):
        with suppress(DatabaseError, ObjectDoesNotExist, ValidationError), transaction.atomic():
            getattr(page, act)()
    assert verify([CANARY, story.slug]) == []
