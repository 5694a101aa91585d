"""A dark story and an address that never was are the same answer: bytes, headers, methods, variants, pictures."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.pages.models import HubImage, SearchEntry
from hub.stories.erasure.steps import erase
from hub.stories.models import StoryPage
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, lit_story, make_story, publish, words
from tests.owner import without_triggers
from tests.pages.test_media import story_with_picture

pytestmark = pytest.mark.django_db
NEVER = "s-neverwas"
VARIANTS = ["{}/", "{}/?utm=1", "{}/?preview=1&version=draft", "{}/edit/", "{}//", "{}", "{}.json", "{}/feed/"]


def same(one: Any, other: Any, slug: str) -> bool:
    """Equal but for the address that was asked for, which a redirect to the slash repeats."""
    headers = [{k: v.replace(slug, NEVER) for k, v in answer.headers.items()} for answer in (one, other)]
    return (one.status_code, one.content, headers[0]) == (other.status_code, other.content, headers[1])


def never_agreed(tree: Tree) -> StoryPage:
    return make_story(tree)


def withdrawn(tree: Tree) -> StoryPage:
    story = lit_story(tree)
    withdraw(story.participations.get())
    return story


def erased(tree: Tree) -> StoryPage:
    story = withdrawn(tree)
    erase(story.pk)
    return story


@pytest.mark.parametrize("how", [never_agreed, withdrawn, erased])
def test_whatever_is_asked_the_answer_is_the_same(client: Client, tree: Tree, how: Callable[[Tree], StoryPage]) -> None:
    story = how(tree)
    section = tree.section.url
    for method in ("get", "head", "post", "options", "put", "delete"):
        for variant in VARIANTS:
            ask = getattr(client, method)
            dark, never = ask(section + variant.format(story.slug)), ask(section + variant.format(NEVER))
            assert same(dark, never, story.slug), (method, variant)
            assert dark.status_code in {301, 404}
            assert CANARY not in dark.content.decode()


def test_conditional_and_partial_requests_find_nothing_either(client: Client, tree: Tree) -> None:
    story, address = story_with_picture(tree)
    lit = client.get(address)
    kept = {
        "HTTP_IF_NONE_MATCH": lit.headers.get("ETag", '"x"'),
        "HTTP_IF_MODIFIED_SINCE": "Wed, 25 Nov 2026 10:00:00 GMT",
    }
    withdraw(story.participations.get())
    for headers in (kept, {"HTTP_RANGE": "bytes=0-10"}, {"HTTP_ACCEPT_ENCODING": "gzip"}):
        for asked in (address, story.url):
            assert client.get(asked, **headers).status_code == 404  # type: ignore[arg-type]
            assert client.head(asked, **headers).status_code == 404  # type: ignore[arg-type]


def test_every_size_of_a_picture_is_gone_and_answers_as_one_that_never_was(client: Client, tree: Tree) -> None:
    story, _ = story_with_picture(tree)
    image = HubImage.objects.get()
    sizes = [image.get_rendition(f"{size}|format-webp").url for size in ("width-480", "width-800", "max-165x165")]
    sizes += [image.get_rendition("width-30|format-jpeg").url, image.get_rendition("original").url]
    assert {client.get(size).status_code for size in sizes} == {200}
    assert {client.get(size)["Cache-Control"] for size in sizes} == {"private, no-store"}
    withdraw(story.participations.get())
    never = client.get("/media/images/0123456789abcdef.width-30.webp")
    for size in sizes:
        answer = client.get(size)
        assert same(answer, never, "-")
    assert client.get(f"/media/{image.file.name}").status_code == 404


def test_a_story_leaves_neither_a_cookie_nor_a_validator(client: Client, tree: Tree) -> None:
    answer = client.get(lit_story(tree).url)
    assert not {"ETag", "Last-Modified", "Set-Cookie"} & set(answer.headers)
    assert not answer.cookies


def test_did_you_mean_tells_no_word_of_a_story_that_has_lapsed(client: Client, tree: Tree) -> None:
    """Its entry in the search stays until the jobs have run; whether a word is one of its words must not be seen."""
    story = lit_story(tree)
    tree.guidance.body = words(f"{CANARY}k stands here.")
    publish(tree.guidance)
    without_triggers(f"UPDATE pages_visibility SET public_until = statement_timestamp() WHERE page_id = {story.pk}")
    assert SearchEntry.objects.filter(page_id=story.pk).exists()
    for typed in (CANARY, f"{CANARY[:-1]}x"):  # a word of the story, and one that no page has
        assert f"{CANARY}k".lower() in client.get("/search/", {"q": typed}).content.decode().lower(), typed
