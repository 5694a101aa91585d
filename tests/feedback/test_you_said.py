"""“You said, we did”: what staff wrote, on the page and on one page for all, while the page is public."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.feedback import operations
from hub.feedback.models import Feedback
from hub.feedback.operations import Answer
from hub.feedback.stamps import stamp_for
from hub.pages import pieces
from hub.partners.models import Partner
from tests.factories import Tree

pytestmark = pytest.mark.django_db
RAW = "Zilpzalp on Station Road says it is tiny"


def answered(
    page: Any, by: User, *, said: str = "It was too small.", outcome: str = "did", ours: str = "It is larger."
) -> Feedback:
    kept = operations.receive(stamp_for(page), useful="no", words=RAW)
    answer = Answer(you_said=said, outcome=outcome, our_words=ours, day=date(2026, 5, 4))
    return operations.publish_answer(kept, answer, by=by, version=kept.version)


@pytest.mark.parametrize("which", ["module", "activity", "guidance"])
def test_an_answer_stands_on_its_page_and_under_all_answers(
    client: Client, two_sections: Tree, toolkit_editor: User, which: str
) -> None:
    page = getattr(two_sections, which)
    answered(page, toolkit_editor)
    for address in (page.url, "/you-said/"):
        shown = client.get(address).content.decode()
        for words in ("You said", "It was too small.", "We did", "It is larger.", "4 May 2026"):
            assert words in shown
        assert "Zilpzalp" not in shown, "what people wrote is never shown"
    others = {two_sections.module.url, two_sections.activity.url, two_sections.guidance.url} - {page.url}
    for address in others:
        assert "It was too small." not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("could_not", "We could not, because"), ("looking", "We are looking at it")],
)
def test_a_no_is_an_answer_too(
    client: Client, two_sections: Tree, toolkit_editor: User, outcome: str, words: str
) -> None:
    answered(two_sections.module, toolkit_editor, outcome=outcome)
    assert words in client.get(two_sections.module.url).content.decode()


def test_an_answer_goes_with_its_page_and_comes_back_with_it(
    client: Client, two_sections: Tree, toolkit_editor: User
) -> None:
    answered(two_sections.guidance, toolkit_editor)
    two_sections.guidance.unpublish()
    assert "It was too small." not in client.get("/you-said/").content.decode()
    two_sections.guidance.save_revision().publish()
    assert "It was too small." in client.get("/you-said/").content.decode()
    Partner.objects.filter(slug="clued-up").update(is_open=False)
    assert "It was too small." not in client.get("/you-said/").content.decode()


def test_an_answer_of_a_deleted_page_is_gone(client: Client, two_sections: Tree, toolkit_editor: User) -> None:
    answered(two_sections.guidance, toolkit_editor)
    two_sections.guidance.delete()
    assert "It was too small." not in client.get("/you-said/").content.decode()
    assert Feedback.objects.get().page is None


def test_an_answer_taken_back_is_gone_with_the_next_request(
    client: Client, two_sections: Tree, toolkit_editor: User
) -> None:
    kept = answered(two_sections.module, toolkit_editor)
    operations.take_back(kept, by=toolkit_editor, version=kept.version)
    for address in (two_sections.module.url, "/you-said/"):
        assert "It was too small." not in client.get(address).content.decode()


def test_it_is_narrowed_down_by_module_by_who_answers_and_by_outcome(
    client: Client, two_sections: Tree, toolkit_editor: User
) -> None:
    answered(two_sections.activity, toolkit_editor, said="Said of the activity.")
    answered(two_sections.guidance, toolkit_editor, said="Said of guidance.", outcome="could_not")
    only = {
        f"module={two_sections.module.pk}": "Said of the activity.",
        "by=toolkit": "Said of the activity.",
        "by=clued-up": "Said of guidance.",
        "outcome=could_not": "Said of guidance.",
        "outcome=did": "Said of the activity.",
    }
    both = {"Said of the activity.", "Said of guidance."}
    for query, shown in only.items():
        body = client.get(f"/you-said/?{query}").content.decode()
        assert {words for words in both if words in body} == {shown}, query
    assert "None yet that fits" in client.get("/you-said/?by=carf").content.decode()


@pytest.mark.parametrize("query", ["module=nonsense", "by=nobody", "outcome=x", "module=99999999999999999999"])
def test_a_filter_nobody_understands_is_left_out_with_a_sentence(
    client: Client, two_sections: Tree, toolkit_editor: User, query: str
) -> None:
    answered(two_sections.module, toolkit_editor)
    shown = client.get(f"/you-said/?{query}&page=soon").content.decode()
    assert "did not understand what was asked for" in shown
    assert "It was too small." in shown


def test_a_page_shows_the_newest_five_and_leads_to_all(
    client: Client, two_sections: Tree, toolkit_editor: User
) -> None:
    for number in range(7):
        answered(two_sections.module, toolkit_editor, said=f"Number {number}.")
    shown = client.get(two_sections.module.url).content.decode()
    assert [number for number in range(7) if f"Number {number}." in shown] == [2, 3, 4, 5, 6]
    assert f'href="/you-said/?module={two_sections.module.pk}">There are more.' in shown
    assert "7 answers" in client.get(f"/you-said/?module={two_sections.module.pk}").content.decode()


def test_without_an_answer_a_page_says_nothing_of_it(client: Client, tree: Tree) -> None:
    assert 'id="part-said"' not in client.get(tree.module.url).content.decode()
    assert "No answer yet" in client.get("/you-said/").content.decode()


def test_the_words_of_staff_are_never_taken_for_markup(
    client: Client, two_sections: Tree, toolkit_editor: User
) -> None:
    answered(two_sections.module, toolkit_editor, said="<script>alert(1)</script>")
    for address in (two_sections.module.url, "/you-said/"):
        assert "<script>alert" not in client.get(address).content.decode()


def test_answers_cost_one_question_whatever_their_number(
    client: Client, two_sections: Tree, toolkit_editor: User
) -> None:
    def cost(address: str, *, anew: bool = False) -> int:
        client.get(address)
        if anew:
            pieces.forget()
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    empty = cost(two_sections.module.url, anew=True)
    for _ in range(8):
        answered(two_sections.module, toolkit_editor)
    assert cost(two_sections.module.url, anew=True) == empty
    assert cost("/you-said/") <= 8


def test_a_preview_of_a_page_that_was_never_saved_can_be_shown(client: Client, tree: Tree) -> None:
    from hub.feedback.templatetags.you_said import answers_about
    from hub.pages.models import ModulePage

    assert answers_about(ModulePage(title="New")) == []
