"""Numbers of the year for boards and readers: counted once a person, small ones kept back, nothing to be worked out."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.stories.admin.numbers import FEW, HEADINGS, KEPT_BACK, TOO_FEW, _column, _in_days, yearly
from hub.stories.choices import Use
from hub.stories.rule import Decision
from hub.stories.withdrawal import withdraw
from tests.factories import Tree, add_person, make_story, yes

PAGE, FILE, READERS = "/admin/stories/numbers/", "/admin/stories/numbers.csv", "/numbers/"


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([0, 0, 0], ["0", "0", "0"]),
        ([12, 12, 0], ["12", "12", "0"]),
        ([3, 3, 0], [FEW, KEPT_BACK, "0"]),
        ([12, 10, 2], ["12", KEPT_BACK, KEPT_BACK]),  # twelve less ten would tell of two
        ([27, 10, 15, 2], ["27", KEPT_BACK, "15", KEPT_BACK]),
        ([23, 3, 4, 7, 9], ["23", KEPT_BACK, KEPT_BACK, KEPT_BACK, "9"]),
        ([8, 4, 4], ["8", KEPT_BACK, KEPT_BACK]),
        ([5, 5, 0], ["5", "5", "0"]),
    ],
)
def test_small_numbers_are_kept_back_and_cannot_be_worked_out(numbers: list[int], said: list[str]) -> None:
    assert _column(numbers) == said


def test_days_of_a_few_are_not_told() -> None:
    assert _in_days([]) == ("–", "–")
    assert _in_days([timedelta(days=9)] * 4) == (TOO_FEW, TOO_FEW)
    assert _in_days([timedelta(seconds=1)] * 4 + [timedelta(days=3)]) == ("0", "3")


@pytest.mark.django_db
def test_boards_and_readers_see_what_they_may(
    client: Client, two_sections: Tree, clued_up_author: User, carf_author: User, moderator: User, toolkit_editor: User
) -> None:
    story = make_story(two_sections, people=0)
    people = [add_person(story) for _ in range(7)]
    for person in people:
        yes(person)
        yes(person, Use.TRAINING)
    yes(add_person(story), decision=Decision.REFUSED)
    for person in people[:5]:
        withdraw(person)
    this_year = timezone.localdate().year
    lines = {line.partner: dict(zip(HEADINGS, line.cells, strict=True)) for line in yearly()}
    together = lines["All partners"]
    assert (together["said yes"], together["said no"], together["took it back"]) == ("7", FEW, "5")
    assert (lines["Clued Up"]["said yes"], lines["Clued Up"]["said no"]) == ("7", KEPT_BACK)
    assert together["days to dark (all)"] in {"0", "–", TOO_FEW}
    for user, sees in {clued_up_author: True, moderator: True, carf_author: False}.items():
        client.force_login(user)
        assert (">Clued Up<" in client.get(PAGE).content.decode()) is sees
        rows = list(csv.DictReader(io.StringIO(client.get(FILE).content.decode())))
        assert ("Clued Up" in {row["partner"] for row in rows}) is sees
    client.force_login(toolkit_editor)
    assert client.get(PAGE).status_code in {302, 403}
    reader = Client()
    assert "There are no numbers yet" in reader.get(READERS).content.decode(), "this year is not over"
    with time_machine.travel(f"{this_year + 1}-02-01 12:00"):
        page = reader.get(READERS).content.decode()
        assert f">{this_year}<" in page
        assert "Clued Up" not in page.split("<main")[1].split("</main")[0]
