"""The editors' queue: whose it is, what becomes of it, and that two who answer at once lose nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from hub.feedback import operations
from hub.feedback.models import Feedback
from hub.feedback.stamps import stamp_for
from tests.factories import Tree
from tests.personas import in_group

pytestmark = pytest.mark.django_db
State = Feedback.State
ANSWER = {
    "you_said": "The table was too small.",
    "outcome": "did",
    "our_words": "It is larger.",
    "answered_on": "2026-05-04",
}


def told(page: Any, words: str = "Zilpzalp says it is tiny", *, days_ago: int = 0, **fields: Any) -> Feedback:
    at = timezone.now() - timedelta(days=days_ago)
    return operations.receive(stamp_for(page), useful="no", words=words, at=at, **fields)


def at(kept: Feedback, do: str = "") -> str:
    return f"/admin/feedback/{kept.pk}/{do}"


def publish(client: Client, kept: Feedback, version: int = 0, **change: str) -> Any:
    return client.post(at(kept), {**ANSWER, "version": str(version), "publish": "1", **change})


def do(client: Client, kept: Feedback, what: str, version: int = 0, **more: Any) -> Any:
    return client.post(at(kept, "do/"), {"do": what, "version": str(version), **more})


def text(response: Any) -> str:
    return str(response.content.decode())


def test_each_queue_reaches_whoever_may_change_the_page_and_nobody_else(
    client: Client,
    two_sections: Tree,
    clued_up_author: User,
    carf_author: User,
    toolkit_editor: User,
    moderator: User,
) -> None:
    guidance, module = told(two_sections.guidance, "About guidance"), told(two_sections.module, "About a module")
    administrator = User.objects.create_superuser("root")
    seen = {
        clued_up_author: {guidance}, in_group("Clued Up: leads"): {guidance}, carf_author: set(),
        toolkit_editor: {module}, moderator: set(), administrator: {guidance, module},
    }  # fmt: skip
    for user, theirs in seen.items():
        client.force_login(user)
        listed = client.get("/admin/feedback/")
        assert listed.status_code == (404 if user == moderator else 200)
        for kept in (guidance, module):
            mine = kept in theirs
            assert (kept.words in text(listed)) is mine, (user, kept.words)
            assert client.get(at(kept)).status_code == (200 if mine else 404)
            if not mine:
                assert publish(client, kept).status_code == 404
                for what in ("note", "spam", "queue", "take_back", "blank"):
                    assert do(client, kept, what).status_code == 404
    assert set(Feedback.objects.values_list("version", flat=True)) == {0}


def test_feedback_about_a_deleted_page_stays_with_its_section(
    client: Client, two_sections: Tree, clued_up_author: User, carf_author: User, toolkit_editor: User
) -> None:
    guidance, activity = told(two_sections.guidance), told(two_sections.activity)
    two_sections.guidance.delete()
    two_sections.activity.delete()
    for user, kept, status in (
        (clued_up_author, guidance, 200), (carf_author, guidance, 404), (toolkit_editor, guidance, 404),
        (toolkit_editor, activity, 200), (clued_up_author, activity, 404),
    ):  # fmt: skip
        client.force_login(user)
        assert client.get(at(kept)).status_code == status
    client.force_login(clued_up_author)
    assert "is deleted, so no answer" in text(client.get(at(guidance)))
    assert "no place to show an answer" in text(publish(client, guidance))
    assert do(client, guidance, "note").status_code == 302


def test_the_oldest_is_first_with_its_age_and_only_a_yes_or_no_is_counted(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    told(two_sections.guidance, "The newer one", days_ago=2)
    told(two_sections.guidance, "The older one", days_ago=9)
    told(two_sections.guidance, "")
    client.force_login(clued_up_author)
    listed = text(client.get("/admin/feedback/"))
    assert listed.index("The older one") < listed.index("The newer one")
    assert "9 days" in listed
    assert '<td data-head="No">3</td>' in listed
    desk = text(client.get("/admin/"))
    assert "2 pieces of feedback wait for an answer" in desk
    assert "the oldest for 9 days" in desk


def test_menu_and_first_screen_show_it_only_to_those_with_a_queue(
    client: Client, two_sections: Tree, clued_up_author: User, moderator: User
) -> None:
    for user, shown in ((clued_up_author, True), (moderator, False)):
        client.force_login(user)
        desk = text(client.get("/admin/"))
        assert ("/admin/feedback/" in desk) is shown


def test_an_answer_is_previewed_published_changed_and_taken_back(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    kept = told(two_sections.guidance)
    client.force_login(clued_up_author)
    empty = text(client.get(at(kept)))
    assert 'name="you_said"' in empty
    assert "Zilpzalp" not in empty.partition('name="you_said"')[2].partition("</textarea>")[0]
    preview = text(client.post(at(kept), {**ANSWER, "version": "0", "preview": "1"}))
    assert "How it will read" in preview
    kept.refresh_from_db()
    assert (kept.state, kept.you_said) == (State.WAITING, "")
    assert publish(client, kept).status_code == 302
    assert ANSWER["you_said"] in text(Client().get(two_sections.guidance.url))
    assert publish(client, kept, 1, our_words="It is larger still.").status_code == 302
    assert "It is larger still." in text(Client().get("/you-said/"))
    assert do(client, kept, "take_back", 2).status_code == 302
    assert ANSWER["you_said"] not in text(Client().get("/you-said/"))
    again = text(client.get(at(kept)))
    assert ANSWER["you_said"] in again, "what was written is kept as a draft"
    actions = ModelLogEntry.objects.filter(action__startswith="hub.feedback").order_by("pk")
    assert [entry.action.rpartition(".")[2] for entry in actions] == ["published", "published", "taken_back"]
    assert not [entry for entry in actions if "Zilpzalp" in f"{entry.label}{entry.data}"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"you_said": "  "}, "Say in a sentence what people told us"),
        ({"you_said": "Ring 01632 960123 about it"}, "Take “01632 960123” out"),
        ({"you_said": "mo@example.org said so"}, "Take “mo@example.org” out"),
        ({"you_said": "Somebody in KY1 2AB"}, "Take “KY1 2AB” out"),
        ({"you_said": "x" * 100_000}, "at most 600"),
        ({"outcome": ""}, "Choose what came of it"),
        ({"outcome": "could_not", "our_words": " "}, "Say why we could not"),
        ({"our_words": ""}, "Say what we did"),
        ({"answered_on": "2999-01-01"}, "still to come"),
        ({"answered_on": "soon"}, "Write the day like this: 27/11/2026"),
    ],
)
def test_a_mistake_in_an_answer_gets_a_sentence_and_loses_nothing(
    client: Client, two_sections: Tree, clued_up_author: User, change: dict[str, str], sentence: str
) -> None:
    kept = told(two_sections.guidance)
    client.force_login(clued_up_author)
    response = publish(client, kept, 0, **change)
    assert response.status_code == 200
    assert sentence in text(response)
    for words in {**ANSWER, **change}.values():
        assert words.strip() in text(response)
    assert Feedback.objects.get().state == State.WAITING


def test_looking_at_it_needs_no_more_words(client: Client, two_sections: Tree, clued_up_author: User) -> None:
    client.force_login(clued_up_author)
    assert publish(client, told(two_sections.guidance), outcome="looking", our_words="").status_code == 302


def test_of_two_who_answer_at_once_the_second_is_told_and_loses_nothing(
    client: Client, two_sections: Tree, clued_up_author: User, clued_up_lead: User
) -> None:
    kept = told(two_sections.guidance)
    first, second = Client(), Client()
    first.force_login(clued_up_author)
    second.force_login(clued_up_lead)
    assert publish(first, kept).status_code == 302
    for button in ("publish", "preview"):
        mine = {**ANSWER, "our_words": "Mine, typed for an hour.", "version": "0", button: "1"}
        shown = text(second.post(at(kept), mine))
        assert "Somebody else has dealt with this" in shown
        assert "Mine, typed for an hour." in shown
        assert "It is larger." in shown
        assert 'name="version" value="1"' in shown
    assert Feedback.objects.get().our_words == "It is larger."
    assert publish(second, kept, 1, our_words="Mine, typed for an hour.").status_code == 302
    assert Feedback.objects.get().our_words == "Mine, typed for an hour."


@pytest.mark.parametrize("what", ["note", "spam", "queue", "take_back", "blank"])
def test_one_click_on_an_older_screen_changes_nothing(
    client: Client, two_sections: Tree, clued_up_author: User, what: str
) -> None:
    kept = told(two_sections.guidance)
    client.force_login(clued_up_author)
    publish(client, kept)
    shown = text(do(client, kept, what, 0, other="tiny"))
    assert "Somebody else has dealt with this" in shown
    assert 'value="tiny"' in shown
    assert Feedback.objects.get().state == State.ANSWERED


@pytest.mark.parametrize("version", ["", "x", "-1", "٣", "9" * 30])
def test_a_form_without_a_version_changes_nothing(
    client: Client, two_sections: Tree, clued_up_author: User, version: str
) -> None:
    kept = told(two_sections.guidance)
    client.force_login(clued_up_author)
    assert client.post(at(kept), {**ANSWER, "version": version, "publish": "1"}).status_code == 200
    assert Feedback.objects.get().state == State.WAITING


def test_noted_spam_and_back_into_the_queue(client: Client, two_sections: Tree, clued_up_author: User) -> None:
    kept = told(two_sections.guidance, suspected_because="It holds several links.")
    client.force_login(clued_up_author)
    listed = text(client.get("/admin/feedback/"))
    assert "May be spam (1)" in listed
    assert "Nothing waits." in listed
    assert "It holds several links." in text(client.get(at(kept)))
    for version, (what, state) in enumerate(
        [("queue", State.WAITING), ("note", State.NOTED), ("queue", State.WAITING), ("spam", State.SPAM)]
    ):
        assert do(client, kept, what, version).status_code == 302
        kept.refresh_from_db()
        assert kept.state == state
    assert do(client, kept, "nonsense", 4).status_code == 404
    assert client.get(at(kept, "do/")).status_code == 405


def test_a_published_answer_is_taken_back_before_it_is_noted_or_called_spam(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    kept = told(two_sections.guidance)
    client.force_login(clued_up_author)
    assert "There is no published answer" in text(do(client, kept, "take_back"))
    publish(client, kept)
    for what in ("note", "spam", "queue"):
        assert "Take it back first" in text(do(client, kept, what, 1))
    assert Feedback.objects.get().state == State.ANSWERED


def test_what_could_tell_who_it_was_is_flagged_and_blanked_out_for_good(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    words = "You can ask for Morag Bain on 01632 960123 or mo@example.org, KY1 2AB. She has asthma."
    kept = told(two_sections.guidance, words)
    client.force_login(clued_up_author)
    shown = text(client.get(at(kept)))
    assert "This may tell who somebody is (4)" in shown
    found = ["Morag Bain", "01632 960123", "mo@example.org", "KY1 2AB"]
    for piece in found:
        assert f'name="piece" value="{piece}"' in shown
    assert do(client, kept, "blank", piece=found, other="She has asthma.").status_code == 302
    kept.refresh_from_db()
    assert kept.words == "You can ask for [taken out] on [taken out] or [taken out], [taken out]. [taken out]"
    refused = text(do(client, kept, "blank", 1, other="not there"))
    assert "copy it word for word" in refused
    assert 'value="not there"' in refused


def test_a_preview_says_what_to_look_at_again(client: Client, two_sections: Tree, clued_up_author: User) -> None:
    kept = told(two_sections.guidance)
    client.force_login(clued_up_author)
    typed = {**ANSWER, "you_said": "A mum from Station Road said so.", "version": "0", "preview": "1"}
    assert "“Station Road” (street)" in text(client.post(at(kept), typed))


def test_an_answer_about_a_page_that_is_not_public_says_when_it_is_shown(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    kept = told(two_sections.guidance)
    two_sections.guidance.unpublish()
    client.force_login(clued_up_author)
    assert "not public at the moment" in text(client.get(at(kept)))
    publish(client, kept)
    assert ANSWER["you_said"] not in text(Client().get("/you-said/"))


def test_a_long_queue_has_pages(client: Client, two_sections: Tree, clued_up_author: User) -> None:
    for number in range(33):
        told(two_sections.guidance, f"Number {number}.")
    client.force_login(clued_up_author)
    assert "Page 1 of 2" in text(client.get("/admin/feedback/"))
    assert "Number 32." in text(client.get("/admin/feedback/?page=2"))
