"""Hints for whoever writes: found in the staff's own words, said kindly, and never in anybody's way."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.pages.admin.hints import Hints, hints_for, words_that_hurt
from hub.pages.models import GlossaryTerm, GuidancePage
from hub.pages.words.passages import StaffPassage
from tests.factories import Tree, make_story, words

pytestmark = pytest.mark.django_db
LONG = "We ask everybody who comes to us to tell us " + "what they would like and " * 6 + "why."


def found(text: str, *terms: GlossaryTerm) -> list[str]:
    return [hint.found for hint in words_that_hurt([StaffPassage("Body", text)], terms or GlossaryTerm.objects.all())]


def draft(tree: Tree, text: str) -> GuidancePage:
    page = tree.guidance
    page.body = words(text)
    return page


def test_a_new_hub_has_a_list_to_begin_with() -> None:
    assert GlossaryTerm.objects.count() >= 25
    assert all(term.instead and term.why for term in GlossaryTerm.objects.all())


def test_a_word_is_found_in_any_form_and_case_and_not_inside_another() -> None:
    assert found("An Addict came, and two addicts.") == ["Addict"]
    assert found("Hard-to-reach families") == ["Hard-to-reach"]
    assert found("an addictive game, cleaning the kitchen, contacts") == []


def test_the_longest_phrase_wins() -> None:
    assert found("a drug addict") == ["drug addict"]


def test_signs_in_a_term_are_signs(db: None) -> None:
    odd = GlossaryTerm(term="C++ (test", other_forms="a.b, [x", instead="y", why="z")
    assert found("We write C++ (test here. axb", odd) == ["C++ (test"]
    assert found("and a.b", odd) == ["a.b"]


def test_without_a_term_nothing_is_found(db: None) -> None:
    GlossaryTerm.objects.all().delete()
    assert found("addict") == []


def test_a_word_that_is_switched_off_is_not_hinted_at(tree: Tree) -> None:
    GlossaryTerm.objects.filter(term="addict").update(is_active=False)
    assert hints_for(draft(tree, "An addict")).words == []


def test_each_place_is_named_once(tree: Tree) -> None:
    page = draft(tree, "An addict. An addict again.")
    page.summary = "About addicts"
    hint = hints_for(page).words[0]
    assert hint.where == ["Summary", "Body, part 1 (Text)"]


def test_hard_text_and_long_sentences_are_said_and_plain_text_is_not(tree: Tree) -> None:
    hard = "Notwithstanding subsequent consideration, organisational responsibilities necessitate authorisation. " * 6
    assert hints_for(draft(tree, hard)).age
    assert not hints_for(draft(tree, hard)).is_easy
    assert hints_for(draft(tree, LONG)).long_sentences
    plain = hints_for(draft(tree, "Say hello. Put the kettle on. Ask how they are. " * 5))
    assert (plain.is_easy, plain.long_sentences) == (True, [])


def test_an_empty_page_has_no_hints(tree: Tree) -> None:
    page = GuidancePage(title="", body=[])
    assert hints_for(page) == Hints([], None, [])


def test_nobodys_own_words_are_judged(tree: Tree) -> None:
    story = make_story(tree, text="hat")
    story.body = [("text", f"<p>I was a junkie. {LONG}</p>"), ("quote", {"text": "junkie", "who": "junkie"})]
    assert hints_for(story) == Hints([], None, [])
    page = draft(tree, "Hello.")
    page.body = [("quote", {"text": "I was a junkie.", "who": "A dad", "made_up": False})]
    assert hints_for(page).words == []


def test_hints_cost_one_query_and_read_the_text_once(
    tree: Tree, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draft(tree, "A long page about addicts. " * 2000)
    compiled: list[str] = []
    real = re.compile

    def counted(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return real(pattern, flags)

    monkeypatch.setattr(re, "compile", counted)
    with django_assert_num_queries(1):
        assert len(hints_for(page).words) == 1
    assert len([pattern for pattern in compiled if "addict" in pattern]) == 1


def test_the_editor_shows_them_and_saving_goes_on(client: Client, two_sections: Tree, clued_up_author: User) -> None:
    page = draft(two_sections, "An addict came.")
    page.save_revision(user=clued_up_author)
    client.force_login(clued_up_author)
    screen = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Nothing here stops you" in screen
    assert "Perhaps: somebody who uses drugs" in screen
    new = client.get(f"/admin/pages/add/pages/guidancepage/{two_sections.section.pk}/").content.decode()
    assert "Nothing here stops you" not in new


def test_toolkit_editors_keep_the_list_and_authors_do_not(
    client: Client, toolkit_editor: User, clued_up_author: User, moderator: User
) -> None:
    at = "/admin/snippets/pages/glossaryterm/add/"
    term = {"term": "Junk mail", "other_forms": "", "instead": "post", "why": "x", "is_active": "on"}
    for user in (clued_up_author, moderator):
        client.force_login(user)
        client.post(at, term)
        assert not GlossaryTerm.objects.filter(term="Junk mail").exists()
    client.force_login(toolkit_editor)
    client.post(at, term)
    assert GlossaryTerm.objects.filter(term="Junk mail").exists()
    again = client.post(at, {**term, "term": "JUNK mail"}).content.decode()
    assert "It is there." in again
    assert 'value="JUNK mail"' in again
