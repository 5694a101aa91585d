"""A story of three, whose is which passage, and a form of the words that remain, sent as a browser sends it."""

from typing import Any

from django.http import QueryDict
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from hub.stories.models import OwnBlock, StoryPage, StoryParticipant, draft_of
from tests.factories import CANARY, Tree, _make_story, light, publish, words
from tests.remembered import remembered

HERS = "Zilpzalp"  # only in what the second person said
NEWER = "The wee room, told anew"


def story_of_three(tree: Tree) -> StoryPage:
    """Lit. The first and third tell in parts 1 and 3, the second in part 2; part 4 is the first's and the second's."""
    return remembered(("of three", tree.section.pk), lambda: new_story_of_three(tree))


def new_story_of_three(tree: Tree) -> StoryPage:
    story = _make_story(tree, 3, CANARY, {})
    story.body = [
        *words(f"I stood at the {CANARY}."),
        *words(f"And I heard a {HERS} sing outside, every single morning."),
        *words("We wrote it down."),
        *words("Both of us were tired."),
    ]
    publish(story)
    first, second, third = people_of(story)
    parts = [str(block.id) for block in draft_of(story).body]
    whose = [(first, 0), (second, 1), (third, 2), (first, 3), (second, 3)]
    OwnBlock.objects.bulk_create(OwnBlock(participation=person, block_id=parts[at]) for person, at in whose)
    return light(story)


def people_of(story: StoryPage) -> list[StoryParticipant]:
    return list(story.participations.select_related("participant", "story").order_by("pk"))


def sent_form(client: Client, story: StoryPage, *, act: str, tick_all: bool = True, **change: Any) -> dict[str, Any]:
    """What a browser would send of the open form; `body` replaces the blocks by (type, value as the form sends it)."""
    page = client.get(f"/admin/stories/{story.pk}/without/")
    form = page.context["form"]
    blocks = form["body"].value()
    sent = {name: form[name].value() for name in form.fields if name != "body"}
    body = change.pop("body", None)
    sent |= nested_form_data({"body": streamfield(body if body is not None else [_as_sent(b) for b in blocks])})
    if body is None:
        sent |= {f"body-{place}-id": block.id for place, block in enumerate(blocks)}
    sent["looked"] = [pointer.key for pointer, _ in page.context["pointers"]] if tick_all else []
    return {**sent, "act": act, **change}


def _as_sent(block: Any) -> tuple[str, Any]:
    if block.block_type == "text":
        return block.block_type, rich_text(block.value.source, features=["bold", "ol", "ul"])
    if block.block_type == "image":
        value = block.value
        return block.block_type, {
            "image": value["image"].pk,
            "alt_text": value["alt_text"],
            "caption": value["caption"],
        }
    return block.block_type, dict(block.value)


def post(client: Client, story: StoryPage, sent: dict[str, Any]) -> Any:
    return client.post(f"/admin/stories/{story.pk}/without/", sent)


def made_from(client: Client, story: StoryPage, **change: Any) -> StoryPage:
    """The new story, made on the screen by whoever is signed in at `client`."""
    before = set(StoryPage.objects.values_list("pk", flat=True))
    change.setdefault("title", NEWER)
    change.setdefault("summary", "About tea.")
    once = post(client, story, sent_form(client, story, act="keep", **change))
    assert once.status_code == 302, once.content.decode()
    answer = post(client, story, sent_form(client, story, act="make"))
    assert answer.status_code == 302, answer.context["form"].errors
    return StoryPage.objects.exclude(pk__in=before).get()


def as_query(sent: dict[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in sent.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query
