"""Puts example feedback beside the example pages: some waits, some is answered, and one answer is that we could not."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from hub.demo.cast import People
from hub.demo.content import Content
from hub.feedback.operations import Answer, publish_answer, receive
from hub.feedback.stamps import stamp_for
from hub.pages.first_pages.content_files import ContentMistake
from hub.pages.models import HubPage


def give_feedback(content: Content, links: dict[str, int], people: People) -> None:
    """Every row of feedback.toml, marked as an example. `links` are the numbers of the pages by their keys."""
    for row in content.read("feedback.toml")["feedback"]:
        if row["page"] not in links:
            raise ContentMistake(f"feedback.toml: there is no page with the key “{row['page']}”.")
        _give(row, HubPage.objects.get(pk=links[row["page"]]), by=people.playing("toolkit editor"))


def _give(row: dict[str, Any], page: HubPage, *, by: User) -> None:
    now = timezone.now()
    kept = receive(
        stamp_for(page),
        useful=row["useful"],
        words=row["words"],
        suspected_because=row.get("suspected_because", ""),
        at=now - timedelta(days=row["days_ago"]),
        is_example=True,
    )
    if "outcome" in row:
        day = timezone.localdate(now - timedelta(days=row["answered_days_ago"]))
        answer = Answer(you_said=row["you_said"], outcome=row["outcome"], our_words=row["our_words"], day=day)
        publish_answer(kept, answer, by=by, version=kept.version)
