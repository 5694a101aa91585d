"""A link in a text, a list or a card leads to public pages only: the address of a dark one is a trace of it."""

import pytest
from django.template import Context, Template
from django.test import Client
from wagtail.rich_text import expand_db_html

from hub.pages.models import HubPage
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, lit_story, publish, words

pytestmark = pytest.mark.django_db


def link(page: HubPage) -> str:
    return f'<a linktype="page" id="{page.pk}">the words</a>'


def test_a_link_to_a_public_page_leads_there(tree: Tree) -> None:
    story = lit_story(tree)
    assert story.slug in expand_db_html(link(story))
    assert expand_db_html(link(tree.guidance)).startswith('<a href="/partners/clued-up/')


def test_after_a_withdrawal_only_the_words_of_the_link_stay(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    tree.guidance.body = words(link(story))
    publish(tree.guidance)
    assert story.slug in client.get(tree.guidance.url).content.decode()
    withdraw(story.participations.get())
    page = client.get(tree.guidance.url).content.decode()
    assert "<a>the words</a>" in page
    assert story.slug not in page


def test_a_link_to_a_draft_or_to_nothing_is_words(tree: Tree) -> None:
    HubPage.objects.filter(pk=tree.guidance.pk).update(live=False)
    assert expand_db_html(link(tree.guidance)) == "<a>the words</a>"
    assert expand_db_html('<a linktype="page" id="x">the words</a>') == "<a>the words</a>"
    assert expand_db_html('<a linktype="page">the words</a>') == "<a>the words</a>"


def test_one_question_for_all_links_of_a_text(tree: Tree, django_assert_max_num_queries: object) -> None:
    text = link(tree.guidance) + link(tree.section) + link(tree.guidance)
    with django_assert_max_num_queries(4):  # type: ignore[operator] # the pages, and one for each kind of page
        expand_db_html(text)


def test_an_embed_in_a_text_fetches_and_shows_nothing(tree: Tree) -> None:
    assert expand_db_html('<embed embedtype="media" url="https://example.org/film"/>') == ""
    with pytest.raises(Exception, match="wagtailsearchpromotions_tags"):
        Template("{% load wagtailsearchpromotions_tags %}").render(Context())
