"""What comes in from another Hub: all or nothing, as drafts, and a story without anybody's consent."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from hub.bounded_process import Limits
from hub.moving.arriving import bringing, reading
from hub.moving.arriving.bringing import (
    ADMINISTRATORS,
    ALREADY,
    CAME,
    DARK,
    MAY_NOT,
    NO_WORDS,
    OF_ALL,
    OPENED,
    OURS,
    SEVERAL,
    STAYS_OUT,
    bring_along,
)
from hub.moving.arriving.forgetting import forget_old_arrivals
from hub.moving.arriving.making import finish
from hub.moving.leaving.gathering import Wanted
from hub.moving.leaving.pages import Named, as_data
from hub.moving.leaving.taking import take_along
from hub.moving.models import Arrival
from hub.pages.models import ActivityPage, GuidancePage, HubImage, HubPage, ModulePage
from hub.partners.models import Partner
from hub.stories.models import StoryPage
from tests.factories import Tree, make_story, words
from tests.moving.test_taking_along import agreed, clued_up
from tests.pages.test_media import image_block, stored_image

pytestmark = pytest.mark.django_db
SCREEN = "/admin/moving/bring-along/"
OLD = "https://old.example"


@pytest.fixture
def admin(two_sections: Tree) -> User:
    return User.objects.create_superuser("admin")


def from_elsewhere(settings: Any, by: User, partner: Partner | None) -> bytes:
    """What is here, taken along as if it were another Hub's."""
    here, settings.HUB_ADDRESS = settings.HUB_ADDRESS, OLD
    out, _ = take_along(Wanted(partner), by=by)
    settings.HUB_ADDRESS = here
    with out:
        return out.read()


def changed(data: bytes, change: Callable[[dict[str, Any]], Any], **files: bytes) -> bytes:
    """The same zip with something else in its hub.json, and other files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        said = json.loads(old.read("hub.json"))
        said = change(said) or said
        new.writestr("hub.json", json.dumps(said) if not isinstance(said, str) else said)
        for name in old.namelist():
            if name.startswith(("pictures/", "documents/")):
                new.writestr(name, files.get(name.replace("/", "_").replace(".", "_"), old.read(name)))
    return out.getvalue()


def became(arrival: Arrival) -> dict[str, str]:
    assert not arrival.refused
    return {row["title"]: row["became"] for row in arrival.rows}


def said_about(arrival: Arrival, title: str) -> str:
    return " ".join(next(row["said"] for row in arrival.rows if row["title"] == title))


def same(old: Any, new: Any) -> None:
    """Whether two pages say the same, but for their numbers and what they point at."""
    apart = {"number", "parent", "address", "slug", "is_public", "first_published", "last_published"}
    left, right = (as_data(page.get_latest_revision_as_object(), Named(), public=set()) for page in (old, new))
    assert {k: v for k, v in left.items() if k not in {*apart, "fields"}} == {
        k: v for k, v in right.items() if k not in {*apart, "fields"}
    }
    points = {"body", "modules"}
    for name, value in left["fields"].items():
        if name not in points:
            assert right["fields"][name] == value


def test_everything_goes_round(settings: Any, two_sections: Tree, admin: User) -> None:
    old, story, image = two_sections.guidance, agreed(two_sections), stored_image()
    old.body = [
        ("text", f'<p>See <a linktype="page" id="{two_sections.module.pk}">it</a>, <b>then</b>.</p>'),
        image_block(image),
        ("accordion", {"items": [{"title": "What if?", "text": "<p>Wait.</p>"}]}),
    ]
    old.save_revision(user=admin).publish()
    data = from_elsewhere(settings, admin, None)
    arrival = bring_along(data, section=None, by=admin)
    assert not arrival.refused
    kinds = [(ModulePage, two_sections.module), (ActivityPage, two_sections.activity), (GuidancePage, old)]
    new: dict[Any, Any] = {kind: kind.objects.exclude(pk=page.pk).get() for kind, page in kinds}
    for kind, page in kinds:
        assert became(arrival)[page.title] == CAME
        assert new[kind].live is False
        assert PageLogEntry.objects.filter(page=new[kind].pk, user=admin).exists()
        same(kind.objects.get(pk=page.pk), new[kind])
    assert new[ActivityPage].get_parent().pk == new[ModulePage].pk
    guidance = new[GuidancePage].get_latest_revision_as_object()
    assert guidance.get_parent().pk == two_sections.section.pk
    assert [module.pk for module in guidance.modules.all()] == [new[ModulePage].pk]
    assert f'<a id="{new[ModulePage].pk}" linktype="page">it</a>, <b>then</b>' in guidance.body[0].value.source
    picture = guidance.body[1].value["image"]
    assert picture.pk != image.pk
    assert picture.collection.get_parent().name == "Clued Up"
    assert guidance.body[2].value["items"][0]["title"] == "What if?"
    told = StoryPage.objects.exclude(pk=story.pk).get()
    assert became(arrival)[f"Story {story.pk}"] == CAME
    assert DARK in said_about(arrival, f"Story {story.pk}")
    assert (told.title, told.participations.count(), told.slug != story.slug) == (story.title, 0, True)
    assert not StoryPage.objects.live().filter(pk=told.pk).exists()
    assert became(arrival)["Home"] == became(arrival)["Partners"] == STAYS_OUT
    pages, pictures = HubPage.objects.count(), HubImage.objects.count()
    again = bring_along(data, section=None, by=admin)
    assert {became(again)[page.title] for _, page in kinds} == {ALREADY}
    assert (HubPage.objects.count(), HubImage.objects.count()) == (pages, pictures)
    assert StoryPage.objects.filter(title__contains="counter").count() == 2
    assert story.title not in json.dumps([arrival.rows, again.rows])


def test_what_this_hub_has_itself_stays_as_it_is(two_sections: Tree, admin: User, clued_up_lead: User) -> None:
    out, _ = take_along(Wanted(clued_up()), by=clued_up_lead)
    with out:
        data = out.read()
    arrival = bring_along(data, section=two_sections.section, by=clued_up_lead)
    assert became(arrival)["The first five minutes"] == ALREADY
    assert GuidancePage.objects.count() == 1
    carf = HubPage.objects.get(slug="carf").specific
    assert became(bring_along(data, section=carf, by=admin))["The first five minutes"] == CAME


def test_into_ones_own_section_comes_what_is_of_one_partner(
    settings: Any, two_sections: Tree, admin: User, clued_up_author: User, carf_author: User
) -> None:
    data, carf = from_elsewhere(settings, admin, clued_up()), HubPage.objects.get(slug="carf").specific
    arrival = bring_along(data, section=carf, by=carf_author)
    assert became(arrival)["The first five minutes"] == CAME
    page = GuidancePage.objects.child_of(carf).get()
    assert (page.partner, page.owner) == (carf.organisation, carf_author)
    assert page.modules.get() == two_sections.module, "the module that is called the same here"
    assert became(bring_along(data, section=carf, by=carf_author))["The first five minutes"] == ALREADY
    assert bring_along(data, section=carf, by=clued_up_author).refused == MAY_NOT
    assert bring_along(data, section=None, by=clued_up_author).refused == ADMINISTRATORS
    everything = from_elsewhere(settings, admin, None)
    assert bring_along(everything, section=two_sections.section, by=clued_up_author).refused == SEVERAL

    def with_a_module(said: dict[str, Any]) -> None:
        said["taken"]["partner"] = "clued-up"

    arrival = bring_along(changed(everything, with_a_module), section=two_sections.section, by=clued_up_author)
    assert became(arrival)["Words and labels"] == became(arrival)["Label swap"] == OF_ALL
    assert ModulePage.objects.count() == 1


def test_a_partner_that_is_not_here_is_opened(settings: Any, two_sections: Tree, admin: User) -> None:
    data = from_elsewhere(settings, admin, clued_up())

    def another(said: dict[str, Any]) -> None:
        said["partners"][0] |= {"slug": "new", "name": "A new one", "short_name": "New"}
        for page in said["pages"]:
            page["partner"] = "new"

    arrival = bring_along(changed(data, another), section=None, by=admin)
    assert became(arrival)["A new one"] == OPENED
    assert GuidancePage.objects.get(partner__slug="new").get_parent().specific.organisation.is_open

    def twice(said: dict[str, Any]) -> None:
        another(said)
        said["partners"][0] |= {"slug": "newer", "name": "clued up"}
        said["pages"][1] |= {"partner": "newer", "number": 77_777}

    before = HubPage.objects.count()
    refused = bring_along(changed(data, twice), section=None, by=admin).refused
    assert "cannot be opened here" in refused
    assert HubPage.objects.count() == before


def a_zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def a_locked_zip() -> bytes:
    data = bytearray(a_zip(hub__json=b"{}"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def at(*path: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    """Puts `value` there."""

    def change(said: Any) -> None:
        for step in path[:-1]:
            said = said[step]
        said[path[-1]] = value

    return change


HOSTILE: dict[str, tuple[Any, str]] = {
    "no zip": (lambda data: b"%PDF-1.7", "it is no zip"),
    "another zip": (lambda data: a_zip(x__txt=b"x"), "There is no hub.json"),
    "locked": (lambda data: a_locked_zip(), "locked with a password"),
    "no JSON": (lambda data: a_zip(hub__json=b"{"), "is damaged"),
    "a bomb": (lambda data: a_zip(hub__json=b" " * (41 * 1024 * 1024)), "far more than it seems"),
    "deep": (lambda data: a_zip(hub__json=b'{"form":' + b"[" * 200_000), "is damaged"),
    "another form": (lambda data: a_zip(hub__json=b"[]"), "does not say that it is from a Hub"),
    "newer": (lambda data: changed(data, at("version", value=2)), "from a newer Hub"),
    "a title that is none": (
        lambda data: changed(data, at("pages", 0, "title", value=7)),
        "At pages, 0, title: 7 is not",
    ),
    "a way out of the zip": (
        lambda data: changed(data, at("pictures", 0, "file", value="../../etc/passwd")),
        "At pictures, 0, file",
    ),
    "one number twice": (
        lambda data: changed(data, lambda said: said["pages"].append(said["pages"][1])),
        "Two pages in it have the number",
    ),
}


@pytest.fixture
def taken(settings: Any, two_sections: Tree, admin: User) -> bytes:
    """Clued Up's guidance, with a picture."""
    two_sections.guidance.body = [*words("Say hello."), image_block(stored_image())]
    two_sections.guidance.save_revision(user=admin)
    return from_elsewhere(settings, admin, clued_up())


def test_what_is_not_of_the_form_is_refused_whole(taken: bytes, two_sections: Tree, clued_up_author: User) -> None:
    pages = HubPage.objects.count()
    for name, (hostile, sentence) in HOSTILE.items():
        arrival = bring_along(hostile(taken), section=two_sections.section, by=clued_up_author)
        assert sentence in arrival.refused, name
        assert arrival.rows == []
    assert HubPage.objects.count() == pages


def test_too_much_is_refused(taken: bytes, two_sections: Tree, clued_up_author: User, monkeypatch: Any) -> None:
    assert "at most 50 MB" in bring_along(taken, section=two_sections.section, by=clued_up_author, largest=9).refused
    with monkeypatch.context() as little:
        little.setattr(reading, "LIMITS", Limits(seconds=30, megabytes=1_024, answer_megabytes=0))
        refused = bring_along(taken, section=two_sections.section, by=clued_up_author).refused
        assert "too long or too much memory" in refused
    monkeypatch.setattr(bringing, "MOST_PAGES", 1)
    assert "at most 1 at once" in bring_along(taken, section=two_sections.section, by=clued_up_author).refused


def test_what_may_not_stand_on_a_page_is_left_out_and_said(
    taken: bytes, two_sections: Tree, clued_up_author: User
) -> None:
    film = {"form": "film", "title": "A", "url": "javascript:alert(1)", "minutes": None, "who": "B", "what": "C"}
    body: list[dict[str, Any]] = [
        {
            "type": "text",
            "value": '<p onclick="x">Hi<script>bad()</script> <a href="javascript:x">no</a></p><style>b</style>',
        },
        {"type": "text", "value": '<p><a href="page:999">gone</a> and <a href="https://example.org/">out</a></p>'},
        {"type": "film", "value": {**film, "transcript": "<p>x</p>"}},
        {"type": "image", "value": {"image": 1, "alt_text": "A", "decorative": False, "caption": ""}},
    ]

    def change(said: dict[str, Any]) -> None:
        page = next(one for one in said["pages"] if one["kind"] == "guidance")
        body[3]["value"]["image"] = said["pictures"][0]["number"]
        page["fields"]["body"] = body
        page |= {"audience": "nobody", "slug": "../x"}

    with zipfile.ZipFile(io.BytesIO(taken)) as files:
        picture = next(name for name in files.namelist() if name.startswith("pictures/"))
    bad = changed(taken, change, **{picture.replace("/", "_").replace(".", "_"): b"<svg onload=alert(1)>"})
    arrival = bring_along(bad, section=two_sections.section, by=clued_up_author)
    assert not arrival.refused
    page = GuidancePage.objects.exclude(pk=two_sections.guidance.pk).get().get_latest_revision_as_object()
    assert [block.block_type for block in page.body] == ["text", "text"]
    assert page.body[0].value.source == "<p>Hi no</p>"
    assert page.body[1].value.source == '<p>gone and <a href="https://example.org/">out</a></p>'
    assert page.audience == "everyone"
    assert page.slug == "the-first-five-minutes-2"
    said = said_about(arrival, "The first five minutes")
    for sentence in (
        "A link became plain words",
        "Film or sound elsewhere 3 was left out: Enter a valid URL",
        "who it is for",
        "Picture 4 was left out",
        "(“A kettle”) was left out: ",
    ):
        assert sentence in said


def test_all_comes_in_or_nothing(taken: bytes, two_sections: Tree, clued_up_author: User, monkeypatch: Any) -> None:
    pages, pictures = HubPage.objects.count(), HubImage.objects.count()
    stored: list[Any] = []

    def breaks(coming: Any, here: Any, collection: Any) -> None:
        finish(coming, here, collection)
        stored.extend(thing.file for thing in here.library.made.values())
        raise ZeroDivisionError

    monkeypatch.setattr(bringing, "finish", breaks)
    arrival = bring_along(taken, section=two_sections.section, by=clued_up_author)
    assert (arrival.refused, arrival.rows) == (OURS, [])
    assert (HubPage.objects.count(), HubImage.objects.count()) == (pages, pictures)
    assert stored
    assert not [file for file in stored if file.storage.exists(file.name)]


def test_an_activity_that_cannot_be_is_said_and_nothing_comes_in(
    settings: Any, two_sections: Tree, admin: User
) -> None:
    def change(said: dict[str, Any]) -> None:
        next(one for one in said["pages"] if one["kind"] == "activity")["fields"]["group_from"] = 99

    bad = changed(from_elsewhere(settings, admin, None), change)
    assert "“Label swap” says things that contradict each other" in bring_along(bad, section=None, by=admin).refused


def test_the_screen_says_what_became_of_each(
    client: Client, settings: Any, taken: bytes, two_sections: Tree, clued_up_author: User, carf_author: User
) -> None:
    client.force_login(clued_up_author)
    assert "CARF" not in client.get(SCREEN).content.decode()
    token = "5f0c6a0e-7a4e-4a43-9a0e-52e4cbb3a3b0"

    def send(section: Any, data: bytes = taken) -> str:
        said = {"section": section.pk, "file": SimpleUploadedFile("x.zip", data), "sent_once": token}
        return client.post(SCREEN, said, follow=True).content.decode()

    assert "You may not write in this section" in send(HubPage.objects.get(slug="carf"))
    for _ in range(2):  # a button pressed twice
        screen = send(two_sections.section)
        assert "The first five minutes" in screen
        assert STAYS_OUT in screen
    arrival = Arrival.objects.get()
    assert GuidancePage.objects.count() == 2
    client.force_login(carf_author)
    assert client.get(f"{SCREEN}{arrival.pk}/").status_code == 404
    clued_up_author.groups.clear()
    client.force_login(User.objects.get(pk=clued_up_author.pk))
    assert client.get(f"{SCREEN}{arrival.pk}/").status_code in {302, 404}, "who has left the partner"
    assert forget_old_arrivals(timezone.now()) == 0
    assert forget_old_arrivals(timezone.now() + timedelta(days=31)) == 1


def test_the_command_brings_it_in_too(taken: bytes, two_sections: Tree, clued_up_author: User, tmp_path: Any) -> None:
    place, out = tmp_path / "along.zip", io.StringIO()
    place.write_bytes(taken)
    who = ["--as", clued_up_author.username]
    call_command("bring_along", place, *who, "--section", "clued-up", stdout=out)
    assert f"The first five minutes: {CAME}" in out.getvalue()
    for wrong, sentence in (
        ([place, *who], "Nothing was brought in. Everything of a Hub"),
        ([place, *who, "--section", "nowhere"], "There is no section"),
        ([place, "--as", "nobody"], "Nobody signs in as"),
        ([tmp_path / "no.zip", *who, "--section", "clued-up"], "No such file"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("bring_along", *wrong, stdout=io.StringIO())


def test_a_story_without_its_words_is_said(settings: Any, two_sections: Tree, admin: User) -> None:
    story = make_story(two_sections)
    arrival = bring_along(from_elsewhere(settings, admin, None), section=None, by=admin)
    assert became(arrival)[f"Story {story.pk}"] == NO_WORDS
    assert StoryPage.objects.count() == 1
