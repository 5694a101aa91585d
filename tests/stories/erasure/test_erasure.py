"""After erasing, no table and no file holds a word of the story; killed anywhere and run again, it ends the same."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.admin.models import FormState
from wagtail.log_actions import log
from wagtail.models import Comment, PageLogEntry

from hub.pages.models import HubImage, HubPage
from hub.stories.choices import LegalReason, Use
from hub.stories.consent.answers import add_participant
from hub.stories.erasure import steps
from hub.stories.erasure.check import verify
from hub.stories.erasure.steps import CannotErase, erase
from hub.stories.family.links import issue
from hub.stories.ledger.lines import first_broken_link
from hub.stories.ledger.story_key import keyed_hash
from hub.stories.models import (
    Answers,
    CarryOver,
    CarryOverProposal,
    CaseLine,
    ChangeWanted,
    Consent,
    ConsentEvent,
    Participant,
    PersonalDetails,
    PrivateLink,
    Proof,
    StoryKey,
    StoryPage,
    StoryParticipant,
    WithdrawalCase,
)
from hub.stories.review.decisions import return_story
from hub.stories.review.flags import clear_legal_flag, raise_legal_flag
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.tick import tick
from tests.factories import Tree, a_moderator, light, make_story, publish, words
from tests.past_the_guards import alias_of

pytestmark = pytest.mark.django_db
WORDS = [
    "Zilpzalp",  # body, title and summary
    "Wendehals",  # an older draft
    "Rohrdommel",  # the picture's own title
    "Steinwälzer",  # alternative text, with a letter that JSON escapes
    "Kiebitz",  # a comment of a colleague
    "Sumpfmeise",  # why a small correction was proposed
    "Brachvogel",  # a moderator's comment
    "Pirol",  # an entry in the history
    "Sperling",  # her name
    "Goldammer",  # a change she wanted
    "Bachstelze",  # half-typed
    "Eisvogel",  # a preview
    "Uferschnepfe",  # a note on a legal flag
]


def picture(title: str, shade: int) -> HubImage:
    data = BytesIO()
    Image.new("RGB", (40, 30), (shade, 90, 90)).save(data, "PNG")
    image = HubImage(title=title, default_alt_text=f"alt {title}", file=ContentFile(data.getvalue(), "x.png"))
    image.save()
    image.get_rendition("width-20")
    return image


def block(image: HubImage) -> tuple[str, Any]:
    return ("image", {"image": image, "alt_text": "Ein Steinwälzer", "decorative": False, "caption": ""})


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_superuser("safeguard", password="x")


@pytest.fixture
def story(tree: Tree, staff: User) -> StoryPage:
    """A lit story that has left a word of its own everywhere a story can."""
    story = make_story(tree, text="Zilpzalp")
    story.body = words("An older Wendehals.")
    publish(story)
    story.body = [*words("I stood at the Zilpzalp."), block(picture("Rohrdommel", 10))]
    publish(story)
    person = story.participations.get()
    PersonalDetails.objects.create(participant=person.participant, preferred_name="Sperling")
    ChangeWanted.objects.create(participation=person, wanted="Take out Goldammer")
    link = issue(person, PrivateLink.Purpose.ANSWER).link
    Answers.objects.create(link=link, written=json.dumps({"wanted": "Bachstelze"}))
    Comment.objects.create(page=HubPage.objects.get(pk=story.pk), user=staff, text="Kiebitz", contentpath="title")
    log(instance=story, action="wagtail.rename", title="Pirol", data={"title": {"old": "Pirol", "new": "x"}})
    FormState.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(StoryPage),
        object_id=str(story.pk),
        data="title=Eisvogel",
        last_updated_at=timezone.now(),
    )
    light(story)
    flag = raise_legal_flag(story, LegalReason.COURT_CASE, by=staff)
    clear_legal_flag(flag, by=staff, note="Uferschnepfe")
    consent = person.consents.get()
    CarryOver.objects.create(consent=consent, from_hash=consent.content_hash, to_hash="0" * 64, moderator=a_moderator())
    CarryOverProposal.objects.create(story=story, to_hash="0" * 64, why="Sumpfmeise", proposed_by=staff)
    return_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator(), comment="Brachvogel")
    return StoryPage.objects.get(pk=story.pk)


def files() -> set[str]:
    return {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }


@pytest.mark.parametrize("word", WORDS)
def test_the_search_finds_each_word_before(story: StoryPage, word: str) -> None:
    assert verify([word])


def test_nothing_is_left_of_an_erased_story(client: Client, story: StoryPage) -> None:
    slug, address = story.slug, story.url
    assert verify([slug])
    case = erase(story.pk)
    assert not case.lines.filter(state__in=CaseLine.OPEN).exclude(target__startswith="tell-").exists()
    assert case.erased_at is not None
    assert {word: verify([word]) for word in [*WORDS, slug]} == {word: [] for word in [*WORDS, slug]}
    assert not files()
    assert not StoryPage.objects.filter(pk=story.pk).exists()
    assert PageLogEntry.objects.filter(page_id=story.pk, action="wagtail.rename").exists(), "history keeps that it was"
    assert client.get(address).status_code == 404


def test_what_stays_is_the_ledger_and_a_proof_without_personal_data(story: StoryPage) -> None:
    person = story.participations.get().participant
    consent = Consent.objects.get()
    agreed = consent.content_hash
    withdraw(story.participations.get())
    erase(story.pk)
    assert first_broken_link() is None
    assert ConsentEvent.objects.filter(kind="erased", story_id=story.pk, consent_id=consent.pk).count() == 1
    assert not StoryKey.objects.exists()
    proof = Proof.objects.get()
    assert (proof.participant_code, proof.story_number, proof.use) == (person.code, story.pk, Use.WEBSITE)
    assert proof.given_at == consent.given_at
    assert proof.withdrawn_at is not None
    assert proof.keyed_hash != agreed
    kept = {getattr(line, field.attname) for line in ConsentEvent.objects.all() for field in line._meta.concrete_fields}
    assert agreed not in kept, "a leaked copy of the words could be matched with the ledger"
    assert {f.name for f in Proof._meta.get_fields()} == {
        "id", "story_number", "participant_code", "use", "consent_number", "wording_version", "keyed_hash",
        "given_at", "withdrawn_at", "keep_until",
    }  # fmt: skip


def test_while_the_story_stands_the_ledger_says_which_words_each_line_is_about(story: StoryPage) -> None:
    consent = Consent.objects.get()
    about = ConsentEvent.objects.get(consent_id=consent.pk, kind="given").keyed_hash
    assert about == keyed_hash(story.pk, consent.content_hash)
    assert about != keyed_hash(story.pk + 1, consent.content_hash)


class Killed(BaseException):
    """The power went."""


@pytest.mark.parametrize("place", range(len(steps.STEPS)))
@pytest.mark.parametrize("when", ["inside", "after"])
def test_killed_anywhere_and_run_again_it_ends_the_same(
    story: StoryPage, place: int, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        kill_at(patched, place, when=when)
        with pytest.raises(Killed):
            erase(story.pk)
    assert not HubPage.objects.filter(pk=story.pk).live().exists()
    case = erase(story.pk)
    assert case.erased_at is not None
    assert verify(WORDS) == []
    assert not files()
    assert Proof.objects.count() == 1
    assert ConsentEvent.objects.filter(kind="erased").count() == 1
    assert first_broken_link() is None
    assert not StoryKey.objects.exists()


def kill_at(patched: pytest.MonkeyPatch, place: int, *, when: str) -> None:
    target, description, step = steps.STEPS[place]

    def dies_inside(story_number: int, by: Any) -> None:
        step(story_number, by)
        raise Killed

    def dies_at_once(story_number: int, by: Any) -> None:
        raise Killed

    changed = list(steps.STEPS)
    if when == "inside":
        changed[place] = (target, description, dies_inside)
    else:
        changed.insert(place + 1, ("erase-killed", "", dies_at_once))
    patched.setattr(steps, "STEPS", changed)


def test_twice_is_as_once(story: StoryPage) -> None:
    erase(story.pk)
    after_once = rows()
    erase(story.pk)
    assert rows() == after_once
    WithdrawalCase.objects.update(closed_at=timezone.now())
    erase(story.pk)
    assert rows() == after_once


def test_a_step_that_fails_is_on_the_case_and_is_tried_again(story: StoryPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(story_number: int, by: Any) -> None:
        raise OSError("the Zilpzalp disk")

    with monkeypatch.context() as patched:
        failing = [(t, d, fail if t == "erase-pictures" else s) for t, d, s in steps.STEPS]
        patched.setattr(steps, "STEPS", failing)
        case = erase(story.pk)
    line = case.lines.get(target="erase-pictures")
    assert (line.state, line.error_type) == ("failed", "OSError")
    assert case.erased_at is None
    assert StoryPage.objects.filter(pk=story.pk).exists(), "the steps after it wait"
    assert erase(story.pk) == case
    line.refresh_from_db()
    assert (line.state, line.error_type) == ("removed", "")


def test_a_file_that_stays_on_the_disk_is_a_failure(story: StoryPage, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "delete", lambda self, name: None)
        case = erase(story.pk)
    assert case.lines.get(target="erase-pictures").state == "failed"
    assert HubImage.objects.exists(), "its row is kept, so that the file can be found"
    erase(story.pk)
    assert not files()


def test_somebody_in_two_stories_keeps_her_details_for_the_other(tree: Tree, story: StoryPage) -> None:
    other = make_story(tree, text="Amsel", people=0)
    shared: Participant = story.participations.get().participant
    add_participant(StoryParticipant(story=other, participant=shared, role="teller"))
    light(other)
    erase(story.pk)
    assert PersonalDetails.objects.get(participant=shared).preferred_name == "Sperling"
    assert other.participations.get().consents.filter(decision="given").exists()
    assert HubPage.objects.filter(pk=other.pk).live().exists()


def drafted(page: HubPage) -> None:
    page.save_revision()


@pytest.mark.parametrize("keep", [publish, drafted], ids=["public", "draft only"])
def test_a_picture_another_story_shows_stays(tree: Tree, story: StoryPage, keep: Any) -> None:
    shared, other = HubImage.objects.get(), make_story(tree, text="Amsel", people=0)
    other.body = [*words("Look."), block(shared)]
    keep(other)
    erase(story.pk)
    assert HubImage.objects.filter(pk=shared.pk).exists()
    assert len(files()) == 2  # the original and one size


def test_a_picture_that_another_page_took_goes_and_the_page_stays(client: Client, tree: Tree, story: StoryPage) -> None:
    tree.guidance.body = [*words("Look."), block(HubImage.objects.get())]
    publish(tree.guidance)
    erase(story.pk)
    assert not HubImage.objects.exists()
    assert not files()
    assert "Look." in client.get(tree.guidance.url).content.decode()


def test_a_picture_only_an_old_draft_held_goes_too(tree: Tree, story: StoryPage) -> None:
    story.body = words("No picture any more.")
    publish(story)
    erase(story.pk)
    assert not HubImage.objects.exists()
    assert not files()


def test_an_alias_made_past_the_screens_goes_too(tree: Tree, story: StoryPage) -> None:
    alias = alias_of(story)
    erase(story.pk)
    assert not HubPage.objects.filter(pk=alias.pk).exists()
    assert verify(WORDS) == []


def test_an_open_legal_flag_stops_it(story: StoryPage, staff: User) -> None:
    raise_legal_flag(story, LegalReason.SAFEGUARDING, by=staff)
    with pytest.raises(CannotErase, match="legal flag"):
        erase(story.pk)
    assert StoryPage.objects.filter(pk=story.pk).exists()


def test_the_command_shows_then_erases_and_checks(story: StoryPage, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("erase_story", str(story.pk), "--dry-run")
    assert StoryPage.objects.filter(pk=story.pk).exists()
    assert "Nothing has been erased" in capsys.readouterr().out
    call_command("erase_story", str(story.pk), "--check-for", *WORDS)
    said = capsys.readouterr().out
    assert "The page itself: removed" in said
    assert not [word for word in WORDS if word in said], "the receipt repeats no word"
    with pytest.raises(CommandError, match="There is no story"):
        call_command("erase_story", "999999")


def test_the_command_fails_when_a_word_is_still_somewhere(tree: Tree, story: StoryPage) -> None:
    make_story(tree, text="Zilpzalp")
    with pytest.raises(CommandError, match=r"pages_hubpage\.title"):
        call_command("erase_story", str(story.pk), "--check-for", "Zilpzalp")


def test_a_proof_goes_after_six_years(story: StoryPage) -> None:
    erase(story.pk)
    now = timezone.now()
    tick(now=now + timedelta(days=6 * 365))
    assert Proof.objects.count() == 1
    tick(now=now + timedelta(days=6 * 365 + 3))
    assert not Proof.objects.exists()
