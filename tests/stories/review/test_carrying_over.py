"""Editing after consent: the difference is read; a moderator carries a slip of the pen over, more is asked about."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from hub.pages.topics import ContentNote
from hub.stories.choices import Use
from hub.stories.family.asking import ask
from hub.stories.ledger.lines import first_broken_link
from hub.stories.light.publishing import publish_story, publish_when_agreed
from hub.stories.models import CarryOver, CarryOverProposal, ChangeWanted, ConsentEvent, StoryPage
from hub.stories.review.carrying_over import CannotCarryOver, accept, older_words, propose
from hub.stories.review.decisions import approve_story
from hub.stories.review.difference import difference
from hub.stories.review.who_may_approve import MayNotApprove, WordsChanged
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, light, make_story, words, yes

pytestmark = pytest.mark.django_db
AGREED, MENDED, OTHER = "They put the kettel on.", "They put the kettle on.", "They put me out."
WHY = {"why": "A letter was missing."}


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    story = make_story(two_sections)
    story.body = words(AGREED)
    publish_story(story)
    return light(StoryPage.objects.get(pk=story.pk))


@pytest.fixture
def worker(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


@pytest.fixture
def desk(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def edit(story: StoryPage, text: str) -> StoryPage:
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.body = words(text)
    draft.save_revision()
    return draft


def at(story: StoryPage) -> str:
    return f"/admin/stories/{story.pk}/changes/"


def shown(story: StoryPage) -> str:
    return Client().get(story.url).content.decode()


def test_journey_4_a_slip_of_the_pen(worker: Client, desk: Client, story: StoryPage, moderator: User) -> None:
    draft = edit(story, MENDED)
    page = worker.get(at(story)).content.decode()
    assert "P-0001 agreed to other words" in page
    assert "</span>kettel</del>" in page
    assert "</span>kettle</ins>" in page
    worker.post(at(story), WHY)
    assert AGREED in shown(story), "nothing changes for readers yet"
    proposal = CarryOverProposal.objects.get()
    assert f"/carry-over/{proposal.pk}/" in desk.get("/admin/stories/review/").content.decode()
    decide = f"/admin/stories/carry-over/{proposal.pk}/"
    assert "A letter was missing." in desk.get(decide).content.decode()
    assert desk.post(decide, {"answer": "accepted", "comment": ""}).status_code == 302
    assert AGREED in shown(story), "a moderator has still to approve these words"
    approve_story(draft, moderator=moderator)
    publish_when_agreed(story.pk)
    assert MENDED in shown(story)
    assert ConsentEvent.objects.filter(kind="carried_over", by_user_id=moderator.pk).count() == 1
    assert first_broken_link() is None


def test_approved_first_it_is_shown_when_it_is_carried_over(story: StoryPage, moderator: User) -> None:
    draft = edit(story, MENDED)
    approve_story(draft, moderator=moderator)
    accept(propose(story, by=a_worker(), why="x"), moderator=moderator)
    assert MENDED in shown(story)


def a_worker() -> User:
    return User.objects.get(username="clued-up-authors")


@pytest.fixture(autouse=True)
def worker_exists(clued_up_author: User) -> None:
    """`a_worker` names her."""


def test_journey_4_more_than_that_is_refused_with_its_reason(worker: Client, story: StoryPage) -> None:
    edit(story, OTHER)
    page = worker.get(at(story)).content.decode()
    assert "They have to be asked again" in page
    assert "more than a slip of the pen" in page
    assert "Propose a small correction</button>" not in page
    answer = worker.post(at(story), WHY).content.decode()
    assert "more than a slip of the pen" in answer
    assert not CarryOverProposal.objects.exists()
    assert AGREED in shown(story)


def test_an_operation_refuses_it_too_whoever_asks(story: StoryPage, moderator: User) -> None:
    draft = edit(story, OTHER)
    with pytest.raises(CannotCarryOver, match="slip of the pen"):
        propose(story, by=a_worker(), why="x")
    forged = CarryOverProposal.objects.create(story=story, to_hash=draft.content_hash(), proposed_by=a_worker())
    with pytest.raises(CannotCarryOver, match="slip of the pen"):
        accept(forged, moderator=moderator)
    assert not CarryOver.objects.exists()


def test_what_is_proposed_must_still_be_the_draft(story: StoryPage, moderator: User) -> None:
    edit(story, MENDED)
    proposal = propose(story, by=a_worker(), why="x")
    edit(story, "They put the kettles on.")
    with pytest.raises(WordsChanged):
        accept(proposal, moderator=moderator)


def test_of_two_moderators_one_decides(story: StoryPage, moderator: User) -> None:
    edit(story, MENDED)
    proposal = propose(story, by=a_worker(), why="x")
    accept(proposal, moderator=moderator)
    with pytest.raises(CannotCarryOver, match="Somebody has decided"):
        accept(proposal, moderator=moderator)
    assert CarryOver.objects.count() == 1


def test_declining_needs_a_comment_which_the_worker_reads(worker: Client, desk: Client, story: StoryPage) -> None:
    edit(story, MENDED)
    worker.post(at(story), WHY)
    decide = f"/admin/stories/carry-over/{CarryOverProposal.objects.get().pk}/"
    page = desk.post(decide, {"answer": "declined", "comment": " "}).content.decode()
    assert "Say why people have to be asked again" in page
    desk.post(decide, {"answer": "declined", "comment": "It reads otherwise now."})
    assert "It reads otherwise now." in worker.get(at(story)).content.decode()
    assert not CarryOver.objects.exists()


@pytest.mark.parametrize("who", ["carf_author", "moderator", "toolkit_editor"])
def test_nobody_else_reads_the_difference_or_proposes(client: Client, story: StoryPage, who: str, request: Any) -> None:
    edit(story, MENDED)
    client.force_login(request.getfixturevalue(who))
    assert client.get(at(story)).status_code in {302, 404}
    client.post(at(story), WHY)
    assert not CarryOverProposal.objects.exists()


def test_a_worker_does_not_decide_and_neither_does_who_wrote_it(
    worker: Client, desk: Client, story: StoryPage, moderator: User
) -> None:
    edit(story, MENDED)
    proposal = propose(story, by=a_worker(), why="x")
    decide = f"/admin/stories/carry-over/{proposal.pk}/"
    worker.post(decide, {"answer": "accepted"})
    StoryPage.objects.filter(pk=story.pk).update(owner=moderator)
    light(story)
    assert "Another moderator" in desk.post(decide, {"answer": "accepted"}).content.decode()
    assert not CarryOver.objects.exists()


def test_a_highly_sensitive_story_needs_another_partners_moderator(story: StoryPage, moderator: User) -> None:
    from django.contrib.auth.models import Group

    story.decisions.update(sensitivity=3)
    edit(story, MENDED)
    proposal = propose(story, by=a_worker(), why="x")
    moderator.groups.add(Group.objects.get(name="Clued Up: leads"))
    with pytest.raises(MayNotApprove, match="another partner"):
        accept(proposal, moderator=moderator)


def test_the_person_can_see_what_was_put_right(client: Client, story: StoryPage, moderator: User) -> None:
    from hub.stories.family.links import issue
    from hub.stories.models import PrivateLink

    draft = edit(story, MENDED)
    approve_story(draft, moderator=moderator)
    accept(propose(story, by=a_worker(), why="x"), moderator=moderator)
    address = issue(story.participations.get(), PrivateLink.Purpose.KEEP).address
    page = Client().get(f"/yours/{address}/words/").content.decode()
    assert "We put a slip of the pen right" in page
    assert "<del>kettel</del>" in page
    assert "<ins>kettle</ins>" in page


def test_a_withdrawal_ends_what_was_carried_over(story: StoryPage, moderator: User) -> None:
    approve_story(edit(story, MENDED), moderator=moderator)
    accept(propose(story, by=a_worker(), why="x"), moderator=moderator)
    withdraw(story.participations.get())
    assert Client().get(story.url).status_code == 404


def test_corrections_do_not_add_up_unseen(story: StoryPage, moderator: User) -> None:
    """A second one is measured against the words that were agreed to, not against the first one."""
    approve_story(edit(story, "They put the kettle on."), moderator=moderator)
    accept(propose(story, by=a_worker(), why="x"), moderator=moderator)
    edit(story, "They put the kettles on.")
    with pytest.raises(CannotCarryOver, match=r"kettel.*kettles"):
        propose(story, by=a_worker(), why="x")


def test_whoever_agreed_to_the_draft_needs_nothing_carried(story: StoryPage) -> None:
    draft = edit(story, MENDED)
    person = story.participations.get()
    assert [older.codes for older in older_words(story, draft)] == [[person.participant.code]]
    yes(person)  # again about the old words
    from hub.stories.consent.answers import GivenAnswer, record_consent
    from tests.factories import wording

    answer = GivenAnswer(decision="given", wording=wording())  # type: ignore[arg-type]
    record_consent(person, Use.WEBSITE, answer, content_hash=draft.content_hash(), revision_id=draft.latest_revision_id)
    assert older_words(story, draft) == []


def test_words_that_are_not_kept_are_asked_about_again(story: StoryPage) -> None:
    from wagtail.models import Revision

    draft = edit(story, MENDED)
    publish_story(draft)
    Revision.page_revisions.filter(object_id=str(story.pk)).exclude(pk=draft.latest_revision_id).delete()
    with pytest.raises(CannotCarryOver, match="not kept any more"):
        propose(story, by=a_worker(), why="x")


CHANGED: dict[str, Any] = {
    "title": "Another",
    "seo_title": "Another",
    "search_description": "Another",
    "slug": "s-another",
    "summary": "Another",
    "told_by": "Another",
    "names_note": "Another",
    "written_in": "pl",
    "told_in": "pl",
    "content_note": ContentNote.values[:1],
    "partner": None,
    "is_example": True,
    "body": words("Another"),
}


def test_nothing_that_consent_is_bound_to_changes_without_showing(story: StoryPage) -> None:
    story.written_in = story.told_in = "pl"  # said only where it is not English
    assert set(CHANGED) == set(story.shown_content())
    story.written_in = story.told_in = ""
    assert difference(story, StoryPage.objects.get(pk=story.pk)) == []
    for name, value in CHANGED.items():
        other = StoryPage.objects.get(pk=story.pk)
        setattr(other, name, value)
        assert difference(story, other), name


def test_a_wish_for_a_change_is_ticked_off_once(worker: Client, story: StoryPage, clued_up_author: User) -> None:
    wish = ChangeWanted.objects.create(participation=story.participations.get(), wanted="Leave out the street")
    assert "1 change asked for" in worker.get("/admin/").content.decode()
    assert "Leave out the street" in worker.get(f"/admin/stories/{story.pk}/people/").content.decode()
    done = f"{at(story)}{wish.pk}/done/"
    assert worker.get(done).status_code == 405
    worker.post(done)
    worker.post(done)
    wish.refresh_from_db()
    assert (wish.done_at is not None, wish.done_by) == (True, clued_up_author)
    assert "Leave out the street" not in worker.get(f"/admin/stories/{story.pk}/people/").content.decode()


def test_another_partner_ticks_off_nothing(client: Client, story: StoryPage, carf_author: User) -> None:
    wish = ChangeWanted.objects.create(participation=story.participations.get(), wanted="Leave out the street")
    client.force_login(carf_author)
    client.post(f"{at(story)}{wish.pk}/done/")
    wish.refresh_from_db()
    assert wish.done_at is None


def test_nobody_publishes_a_story_by_hand(worker: Client, story: StoryPage, clued_up_lead: User) -> None:
    draft = edit(story, OTHER)
    lead = Client()
    lead.force_login(clued_up_lead)
    for user in (clued_up_lead, User.objects.create_superuser("admin")):
        assert not story.permissions_for_user(user).can_publish()
        assert story.permissions_for_user(user).can_unpublish()
    page = lead.get(f"/admin/pages/{story.pk}/edit/").content.decode()
    assert 'name="action-publish"' not in page
    form = querydict_from_html(page, form_id="page-edit-form")
    form.update(nested_form_data({"body": streamfield([("text", rich_text(f"<p>{draft.title}</p>"))])}))
    form["action-publish"] = "1"
    assert lead.post(f"/admin/pages/{story.pk}/edit/", form).status_code == 302
    assert AGREED in shown(story)


def test_the_private_page_says_when_it_asks_about_newer_words(story: StoryPage) -> None:
    person = story.participations.get()
    edit(story, OTHER)
    address = ask(person, uses=[Use.WEBSITE], by=a_worker()).address
    page = Client().get(f"/yours/{address}/read/").content.decode()
    assert "This is not what is on the website now" in page
    withdraw(person, uses=[Use.SOCIAL])
    assert AGREED in shown(story)
