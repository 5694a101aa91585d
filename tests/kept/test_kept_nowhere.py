"""Whatever names a story is kept by nobody, so that after a withdrawal no back button brings it up again."""

from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.test import Client
from django.urls import path

from hub.pages.models import HubPage, ModulePage
from hub.stories.choices import Use
from hub.stories.models import StoryPage
from hub.stories.withdrawal.stopping import withdraw
from hub.urls import urlpatterns
from tests.factories import CANARY, Tree, lit_story, make_story
from tests.surfaces import SURFACES, USES

pytestmark = pytest.mark.django_db
KEPT_NOWHERE = "private, no-store"
ANEW = "js/anew.js"


def names(story: StoryPage, text: str) -> bool:
    return story.slug in text or CANARY.lower() in text.replace(f"q={CANARY}".lower(), "").lower()


@pytest.mark.parametrize("use", USES, ids=str)
def test_what_names_a_story_is_kept_nowhere(tree: Tree, use: Use | None) -> None:
    surfaces = [surface for surface in SURFACES if surface.use == use]
    story = lit_story(tree)
    surfaces[0].agree(story)
    for surface in surfaces:
        answer, text = surface.ask(Client(), tree, story), surface.body(Client(), tree, story)
        if names(story, text):
            assert answer["Cache-Control"] == KEPT_NOWHERE, surface.name
            assert "noarchive" in answer["X-Robots-Tag"], surface.name
            is_a_page = "html" in answer["Content-Type"] and "attachment" not in answer.get("Content-Disposition", "")
            assert (ANEW in text) is is_a_page, surface.name
        assert names(story, text) >= surface.shows, surface.name


def test_a_list_without_any_story_may_be_asked_about_only(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    lists = [tree.stories.url, tree.module.url, tree.section.url]
    assert {client.get(one)["Cache-Control"] for one in lists} == {KEPT_NOWHERE}
    withdraw(story.participations.get())
    answers = [client.get(one) for one in lists]
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-cache"}
    assert not [answer for answer in answers if ANEW in answer.content.decode()]


def test_a_picture_of_guidance_may_be_kept_for_a_minute_as_before(client: Client, tree: Tree) -> None:
    from tests.pages.test_media import image_block, stored_image

    image = stored_image()
    tree.guidance.body = [image_block(image)]
    tree.guidance.save_revision().publish()
    assert "max-age=60" in client.get(image.get_rendition("width-30|format-webp").url)["Cache-Control"]


def by_title(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(page.title for page in StoryPage.objects.live()))


def among_all_pages(request: HttpRequest) -> HttpResponse:
    """Rows of the base table, with no column that says of what kind they are."""
    response = HttpResponse(", ".join(page.title for page in HubPage.objects.live().only("title")))
    response["Cache-Control"] = "public, max-age=3600"
    return response


def in_a_template_that_is_filled_late(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string("{% for page in pages %}{{ page.specific.title }}{% endfor %}")
    return HttpResponse(template.render({"pages": HubPage.objects.live()}))


def beside_a_module(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str([p.title for m in ModulePage.objects.live() for p in m.story_pages.live()]))


def as_plain_rows(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(HubPage.objects.live().values_list("title", flat=True)))


def as_plain_rows_with_their_kind(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(list(HubPage.objects.live().values("title", "content_type__model"))))


def while_it_is_sent(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(page.title for page in StoryPage.objects.live())


def nothing_of_a_story(request: HttpRequest) -> HttpResponse:
    modules = HubPage.objects.live().filter(content_type__model="modulepage")
    rows = [list(modules.specific()), list(modules.values_list("title", "content_type__model")), list(modules)]
    response = HttpResponse(str(rows))
    response["Cache-Control"] = "public, max-age=3600"
    return response


@pytest.mark.parametrize(
    "view",
    [
        by_title,
        among_all_pages,
        in_a_template_that_is_filled_late,
        beside_a_module,
        as_plain_rows,
        as_plain_rows_with_their_kind,
        while_it_is_sent,
    ],
)
def test_a_view_that_nobody_thought_of_is_covered(client: Client, tree: Tree, settings: Any, view: Any) -> None:
    story = lit_story(tree)
    settings.ROOT_URLCONF = urls_with(view)
    answer = client.get("/tomorrow/")
    content: Any = answer.getvalue()
    assert story.title in content.decode()
    assert answer["Cache-Control"] == KEPT_NOWHERE


def test_a_view_that_reads_no_story_decides_for_itself(client: Client, tree: Tree, settings: Any) -> None:
    lit_story(tree)
    settings.ROOT_URLCONF = urls_with(nothing_of_a_story)
    assert client.get("/tomorrow/")["Cache-Control"] == "public, max-age=3600"


def urls_with(view: Any) -> Any:
    urls: Any = ModuleType("urls_of_tomorrow")
    urls.urlpatterns = [path("tomorrow/", view), *urlpatterns]
    return urls


def test_one_answer_says_nothing_about_the_next(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    client.get(story.url)
    assert client.get(tree.guidance.url)["Cache-Control"] == "private, no-cache"


def test_an_address_without_a_page_says_nothing_of_what_was_read(client: Client, tree: Tree) -> None:
    story = make_story(tree)
    dark, never = client.get(story.url), client.get("/nowhere/")
    assert (dark.status_code, dark.content, dark.headers) == (404, never.content, never.headers)
    assert ANEW not in dark.content.decode()
