"""Every public way out of the Hub, in one table. A new way out comes with its row; the withdrawal test walks it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client

from hub.stories.models import StoryPage
from tests.factories import Tree

Address = Callable[[Tree, StoryPage], str]


@dataclass(frozen=True)
class Surface:
    """`shows` is whether a lit story's words are to be seen there."""

    name: str
    address: Address
    shows: bool = True

    def body(self, client: Client, tree: Tree, story: StoryPage) -> str:
        response = client.get(self.address(tree, story))
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        return content.decode(errors="replace")


SURFACES = [
    Surface("story page", lambda tree, story: story.url),
    Surface("home", lambda tree, story: "/", shows=False),
    Surface("toolkit", lambda tree, story: tree.toolkit.url, shows=False),
    Surface("module", lambda tree, story: tree.module.url),
    Surface("activity", lambda tree, story: tree.activity.url, shows=False),
    Surface("section", lambda tree, story: tree.section.url),
    Surface("guidance", lambda tree, story: tree.guidance.url, shows=False),
    Surface("partners", lambda tree, story: "/partners/", shows=False),
    Surface("stories", lambda tree, story: tree.stories.url),
    Surface("search by word", lambda tree, story: "/search/?q=zaunkoenig"),
    Surface("search by some of the words", lambda tree, story: "/search/?q=zaunkoenig+xylophone"),
    Surface("search by kind", lambda tree, story: "/search/?kind=story"),
    Surface("sitemap", lambda tree, story: "/sitemap.xml"),
    Surface("feed", lambda tree, story: "/feed.xml"),
    Surface("what we did", lambda tree, story: "/you-said/", shows=False),
    Surface("what we did about a module", lambda tree, story: f"/you-said/?module={tree.module.pk}", shows=False),
    Surface("feedback about a module", lambda tree, story: f"/feedback/{tree.module.pk}/", shows=False),
    Surface("feedback about a story", lambda tree, story: f"/feedback/{story.pk}/", shows=False),
    Surface("thanks for feedback about a story", lambda tree, story: f"/feedback/{story.pk}/sent/", shows=False),
    Surface("unknown address", lambda tree, story: "/nowhere/", shows=False),
]
