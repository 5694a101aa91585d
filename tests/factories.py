"""Small, real trees for tests, built the way the product builds them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.utils import timezone
from wagtail.models import Site

from hub.law import AgeBand
from hub.pages.models import (
    ActivityPage,
    GuidancePage,
    HomePage,
    HubPage,
    ModulePage,
    PartnerSectionPage,
    PartnersPage,
    StoriesPage,
    ToolkitPage,
)
from hub.partners.models import Partner
from hub.stories.choices import Use
from hub.stories.consent.answers import GivenAnswer, add_participant, record_consent
from hub.stories.consent.order_of_answers import CannotRecord
from hub.stories.consent.wordings import audiences_for
from hub.stories.last_line import NO
from hub.stories.ledger import journal
from hub.stories.models import ConsentEvent, ConsentWording, Participant, StoryPage, StoryParticipant
from hub.stories.review.decisions import approve_story
from hub.stories.review.handing_in import hand_in
from hub.stories.rule import Decision, GivenBy
from tests.remembered import remembered

CANARY = "Zaunkoenig"  # a word no page holds unless a test's story leaks


@dataclass(frozen=True)
class Tree:
    home: HomePage
    toolkit: ToolkitPage
    module: ModulePage
    activity: ActivityPage
    section: PartnerSectionPage
    guidance: GuidancePage
    stories: StoriesPage


def publish(page: Any) -> Any:
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def put(parent: Any, page: Any) -> Any:
    page.live = False
    parent.add_child(instance=page)
    return publish(page)


def words(text: str) -> list[Any]:
    return [("text", f"<p>{text}</p>")]


def activity(title: str, **fields: Any) -> ActivityPage:
    step = {"minutes": 30, "title": "Walk", "text": "<p>Walk in.</p>", "say": ""}
    defaults: dict[str, Any] = {"aim": "To look again.", "minutes": 30, "group_from": 6, "group_to": 16}
    return ActivityPage(title=title, **{**defaults, "steps": [("step", step)], **fields})


def build_tree() -> Tree:
    root = HubPage.get_first_root_node()
    home = put(root, HomePage(title="Home", slug="hub", headline="Hello", lead="A toolkit"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True)
    Site.clear_site_root_paths_cache()
    toolkit = put(home, ToolkitPage(title="Toolkit", slug="toolkit"))
    module = put(toolkit, ModulePage(title="Words and labels", body=words("Language matters.")))
    partners = put(home, PartnersPage(title="Partners", slug="partners"))
    partner = Partner.objects.create(name="Clued Up", short_name="Clued Up", slug="clued-up", strand="gorse")
    section = put(partners, PartnerSectionPage(title="Clued Up", organisation=partner, partner=partner))
    guidance = GuidancePage(title="The first five minutes", partner=partner, body=words("Say hello."), modules=[module])
    guidance = put(section, guidance)
    stories = put(home, StoriesPage(title="Stories", slug="stories"))
    return Tree(home, toolkit, module, put(module, activity("Label swap")), section, guidance, stories)


def a_tree() -> Tree:
    """Home, toolkit with one module and activity, one partner with guidance, the stories index, no story."""
    return remembered("tree", build_tree)


def make_story(tree: Tree, *, people: int = 1, text: str = CANARY, **fields: Any) -> StoryPage:
    """A published story with its people added and nobody asked: dark."""
    what = ("story", tree.section.pk, tree.module.pk, people, text, repr(sorted(fields.items())))
    return remembered(what, lambda: _make_story(tree, people, text, fields))


def _make_story(tree: Tree, people: int, text: str, fields: dict[str, Any]) -> StoryPage:
    story = StoryPage(
        title=f"The counter {text}",
        summary=f"About {text}",
        told_by="a parent",
        slug="",
        partner=tree.section.organisation,
        body=words(f"I stood at the {text}."),
        modules=[tree.module],
        **fields,
    )
    put(tree.section, story)
    for _ in range(people):
        add_person(story)
    return story


def lit_story(tree: Tree, *, people: int = 1, text: str = CANARY) -> StoryPage:
    """A story that everyone in it agreed to and a moderator approved.

    Nothing happens when rows that were remembered are committed; but what is said in them stands in the journal too.
    """
    what = ("lit", tree.section.pk, tree.module.pk, people, text)
    story = remembered(what, lambda: light(_make_story(tree, people, text, {})))
    if not connection.in_atomic_block:
        journal.complete()
    return story


def add_person(story: StoryPage, *, age_band: AgeBand = AgeBand.ADULT, **fields: Any) -> StoryParticipant:
    code = f"P-{Participant.objects.count() + 1:04}"
    reask_at = None if age_band == AgeBand.ADULT else timezone.now() + timedelta(days=500)
    partner = cast("Partner", story.partner)  # a story has one; other pages may have none
    participant = Participant.objects.create(code=code, partner=partner, age_band=age_band, reask_at=reask_at)
    participation = StoryParticipant(story=story, participant=participant, role="teller", **fields)
    add_participant(participation)
    return participation


def wording(age_band: AgeBand = AgeBand.ADULT, given_by: GivenBy = GivenBy.SELF) -> ConsentWording:
    audience = audiences_for(age_band, given_by)[0]
    return ConsentWording.objects.get_or_create(
        version=1, audience=audience, language="en", defaults={"text": "We ask.", "organisations": "All four"}
    )[0]


def yes(
    participation: StoryParticipant, use: Use = Use.WEBSITE, *, revision_of: StoryPage | None = None, **how: Any
) -> Any:
    """An answer on their own page; after a no they are asked again first, as the product does.

    About the words on the page, or about the draft `revision_of`.
    """
    about: dict[str, Any] = {}
    if revision_of is not None:
        about = {"content_hash": revision_of.content_hash(), "revision_id": revision_of.latest_revision_id}
    options = {"given_by": GivenBy.SELF, **how}
    shown = wording(AgeBand(participation.participant.age_band), options["given_by"])
    answer = GivenAnswer(decision=options.pop("decision", Decision.GIVEN), wording=shown, **options)
    lines = ConsentEvent.objects.filter(
        story_id=participation.story_id, participant_code=participation.participant.code, use=use, kind__in=NO
    )
    if lines.exists():
        request = GivenAnswer(decision=Decision.REQUESTED, wording=shown, given_by=options["given_by"])
        with suppress(CannotRecord):
            record_consent(participation, use, request, **about)
    return record_consent(participation, use, answer, **about)


def a_moderator() -> User:
    user, made = User.objects.get_or_create(username="a-moderator")
    if made:
        user.user_permissions.add(Permission.objects.get(codename="moderate_story", content_type__app_label="stories"))
    return User.objects.get(pk=user.pk)


def a_worker() -> User:
    return User.objects.get_or_create(username="a-worker")[0]


def handed_in(story: StoryPage) -> StoryPage:
    """The story as it is, its latest draft handed in by a worker who decides nothing."""
    hand_in(story, by=a_worker())
    return StoryPage.objects.get(pk=story.pk)


def light(story: StoryPage) -> StoryPage:
    """Everyone in the story says yes, and a moderator approves."""
    for participation in story.participations.all():
        yes(participation)
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    return StoryPage.objects.get(pk=story.pk)
