"""The worker's screens for the people of a story: hers work, another partner's are 404, and bad input loses nothing."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.stories.models import Consent, Participant, PrivateLink, StoryPage
from tests.factories import CANARY, Tree, add_person, light, make_story, wording, words
from tests.read_out import as_on_screen

pytestmark = pytest.mark.django_db
ADULT = {"code": "", "age_band": "adult", "role": "teller", "named_as": "none", "why_not_needed": "", "reask_at": ""}


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    wording()
    return make_story(two_sections, people=0)


@pytest.fixture
def worker(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


def at(story: StoryPage, rest: str = "") -> str:
    return f"/admin/stories/{story.pk}/people/{rest}"


def test_a_worker_sees_what_is_missing_and_adds_a_person(worker: Client, story: StoryPage) -> None:
    assert "nobody is in it yet" in worker.get(at(story)).content.decode()
    assert worker.post(at(story), ADULT).status_code == 302
    page = worker.get(at(story)).content.decode()
    assert "P-0001" in page
    assert "1 person has still to be asked" in page
    assert "They have not been asked about this use yet." in page


def test_the_first_person_can_be_added_and_asked_in_one_step(
    worker: Client, story: StoryPage, carf_author: User
) -> None:
    assert 'name="and_ask"' in worker.get(at(story)).content.decode()
    answer = worker.post(at(story), ADULT | {"and_ask": "yes"})
    person = story.participations.get()
    assert answer.headers["Location"] == at(story, f"{person.pk}/ask/")
    assert 'name="and_ask"' not in worker.get(at(story)).content.decode(), "the others are asked once the teller agrees"
    worker.force_login(carf_author)
    assert worker.post(at(story), ADULT | {"and_ask": "yes"}).status_code == 404
    assert story.participations.count() == 1


def test_each_screen_about_a_story_says_its_title(worker: Client, story: StoryPage) -> None:
    for rest in ("people/", "people/whose/", "uses/", "because/"):
        page = worker.get(f"/admin/stories/{story.pk}/{rest}").content.decode()
        assert str(story.title) in page
        assert f"Story {story.pk}<" not in page


def test_whose_words_shows_each_paragraph_by_itself(worker: Client, story: StoryPage) -> None:
    story.body = words("One</p><p>Two <b>and</b> a half</p><ul><li>Three</li></ul><p>")
    story.save_revision()
    page = worker.get(f"/admin/stories/{story.pk}/people/whose/").content.decode()
    assert "<p>One</p>\n\n<p>Two and a half</p>\n\n<p>Three</p>" in page


def test_another_partners_worker_and_a_moderator_get_a_404(
    client: Client, story: StoryPage, carf_author: User, moderator: User
) -> None:
    person = add_person(story)
    for user in (carf_author, moderator):
        client.force_login(user)
        for rest in ["", f"{person.pk}/ask/", f"{person.pk}/record/"]:
            page = client.get(at(story, rest))
            assert page.status_code in {302, 404}
            assert CANARY not in page.content.decode()
        client.post(at(story), ADULT)
        client.post(at(story, f"{person.pk}/ask/"), {"given_by": "self", "uses": ["website"]})
    assert Participant.objects.count() == 1
    assert not PrivateLink.objects.exists()


def test_a_person_of_another_story_is_not_found_under_this_one(worker: Client, story: StoryPage, tree: Tree) -> None:
    other = add_person(make_story(tree, people=0))
    assert worker.get(at(story, f"{other.pk}/ask/")).status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"age_band": ""}, "This field is required"),
        ({"age_band": "12_15"}, "Give the day, still to come, on which they turn 12"),
        ({"age_band": "12_15", "reask_at": "2020-01-01"}, "Give the day, still to come, on which they turn 12"),
        ({"age_band": "12_15", "reask_at": "2049-01-01"}, "they turn 16 within 4 years"),
        ({"age_band": "adult", "reask_at": "2030-01-01"}, "This day is for people under 18"),
        ({"code": "P-9999"}, "There is nobody with this code here"),
    ],
)
def test_a_slip_gets_a_sentence_and_keeps_what_was_typed(
    worker: Client, story: StoryPage, change: dict[str, str], sentence: str
) -> None:
    page = worker.post(at(story), {**ADULT, "why_not_needed": "Mentioned once only", **change}).content.decode()
    assert sentence in page
    assert "Mentioned once only" in page
    assert not Participant.objects.exists()


def test_a_person_of_another_partner_cannot_be_added_by_code(worker: Client, story: StoryPage) -> None:
    from hub.partners.models import Partner

    Participant.objects.create(code="P-0007", partner=Partner.objects.get(slug="carf"))
    assert "There is nobody with this code" in worker.post(at(story), {**ADULT, "code": "P-0007"}).content.decode()


def test_asking_shows_the_link_and_the_card_once_and_both_work(worker: Client, story: StoryPage) -> None:
    person = add_person(story)
    form = worker.get(at(story, f"{person.pk}/ask/")).content.decode()
    assert "checked" not in re.sub(r'name="(?!uses)[^>]*', "", form), "no use is ticked beforehand"
    sheet = worker.post(at(story, f"{person.pk}/ask/"), {"given_by": "self", "uses": ["website", "training"]})
    page = sheet.content.decode()
    assert "no-store" in sheet["Cache-Control"]
    address = re.findall(r'value="https?://[^/]+(/yours/[^"]+)"', page)[0]
    code = re.findall(r'sheet__code">([^<]+)<', page)[0]
    family = Client()
    assert CANARY in family.get(address + "read/").content.decode()
    assert "Where my words are" in family.post("/yours/", {"code": code}, follow=True).content.decode()
    assert PrivateLink.objects.get(purpose="answer").uses == ["website", "training"]


def test_asking_about_nothing_is_refused(worker: Client, story: StoryPage) -> None:
    person = add_person(story)
    page = worker.post(at(story, f"{person.pk}/ask/"), {"given_by": "self"}).content.decode()
    assert "Choose at least one use" in page
    assert not PrivateLink.objects.exists()


def spoken(**change: Any) -> dict[str, Any]:
    when = timezone.localtime()
    answer = {"given_by": "self", "method": "spoken", "witnessed": "on", "given_at": when.strftime("%Y-%m-%dT%H:%M")}
    return {**answer, "use_website": "given", "use_social": "refused", **change}


def test_an_answer_given_in_the_room_is_noted(worker: Client, story: StoryPage) -> None:
    person = add_person(story)
    assert worker.post(at(story, f"{person.pk}/record/"), spoken(**as_on_screen(story))).status_code == 302
    noted = dict(Consent.objects.values_list("use", "decision"))
    assert noted == {"website": "given", "social": "refused"}
    assert Consent.objects.filter(recorded_by__username="clued-up-authors").count() == 2
    page = worker.get(at(story)).content.decode()
    assert "Hand it in next" in page
    assert "They can think it over until" in page


@pytest.mark.parametrize("moment", ["a colleague saves other words", "no words were on the form", "words of long ago"])
def test_an_answer_counts_for_the_words_that_stood_on_the_form(worker: Client, story: StoryPage, moment: str) -> None:
    """What was filled in comes back with the words as they are now, and counts once it was sent with those."""
    person = add_person(story)
    address, read = at(story, f"{person.pk}/record/"), as_on_screen(story)
    assert "Zaunkoenig" in worker.get(address).content.decode(), "the words to read out"
    if moment == "a colleague saves other words":
        story.body = words("Rotkehlchen")
        story.save_revision()
    else:
        read = {} if moment == "no words were on the form" else {"about": "0" * 64}
    for mistake in ({"given_at": ""}, {}):  # said also when something else is wrong: the form has the new words then
        page = worker.post(address, spoken(**read, **mistake)).content.decode()
        assert "The words have changed since you opened this page" in page
        assert not Consent.objects.exists()
    assert as_on_screen(story)["about"] in page
    assert '<option value="refused" selected>' in page
    assert worker.post(address, spoken(**as_on_screen(story))).status_code == 302
    assert Consent.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"given_at": "2099-01-01T10:00"}, "cannot be dated in the future"),
        ({"witnessed": ""}, "needs a witness"),
        ({"use_website": "", "use_social": ""}, "Note at least one answer"),
        ({"method": "telepathy"}, "Select a valid choice"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused(
    worker: Client, story: StoryPage, change: dict[str, str], sentence: str
) -> None:
    person = add_person(story)
    assert (
        sentence
        in worker.post(at(story, f"{person.pk}/record/"), spoken(**as_on_screen(story), **change)).content.decode()
    )
    assert not Consent.objects.exists()


def test_the_status_of_a_shown_story_and_of_a_newer_draft(worker: Client, story: StoryPage) -> None:
    add_person(story)
    shown = light(story)
    assert "Shown to everyone, until" in worker.get(at(shown)).content.decode()
    draft = shown.get_latest_revision_as_object()
    draft.told_by = "a mother"
    draft.save_revision()
    page = worker.get(at(shown)).content.decode()
    assert "The agreed words are shown. The newer draft is not: 1 person has to be asked again" in page
    assert "The words or pictures have changed since they said yes." in page


@pytest.mark.parametrize("kind", ["stories/storypage", "pages/guidancepage"])
def test_a_first_draft_from_the_editor_has_its_partner_and_says_nothing_in_its_address(
    worker: Client, two_sections: Tree, kind: str
) -> None:
    section = two_sections.section
    draft = {"title": f"About {CANARY}", "summary": "", "told_by": "", "audience": "everyone", "slug": "a-draft"}
    parts = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    response = worker.post(f"/admin/pages/add/{kind}/{section.pk}/", {**draft, **parts})
    assert response.status_code == 302, response.context["form"].errors
    page = section.get_children().order_by("pk").last()
    assert page is not None
    assert page.partner == section.organisation
    assert not page.live
    assert page.slug.startswith("s-") or kind != "stories/storypage"


def test_whose_passages_and_how_close_a_place_are_noted_for_worker_and_moderator(
    worker: Client, story: StoryPage, moderator: User
) -> None:
    said = {**ADULT, "passages": "The second paragraph", "place_level": "town"}
    assert worker.post(at(story), said).status_code == 302
    desk = Client()
    desk.force_login(moderator)
    for page in (worker.get(at(story)), desk.get(f"/admin/stories/{story.pk}/review/")):
        assert "Theirs: The second paragraph" in page.content.decode()
        assert "A town or village" in page.content.decode()
    long = worker.post(at(story), {**said, "passages": "x" * 400}).content.decode()
    assert "x" * 400 in long
    assert "at most 300 characters" in long
