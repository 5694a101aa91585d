"""Whatever somebody chooses on any of the screens: kept clean, or refused with a sentence and nothing stored."""

import io
import json
import os
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import UploadedFile

from hub.pages.admin import image_form
from hub.pages.files import document_file
from hub.pages.models import HubDocument, HubImage
from hub.pages.over_time.abandoned_uploads import forget_abandoned_uploads
from hub.partners.models import Partner
from hub.pictures import kinds
from tests.factories import Tree
from tests.pages.test_media import photo
from tests.pdf_files import locked, pdf

pytestmark = pytest.mark.django_db
SCREENS = ["add", "several", "chooser"]
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def drawn(kind: str, size: tuple[int, int] = (60, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#2f78a8").save(out, format=kind)
    return out.getvalue()


def packed(*names: str, kinds: str = "<Types/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", kinds)
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str, *, encoding: str = "utf-8") -> bytes:
    """A Word file that points at `target` as a `kind`."""
    row = f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
    out = io.BytesIO(packed("word/document.xml"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{row}</Relationships>".encode(encoding))
    return out.getvalue()


def folder(partner: str = "clued-up") -> int:
    own = Partner.objects.get(slug=partner).collection
    assert own is not None
    return int(own.pk)


def upload(client: Client, screen: str, sort: str, name: str, data: bytes, words: str = "A table") -> str:
    """What comes back from one of Wagtail's three ways to bring a picture or a file in."""
    file = SimpleUploadedFile(name, data, content_type="application/octet-stream")
    said = {"title": "What was typed", "default_alt_text": words, "collection": folder()}
    address = f"/admin/{sort}s/"
    if screen == "add":
        return client.post(f"{address}add/", {**said, "file": file}).content.decode()
    if screen == "several":
        answer = client.post(f"{address}multiple/add/", {"collection": said["collection"], "files[]": file})
        return str(json.loads(answer.content).get("error_message", ""))
    before = f"{sort}-chooser-upload-"
    fields = {before + key: value for key, value in {**said, "file": file}.items()}
    return str(json.loads(client.post(f"{address}chooser/create/", fields).content).get("htmlFragment", ""))


PICTURES = [
    ("photo.jpg", b"MZ\x90\x00" + b"\x00" * 500, kinds.NOT_A_PICTURE),
    ("photo.jpg", b"", image_form.SENTENCES["empty"]),
    ("photo.jpg", photo()[:400], kinds.DAMAGED),
    ("drawing.png", SVG, kinds.OTHER_KIND),
    ("wide.png", drawn("PNG", (9_000, 9_000)), kinds.too_large()),
]


@pytest.mark.parametrize("screen", SCREENS)
def test_what_is_no_picture_gets_a_sentence(
    client: Client, two_sections: Tree, clued_up_author: User, screen: str
) -> None:
    client.force_login(clued_up_author)
    for name, data, why in PICTURES:
        page = upload(client, screen, "image", name, data)
        assert why in page
        assert screen == "several" or "What was typed" in page
    assert "This picture is too big: 40" in upload(client, screen, "image", "big.jpg", photo() + os.urandom(40 << 20))
    assert not HubImage.objects.exists()
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize("screen", ["add", "chooser"])
def test_no_picture_without_words(client: Client, two_sections: Tree, clued_up_author: User, screen: str) -> None:
    client.force_login(clued_up_author)
    assert image_form.WITHOUT_WORDS in upload(client, screen, "image", "photo.jpg", photo(), words="")
    assert not HubImage.objects.exists()
    upload(client, screen, "image", "photo.jpg", photo())
    assert HubImage.objects.get().default_alt_text == "A table"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_of_several_each_waits_for_its_words_and_holds_nothing_hidden_meanwhile(
    client: Client, two_sections: Tree, clued_up_author: User, kind: str
) -> None:
    client.force_login(clued_up_author)
    assert not upload(client, "several", "image", "IMG_Jane.jpg", photo(kind))
    waiting = UploadedFile.objects.get()
    with waiting.file.open("rb") as stored:
        assert b"Canary" not in stored.read()
    before = f"uploaded-image-{waiting.pk}-"
    address = f"/admin/images/multiple/create_from_uploaded_image/{waiting.pk}/"
    said = {f"{before}title": "Table", f"{before}default_alt_text": "", f"{before}collection": folder()}
    assert image_form.WITHOUT_WORDS in json.loads(client.post(address, said).content)["form"]
    said[f"{before}default_alt_text"] = "A table"
    assert json.loads(client.post(address, said).content)["success"]
    image = HubImage.objects.get()
    assert len(image.sha256) == 64
    with image.file.open("rb") as stored:
        assert b"Canary" not in stored.read()
    assert default_storage.listdir("originals")[1] == [image.file.name.rsplit("/", 1)[-1]]
    assert not UploadedFile.objects.exists()


def test_an_upload_nobody_finished_is_gone_a_day_later(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    upload(client, "several", "image", "a.jpg", photo())
    stored = UploadedFile.objects.get().file
    assert forget_abandoned_uploads(timezone.now()) == 0
    assert stored.storage.exists(stored.name)
    assert forget_abandoned_uploads(timezone.now() + timedelta(days=2)) == 1
    assert not stored.storage.exists(stored.name)
    assert not UploadedFile.objects.exists()


def test_a_large_upload_is_cleaned_where_it_lies_on_disk() -> None:
    with TemporaryUploadedFile("IMG_1.jpeg", "image/jpeg", 0, None) as file:
        file.write(photo())
        file.size = file.tell()
        file.seek(0)
        image_form.ReadableImageField().clean(file)
        assert b"Canary" not in Path(file.temporary_file_path()).read_bytes()


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "PNG"), ("a.png", "JPEG"), ("a.heic", "HEIF"), ("a.jpg", "HEIF")])
def test_a_picture_is_what_its_bytes_say(
    client: Client, two_sections: Tree, clued_up_author: User, name: str, kind: str
) -> None:
    client.force_login(clued_up_author)
    upload(client, "add", "image", name, drawn(kind))
    image = HubImage.objects.get()
    assert image.file.name.endswith(".png" if kind == "PNG" else ".jpg")
    assert (image.width, image.height) == (60, 30)


GOOD = [
    ("a.pdf", pdf()),
    ("a.rtf", rb"{\rtf1 Hello}"),
    ("a.csv", "Naïve;café\r\n".encode("cp1252")),
    ("a.txt", "Hello".encode("utf-16")),
    ("a.docx", packed("word/document.xml")),
    ("a.XLSX", packed("xl/workbook.xml", "xl/printerSettings/printerSettings1.bin")),
    ("a.pptx", packed("ppt/presentation.xml", "ppt/embeddings/sheet1.xlsx")),
    ("a.odt", packed("content.xml", "Object 1/content.xml")),
    ("a.docx", related("hyperlink", "https://example.org")),
    ("a.docx", related("attachedTemplate", "file:///C:/Users/x/Letter.dotx")),  # as Word notes each template
]
BAD = [
    ("a.pdf", b"MZ\x90\x00" + b"\x00" * 300, "This is not a PDF"),
    ("a.pdf", b"", document_file.EMPTY),
    ("a.pdf", pdf(b"/OpenAction <</S /JavaScript /JS (x)>>"), document_file.PDF_PROGRAM),
    ("a.pdf", pdf(b"/Names <</EmbeddedFiles <<>>>>"), document_file.PDF_PROGRAM),
    ("a.pdf", pdf(b"", b"/AA <<>>"), document_file.PDF_PROGRAM),
    ("a.pdf", locked(owner_only=True), document_file.PDF_LOCKED),
    ("a.pdf", pdf()[:-99], document_file.PDF_DAMAGED),
    ("a.pdf", pdf(b"", b"/Annots [<</Subtype /Surprise>>]"), document_file.PDF_UNKNOWN),
    ("a.exe", b"MZ", document_file.NOT_A_KIND),
    ("a.docm", packed("word/document.xml"), document_file.NOT_A_KIND),
    ("a.docx", packed("word/document.xml", "word/vbaProject.bin"), document_file.MACROS),
    ("a.docx", packed("word/document.xml", kinds="ms-word.document.macroEnabled.main+xml"), document_file.MACROS),
    ("a.xlsx", packed("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), document_file.MACROS),
    ("a.odt", packed("content.xml", "Basic/Standard/Module1.xml"), document_file.MACROS),
    ("a.pptx", packed("ppt/presentation.xml", "ppt/embeddings/oleObject1.bin"), document_file.FILES_INSIDE),
    ("a.rtf", rb"{\rtf1{\object{\*\objdata 01}}}", document_file.FILES_INSIDE),
    ("a.rtf", rb"{\rtf1{\*\template https://x.org/x.dot}}", document_file.FILES_INSIDE),
    ("a.rtf", rb"{\rtf1{\field{\*\fldinst DDEAUTO c:\\x}}}", document_file.FILES_INSIDE),
    ("a.docx", related("attachedTemplate", "https://x.org/x.dotm"), document_file.REACHES_OUT),
    ("a.docx", related("image", "&#104;ttp://x.org/x.png"), document_file.REACHES_OUT),
    ("a.docx", related("oleObject", "\\\\host\\x"), document_file.REACHES_OUT),
    ("a.docx", related("frame", "https://x.org", encoding="utf-16"), document_file.REACHES_OUT),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", document_file.PASSWORD),
    ("a.xlsx", packed("word/document.xml"), "This is not an Excel file"),
    ("a.docx", b"PK\x03\x04broken", "This is not a Word file"),
    ("a.csv", os.urandom(300) + b"\x00", "This is not a table as plain text"),
]


def test_what_staff_have_is_kept(client: Client, two_sections: Tree, clued_up_author: User) -> None:
    client.force_login(clued_up_author)
    for name, data in GOOD:
        assert not upload(client, "several", "document", name, data), name
        with HubDocument.objects.latest("pk").file.open("rb") as stored:
            assert stored.read() == data
    assert HubDocument.objects.count() == len(GOOD)


@pytest.mark.parametrize("screen", SCREENS)
def test_what_readers_should_not_be_given_gets_a_sentence(
    client: Client, two_sections: Tree, clued_up_author: User, screen: str
) -> None:
    client.force_login(clued_up_author)
    for name, data, why in [*BAD, ("a.pdf", b"%PDF-" + b"0" * (40 << 20), "This file is too big: 40")]:
        page = upload(client, screen, "document", name, data)
        assert why in page, why
        assert screen == "several" or "What was typed" in page
    assert not HubDocument.objects.exists()


def test_an_author_brings_nothing_into_another_partners_folder_nor_the_shared_one(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    for collection in (folder("carf"), 1):
        said: dict[str, Any] = {"title": "x", "default_alt_text": "x", "collection": collection}
        client.post("/admin/images/add/", {**said, "file": SimpleUploadedFile("a.jpg", photo())})
        client.post("/admin/documents/add/", {**said, "file": SimpleUploadedFile("a.pdf", b"%PDF-1")})
    assert not HubImage.objects.exists()
    assert not HubDocument.objects.exists()
    assert settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE == settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
