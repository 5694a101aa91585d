"""Files and copies of pages: a document leaves while it is shown, nothing half done stays, no cache keeps words."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image, PngImagePlugin

from hub.pages.models import HubDocument, HubPage
from hub.stories.models import StoryPage
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, light, lit_story, make_story, publish, words
from tests.pages.test_media import status, stored_image, story_with_picture

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def stored_document() -> HubDocument:
    document = HubDocument(title=f"{CANARY} letter", file=ContentFile(b"x", name=f"{CANARY}.txt"))
    document.save()
    return document


def test_a_document_leaves_only_while_a_public_page_shows_it(client: Client, tree: Tree) -> None:
    document = stored_document()
    assert CANARY not in document.url
    assert status(client, document.url) == 404
    tree.guidance.body = words(f'<a linktype="document" id="{document.pk}">x</a>')
    publish(tree.guidance)
    answer = client.get(document.url)
    assert (answer.status_code, answer.content) == (200, b"x")
    assert 'filename="zaunkoenig-letter.txt"' in answer["Content-Disposition"]
    HubPage.objects.get(pk=tree.guidance.pk).specific.unpublish()
    assert status(client, document.url) == 404


def test_a_document_that_code_linked_from_a_story_is_given_to_nobody(client: Client, tree: Tree) -> None:
    """People agree to words and pictures; a file can be replaced by another. So a story offers none, lit or dark."""
    document, story = stored_document(), make_story(tree)
    story.body = words(f'<a linktype="document" id="{document.pk}">x</a>')
    publish(story)
    story = light(StoryPage.objects.get(pk=story.pk))
    assert status(client, story.url) == 200
    assert status(client, document.url) == 404
    withdraw(story.participations.get())
    assert status(client, document.url) == 404


def test_no_upload_waits_half_done_on_the_disk(client: Client, tree: Tree) -> None:
    """M7: Wagtail keeps a file it could not save at once in a folder that nobody clears."""
    client.force_login(User.objects.create_superuser("admin"))
    upload = ContentFile(b"no picture at all", name="x.jpg")
    answer = client.post("/admin/images/multiple/add/", {"title": CANARY, "files[]": upload, "collection": 1})
    assert answer.status_code == 200
    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert kept == []


@pytest.mark.parametrize("spec", ["width-30|format-jpeg", "width-30|format-png", "width-30|format-webp", "original"])
def test_no_size_in_any_format_says_where_it_was_taken(spec: str) -> None:
    rendition = stored_image().get_rendition(spec)
    with rendition.file.open("rb") as stored:
        data = stored.read()
    assert b"Canary" not in data
    assert b"xmp" not in data.lower()
    with Image.open(io.BytesIO(data)) as picture:
        assert dict(picture.getexif()) == {}


def test_words_written_into_a_picture_are_gone() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", CANARY)
    told.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{CANARY}</x:xmpmeta>")
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "#123456").save(out, "PNG", pnginfo=told)
    assert CANARY.encode() in out.getvalue()
    image = stored_image(data=out.getvalue())
    with image.file.open("rb") as stored:
        assert CANARY.encode() not in stored.read()


def test_no_template_keeps_a_piece_of_a_page_in_a_cache(client: Client, tree: Tree) -> None:
    assert not [p for p in TEMPLATES.rglob("*") if p.is_file() and "{% cache" in p.read_text()]
    assert not [p for p in TEMPLATES.rglob("*") if p.is_file() and "wagtailpagecache" in p.read_text()]
    client.get(lit_story(tree).url)
    kept = getattr(cache, "_cache", {})
    assert not [key for key, value in kept.items() if CANARY.encode() in bytes(value)]


def test_a_picture_of_a_story_is_never_kept(client: Client, tree: Tree) -> None:
    _, address = story_with_picture(tree)
    assert client.get(address)["Cache-Control"] == "private, no-store"
