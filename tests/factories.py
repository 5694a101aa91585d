"""Small, real trees for tests, built the way the product builds them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission, User
from django.utils import timezone
from wagtail.models import Site

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
from hub.stories.models import ConsentWording, Participant, StoryPage, StoryParticipant
from hub.stories.operations import GivenAnswer, add_participant, approve_story, record_consent
from hub.stories.rule import AgeBand, Decision, GivenBy
from hub.stories.wordings import audiences_for
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
    defaults = {"aim": "To look again.", "minutes": 30, "group_from": 6, "group_to": 16}
    step = {"minutes": 30, "title": "Walk", "text": "<p>Walk in.</p>", "say": ""}
    return ActivityPage(title=title, steps=[("step", step)], **{**defaults, **fields})


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
    guidance = GuidancePage(title="The first five minutes", partner=partner, body=words("Say hello."))
    guidance = put(section, guidance)
    guidance.modules = [module]
    publish(guidance)
    stories = put(home, StoriesPage(title="Stories", slug="stories"))
    return Tree(home, toolkit, module, put(module, activity("Label swap")), section, guidance, stories)


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
        **fields,
    )
    put(tree.section, story)
    story.modules = [tree.module]
    publish(story)
    for _ in range(people):
        add_person(story)
    return story


def lit_story(tree: Tree, *, people: int = 1, text: str = CANARY) -> StoryPage:
    """A story that everyone in it agreed to and a moderator approved. Nothing happens when it is committed."""
    what = ("lit", tree.section.pk, tree.module.pk, people, text)
    return remembered(what, lambda: light(_make_story(tree, people, text, {})))


def add_person(story: StoryPage, *, age_band: AgeBand = AgeBand.ADULT, **fields: Any) -> StoryParticipant:
    code = f"P-{Participant.objects.count() + 1:04}"
    reask_at = None if age_band == AgeBand.ADULT else timezone.now() + timedelta(days=500)
    participant = Participant.objects.create(code=code, partner=story.partner, age_band=age_band, reask_at=reask_at)
    participation = StoryParticipant(story=story, participant=participant, role="teller", **fields)
    add_participant(participation)
    return participation


def wording(age_band: AgeBand = AgeBand.ADULT, given_by: GivenBy = GivenBy.SELF) -> ConsentWording:
    audience = audiences_for(age_band, given_by)[0]
    return ConsentWording.objects.get_or_create(
        version=1, audience=audience, language="en", defaults={"text": "We ask.", "organisations": "All four"}
    )[0]


def yes(participation: StoryParticipant, use: Use = Use.WEBSITE, **how: Any) -> Any:
    options = {"given_at": timezone.now() - timedelta(days=10), "given_by": GivenBy.SELF, **how}
    shown = wording(AgeBand(participation.participant.age_band), options["given_by"])
    answer = GivenAnswer(decision=options.pop("decision", Decision.GIVEN), wording=shown, **options)
    return record_consent(participation, use, answer)


def a_moderator() -> User:
    user, made = User.objects.get_or_create(username="a-moderator")
    if made:
        user.user_permissions.add(Permission.objects.get(codename="moderate_story", content_type__app_label="stories"))
    return User.objects.get(pk=user.pk)


def light(story: StoryPage) -> StoryPage:
    """Everyone in the story says yes, and a moderator approves."""
    for participation in story.participations.all():
        yes(participation)
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    return StoryPage.objects.get(pk=story.pk)
