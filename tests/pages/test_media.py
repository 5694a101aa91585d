"""Pictures: nothing hidden in them, and nobody gets one that no public page shows."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hub.pages.models import HubImage, HubPage
from hub.stories.models import StoryPage
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, light, make_story
from tests.picture_files import distance, encoded, opened
from tests.pictures.test_pictures_kept import EXACT, PHOTOS, clear

GPS_IFD, ORIENTATION, ARTIST = 0x8825, 0x0112, 0x013B


def status(client: Client, address: str) -> int:
    return client.get(address).status_code


def photo(kind: str = "JPEG") -> bytes:
    """A picture, lying on its side, that says where and by whom it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[ARTIST] = 6, "Canary Artist"
    exif[GPS_IFD] = {1: "N", 2: (56.0, 6.0, 0.0)}
    out = io.BytesIO()
    Image.new("RGB", (80, 40), "#d9532c").save(out, format=kind, exif=exif)
    return out.getvalue()


def stored_image(title: str = "A kettle", data: bytes | None = None) -> HubImage:
    image = HubImage(title=title, default_alt_text="A kettle")
    image.file = ContentFile(data or photo(), name="IMG_20260101_Jane.jpg")
    image.save()
    return image


def image_block(image: HubImage) -> tuple[str, dict[str, Any]]:
    return ("image", {"image": image, "alt_text": "A kettle", "decorative": False, "caption": ""})


@pytest.mark.django_db
def test_an_upload_is_cleaned_and_its_name_is_opaque() -> None:
    image = stored_image()
    with image.file.open("rb") as stored:
        assert b"Canary" not in stored.read()
    assert "Jane" not in str(image.file.name)
    assert len(image.sha256) == 64
    assert (image.width, image.height) == (40, 80)


@pytest.mark.django_db
def test_renditions_carry_nothing_hidden_either() -> None:
    rendition = stored_image().get_rendition("width-30|format-jpeg")
    with rendition.file.open("rb") as stored:
        assert b"Canary" not in stored.read()


@pytest.mark.django_db
def test_every_size_of_every_sort_of_picture_looks_as_it_does() -> None:
    sorts: list[tuple[Any, ...]] = [*EXACT.values(), *PHOTOS.values(), (encoded(clear("LA"), "PNG"), "PNG")]
    for number, sort in enumerate(sorts):
        image = stored_image(f"Sort {number}", sort[0])
        with image.file.open("rb") as stored:
            whole = opened(stored.read())
        width = min(60, whole.width)
        for kind in ("webp", "jpeg", "png"):
            with image.get_rendition(f"width-{width}|format-{kind}").file.open("rb") as made:
                size = opened(made.read())
            assert not {"icc_profile", "exif", "xmp"} & set(size.info)
            expected = whole.convert("RGBA")
            white = Image.new("RGBA", whole.size, "white")
            on_white = Image.alpha_composite(white, expected).resize(size.size, Image.Resampling.LANCZOS)
            seen = Image.alpha_composite(Image.new("RGBA", size.size, "white"), size.convert("RGBA"))
            assert max(distance(seen, on_white)) < 12, (number, kind)


def test_a_picture_is_served_only_while_a_public_page_shows_it(client: Client, tree: Tree) -> None:
    image = stored_image()
    address = image.get_rendition("width-30|format-webp").url
    assert status(client, address) == 404
    tree.guidance.body = [image_block(image)]
    tree.guidance.save_revision().publish()
    assert status(client, address) == 200
    HubPage.objects.get(pk=tree.guidance.pk).specific.unpublish()
    assert status(client, address) == 404


def test_a_story_picture_is_gone_on_the_request_after_withdrawal(client: Client, tree: Tree) -> None:
    story, address = story_with_picture(tree)
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    withdraw(story.participations.get())
    assert status(client, address) == 404


def test_p24_a_file_replaced_behind_a_story_darkens_it(client: Client, tree: Tree) -> None:
    story, _ = story_with_picture(tree)
    assert client.get(story.url).status_code == 200
    image = HubImage.objects.get()
    image.file = ContentFile(photo("PNG"), name="other.png")
    image.save()
    assert client.get(story.url).status_code == 404


def story_with_picture(tree: Tree) -> tuple[StoryPage, str]:
    image = stored_image()
    story = make_story(tree)
    story.body = [image_block(image)]
    story.save_revision().publish()
    story = light(StoryPage.objects.get(pk=story.pk))
    return story, image.get_rendition("width-30|format-webp").url


def test_the_address_of_an_original_is_nobodys(client: Client, tree: Tree) -> None:
    image = stored_image()
    assert client.get(f"/media/{image.file.name}").status_code == 404
    assert client.get("/media/images/..%2f..%2fsettings.py").status_code == 404


@pytest.mark.parametrize(
    "data",
    [b"not a picture", b"", b"\xff\xd8\xff\xe0" + b"\x00" * 200, "truncated"],
    ids=["text", "empty", "only a head", "cut off"],
)
@pytest.mark.django_db
def test_a_picture_that_cannot_be_read_gets_a_sentence_in_the_admin(data: Any) -> None:
    if data == "truncated":
        data = photo()[:400]
    staff = Client()
    staff.force_login(User.objects.create_superuser("admin"))
    upload = SimpleUploadedFile("photo.jpg", data, content_type="image/jpeg")
    said = {"title": "The kitchen table", "default_alt_text": "A table", "file": upload, "collection": 1}
    response = staff.post("/admin/images/add/", said)
    assert response.status_code == 200
    page = response.content.decode()
    assert "The kitchen table" in page, "what was typed stays"
    assert "error" in page.lower()
    assert not HubImage.objects.filter(title="The kitchen table").exists()
