"""Every public page is valid HTML, as it is sent. The reader of it is tried on what is not."""

import pytest
from django.test import Client

from hub.pages.models import LanguagePage, TranslationPage
from tests.factories import Tree, lit_story, put, words
from tests.valid_html import mistakes


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ("<p>One<div>two</div></p>", "<div> in <p>"),
        ("<ul><p>x</p></ul>", "<p> right in <ul>"),
        ("<i id=a></i><i id=a></i>", "id a twice"),
        ("<a href=x><button>y</button></a>", "both to be tapped"),
        ("<b><i>x</b></i>", "</b> where <i> is open"),
        ("<label for=q>x</label>", "nothing has the id q"),
        ("<img src=x>", "a picture without alt"),
        ("<div style='x'></div>", "a style attribute"),
        ("<section>", "<section> is open"),
    ],
)
def test_what_is_not_valid_is_seen(html: str, wrong: str) -> None:
    assert mistakes(f"<!doctype html>{html}")
    assert wrong in mistakes(f"<!doctype html>{html}")[0]


@pytest.mark.django_db
def test_every_public_page_is_valid(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    polish = put(tree.toolkit, LanguagePage(title="Polski", code="pl"))
    page = put(polish, TranslationPage(title="Słowa", slug="slowa", translates=tree.module, body=words("Tekst.")))
    pages = [tree.toolkit, tree.module, tree.activity, tree.section, tree.guidance, tree.stories, story, polish, page]
    addresses = [
        "/", "/partners/", "/search/", "/search/?q=label", "/search/?q=zzzz&minutes=x", "/activities/", "/pack/",
        "/nowhere/", "/activities/?minutes=1", f"/pack/?items={tree.module.pk}", "/you-said/", "/what-uses-mean/",
        "/ask-us/", "/yours/", f"/feedback/{tree.module.pk}/", f"{tree.activity.url}?big=1",
        *(one.url for one in pages),
    ]  # fmt: skip
    found = {address: mistakes(client.get(address).content.decode()) for address in addresses}
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
