"""“Was this page useful?”: anybody may say, without a name, a cookie or a puzzle, and nothing they type is lost."""

from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from time_machine import travel

from hub.feedback import operations
from hub.feedback.models import Feedback
from hub.feedback.stamps import stamp_for
from hub.partners.models import Partner
from hub.upkeep.tick import tick
from tests.factories import Tree, lit_story

pytestmark = pytest.mark.django_db
SAID = {"useful": "no", "words": "The table is too small", "website": ""}
State = Feedback.State


@pytest.fixture(autouse=True)
def forget_counts() -> None:
    cache.clear()


def stamped(page: Any, *, ago: timedelta = timedelta(minutes=2)) -> str:
    with travel(timezone.now() - ago, tick=False):
        return stamp_for(page).sign()


def send(client: Client, page: Any, stamp: str | None = None, **change: str) -> Any:
    signed = stamped(page) if stamp is None else stamp
    return client.post(f"/feedback/{page.pk}/", {**SAID, "stamp": signed, **change})


def test_modules_activities_and_guidance_ask_and_stories_do_not(client: Client, tree: Tree) -> None:
    assert f'href="/feedback/{tree.activity.pk}/?ran=yes"' in client.get(tree.activity.url).content.decode()
    for page in (tree.module, tree.guidance):
        shown = client.get(page.url).content.decode()
        assert "Was this page useful?" in shown
        assert f'href="/feedback/{page.pk}/?useful=no"' in shown
        assert client.get(f"/feedback/{page.pk}/").status_code == 200
    story = lit_story(tree)
    for page in (story, tree.section, tree.home):
        assert "Was this page useful?" not in client.get(page.url).content.decode()
        assert client.get(f"/feedback/{page.pk}/").status_code == 404
        assert send(client, page, "").status_code == 404


def test_a_link_that_is_only_opened_changes_nothing(client: Client, tree: Tree) -> None:
    form = client.get(f"/feedback/{tree.module.pk}/?useful=yes").content.decode()
    assert 'value="yes" id="id_useful_0" checked' in form
    assert "Do not write" in form
    assert not Feedback.objects.exists()


def test_it_waits_for_the_section_of_the_page(client: Client, tree: Tree) -> None:
    sent = send(client, tree.guidance)
    assert sent["Location"] == f"/feedback/{tree.guidance.pk}/sent/"
    kept = Feedback.objects.get()
    assert (kept.page_id, kept.partner, kept.state) == (tree.guidance.pk, tree.guidance.partner, State.WAITING)
    thanks = client.get(sent["Location"]).content.decode()
    assert tree.guidance.url in thanks
    assert SAID["words"] not in thanks


def test_a_yes_alone_is_enough_and_asks_for_no_answer(client: Client, tree: Tree) -> None:
    send(client, tree.module, stamped(tree.module, ago=timedelta()), useful="yes", words="")
    assert Feedback.objects.get().state == State.NOTED


def test_no_cookie_is_set_and_nothing_is_kept_by_caches(client: Client, tree: Tree) -> None:
    addresses = (f"/feedback/{tree.module.pk}/", f"/feedback/{tree.module.pk}/sent/", "/you-said/", tree.module.url)
    posted = [send(client, tree.module), send(client, tree.module, words="", useful="")]
    for response in (*posted, *(client.get(address) for address in addresses)):
        assert not response.cookies
    for address in (f"/feedback/{tree.module.pk}/", "/you-said/"):
        assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"words": "", "useful": ""}, "Choose yes or no, or write a few words"),
        ({"words": " \n\t ", "useful": ""}, "Choose yes or no, or write a few words"),
        ({"words": "x" * 100_000}, "Please keep it under 4,000 letters"),
        ({"useful": "perhaps"}, "Choose yes or no, or leave both empty"),
    ],
)
def test_a_mistake_gets_a_sentence_and_loses_nothing(
    client: Client, tree: Tree, change: dict[str, str], sentence: str
) -> None:
    response = send(client, tree.module, **change)
    shown = response.content.decode()
    assert sentence in shown
    assert "<title>Error:" in shown
    assert {**SAID, **change}["words"] in shown
    assert not Feedback.objects.exists()


def test_the_same_form_sent_twice_is_one_and_other_words_are_another(client: Client, tree: Tree) -> None:
    stamp = stamped(tree.module)
    for _ in range(2):
        assert send(client, tree.module, stamp).status_code == 302
    assert Feedback.objects.count() == 1
    send(client, tree.module, stamp, words="I went back and said more")
    assert Feedback.objects.count() == 2


@pytest.mark.parametrize("ago", [timedelta(seconds=1), timedelta(hours=25)])
def test_too_quick_or_too_old_is_asked_again_and_loses_nothing(client: Client, tree: Tree, ago: timedelta) -> None:
    now = timezone.now()
    with travel(now, tick=False):
        shown = send(client, tree.module, stamped(tree.module, ago=ago))
    assert shown.status_code == 200
    assert "press Send again" in shown.content.decode()
    assert SAID["words"] in shown.content.decode()
    with travel(now + timedelta(seconds=10), tick=False):
        assert send(client, tree.module, shown.context["stamp"]).status_code == 302
    assert Feedback.objects.get().state == State.WAITING


@pytest.mark.parametrize("stamp", ["", "made-up", "a:b:c"])
def test_a_made_up_stamp_is_not_taken(client: Client, tree: Tree, stamp: str) -> None:
    assert "press Send again" in send(client, tree.module, stamp).content.decode()
    assert not Feedback.objects.exists()


def test_a_stamp_of_another_page_opens_no_other_page(client: Client, tree: Tree) -> None:
    tree.guidance.unpublish()
    assert send(client, tree.guidance, stamped(tree.module)).status_code == 404


def test_a_page_unpublished_meanwhile_still_hears_it(client: Client, tree: Tree) -> None:
    stamp = stamped(tree.guidance)
    tree.guidance.unpublish()
    shown = send(client, tree.guidance, stamp, words="x" * 5000).content.decode()
    assert "is not on the site any more" in shown
    sent = send(client, tree.guidance, stamp)
    assert sent.status_code == 302
    assert Feedback.objects.get().page_id == tree.guidance.pk
    thanks = client.get(sent["Location"]).content.decode()
    assert tree.guidance.url not in thanks
    assert client.get(f"/feedback/{tree.guidance.pk}/").status_code == 404


def test_a_page_deleted_meanwhile_is_kept_for_its_section(client: Client, tree: Tree) -> None:
    stamp, number, partner = stamped(tree.guidance), tree.guidance.pk, tree.guidance.partner
    tree.guidance.delete()
    assert client.post(f"/feedback/{number}/", {**SAID, "stamp": stamp}).status_code == 302
    kept = Feedback.objects.get()
    assert (kept.page, kept.partner, kept.about) == (None, partner, "The first five minutes")


def test_a_closed_partners_pages_ask_nothing(client: Client, tree: Tree) -> None:
    Partner.objects.filter(pk=cast("int", tree.guidance.partner_id)).update(is_open=False)
    assert client.get(f"/feedback/{tree.guidance.pk}/").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"website": "http://spam.example"},
        {"words": "Cheap https://pills.example and www.more.example"},
    ],
)
def test_what_looks_like_spam_is_marked_and_never_dropped(client: Client, tree: Tree, change: dict[str, str]) -> None:
    assert send(client, tree.module, **change).status_code == 302
    kept = Feedback.objects.get()
    assert kept.state == State.SUSPECTED
    assert kept.suspected_because
    assert kept.words == {**SAID, **change}["words"]


def test_the_same_words_again_and_again_are_marked(client: Client, tree: Tree) -> None:
    for _ in range(4):
        send(client, tree.module)
    assert Feedback.objects.filter(state=State.WAITING).count() == 2
    assert Feedback.objects.filter(state=State.SUSPECTED).count() == 2


def test_hundreds_an_hour_are_kept_folded_away_and_then_told_to_wait(client: Client, tree: Tree) -> None:
    stamp = stamped(tree.module)
    for number in range(60):
        assert send(client, tree.module, stamp, words=f"Number {number}").status_code == 302
    assert Feedback.objects.filter(state=State.WAITING).count() == 20
    refused = send(client, tree.module, stamp, words="Number 61")
    assert refused.status_code == 429
    assert "Number 61" in refused.content.decode()
    other = Client(REMOTE_ADDR="192.0.2.9")
    assert send(other, tree.module, words="From elsewhere").status_code == 302
    assert Feedback.objects.get(fingerprint=Feedback.objects.latest("pk").fingerprint).state == State.WAITING


def test_many_places_at_once_about_one_page_are_marked(client: Client, tree: Tree) -> None:
    stamp = stamped(tree.module)
    for number in range(102):
        send(Client(REMOTE_ADDR=f"192.0.2.{number}"), tree.module, stamp, words=f"Number {number}")
    assert Feedback.objects.filter(state=State.SUSPECTED).count() == 2


def test_what_is_written_is_encrypted_in_the_database(client: Client, tree: Tree) -> None:
    send(client, tree.module)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM feedback_feedback")
        assert "table" not in cursor.fetchone()[0]


def test_nothing_says_who_it_was(tree: Tree) -> None:
    names = {field.name for field in Feedback._meta.get_fields()}
    assert not names & {"name", "email", "address", "ip", "sender", "session"}


def receive(tree: Tree, words: str, *, at: datetime) -> Feedback:
    return operations.receive(stamp_for(tree.module), useful="no", words=words, at=at)


def test_words_are_erased_after_a_year_and_a_published_answer_stays(
    client: Client, two_sections: Tree, toolkit_editor: Any
) -> None:
    came = timezone.now()
    answered, waiting = receive(two_sections, "Zilpzalp one", at=came), receive(two_sections, "Zilpzalp two", at=came)
    answer = operations.Answer(you_said="Too small.", outcome="did", our_words="Larger.", day=timezone.localdate())
    operations.publish_answer(answered, answer, by=toolkit_editor, version=0)
    assert "Old feedback erased: 0." in tick(now=came + timedelta(days=364))
    assert "Old feedback erased: 2." in tick(now=came + timedelta(days=366))
    assert "Old feedback erased: 0." in tick(now=came + timedelta(days=367))
    answered.refresh_from_db()
    assert (answered.words, answered.you_said) == ("", "Too small.")
    assert not Feedback.objects.filter(pk=waiting.pk).exists()
    assert "Too small." in client.get("/you-said/").content.decode()


def test_spam_is_deleted_after_a_month_and_suspicion_is_not(two_sections: Tree, toolkit_editor: Any) -> None:
    came = timezone.now()
    spam = receive(two_sections, "Pills", at=came)
    operations.call_it_spam(spam, by=toolkit_editor, version=0)
    operations.receive(stamp_for(two_sections.module), useful="", words="Perhaps", suspected_because="Links.", at=came)
    assert operations.forget_old(came + timedelta(days=29)) == 0
    assert operations.forget_old(came + timedelta(days=31)) == 1
    assert Feedback.objects.get().state == State.SUSPECTED
