"""What could tell who a story is about: found where it stands, and what is nobody's is left alone."""

import pytest
from django.test import Client

from hub.pages.models import HelpLine
from hub.stories.review.jigsaw import details_in, known_names, pieces_of
from tests.factories import Tree, make_story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "sort", "words"),
    [
        ("Then Morag Bain came in.", "Full name", "Morag Bain"),
        ("her friend Mary-Jane O’Hara said", "Full name", "Mary-Jane O’Hara"),
        ("Ring me on 01592 960 123 please", "Phone number", "01592 960 123"),
        ("text 07700 900123", "Phone number", "07700 900123"),
        ("or +44 1592 960123", "Phone number", "+44 1592 960123"),
        ("write to morag.b@example.org today", "E-mail address", "morag.b@example.org"),
        ("in KY8 4QQ they", "Postcode", "KY8 4QQ"),
        ("at 14 High Street all winter", "Address", "14 High Street"),
        ("along Methil Brae with the pram", "Street", "Methil Brae"),
        ("at Buckhaven High they said", "School", "Buckhaven High"),
        ("Denbeath Primary was kind", "School", "Denbeath Primary"),
        ("on 12 March 2021 it", "Exact date", "12 March"),
        ("on March 12th it", "Exact date", "March 12th"),
        ("on 12/03/21 it", "Exact date", "12/03/21"),
        ("a red car, SN51 ABC, stood", "Car registration", "SN51 ABC"),
        ("my son, aged 7, said", "Exact age", "aged 7"),
        ("a 7-year-old", "Exact age", "7-year-old"),
    ],
)
def test_a_detail_is_found_once_and_as_what_it_is(text: str, sort: str, words: str) -> None:
    assert list(details_in(text)) == [(sort, words)]


@pytest.mark.parametrize(
    "text",
    [
        "They put the kettle on before they asked me anything.",
        "Then Morag came in.",
        "It was March, and a Monday in winter.",
        "We were 12 people and waited 30 minutes.",
        "I said No. She said Yes.",
        "In the end I went.",
        "",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert list(details_in(text)) == []


def test_partners_and_help_lines_are_no_familys_names(tree: Tree) -> None:
    HelpLine.objects.create(name="Breathing Space", phone="0800 83 85 87", when="Nights", last_checked="2026-01-01")
    text = "Clued Up told me of Breathing Space."
    assert list(details_in(text, known_names())) == []


def test_a_storytellers_own_words_are_read_too_and_each_detail_is_listed_once(tree: Tree) -> None:
    story = make_story(tree, text="hat")
    story.body = [
        ("text", "<p>Morag Bain lived at 14 High Street.</p>"),
        ("quote", {"text": "Morag Bain was kind.", "who": "", "made_up": False}),
        ("text", "<p>Morag Bain again.</p>"),
    ]
    assert [(piece.sort, piece.where) for piece in pieces_of(story)] == [
        ("Address", "Text"),
        ("Full name", "Text"),
        ("Full name", "Quotation"),
    ]


def test_the_moderator_sees_the_list(client: Client, two_sections: Tree, moderator: object) -> None:
    story = make_story(two_sections, text="hat")
    story.body = [("text", "<p>Morag Bain came.</p>")]
    story.save_revision()
    client.force_login(moderator)  # type: ignore[arg-type]
    page = client.get(f"/admin/stories/{story.pk}/review/").content.decode()
    assert "What could tell who they are" in page
    assert "Morag Bain" in page.split("What could tell who they are")[1].split("<h2>")[0]


def test_the_worker_sees_it_in_the_editor(client: Client, two_sections: Tree, clued_up_author: object) -> None:
    story = make_story(two_sections, text="hat")
    story.body = [("text", "<p>Morag Bain came.</p>")]
    story.save_revision()
    client.force_login(clued_up_author)  # type: ignore[arg-type]
    page = client.get(f"/admin/pages/{story.pk}/edit/").content.decode()
    assert "<strong>Full name:</strong> Morag Bain" in page


def test_a_long_story_is_read_in_one_go(django_assert_max_num_queries: object, tree: Tree) -> None:
    text = "Then Morag Bain went to Buckhaven High on 12 March. " * 1500
    assert len(list(details_in(text))) == 4500
