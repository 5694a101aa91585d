"""What staff wrote is told apart from what is somebody's own: own words are never handed on to anything that judges."""

from typing import Any

import pytest

from hub.pages.models import ModulePage
from hub.pages.words.passages import StaffPassage, staff_passages
from tests.factories import Tree, make_story

pytestmark = pytest.mark.django_db
OWN = "Zilpzalp"


def all_words(page: Any) -> str:
    return " ".join(passage.text for passage in staff_passages(page))


def test_a_storys_body_is_somebodys_own_and_what_stands_around_it_is_not(tree: Tree) -> None:
    story = make_story(tree, text="hat")
    heading = ("heading", {"text": OWN, "level": "h2"})
    picture = ("image", {"image": None, "alt_text": "A kettle", "decorative": False, "caption": "The wee room"})
    story.body = [("text", f"<p>{OWN}</p>"), heading, ("quote", {"text": OWN, "who": OWN, "made_up": False}), picture]
    found = all_words(story)
    assert OWN not in found
    for words in ["The counter hat", "About hat", "a parent", "A kettle", "The wee room"]:
        assert words in found


def test_a_quotation_on_a_staff_page_is_left_out_and_the_rest_is_plain_text(tree: Tree) -> None:
    guidance = tree.guidance
    guidance.body = [
        ("text", "<p>Say hello.</p><p>Tea &amp; biscuits</p>"),
        ("quote", {"text": OWN, "who": OWN, "made_up": False}),
        ("accordion", {"items": [{"title": "What if?", "text": "<p>Wait.</p>"}]}),
    ]
    found = staff_passages(guidance)
    assert StaffPassage("Body, part 1 (Text)", "Say hello.\nTea & biscuits\n") in found
    assert {"What if?", "Wait.\n"} <= {passage.text for passage in found}
    assert OWN not in all_words(guidance)


def test_what_families_said_is_left_out_and_our_answer_is_not(tree: Tree) -> None:
    entry = {"date": "2026-05-01", "who": OWN, "said": OWN, "changed": "We say people."}
    module = ModulePage(title="Words", body=[], made_with_families=[("entry", entry)])
    assert OWN not in all_words(module)
    assert "We say people." in all_words(module)


def test_what_a_film_says_is_left_out(tree: Tree) -> None:
    film = {"title": "A film", "url": "https://example.org/", "minutes": 6, "who": "A body", "what": "About stigma"}
    module = ModulePage(title="Words", body=[("film", {**film, "transcript": f"<p>{OWN}</p>"})])
    assert OWN not in all_words(module)
    assert "About stigma" in all_words(module)


def test_words_to_say_in_an_activity_are_the_staffs(tree: Tree) -> None:
    assert {"Walk", "Walk in.\n", "To look again."} <= {passage.text for passage in staff_passages(tree.activity)}
