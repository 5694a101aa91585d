"""What of a picture would be lost is said before it is taken; it comes back with the form, and needs one tick."""

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import UploadedFile

from hub.pages.admin import image_form, picture_asking
from hub.pages.models import HubImage, RemadePicture
from hub.pages.over_time.abandoned_uploads import forget_abandoned_uploads
from hub.pictures import losses
from tests.factories import Tree
from tests.pages.test_media import stored_image
from tests.pages.test_uploads import folder
from tests.picture_files import encoded, opened, scene

pytestmark = pytest.mark.django_db
MOVES, SEVERAL = losses.moves()["said"], losses.several(3)["said"]
CHOOSER = "image-chooser-upload-"


def moving(kind: str = "GIF") -> bytes:
    return encoded(scene(), kind, save_all=True, append_images=[scene().rotate(90)])


def pages_of_a_scan() -> bytes:
    return encoded(scene(), "TIFF", save_all=True, append_images=[scene(), scene()])


def answers_in(html: str) -> dict[str, str]:
    """What a browser would send back of this page, untouched: no file, no tick."""
    soup, said = BeautifulSoup(html, "html.parser"), {}
    for field in soup.select("input[name], textarea[name]"):
        if field.get("type") not in {"checkbox", "file", "submit"}:
            said[str(field["name"])] = str(field.get("value") or field.text.strip())
    for field in soup.select("option[selected]"):
        assert field.parent is not None
        said[str(field.parent["name"])] = str(field["value"])
    return said


def tick_in(html: str) -> dict[str, str]:
    box = BeautifulSoup(html, "html.parser").select_one("input[type=checkbox][name$=take_it]")
    assert box is not None, "no tick to take it like this"
    return {str(box["name"]): str(box["value"])}


class Screen:
    """One of Wagtail's ways to bring one picture in, as a browser meets it."""

    def __init__(self, client: Client, address: str, before: str = "") -> None:
        self.client, self.address, self.before = client, address, before
        self.html = ""

    def send(self, said: dict[str, Any], file: bytes | None = None, name: str = "IMG_Jane.gif") -> str:
        sent: Any = {**said, **({f"{self.before}file": SimpleUploadedFile(name, file)} if file else {})}
        answer = self.client.post(self.address, sent)
        if answer.headers["Content-Type"].startswith("application/json"):
            self.html = str(json.loads(answer.content).get("htmlFragment", ""))
        else:
            self.html = answer.content.decode()
        return self.html

    def first(self, file: bytes, words: str = "A table") -> str:
        said = {"title": "What was typed", "default_alt_text": words, "collection": folder(), "kept": ""}
        return self.send({self.before + name: value for name, value in said.items()}, file)

    def again(self, file: bytes | None = None, *, ticked: bool = False, **change: str) -> str:
        """What came back is sent once more."""
        said = answers_in(self.html) | (tick_in(self.html) if ticked else {})
        return self.send(said | {self.before + name: value for name, value in change.items()}, file)


@pytest.fixture(params=["add", "chooser"])
def screen(request: Any, client: Client, two_sections: Tree, clued_up_author: User) -> Screen:
    client.force_login(clued_up_author)
    if request.param == "add":
        return Screen(client, "/admin/images/add/")
    return Screen(client, "/admin/images/chooser/create/", CHOOSER)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(moving(), MOVES), (moving("WEBP"), MOVES), (pages_of_a_scan(), SEVERAL)],
    ids=["GIF", "WEBP", "TIFF"],
)
def test_it_is_said_first_and_taken_with_one_tick_and_nothing_has_to_be_typed_or_chosen_again(
    screen: Screen, data: bytes, sentence: str
) -> None:
    page = screen.first(data)
    assert sentence in page
    assert picture_asking.TICK in page
    assert picture_asking.KEPT in page
    assert answers_in(page)[f"{screen.before}title"] == "What was typed"
    assert not HubImage.objects.exists()
    assert sentence in screen.again(), "without the tick it is asked once more"
    assert not HubImage.objects.exists()
    screen.again(ticked=True)
    image = HubImage.objects.get()
    assert (image.title, image.default_alt_text) == ("What was typed", "A table")
    with image.file.open("rb") as stored:
        assert opened(stored.read()).size == scene().size
    assert not UploadedFile.objects.exists(), "what waited is gone"
    assert default_storage.listdir("wagtail_uploads")[1] == []


def test_what_loses_nothing_is_not_asked_about(screen: Screen) -> None:
    screen.first(encoded(scene(), "PNG"))
    assert HubImage.objects.count() == 1


def test_a_tick_counts_for_the_picture_that_was_asked_about(screen: Screen) -> None:
    screen.first(moving())
    assert SEVERAL in screen.again(pages_of_a_scan(), ticked=True)
    assert not HubImage.objects.exists()
    screen.again(ticked=True)
    assert HubImage.objects.count() == 1
    assert UploadedFile.objects.count() == 0


def test_another_picture_takes_the_place_of_the_one_that_waited(screen: Screen) -> None:
    screen.first(moving())
    screen.again(encoded(scene(30, 20), "PNG"))
    assert (HubImage.objects.get().width, HubImage.objects.get().height) == (30, 20)
    assert not UploadedFile.objects.exists()


def test_whatever_else_is_missing_the_picture_is_still_there(screen: Screen) -> None:
    page = screen.first(encoded(scene(), "JPEG"), words="")
    assert image_form.WITHOUT_WORDS in page
    assert picture_asking.KEPT in page
    assert "take_it" not in page
    screen.again(default_alt_text="A table")
    assert HubImage.objects.get().default_alt_text == "A table"


def test_the_tick_stays_when_a_word_is_missing(screen: Screen) -> None:
    screen.first(moving(), words="")
    page = screen.again(ticked=True)
    assert "checked" in str(BeautifulSoup(page, "html.parser").select_one("input[name$=take_it]"))
    screen.send(answers_in(page) | tick_in(page) | {f"{screen.before}default_alt_text": "A table"})
    assert HubImage.objects.count() == 1


def test_nobody_takes_what_waits_for_somebody_else(screen: Screen, carf_author: User) -> None:
    page = screen.first(moving())
    other = Client()
    other.force_login(carf_author)
    said = answers_in(page) | tick_in(page) | {f"{screen.before}collection": str(folder("carf"))}
    Screen(other, screen.address, screen.before).send(said)
    Screen(screen.client, screen.address, screen.before).send(said | {f"{screen.before}kept": "forged"})
    assert not HubImage.objects.exists()
    assert UploadedFile.objects.count() == 1


def test_what_waits_holds_nothing_hidden_and_is_gone_a_day_later(screen: Screen) -> None:
    screen.first(encoded(scene(), "GIF", save_all=True, append_images=[scene().rotate(90)], comment=b"Canary"))
    waiting = UploadedFile.objects.get()
    with waiting.file.open("rb") as stored:
        assert b"Canary" not in stored.read()
    assert "Jane" not in waiting.file.name
    forget_abandoned_uploads(timezone.now() + timedelta(days=2, minutes=1))
    assert not UploadedFile.objects.exists()
    assert not RemadePicture.objects.exists()
    assert "required" in screen.again(ticked=False), "then it has to be chosen again"


def test_a_picture_that_is_not_taken_does_not_replace_the_one_that_is_there(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    image = stored_image()
    HubImage.objects.update(collection=folder(), uploaded_by_user=clued_up_author)
    image.get_rendition("max-800x600").delete()
    screen = Screen(client, f"/admin/images/{image.pk}/")
    assert MOVES in screen.first(moving())
    now = HubImage.objects.get()
    assert (now.sha256, now.file.name) == (image.sha256, image.file.name)
    assert {size.made_from for size in now.renditions.all()} == {image.sha256}, "nor in any size"
    screen.again(ticked=True)
    assert HubImage.objects.get().sha256 != image.sha256


def test_of_several_at_once_each_says_what_it_would_lose(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    said = {"title": "x", "collection": folder(), "files[]": SimpleUploadedFile("IMG_Jane.gif", moving())}
    answer = json.loads(client.post("/admin/images/multiple/add/", said).content)
    assert answer["success"]
    assert MOVES in answer["form"]
    waiting = UploadedFile.objects.get()
    before, address = (
        f"uploaded-image-{waiting.pk}-",
        f"/admin/images/multiple/create_from_uploaded_image/{waiting.pk}/",
    )
    typed = {f"{before}title": "Table", f"{before}default_alt_text": "A table", f"{before}collection": str(folder())}
    again = json.loads(client.post(address, typed).content)["form"]
    assert MOVES in again
    assert picture_asking.TICK in again
    assert not HubImage.objects.exists()
    assert json.loads(client.post(address, typed | tick_in(again)).content)["success"]
    image = HubImage.objects.get()
    assert image.sha256
    assert not UploadedFile.objects.exists()
    plain = {"title": "x", "collection": folder(), "files[]": SimpleUploadedFile("a.png", encoded(scene(), "PNG"))}
    assert "take_it" not in json.loads(client.post("/admin/images/multiple/add/", plain).content)["form"]


def test_a_partners_logo_is_asked_about_in_the_same_way(client: Client, two_sections: Tree) -> None:
    client.force_login(User.objects.create_superuser("admin"))
    typed: dict[str, Any] = {
        "name": "New Partner", "short_name": "NP", "slug": "np", "strand": "kelp", "summary": "x", "kept": "",
    }  # fmt: skip
    screen = Screen(client, "/admin/partners/open/")
    page = client.post(screen.address, {**typed, "logo": SimpleUploadedFile("a.gif", moving())}).content.decode()
    assert MOVES in page
    assert not HubImage.objects.exists()
    client.post(screen.address, answers_in(page) | typed | {"kept": answers_in(page)["kept"]} | tick_in(page))
    assert HubImage.objects.get().title == "Logo of New Partner"
    assert not UploadedFile.objects.exists()


def test_a_picture_that_waited_is_not_written_down_twice(screen: Screen) -> None:
    """Each time a photo is made anew it loses a little: what we made ourselves is taken as it is."""
    screen.first(encoded(scene(), "JPEG", quality=60), words="")
    with UploadedFile.objects.get().file.open("rb") as stored:
        waiting = stored.read()
    screen.again(default_alt_text="A table")
    with HubImage.objects.get().file.open("rb") as stored:
        assert stored.read() == waiting
