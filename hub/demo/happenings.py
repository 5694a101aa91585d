"""What happened around the examples: what changed because of a story, who would tell another, who owns a page too."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from hub.demo.cast import People
from hub.demo.content import Content
from hub.pages.models import GuidancePage
from hub.partners.models import Partner
from hub.stories.models import BecauseOfIt, StoryOffer, StoryPage
from hub.stories.public_requests import offers


def let_things_happen(content: Content, links: dict[str, int], people: People) -> None:
    """Every row of happenings.toml. `links` are the numbers of the stories by their keys."""
    happened = content.read("happenings.toml")
    for row in happened.get("because", []):
        _because(row, StoryPage.objects.get(pk=links[row["story"]]), by=people.playing("lead"))
    for row in happened.get("offer", []):
        _offer(row)
    for row in happened.get("owned_together", []):
        _ask_the_other_owner(GuidancePage.objects.get(pk=links[row["page"]]), row, by=people[row["by"]])


def _because(row: dict[str, Any], story: StoryPage, *, by: User) -> None:
    now = timezone.now()
    BecauseOfIt.objects.create(
        story=story,
        you_said=row["you_said"],
        we_did=row["we_did"],
        changed_on=timezone.localdate(now - timedelta(days=row["days_ago"])),
        written_by=by,
        told_at=now if row["told"] else None,
        told_by=by if row["told"] else None,
    )


def _offer(row: dict[str, Any]) -> None:
    came = timezone.now() - timedelta(days=row["days_ago"])
    key = offers.offer(
        partner=Partner.objects.get(slug=row["partner"]),
        contact=row["contact"],
        call_me=row["call_me"],
        may_leave_message=row["may_leave_message"],
    )
    one = offers.offer_at(key)
    if one is not None:
        StoryOffer.objects.filter(pk=one.pk).update(received_at=came, answer_by=came + offers.ANSWER_WITHIN)


def _ask_the_other_owner(page: GuidancePage, row: dict[str, Any], *, by: User) -> None:
    """A new version of guidance that another partner is to own too: it waits for that partner's yes."""
    page.summary = row["summary"]
    page.owned_with = [Partner.objects.get(slug=row["with"])]
    page.save_revision(user=by)
    page.get_workflow().start(page, by)
