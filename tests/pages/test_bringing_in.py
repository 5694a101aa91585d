"""Word files become drafts in one's own section, whole; what cannot be opened is refused with a sentence."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from hub.bounded_process import Limits
from hub.pages.files import opening
from hub.pages.imports import drafts, word
from hub.pages.imports.word import convert
from hub.pages.models import GuidancePage, HubImage, ImportFile, ImportJob
from hub.upkeep.tick import tick
from tests.factories import Tree
from tests.word_files import paragraph, run, table, word_file

pytestmark = pytest.mark.django_db
FORM = "/admin/guidance/bring-in/"


def a_picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    file.seek(0)
    return file


def link(paragraph: Any, address: str, text: str) -> None:
    relation = paragraph.part.relate_to(address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True)  # noqa: E501  # fmt: skip
    element, run, words = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:t")
    element.set(qn("r:id"), relation)
    words.text = text
    run.append(words)
    element.append(run)
    paragraph._p.append(element)


def a_document() -> Any:
    document = Document()
    document.add_heading("When the heating is off", 0)
    document.add_heading("First", 1)
    document.add_paragraph("Ask what is ").add_run("warm").bold = True
    document.add_paragraph("Blankets", style="List Bullet")
    document.add_paragraph("Kettle", style="List Bullet")
    document.add_heading("Whom to phone", 2)
    link(document.add_paragraph("See "), "https://example.org/warm", "the warm page")
    link(document.add_paragraph("Not "), "javascript:alert(1)", "this one")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], ["Who", "When", "CARF", "Mondays"], strict=True
    ):
        cell.text = text
    document.add_picture(a_picture())
    document.add_paragraph("The end.")
    return document


def as_bytes(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    out = io.BytesIO(as_bytes(Document()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def send(client: Client, tree: Tree, *files: tuple[str, bytes], section: Any = None) -> str:
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    said = {"section": (section or tree.section).pk, "word_files": uploads}
    return client.post(FORM, said, follow=True).content.decode()


@pytest.fixture
def writer(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


def test_everything_that_can_be_is_kept_in_its_order(writer: Client, two_sections: Tree, clued_up_author: User) -> None:
    screen = send(writer, two_sections, ("heating.docx", as_bytes(a_document())))
    page = GuidancePage.objects.get(title="When the heating is off")
    assert (page.live, page.owner, page.partner) == (False, clued_up_author, two_sections.section.organisation)
    body = page.get_latest_revision_as_object().body
    kinds = ["heading", "text", "heading", "text", "table", "image", "text"]
    assert [block.block_type for block in body] == kinds
    assert [(b.value["text"], b.value["level"]) for b in body if b.block_type == "heading"] == [
        ("First", "h2"),
        ("Whom to phone", "h3"),
    ]
    assert "<b>warm</b>" in body[1].value.source
    assert "<ul><li>Blankets</li><li>Kettle</li></ul>" in body[1].value.source
    assert '<a href="https://example.org/warm">the warm page</a>' in body[3].value.source
    assert "javascript" not in body[3].value.source
    assert "this one" in body[3].value.source
    table = body[4].value["table"]
    assert [column["heading"] for column in table.columns] == ["Who", "When"]
    assert [str(cell) for row in table.rows for cell in row] == ["CARF", "Mondays"]
    assert body[5].value["image"].collection.get_parent().name == "Clued Up"
    for sentence in ("A link that is no web address", "Table 1 needs a line", "Picture 1 needs words for people"):
        assert sentence in screen
    assert ImportFile.objects.get().data is None


def test_the_draft_opens_in_the_editor_and_is_not_public(writer: Client, two_sections: Tree) -> None:
    send(writer, two_sections, ("heating.docx", as_bytes(a_document())))
    page = GuidancePage.objects.get(title="When the heating is off")
    assert writer.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert Client().get(page.get_url() or "/partners/clued-up/when-the-heating-is-off/").status_code == 404


def test_alt_text_in_the_file_is_taken(two_sections: Tree) -> None:
    document = Document()
    document.add_picture(a_picture())
    document.element.body.xpath(".//wp:docPr")[0].set("descr", "A teal square")
    document.add_paragraph("Words")
    assert [picture.alt_text for picture in convert(as_bytes(document)).pictures] == ["A teal square"]


def test_a_foreign_section_is_refused_and_so_are_others(
    client: Client, two_sections: Tree, carf_author: User, moderator: User, toolkit_editor: User
) -> None:
    client.force_login(carf_author)
    assert "You may not write in this section" in send(client, two_sections, ("a.docx", as_bytes(a_document())))
    for user in (moderator, toolkit_editor):
        client.force_login(user)
        assert client.get(FORM).status_code == 302
        send(client, two_sections, ("a.docx", as_bytes(a_document())))
    assert not ImportJob.objects.exists()
    assert GuidancePage.objects.count() == 1


def test_another_partners_import_is_not_found(
    writer: Client, two_sections: Tree, carf_author: User, clued_up_lead: User
) -> None:
    send(writer, two_sections, ("a.docx", as_bytes(a_document())))
    address = f"{FORM}{ImportJob.objects.get().pk}/"
    writer.force_login(clued_up_lead)
    assert writer.get(address).status_code == 200
    writer.force_login(carf_author)
    assert writer.get(address).status_code == 404
    assert writer.post(address).status_code == 404


OLD = opening.OLD_FORMAT + b"x" * 600
BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
BAD = [
    ("old.doc", lambda: opening.OLD_FORMAT + b"x" * 600, "old Word format"),
    ("locked.docx", lambda: opening.OLD_FORMAT + b"x" * 600, "protected by a password"),
    ("small.docm", lambda: as_bytes(Document()), "has macros"),
    ("hidden.docx", lambda: with_part("word/vbaProject.bin", b"x"), "has macros"),
    ("cut.docx", lambda: as_bytes(a_document())[:9_000], "damaged or not a Word file"),
    ("other.docx", lambda: zipped({"a.txt": b"x"}), "damaged or not a Word file"),
    ("letter.pdf", lambda: b"%PDF-1.7", "not a Word file"),
    ("entity.docx", lambda: with_part("word/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "damaged or not"),
    ("bomb.docx", lambda: with_part("word/media/a.png", b"0" * 101 * 1024 * 1024), "far more than it seems"),
    ("bomb.zip", lambda: zipped({"a.docx": b"0" * 101 * 1024 * 1024}), "far more than it seems"),
    ("in.zip", lambda: zipped({"b.zip": zipped({"a.docx": b"x"})}), "zip inside a zip"),
    ("many.zip", lambda: zipped({f"{n}.docx": b"x" for n in range(31)}), "31 files in this zip"),
    ("none.zip", lambda: zipped({"__MACOSX/a.docx": b"x", "~$a.docx": b"x"}), "no file in this zip"),
    ("broken.zip", lambda: b"PK nothing", "damaged or not a Word file"),
    ("empty in a.zip", lambda: zipped({"a.docx": b""}), "This file is empty"),
    ("rich.docx", lambda: b"{\\rtf1 words}", "This is an RTF text"),
    ("print.docx", lambda: b"%PDF-1.7", "This is a PDF"),
    ("saved from the web.docx", lambda: b"\n<HTML>", "This is a web page"),
    ("photo.docx", lambda: a_picture().read(), "This is a picture"),
    ("open.docx", lambda: zipped({"mimetype": b"x", "content.xml": b"<a/>"}), "OpenDocument text"),
    ("sums.docx", lambda: zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": b"<a/>"}), "an Excel file"),
    ("really old.docx", lambda: OLD + "WordDocument".encode("utf-16-le"), "old Word format"),
    ("locked.doc", lambda: OLD + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ("twice.docx", lambda: with_part("WORD/Document.xml", b"<a/>"), "damaged or not a Word file"),
    ("deep.docx", lambda: word_file("<w:ins>" * 5_000 + "</w:ins>" * 5_000), "damaged or not a Word file"),
    ("fields.docx", lambda: word_file(paragraph(BEGIN * 500)), "damaged or not a Word file"),
    ("wide.docx", lambda: word_file(table(["x"] * 64, ["y"] * 64)), "more than 63 columns"),
    ("blank.docx", lambda: as_bytes(Document()), "There are no words in this file"),
]


@pytest.mark.parametrize(("name", "data", "sentence"), BAD, ids=[name for name, _, _ in BAD])
def test_what_cannot_be_opened_is_refused_with_a_sentence(
    writer: Client, two_sections: Tree, name: str, data: Any, sentence: str
) -> None:
    assert sentence in send(writer, two_sections, (name, data()))
    assert GuidancePage.objects.count() == 1
    assert ImportFile.objects.get().state == ImportFile.State.REFUSED


def test_a_small_file_that_is_much_work_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """200,000 runs in a few kilobytes took 35 seconds once. They may take what the limits say, and no more."""
    data = word_file(paragraph(run("a") * 200_000))
    assert len(data) < 30_000
    monkeypatch.setattr(word, "LIMITS", Limits(seconds=1, megabytes=512, answer_megabytes=10))
    with pytest.raises(opening.Refused, match="too long or too much memory"):
        convert(data)
    monkeypatch.setattr(word, "LIMITS", Limits(seconds=20, megabytes=110, answer_megabytes=10))
    with pytest.raises(opening.Refused, match="too long or too much memory"):
        convert(data)


def test_three_hundred_pages_are_too_many_and_a_hundred_are_not(writer: Client, two_sections: Tree) -> None:
    document = Document()
    for number in range(1_500):
        document.add_paragraph(f"Paragraph {number}. " + "Say hello and put the kettle on. " * 5)
    long = as_bytes(document)
    for _ in range(1_600):
        document.add_paragraph("More.")
    screen = send(writer, two_sections, ("long.docx", long), ("longer.docx", as_bytes(document)))
    assert "longer than anybody reads on a screen" in screen
    assert "Paragraph 1499" in GuidancePage.objects.get(title="long").plain_text()


def test_one_bad_file_in_a_zip_does_not_stop_the_others(writer: Client, two_sections: Tree) -> None:
    files = {"one.docx": as_bytes(a_document()), "two.docx": b"nothing", "folder/three.docx": as_bytes(a_document())}
    screen = send(writer, two_sections, ("all.zip", zipped(files)))
    assert "3 of 3 files looked at" in screen
    assert list(ImportFile.objects.values_list("name", "state")) == [
        ("one.docx", "done"),
        ("two.docx", "refused"),
        ("three.docx", "done"),
    ]
    assert len(set(GuidancePage.objects.values_list("slug", flat=True))) == 3


def test_what_still_waits_is_kept_and_gone_on_with(
    writer: Client, two_sections: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("hub.pages.admin.import_screens.go_on", lambda job: drafts.go_on(job, seconds=0))
        screen = send(writer, two_sections, ("a.docx", as_bytes(a_document())), ("b.docx", as_bytes(a_document())))
    assert "0 of 2 files looked at" in screen
    tick(now=timezone.now())
    assert GuidancePage.objects.count() == 1
    assert "Imports gone on with: 1." in tick(now=timezone.now() + timedelta(hours=1))
    assert GuidancePage.objects.count() == 3
    assert "Imports gone on with: 0." in tick(now=timezone.now() + timedelta(hours=1))


def test_a_month_later_the_names_of_the_files_are_forgotten_and_the_drafts_stay(
    writer: Client, two_sections: Tree, clued_up_author: User
) -> None:
    send(writer, two_sections, ("Moragsletter.docx", as_bytes(a_document())))
    waiting = drafts.begin(two_sections.section, [("b.docx", as_bytes(a_document()))], by=clued_up_author)
    assert drafts.forget_old_imports(timezone.now() + timedelta(days=29)) == 0
    assert drafts.forget_old_imports(timezone.now() + timedelta(days=31)) == 1
    assert [job.pk for job in ImportJob.objects.all()] == [waiting.pk], "what still waits is kept"
    assert GuidancePage.objects.count() == 2


def test_of_a_deleted_draft_nothing_that_the_file_held_is_kept(writer: Client, two_sections: Tree) -> None:
    send(writer, two_sections, ("one.docx", as_bytes(a_document())), ("two.docx", as_bytes(a_document())))
    first, second = ImportFile.objects.all()
    assert first.page is not None
    first.page.delete()
    drafts.forget_old_imports(timezone.now())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.before, first.lost, first.pictures) == ("", [], [])
    assert second.before
    assert second.lost


def test_whoever_left_meanwhile_brings_nothing_in(
    writer: Client, two_sections: Tree, clued_up_author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = drafts.begin(two_sections.section, [("a.docx", as_bytes(a_document()))], by=clued_up_author)
    clued_up_author.groups.clear()
    drafts.go_on(ImportJob.objects.get(pk=job.pk))
    assert "may not write in this section any more" in ImportFile.objects.get().reason


def test_a_file_that_fails_half_way_leaves_no_page_and_no_picture(
    writer: Client, two_sections: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("full disk")

    monkeypatch.setattr(GuidancePage, "save_revision", fail)
    assert "that is our mistake" in send(writer, two_sections, ("a.docx", as_bytes(a_document())))
    assert GuidancePage.objects.count() == 1
    assert not HubImage.objects.exists()


def test_choosing_nothing_gets_a_sentence(writer: Client, two_sections: Tree) -> None:
    assert "Choose at least one file." in send(writer, two_sections)


def test_what_a_page_cannot_hold_is_named(two_sections: Tree) -> None:
    document = Document()
    document.add_paragraph("Said", style="Intense Quote").add_run(" softly").italic = True
    document.add_paragraph("Small print", style="Heading 9")
    document.sections[0].header.paragraphs[0].text = "Draft 3"
    made = convert(as_bytes(document))
    assert made.blocks == [("text", "<p>Said softly</p>"), ("heading", {"text": "Small print", "level": "h2"})]
    assert made.lost == [
        "Italics became plain: the Hub's pages have bold only.",
        "The style “Intense Quote” became plain text.",
        "What stands at the top or bottom of every page was left out.",
    ]


def test_what_is_lost_of_a_picture_in_the_file_is_named(writer: Client, two_sections: Tree) -> None:
    moving, document = io.BytesIO(), Document()
    first = Image.new("RGB", (40, 30), "teal")
    first.save(moving, "GIF", save_all=True, append_images=[Image.new("RGB", (40, 30), "navy")])
    document.add_paragraph("Look.")
    document.add_picture(moving)
    whole = a_picture().getvalue()
    document.add_picture(io.BytesIO(whole[:-20] + b"\0\0\0\0" + whole[-16:]))
    screen = send(writer, two_sections, ("a.docx", as_bytes(document)))
    assert "Picture 1: This picture moves." in screen
    assert "Picture 2 was left out. This picture is damaged" in screen
    assert HubImage.objects.count() == 1
