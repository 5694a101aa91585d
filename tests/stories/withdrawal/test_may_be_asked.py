"""Who is asked, when: whoever tells it first, and nobody who took it back unless a worker says why."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from hub.stories.choices import PartInStory, Use
from hub.stories.family.asking import ask
from hub.stories.family.may_be_asked import CannotAsk
from hub.stories.models import AskedAgain, ChangeWanted, Consent, PersonalDetails, PrivateLink, StoryPage
from hub.stories.rule import GivenBy
from hub.stories.withdrawal import withdraw
from hub.stories.withdrawal.looking_after import wish_to_be_asked
from tests.factories import Tree, a_worker, add_person, make_story, words, yes
from tests.read_out import as_on_screen
from tests.stories.consent.test_evidence import photo

pytestmark = pytest.mark.django_db
WEBSITE = [Use.WEBSITE]


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    """Somebody tells it, and their sister is in it."""
    story = make_story(two_sections)
    sister = add_person(story)
    story.participations.filter(pk=sister.pk).update(role=PartInStory.FAMILY_MEMBER)
    return story


@pytest.fixture
def worker(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


def at(story: StoryPage, rest: str = "") -> str:
    return f"/admin/stories/{story.pk}/people/{rest}"


def page_of(worker: Client, story: StoryPage) -> str:
    return worker.get(at(story)).content.decode()


def asked(story: StoryPage, role: PartInStory, uses: Iterable[Use] = WEBSITE) -> PrivateLink:
    return ask(story.participations.get(role=role), uses=uses, by=a_worker()).link


def test_nobody_reads_it_before_whoever_tells_it_has_agreed_to_these_words(story: StoryPage, worker: Client) -> None:
    teller = story.participations.get(role=PartInStory.TELLER)
    with pytest.raises(CannotAsk, match=f"ask {teller.participant.code} first"):
        asked(story, PartInStory.FAMILY_MEMBER)
    assert f"Ask {teller.participant.code} first" in page_of(worker, story)
    asked(story, PartInStory.TELLER)
    with pytest.raises(CannotAsk, match="first"):
        asked(story, PartInStory.FAMILY_MEMBER)
    yes(teller)
    assert asked(story, PartInStory.FAMILY_MEMBER).pk
    assert f"Ask {teller.participant.code} first" not in page_of(worker, story)


def test_newer_words_go_to_whoever_tells_it_first_again(story: StoryPage) -> None:
    yes(story.participations.get(role=PartInStory.TELLER))
    story.body = words("Something else")
    story.save_revision()
    with pytest.raises(CannotAsk, match="first"):
        asked(story, PartInStory.FAMILY_MEMBER)


def test_two_who_tell_it_are_asked_at_once_and_nobody_waits_where_nobody_tells_it(story: StoryPage) -> None:
    story.participations.update(role=PartInStory.TELLER)
    for person in story.participations.all():
        assert ask(person, uses=WEBSITE, by=a_worker()).code
    story.participations.update(role=PartInStory.PICTURED)
    assert ask(story.participations.order_by("pk")[0], uses=[Use.TRAINING], by=a_worker()).code


def test_whoever_took_it_back_is_asked_no_more_unless_a_worker_says_why(story: StoryPage, worker: Client) -> None:
    teller = story.participations.get(role=PartInStory.TELLER)
    yes(teller)
    withdraw(teller)
    with pytest.raises(CannotAsk, match="Say why"):
        asked(story, PartInStory.TELLER)
    address = at(story, f"{teller.pk}/ask/")
    assert 'name="why_again"' in worker.get(address).content.decode()
    said = {"given_by": "self", "uses": ["website"], "why_again": "  "}
    assert "Say why they are asked again" in worker.post(address, said).content.decode()
    because = "She rang, and would like to look at it again"
    assert "sheet__code" in worker.post(address, said | {"why_again": because}).content.decode()
    assert because in page_of(worker, story)
    with connection.cursor() as cursor:
        cursor.execute("SELECT because FROM stories_askedagain")
        assert because not in cursor.fetchone()[0], "it is encrypted"
    assert AskedAgain.objects.get().because == because


def test_who_stopped_before_saying_yes_is_not_said_to_have_agreed(story: StoryPage, worker: Client) -> None:
    teller, asking = story.participations.get(role=PartInStory.TELLER), 'class="button button-small" href="{}"'
    address = at(story, f"{teller.pk}/ask/")
    assert asking.format(address) in page_of(worker, story), "asking is what comes next"
    asked(story, PartInStory.TELLER)
    withdraw(teller)
    page = page_of(worker, story)
    assert "They stopped it on" in page
    assert "and had not said yes." in page
    assert "They said yes, and" not in page
    assert "1 person withdrew" in page
    assert asking.format(address) not in page, "nobody is pressed to ask somebody who stopped it"
    assert address in page


def test_whoever_wished_to_be_asked_again_needs_no_reason_of_ours(story: StoryPage) -> None:
    teller = story.participations.get(role=PartInStory.TELLER)
    yes(teller)
    withdraw(teller)
    ChangeWanted.objects.create(participation=teller, wanted=wish_to_be_asked(Use.WEBSITE))
    assert asked(story, PartInStory.TELLER).pk
    yes(teller, Use.TRAINING)
    withdraw(teller)
    with pytest.raises(CannotAsk, match="Say why"):
        asked(story, PartInStory.TELLER, [Use.TRAINING])


def test_a_nickname_is_encrypted_and_read_by_the_section_alone(
    story: StoryPage, worker: Client, moderator: User, carf_author: User
) -> None:
    person = story.participations.get(role=PartInStory.TELLER)
    address = at(story, f"{person.pk}/nickname/")
    assert worker.post(address, {"nickname": "  The one with   the dog "}).status_code == 302
    assert "The one with the dog" in page_of(worker, story)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nickname FROM stories_personaldetails")
        assert "dog" not in cursor.fetchone()[0]
    too_long = worker.post(address, {"nickname": "x" * 61}, follow=True).content.decode()
    assert "at most 60 characters" in too_long
    assert "x" * 61 in too_long, "what was typed is still there to copy"
    assert PersonalDetails.objects.get().nickname == "The one with the dog"
    other = Client()
    for user in (moderator, carf_author):
        other.force_login(user)
        assert other.post(address, {"nickname": "Somebody"}).status_code in {302, 404}
        for screen in (f"/admin/stories/{story.pk}/review/", "/admin/stories/review/?all", "/admin/"):
            assert "with the dog" not in other.get(screen).content.decode()
    assert PersonalDetails.objects.get().nickname == "The one with the dog"


def test_an_adult_is_answered_for_only_with_the_power_noted_and_shown(story: StoryPage, worker: Client) -> None:
    person = story.participations.get(role=PartInStory.TELLER)
    when = timezone.localtime() + timedelta(seconds=-1)
    said = {"given_by": "other", "method": "paper", "given_at": when.strftime("%d/%m/%Y %H:%M"), "use_website": "given"}
    said |= as_on_screen(story)
    record = at(story, f"{person.pk}/record/")
    assert "Select a valid choice" in worker.post(record, said).content.decode()
    shown = worker.get(at(story, f"{person.pk}/correct/")).context["form"]
    facts = {name: shown[name].value() or "" for name in shown.fields}
    facts["may_be_answered_by_attorney"] = "on"
    assert worker.post(at(story, f"{person.pk}/correct/"), facts).status_code == 302
    person.participant.refresh_from_db()
    assert person.participant.may_be_answered_by_attorney
    assert "Add what shows that they may decide" in worker.post(record, said).content.decode()
    file = SimpleUploadedFile("order.jpg", photo(), content_type="image/jpeg")
    assert worker.post(record, {**said, "evidence": file}).status_code == 302
    noted = Consent.objects.get(participation=person)
    assert (noted.given_by, noted.evidence is None) == (GivenBy.ATTORNEY, False)


def test_one_screen_says_what_each_was_asked_and_said(story: StoryPage, worker: Client) -> None:
    teller, sister = story.participations.order_by("pk")
    yes(teller)
    asked(story, PartInStory.FAMILY_MEMBER)
    page = page_of(worker, story)
    for expected in ("Said yes", "Was asked", "They were asked on", teller.participant.code, sister.participant.code):
        assert expected in page
