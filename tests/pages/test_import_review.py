"""A brought file and its page side by side: what is marked, which bold lines become headings, and who may see it."""

import re
from typing import Any, cast

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hub.pages.imports import sentences as say
from hub.pages.imports.bold_lines import bold_lines, with_headings
from hub.pages.models import GuidancePage, HubPage, ImportFile
from tests.factories import Tree
from tests.word_elements import PICTURES, drawing, looked, picture
from tests.word_files import item, paragraph, run, word_file

BOLD = paragraph(run("What hurts", "<w:b/>")) + paragraph("Being looked at.") + paragraph(run("What helps", "<w:b/>"))
BODY = looked("<w:strike/>", "Tuesday") + BOLD + paragraph(drawing(picture())) + item("x")


@pytest.fixture
def writer(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


def brought(client: Client, tree: Tree, body: str = BODY) -> tuple[ImportFile, str]:
    upload = SimpleUploadedFile("Our rules.docx", word_file(body, parts=PICTURES))
    client.post("/admin/guidance/bring-in/", {"section": tree.section.pk, "word_files": [upload]})
    file = ImportFile.objects.get()
    assert file.state == "done", file.reason
    return file, f"/admin/guidance/bring-in/{file.job_id}/{file.pk}/"


def draft_of(file: ImportFile) -> Any:
    return GuidancePage.objects.get(pk=cast("int", file.page_id)).get_latest_revision_as_object()


def pane(html: str, number: int) -> str:
    return html.split('class="beside__pane"')[number]


def test_the_file_stands_beside_the_page_and_what_is_not_on_the_page_is_marked(
    writer: Client, two_sections: Tree
) -> None:
    file, address = brought(writer, two_sections)
    html = writer.get(address).content.decode()
    before, after = pane(html, 1), pane(html, 2)
    assert '<mark class="before__gone"><s>Tuesday</s></mark>' in before
    assert "Tuesday" not in after
    for side in (before, after):
        assert all(words in side for words in ("The title", "What hurts", "Being looked at."))
        assert re.search(r'<img[^>]+src="/[^"]+\.webp"', side)
    assert say.STRUCK in html
    assert "Everything was kept." not in html
    assert file.data is None


def test_everything_was_kept_is_said_of_a_file_of_which_it_is_true(writer: Client, two_sections: Tree) -> None:
    file, address = brought(writer, two_sections, paragraph("Only words."))
    assert file.lost == []
    assert "Everything was kept." in writer.get(address).content.decode()


def test_ticked_lines_become_headings_and_others_stay(writer: Client, two_sections: Tree) -> None:
    file, address = brought(writer, two_sections)
    keys = re.findall(r'name="line" value="([^"]+)"', writer.get(address).content.decode())
    assert len(keys) == 2
    assert "One line is a heading now." in writer.post(address, {"line": keys[1]}, follow=True).content.decode()
    assert headings(file) == ["What helps"]
    assert say.BOLD_LINES in ImportFile.objects.get().lost
    assert "One line is a heading now." in writer.post(address, {"all": "1"}, follow=True).content.decode()
    assert headings(file) == ["What hurts", "What helps"]
    assert say.BOLD_LINES not in ImportFile.objects.get().lost
    assert "Are these headings?" not in writer.get(address).content.decode()


def test_bold_lines_that_look_like_headings_are_ticked_and_the_others_are_offered(
    writer: Client, two_sections: Tree
) -> None:
    warning = "Never give out a number."
    file, address = brought(writer, two_sections, BODY + paragraph(run(warning, "<w:b/>")))
    page = writer.get(address).content.decode()
    assert "We ticked those that are short" in page
    ticked = re.findall(r'name="line" value="([^"]+)" checked', page)
    assert len(re.findall(r'name="line"', page)) == 3
    assert headings(file) == [], "nothing changes until she presses"
    writer.post(address, {"line": ticked})
    assert headings(file) == ["What hurts", "What helps"]
    assert warning in writer.get(address).content.decode()


def headings(file: ImportFile) -> list[str]:
    return [block.value["text"] for block in draft_of(file).body if block.block_type == "heading"]


def test_a_tick_without_a_line_or_for_a_line_that_was_changed_gets_a_sentence(
    writer: Client, two_sections: Tree
) -> None:
    file, address = brought(writer, two_sections)
    assert "Tick at least one line" in writer.post(address, {}, follow=True).content.decode()
    assert "somebody has changed it" in writer.post(address, {"line": "x-0-00000000"}, follow=True).content.decode()
    assert headings(file) == []


def test_only_who_writes_there_sees_it_and_only_who_may_change_it_changes_it(
    writer: Client, two_sections: Tree, carf_author: User, clued_up_lead: User, clued_up_author: User
) -> None:
    file, address = brought(writer, two_sections)
    writer.force_login(clued_up_lead)
    assert writer.get(address).status_code == 200
    writer.force_login(carf_author)
    assert writer.get(address).status_code == 404
    assert writer.post(address, {"all": "1"}).status_code == 404
    HubPage.objects.filter(pk=draft_of(file).pk).update(locked=True, locked_by=clued_up_lead)
    writer.force_login(clued_up_author)
    assert "Are these headings?" not in writer.get(address).content.decode()
    assert writer.post(address, {"all": "1"}).status_code != 200
    assert headings(file) == []


def test_after_the_draft_is_deleted_there_is_nothing_to_compare(writer: Client, two_sections: Tree) -> None:
    _, address = brought(writer, two_sections)
    GuidancePage.objects.get(title="The title").delete()
    assert writer.get(address).status_code == 404


def body(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "text", "value": text, "id": f"b{number}"} for number, text in enumerate(texts)]


def test_a_bold_line_is_one_that_is_bold_throughout() -> None:
    found = body(
        "<p><b>One</b></p><p>no <b>two</b></p><p><b>Three:</b> no</p><ul><li><b>no</b></li></ul>",
        "<p><b>Four</b><br/>words</p><p><b>Five</b> <b>too</b></p><p><b> </b></p><p><b>" + "long " * 30 + "</b></p>",
    )
    assert [line.text for line in bold_lines(found)] == ["One", "Four", "Five too"]


def test_a_line_becomes_a_heading_in_its_place_and_nothing_else_moves() -> None:
    found = body("<p>a</p><p><b>One</b><br/>after</p><p>b</p>", "<p><b>Two</b></p>")
    made, number = with_headings(found, {line.key for line in bold_lines(found)})
    assert number == 2
    assert [(block["type"], block["value"]) for block in made] == [
        ("text", "<p>a</p>"),
        ("heading", {"text": "One", "level": "h2"}),
        ("text", "<p>after</p><p>b</p>"),
        ("heading", {"text": "Two", "level": "h2"}),
    ]
    assert made[0]["id"] == "b0"
    assert len({block["id"] for block in made}) == 4


def test_bold_lines_are_smaller_headings_where_there_are_headings_already() -> None:
    found = [{"type": "heading", "value": {"text": "Main", "level": "h2"}, "id": "h"}, *body("<p><b>One</b></p>")]
    made, _ = with_headings(found, {bold_lines(found)[0].key})
    assert made[1]["value"] == {"text": "One", "level": "h3"}
