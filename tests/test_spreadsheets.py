"""No cell of any file for a spreadsheet begins a formula, whoever wrote the export."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped] # it has no types
from wagtail.models import Collection

from hub.pages.models import HubDocument
from hub.spreadsheets import FORMULA, XLSX, NoFormulas, plain
from hub.stories.models import Participant
from tests.factories import Tree, lit_story
from tests.foreign_things import addresses, filled
from tests.owner import without_triggers

BEGINNINGS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "\u2212", "⁺",
              " =", "\u00a0=", "\u200b=", "\u2060 ＠", "\ufeff+", "\u202e-", "\x00=", "  \u3000\u200b\t="]  # fmt: skip
PLAIN = ["", " ", "Kim", "2 - 1", "a=b", "1.5", "(+44) 1592", "'=1", "–", "\u200bKim", "1=1"]
FORMULAS = {"first_name": '=HYPERLINK("http://x.example","Y")', "last_name": "+1"}


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=ascii)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(beginning: str) -> None:
    assert plain(f"{beginning}1+1") == f"'{beginning}1+1"
    assert plain(plain(f"{beginning}1+1")) == f"'{beginning}1+1"


@pytest.mark.parametrize("text", PLAIN, ids=ascii)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("streaming", [True, False])
def test_a_line_is_a_line_however_it_is_cut(streaming: bool) -> None:
    written = '"a\n=b",=1;=2,"""=3"\r\nZürich,\t=4,5\r\n'.encode()
    chunks = [written[place : place + 1] for place in range(len(written))]
    sent = StreamingHttpResponse(chunks, content_type="text/csv") if streaming else HttpResponse(written, "text/csv")
    cells = [*csv.reader(StringIO(text_of(through(sent)), newline=""))]
    assert cells == [["a\n=b", "'=1;=2", '"=3'], ["Zürich", "'\t=4", "5"]]
    assert ";=2" not in text_of(through(HttpResponse(b"=1;=2", "text/csv"))).split('"'), "a cell is never cut in two"


def test_a_file_is_known_by_its_name_too() -> None:
    named = HttpResponse(b"=1", "application/octet-stream", headers={"Content-Disposition": 'x; filename="a.csv"'})
    assert text_of(through(named)) == '"\'=1"\r\n'
    assert text_of(through(HttpResponse("=1"))) == "=1"


def test_numbers_and_days_of_a_workbook_stay_what_they_are() -> None:
    book = Workbook()
    book.active.append(["=1+1", -5, "@x"])
    book.active["A1"].data_type = "s"
    made = BytesIO()
    book.save(made)
    sent = through(HttpResponse(made.getvalue(), XLSX))
    assert cells_of(sent.content, "x.xlsx") == ["'=1+1", -5, "'@x"]


@pytest.mark.django_db
def test_a_file_that_somebody_brought_is_the_file_they_brought(client: Client, tree: Tree) -> None:
    root = Collection.get_first_root_node()
    file = HubDocument(title="A sheet", collection=root, file=ContentFile(b"=1,2\n", name="x.csv"))
    file.save()
    client.force_login(User.objects.create_superuser("admin"))
    response: Any = client.get(file.url)
    assert response.status_code == 200
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert body == b"=1,2\n"


@pytest.mark.django_db
def test_no_export_that_staff_can_reach_begins_a_formula(client: Client, two_sections: Tree) -> None:
    """Every address of the admin is asked for both sorts of file: Wagtail's reports, ours, and those of tomorrow."""
    story = lit_story(two_sections)
    Participant.objects.update(code="=1+1")
    titles = "UPDATE pages_hubpage SET title = '=cmd|' || id, draft_title = '@x', latest_revision_created_at = now()"
    without_triggers(titles)
    without_triggers("UPDATE wagtailcore_pagelogentry SET label = '\u200b=1+1'")
    without_triggers("UPDATE partners_partner SET slug = '-' || id, short_name = '=' || short_name")
    admin = User.objects.create_superuser("@admin", email="+x@example.org", **FORMULAS)
    story.save_revision(user=admin, log_action=True)
    client.force_login(admin)
    files = dict(exports(client))
    reports = {"wagtailadmin_reports:aging_pages?csv", "wagtailadmin_reports:site_history?xlsx"}
    assert files.keys() >= {*reports, "consent_export", "story_numbers_file?csv"}
    bad = {name: cell for name, cells in files.items() for cell in cells if str(cell)[:1] in FORMULA}
    assert not bad
    assert any(str(cell).startswith("'=cmd") for cell in files["wagtailadmin_reports:aging_pages?xlsx"])
    assert any(str(cell).startswith("'") for cell in files["consent_export"])
    assert any(str(cell).startswith("'=") for cell in files["story_numbers_file?csv"])


def exports(client: Client) -> Any:
    """(name, cells) of every answer that is a file for a spreadsheet."""
    for name, pattern in addresses():
        if "<" in pattern or name in {"wagtailadmin_logout", "wagtailadmin_error_test"}:
            continue
        for address in filled(pattern, {}):
            for sort in ("csv", "xlsx"):
                response: Any = client.get(address, {"export": sort})
                called = response.headers.get("Content-Disposition", "")
                if called:
                    body = b"".join(response.streaming_content) if response.streaming else response.content
                    key = name if name == "consent_export" else f"{name}?{sort}"
                    yield key, cells_of(body, called)


def cells_of(body: bytes, called: str) -> list[Any]:
    if "xlsx" in called:
        sheet: Any = load_workbook(BytesIO(body)).active
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        return [cell.value for row in sheet.iter_rows() for cell in row]
    return [cell for row in csv.reader(StringIO(body.decode(), newline="")) for cell in row]


def through(response: Any) -> Any:
    """`response` after the gate."""
    request = RequestFactory().get("/")
    request.resolver_match = None
    return NoFormulas(lambda _: response)(request)


def text_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode())
