"""Days and times as people here type them: understood, or refused with a sentence, and never changed into another."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django_filters.fields import DateRangeField
from wagtail.admin.telepath import JSContext
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from hub.british_times import BritishDateField, BritishDateTimeField, DayBlock
from hub.pages.models import GuidancePage, HelpLine, HubPage
from tests.factories import Tree

THE_DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    "typed",
    [
        "27/11/2026", "27/11/26", "27.11.26", "27.11.2026", "27-11-2026", "27 11 2026", "27 / 11 / 2026",
        "27 Nov 2026", "27 november 2026", "27th of November 2026", "27th Nov. 26", "27-Nov-2026", "Nov 27, 2026",
        "Friday 27 November 2026", "Fri, 27/11/2026", "2026-11-27", "2026/11/27", "  27/11/2026 ", "27\xa0Nov\xa02026",
        "\u200e27\u200e/11\u200e/2026", "27–11–2026", "２７/１１/２０２６",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_in_britain_write_it(typed: str) -> None:
    assert BritishDateField().clean(typed) == THE_DAY


def test_the_day_comes_before_the_month() -> None:
    assert BritishDateField().clean("7/11/2026") == date(2026, 11, 7)
    assert BritishDateField().clean("1 sept 2026") == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("11/27/2026", "Write the day like this"), ("27/11", "Write the day like this"), ("27 Now", "Write the day"),
        ("tomorrow", "Write the day like this"), ("27/11/202", "Write the day"), ("27/11/0026", "Write the day"),
        ("0", "Write the day"), ("31/02/2026", "February 2026 has 28 days"), ("31 June 2026", "June 2026 has 30 days"),
        ("Monday 27 Nov 2026", "27 November 2026 is a Friday"), ("27/11/2026 x", "Write the day"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        BritishDateField().clean(typed)


@time_machine.travel("2026-12-20 12:00")
def test_a_day_without_a_year_is_the_nearest_one() -> None:
    for typed in ("27 Nov", "27th of november", "Nov 27", "Friday 27 Nov.", "27-Nov"):
        assert BritishDateField().clean(typed) == THE_DAY, typed
    assert BritishDateField().clean("3 January") == date(2027, 1, 3)
    assert BritishDateField().clean("29 Feb") == date(2028, 2, 29), "the nearest year that has one"
    assert BritishDateTimeField().clean("27 Nov 2.30pm") == datetime(2026, 11, 27, 14, 30, tzinfo=UTC)
    assert BritishDateTimeField().clean("27 Nov 2026") == datetime(2026, 11, 27, tzinfo=UTC), "a year is no hour"
    for typed, sentence in {
        "31 Nov": "November has 30 days",
        "Monday 27 Nov": "is a Friday",
        "0 May": "31 days",
    }.items():
        with pytest.raises(ValidationError, match=sentence):
            BritishDateField().clean(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "27/11/2026 14:30", "27.11.26 14.30", "27 Nov 2026 2.30pm", "27/11/2026 at 2:30 p.m.", "2026-11-27T14:30",
        "27/11/2026 1430", "2.30pm on Friday 27 November 2026", "2026-11-27 14:30:00", "2026-11-27T15:30+01:00",
        "27/11/2026, 14:30",
    ],
)  # fmt: skip
def test_a_moment_is_read_as_people_in_britain_write_it(typed: str) -> None:
    assert BritishDateTimeField().clean(typed) == datetime(2026, 11, 27, 14, 30, tzinfo=UTC)


def test_a_day_alone_is_its_first_minute_and_summer_is_an_hour_ahead() -> None:
    assert BritishDateTimeField().clean("27/11/2026") == datetime(2026, 11, 27, tzinfo=UTC)
    assert BritishDateTimeField().clean("27/7/2026") == datetime(2026, 7, 26, 23, tzinfo=UTC)
    assert BritishDateTimeField().clean("27/7/2026 12am") == datetime(2026, 7, 26, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("29/03/2026 01:30", ["forward on 29 March 2026", "no 01:30", "00:59, or 02:00"]),
        ("29 March 2026 1am", ["forward on 29 March 2026", "no 01:00", "00:59, or 02:00"]),
        ("2026-10-25T01:30", ["back on 25 October 2026", "01:30 comes twice", "00:59, or 02:00"]),
        ("25/10/2026 1.59 am", ["back on 25 October 2026", "01:59 comes twice", "00:59, or 02:00"]),
        ("28/03/2027 01:30", ["forward on 28 March 2027"]), ("31/10/2027 01:30", ["back on 31 October 2027"]),
        ("27/11/2026 25:00", ["Write the day and the time like this"]),
        ("27/11/2026 14", ["Write the day and the time like this"]),
        ("31/04/2026 10:00", ["April 2026 has 30 days"]), ("Monday 27/11/2026 10:00", ["is a Friday"]),
    ],
)  # fmt: skip
def test_an_hour_that_never_comes_or_comes_twice_is_refused_with_the_nearest_ones(typed: str, words: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        BritishDateTimeField().clean(typed)
    assert all(part in refused.value.messages[0] for part in words), refused.value.messages


@pytest.mark.parametrize("typed", ["29/03/2026 00:59", "29/03/2026 02:00", "25/10/2026 00:59", "25/10/2026 02:00"])
def test_the_times_that_are_offered_are_taken(typed: str) -> None:
    assert BritishDateTimeField().clean(typed)


def test_an_exact_moment_of_the_hour_that_comes_twice_is_taken() -> None:
    for offset, hour in (("+01:00", 0), ("+00:00", 1)):
        at = BritishDateTimeField().clean(f"2026-10-25T01:30{offset}")
        assert at == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize("model", [GuidancePage, HelpLine])
def test_every_form_that_wagtail_builds_has_these_fields(model: Any) -> None:
    form = model.get_edit_handler().get_form_class() if model is GuidancePage else _snippet_form(model)
    days = {
        name: field
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateField | forms.DateTimeField)
    }
    assert days
    for name, field in days.items():
        assert isinstance(field, BritishDateField | BritishDateTimeField), name
    if model is GuidancePage:
        assert {"go_live_at", "expire_at", "last_checked", "next_check"} <= days.keys()


def _snippet_form(model: Any) -> Any:
    return model.snippet_viewset.get_edit_handler().get_form_class()


def test_the_filters_of_wagtails_lists_read_the_day_before_the_month() -> None:
    for typed in ("27/11/2026", "27.11.26", "27 Nov 2026", "2026-11-27"):
        found = DateRangeField().clean([typed, typed])
        assert found.start.date() == THE_DAY


def test_no_calendar_puts_another_day_into_the_box() -> None:
    for widget in (AdminDateInput(), AdminDateTimeInput()):
        packed = JSContext().pack(widget)
        assert packed["_args"][0]["validateOnBlur"] is False
    script = (Path(__file__).parent.parent / "static" / "js" / "pickers.js").read_text()
    assert "validateOnBlur: false" in script


OTHER_FIELDS = {"forms.DateField", "forms.DateTimeField", "blocks.DateBlock", "blocks.DateTimeBlock"}


def test_our_forms_have_no_other_fields_for_days() -> None:
    wrong = []
    for path in (Path(__file__).parent.parent / "hub").rglob("*.py"):
        if path.name == "british_times.py" or "migrations" in path.parts:
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        wrong += [f"{path.name}:{call.lineno}" for call in calls if ast.unparse(call.func) in OTHER_FIELDS]
    assert [found for found in wrong if not found.startswith("people_forms.py")] == []


@pytest.mark.django_db
def test_in_the_editor_a_british_day_is_kept_and_a_wrong_one_stays_in_its_box(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    page = two_sections.guidance
    address = f"/admin/pages/{page.pk}/edit/"
    sent = {
        **as_shown(client, address, [("text", rich_text("<p>Words</p>"))]),
        "next_check": "27 Nov 2099",
        "go_live_at": "27/11/2099 2.30pm",
    }
    assert client.post(address, sent).status_code == 302
    draft: Any = HubPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.next_check == THE_DAY.replace(year=2099)
    assert draft.go_live_at == datetime(2099, 11, 27, 14, 30, tzinfo=UTC)
    assert 'value="27/11/2099"' in client.get(address).content.decode()
    refused = client.post(address, {**sent, "next_check": "31/02/2026", "go_live_at": "25/10/2099 01:30"})
    shown = refused.content.decode()
    assert "February 2026 has 28 days" in shown
    assert 'value="31/02/2026"' in shown
    assert "01:30 comes twice that day. Write 00:59, or 02:00." in shown


def as_shown(client: Client, address: str, body: list[tuple[str, Any]]) -> dict[str, Any]:
    """Everything that the editor's form holds as it is opened, and this body."""
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    return {**form.dict(), **nested_form_data({"body": streamfield(body)})}


@pytest.mark.parametrize("typed", ["27/11/2026", "2026-11-27"])
def test_a_block_of_a_day_reads_it_too(typed: str) -> None:
    assert DayBlock().clean(typed) == THE_DAY
