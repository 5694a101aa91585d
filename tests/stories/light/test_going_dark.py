"""The register leads to person and story in words of the staff; the map says what goes dark when, and whom to ask."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.pages.models import HubPage
from hub.stories.choices import Use
from hub.stories.family.asking import ask
from hub.stories.models import StoryPage
from hub.stories.review import approve_story
from hub.stories.withdrawal import withdraw
from tests.factories import Tree, a_moderator, a_worker, add_person, handed_in, light, make_story, wording, yes
from tests.past import written_long_ago

pytestmark = pytest.mark.django_db
REGISTER, MAP = "/admin/stories/consents/", "/admin/stories/going-dark/"
DAYS = 40


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    """Shown to everyone, until the yes of the first of two people ends in forty days."""
    story = make_story(two_sections)
    first, _ = story.participations.get(), add_person(story)
    first.participant.reask_at = timezone.now() + timedelta(days=DAYS)
    first.participant.save()
    light(handed_in(story))
    return story


def shown(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


def test_the_register_leads_each_to_what_she_may_see(
    client: Client, story: StoryPage, clued_up_author: User, moderator: User, carf_author: User
) -> None:
    person = story.participations.first()
    assert person
    for user, where in {clued_up_author: "people", moderator: "review"}.items():
        page = shown(client, user, REGISTER)
        address = f"/admin/stories/{story.pk}/{where}/"
        assert f'href="{address}#p-{person.pk}"' in page
        assert f'href="{address}">Story {story.pk}</a>' in page
        assert client.get(address).status_code == 200
    assert f"Story {story.pk}<" not in shown(client, carf_author, REGISTER)


def test_the_register_speaks_as_staff_do_and_has_saved_filters_the_most_urgent_first(
    client: Client, story: StoryPage, moderator: User
) -> None:
    gone = add_person(story)
    yes(gone)
    withdraw(gone)
    page = shown(client, moderator, REGISTER)
    for word in ("Superseded", "Invalidated", "Entered in error", "Deferred", "Revoked"):
        assert word not in page
    assert page.index("Due in 30 days") < page.index("Due in 90 days") < page.index("Asked, no answer yet")
    assert "Withdrew" in page
    filtered = shown(client, moderator, REGISTER + "?due=90")
    assert 'href="/admin/stories/consents/?due=90" aria-current="page"' in filtered
    assert "1 answer<" in filtered


def test_the_map_says_what_goes_dark_when_and_whom_to_ask(
    client: Client, story: StoryPage, two_sections: Tree, clued_up_author: User, moderator: User, carf_author: User
) -> None:
    first, second = story.participations.order_by("pk")
    until = timezone.localtime(story.visibility.public_until)
    assert until.date() == timezone.localdate() + timedelta(days=DAYS)
    for user in (clued_up_author, moderator):
        page = shown(client, user, MAP)
        assert f"{until:%-d %B %Y}" in page
        assert first.participant.code in page
        assert second.participant.code not in page, "her yes lasts longer"
    assert str(story.title) not in shown(client, carf_author, MAP)
    HubPage.objects.filter(pk=story.pk).update(live=False)
    assert "Nothing goes dark" in shown(client, moderator, MAP), "what nobody sees cannot go dark"


def test_whose_yes_ends_is_what_the_rule_says_and_not_only_its_own_day(
    client: Client, two_sections: Tree, moderator: User
) -> None:
    """A yes lasts no longer after it was said than the law of the place lets it, whatever day stands beside it."""
    story = written_long_ago(make_story(two_sections, people=0))
    said = timezone.now() - timedelta(days=700)
    first, second = add_person(story), add_person(story)
    yes(first, given_at=said, expires_at=timezone.now() + timedelta(days=90))
    yes(second)
    handed_in(story)
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    page = shown(client, moderator, MAP)
    assert first.participant.code in page
    assert second.participant.code not in page


def test_nobody_is_to_be_asked_twice_in_a_month_or_before_the_day_they_named(
    client: Client, story: StoryPage, moderator: User
) -> None:
    wording()
    first = story.participations.order_by("pk")[0]
    today = timezone.localdate()
    ask(first, uses=[Use.TRAINING], by=a_worker())
    in_a_month = today + timedelta(days=30)
    assert f"{first.participant.code}, not before {in_a_month:%-d %B}" in shown(client, moderator, MAP)
    first.participant.do_not_ask_until = today + timedelta(days=35)
    first.participant.save()
    assert f"not before {today + timedelta(days=35):%-d %B}" in shown(client, moderator, MAP)
    with time_machine.travel(timezone.now() + timedelta(days=36)):
        assert "not before" not in shown(client, moderator, MAP)


def test_the_months_go_on_into_the_next_year() -> None:
    from hub.stories.admin.going_dark import _months

    with time_machine.travel("2026-11-15 12:00"):
        assert _months() == [date(2026, 11, 1), date(2026, 12, 1), *(date(2027, month, 1) for month in range(1, 5))]
