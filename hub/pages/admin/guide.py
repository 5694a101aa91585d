"""The Help menu: the guides for those who write, moderate and lead, from the very files under docs/.

Refuses to show any other file; a link of a guide to a document that the Hub does not show becomes plain words.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from wagtail.admin.menu import MenuItem

GUIDES = {
    "editors": "Guide: writing, and stories",
    "moderators": "Guide: moderating",
    "leads": "Guide: leading",
}


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as it is shown. `parts` are its headings, each with the place to jump to."""

    title: str
    parts: tuple[tuple[str, str], ...]
    words: SafeString


def guide(request: HttpRequest, name: str) -> HttpResponse:
    """One guide; 404 for a name that is none."""
    if name not in GUIDES:
        raise Http404
    return render(request, "pages/admin/guide.html", {"guide": guide_called(name), "icon": "help"})


@cache
def guide_called(name: str) -> Guide:
    """Read once: the files come with the Hub, and so does whoever wrote them."""
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse((settings.BASE_DIR / "docs" / f"{name}.md").read_text())
    title, tokens = tokens[1].content, tokens[3:]
    headings = [(token, tokens[at + 1]) for at, token in enumerate(tokens) if token.type == "heading_open"]
    for opened, words in headings:
        opened.attrSet("id", slugify(words.content))
    for token in tokens:
        for inner in token.children or []:
            _point(inner)
    parts = tuple((words.content, slugify(words.content)) for opened, words in headings if opened.tag == "h2")
    return Guide(title, parts, mark_safe(markdown.renderer.render(tokens, markdown.options, {})))  # noqa: S308 - ours


def _point(token: Token) -> None:
    """Pictures and other guides are where the admin has them."""
    if token.type == "image":
        token.attrSet("src", static(f"guide/{PurePosixPath(str(token.attrGet('src'))).name}"))
        token.attrSet("loading", "lazy")
    elif token.type == "link_open":
        name = PurePosixPath(str(token.attrGet("href"))).stem
        if name in GUIDES:
            token.attrSet("href", reverse("guide", args=[name]))
        elif "://" not in str(token.attrGet("href")):
            token.attrs.pop("href")


class GuideMenuItem(MenuItem):
    """One guide, under Help."""

    def __init__(self, name: str, order: int) -> None:
        super().__init__(
            GUIDES[name], reverse("guide", args=[name]), name=f"guide-{name}", icon_name="help", order=order
        )


def editors_guide() -> MenuItem:
    return GuideMenuItem("editors", 1)


def moderators_guide() -> MenuItem:
    return GuideMenuItem("moderators", 2)


def leads_guide() -> MenuItem:
    return GuideMenuItem("leads", 3)
