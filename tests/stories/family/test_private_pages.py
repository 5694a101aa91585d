"""A family's own pages, tried without an account: read, answer, look after one's words, and every wrong way in."""

import json
import re
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.law import AgeBand
from hub.stories.choices import Use
from hub.stories.family.asking import ask
from hub.stories.family.links import LETTERS, MOST_WRONG_CODES, issue
from hub.stories.ledger.lines import first_broken_link
from hub.stories.models import Answers, ChangeWanted, Consent, ConsentEvent, PrivateLink, StoryPage, draft_of
from hub.stories.review.decisions import approve_story
from hub.stories.rule import Decision, GivenBy
from tests.factories import CANARY, Tree, a_moderator, add_person, light, lit_story, make_story, wording, words
from tests.past import rewrite

pytestmark = pytest.mark.django_db
USES = [Use.WEBSITE, Use.PRINT_PACK]


@pytest.fixture
def worker(db: None) -> User:
    return User.objects.create_user("worker")


@pytest.fixture
def story(tree: Tree) -> StoryPage:
    wording()
    return make_story(tree)


@pytest.fixture
def asked(story: StoryPage, worker: User) -> str:
    return f"/yours/{ask(story.participations.get(), uses=USES, by=worker).address}/"


def answer(client: Client, at: str, **said: Any) -> Any:
    """Goes through every question as a browser would, and stops at "check your answers"."""
    answers = {"name": "none", "website": "yes", "print_pack": "no", "change": "no", **said}
    page = client.get(at + "read/")
    assert CANARY in page.content.decode()
    for name, value in answers.items():
        if name != "wanted":
            response = client.post(f"{at}question/{name}/", {"answer": value, "wanted": answers.get("wanted", "")})
            assert response.status_code == 302, response.content.decode()
    return client.get(at + "check/")


def end_cooling_off() -> None:
    rewrite(Consent.objects.all(), not_before=timezone.now())


def test_reading_answering_and_keeping_the_receipt(client: Client, story: StoryPage, asked: str) -> None:
    page = answer(client, asked)
    assert not Consent.objects.filter(decision__in=["given", "refused"]).exists(), "nothing is decided before sending"
    assert page.status_code == 200
    sent = client.post(asked + "check/")
    done = client.get(sent["Location"])
    assert "Thank you" in done.content.decode()
    assert dict(Consent.objects.exclude(decision="superseded").values_list("use", "decision")) == {
        "website": "given",
        "print_pack": "refused",
    }
    assert not client.cookies
    assert not ConsentEvent.objects.filter(kind="given", by_user_id__isnull=False).exists()
    assert first_broken_link() is None


def test_it_is_shown_after_the_days_to_think_and_a_moderators_approval(
    client: Client, story: StoryPage, asked: str
) -> None:
    answer(client, asked)
    client.post(asked + "check/")
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    assert client.get(story.url).status_code == 404
    end_cooling_off()
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    assert client.get(story.url).status_code == 200


def test_opening_any_page_changes_nothing(client: Client, asked: str) -> None:
    before = list(Consent.objects.values()), ConsentEvent.objects.count(), PrivateLink.objects.count()
    for at in ["", "read/", "question/website/", "check/", "answered/", "words/", "done/", "words/stop/"]:
        client.get(asked + at)
    assert (list(Consent.objects.values()), ConsentEvent.objects.count(), PrivateLink.objects.count()) == before


def test_sending_twice_from_two_tabs_or_with_the_back_button_counts_once(client: Client, asked: str) -> None:
    answer(client, asked)
    client.post(asked + "check/")
    lines = ConsentEvent.objects.count()
    again = client.post(asked + "check/")
    assert again.status_code == 302
    assert client.post(asked + "question/website/", {"answer": "no"}).status_code == 302
    assert ConsentEvent.objects.count() == lines
    assert "We have your answers" in client.get(asked, follow=True).content.decode()


def test_no_answer_is_ticked_beforehand_and_none_can_be_left_out(client: Client, asked: str) -> None:
    page = client.get(asked + "question/website/").content.decode()
    assert "checked" not in page
    wrong = client.post(asked + "question/website/", {})
    assert "Choose one answer" in wrong.content.decode()
    assert wrong.content.decode().count("Error:") == 1
    assert client.get(asked + "check/").status_code == 302


def test_what_was_typed_stays_when_something_is_wrong_and_when_the_line_drops(client: Client, asked: str) -> None:
    long = "x" * 5000
    wrong = client.post(asked + "question/change/", {"answer": "yes", "wanted": long})
    assert long in wrong.content.decode()
    assert "under 4,000 letters" in wrong.content.decode()
    client.post(asked + "question/change/", {"answer": "yes", "wanted": "The street"})
    assert "The street" in Client().get(asked + "question/change/").content.decode()


def test_who_stopped_part_way_reads_it_again_and_goes_on_where_they_were(client: Client, asked: str) -> None:
    def after_reading() -> str:
        return str(
            re.findall(r'class="button button--big" href="([^"]+)"', Client().get(asked + "read/").content.decode())[0]
        )

    assert after_reading() == asked + "question/name/"
    client.post(asked + "question/name/", {"answer": "none"})
    assert after_reading() == asked + "question/website/"
    answer(client, asked)
    assert after_reading() == asked + "question/change/", "nothing is sent by reading, and each answer can be changed"


def test_a_wish_to_change_something_waits_and_nothing_is_shown(client: Client, story: StoryPage, asked: str) -> None:
    page = answer(client, asked, change="yes", wanted="Leave out the street")
    assert "Leave out the street" in page.content.decode()
    client.post(asked + "check/")
    assert Consent.objects.filter(use="website", decision="deferred").count() == 1
    assert "Leave out the street" in ChangeWanted.objects.get().wanted


def test_another_way_of_being_named_is_a_wish_to_change_something(client: Client, asked: str) -> None:
    answer(client, asked, name="first_name")
    client.post(asked + "check/")
    assert "Only" not in ChangeWanted.objects.get().wanted
    assert "First name" in ChangeWanted.objects.get().wanted
    assert not Consent.objects.filter(decision="given").exists()


def test_what_was_typed_is_encrypted_in_the_database(client: Client, asked: str) -> None:
    from django.db import connection

    client.post(asked + "question/change/", {"answer": "yes", "wanted": "Mairi lives there"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT written FROM stories_answers")
        (stored,) = cursor.fetchone()
    assert "Mairi" not in stored
    assert "Mairi" in Answers.objects.get().written


def test_a_special_category_is_asked_about_in_so_many_words(client: Client, tree: Tree, worker: User) -> None:
    wording()
    story = make_story(tree, special_categories=["health"])
    at = f"/yours/{ask(story.participations.get(), uses=[Use.WEBSITE], by=worker).address}/"
    assert "Health" in client.get(at + "question/categories/").content.decode()
    for name, said in {"name": "none", "website": "yes", "categories": "no", "change": "no"}.items():
        client.post(f"{at}question/{name}/", {"answer": said})
    client.post(at + "check/")
    assert Consent.objects.get(decision="given").special_categories == []


def test_the_answer_is_about_the_words_that_were_read(client: Client, story: StoryPage, asked: str) -> None:
    shown = PrivateLink.objects.get().content_hash
    draft = draft_of(story)
    draft.body = words(f"Other {CANARY}")
    draft.save_revision()
    answer(client, asked)
    client.post(asked + "check/")
    assert Consent.objects.get(decision="given").content_hash == shown != draft_of(story).content_hash()


def test_words_changed_under_the_same_revision_cannot_be_answered(client: Client, story: StoryPage, asked: str) -> None:
    revision = PrivateLink.objects.get().revision
    assert revision is not None
    revision.content["told_by"] = "somebody else"
    revision.save()
    assert "being looked at again" in client.get(asked).content.decode()
    assert client.post(asked + "question/website/", {"answer": "yes"}).status_code == 302
    assert not Answers.objects.exists()


def kept(story: StoryPage, **how: Any) -> str:
    return f"/yours/{issue(story.participations.get(), PrivateLink.Purpose.KEEP, **how).address}/"


@pytest.mark.parametrize("act", ["pause", "stop", "erase"])
def test_two_taps_and_it_is_dark_on_the_next_request(client: Client, tree: Tree, act: str) -> None:
    story = lit_story(tree)
    at = kept(story)
    assert f"words/{'stop' if act == 'erase' else act}/" in client.get(at, follow=True).content.decode()
    client.get(f"{at}words/{act}/")
    assert client.get(story.url).status_code == 200, "opening the page does nothing yet"
    assert client.post(f"{at}words/{act}/").status_code == 302
    assert client.get(story.url).status_code == 404
    client.post(f"{at}words/{act}/")
    assert client.get(f"{at}words/{act}/done/").status_code == 200
    assert ChangeWanted.objects.count() == (1 if act == "erase" else 0)


def test_the_pause_can_be_ended(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    at = kept(story)
    client.post(at + "words/pause/")
    assert client.get(story.url).status_code == 404
    client.post(at + "words/go-on/")
    assert client.get(story.url).status_code == 200


def test_stopping_one_use_leaves_the_others(client: Client, tree: Tree) -> None:
    from tests.factories import yes

    story = lit_story(tree)
    yes(story.participations.get(), Use.SOCIAL)
    client.post(kept(story) + "words/stop-one/social/")
    assert client.get(story.url).status_code == 200
    assert Consent.objects.get(use="social").decision == "withdrawn"


def test_a_guardian_cannot_decide_for_somebody_of_thirteen(client: Client, tree: Tree) -> None:
    story = make_story(tree, people=0)
    add_person(story, age_band=AgeBand.AGE_12_15)
    light(story)
    at = kept(story, given_by=GivenBy.GUARDIAN)
    assert "own choice" in client.get(at + "words/stop/").content.decode()
    client.post(at + "words/stop/")
    assert client.get(story.url).status_code == 200


def test_a_guardian_of_a_younger_child_can(client: Client, tree: Tree) -> None:
    from tests.factories import yes

    story = make_story(tree, people=0)
    yes(add_person(story, age_band=AgeBand.UNDER_12), given_by=GivenBy.GUARDIAN)
    light(story)
    assert client.get(story.url).status_code == 200
    client.post(kept(story, given_by=GivenBy.GUARDIAN) + "words/stop/")
    assert client.get(story.url).status_code == 404


def test_the_code_on_the_card_opens_the_same_page(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    card = issue(story.participations.get(), PrivateLink.Purpose.KEEP)
    page = client.post("/yours/", {"code": f" {card.spoken_code.lower()} "}, follow=True)
    assert "Take it down" in page.content.decode()
    assert len(set(card.code) - set(LETTERS)) == 0


@pytest.mark.parametrize("typed", ["", "AAAA-BBBB-CCCC", "short", "x" * 200, "'; DROP TABLE", "ＡＡＡＡ"])
def test_a_wrong_code_gets_a_kind_sentence_and_keeps_what_was_typed(client: Client, typed: str) -> None:
    page = client.post("/yours/", {"code": typed}).content.decode()
    assert "There is a problem" in page
    assert typed[:30].replace("'", "&#x27;") in page


def test_guessing_codes_is_limited_and_a_right_one_then_waits_too(client: Client, tree: Tree) -> None:
    from django.core.cache import cache

    cache.clear()
    story = lit_story(tree)
    card = issue(story.participations.get(), PrivateLink.Purpose.KEEP)
    for _ in range(MOST_WRONG_CODES):
        client.post("/yours/", {"code": "AAAABBBBCCCC"})
    assert "too many wrong codes" in client.post("/yours/", {"code": card.code}).content.decode()
    cache.clear()


@pytest.mark.parametrize("wrong", ["nonsense", "c.forged", "c.", "x" * 300, "..", "%00"])
def test_a_wrong_old_or_cut_off_link_is_a_kind_page(client: Client, tree: Tree, asked: str, wrong: str) -> None:
    for at in ["", "read/", "words/"]:
        page = client.get(f"/yours/{wrong}/{at}")
        assert page.status_code == 404
        assert page.status_code != 500
    cut = client.get(asked[:-5] + "/")
    assert "This page is not open" in cut.content.decode()
    assert cut["Cache-Control"] == "private, no-store"


def test_a_link_that_was_replaced_or_has_ended_no_longer_opens(
    client: Client, story: StoryPage, asked: str, worker: User
) -> None:
    ask(story.participations.get(), uses=USES, by=worker)
    assert client.get(asked).status_code == 404


def test_one_persons_link_shows_nothing_of_anothers(client: Client, tree: Tree, worker: User) -> None:
    wording()
    mine, theirs = make_story(tree, text=CANARY), make_story(tree, text="Rotkehlchen")
    at = f"/yours/{ask(mine.participations.get(), uses=USES, by=worker).address}/"
    pages = "".join(client.get(at + part, follow=True).content.decode() for part in ["", "read/", "check/"])
    assert "Rotkehlchen" not in pages
    assert theirs.participations.get().participant.code not in pages


def test_headers_of_every_private_page(client: Client, asked: str) -> None:
    for at in [asked, asked + "read/", asked + "question/website/", "/yours/", "/yours/wrong/"]:
        response = client.get(at)
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
        assert b"exit" in response.content.lower()


def test_the_receipt_as_pdf_and_json_holds_no_word_of_the_story(client: Client, asked: str) -> None:
    answer(client, asked)
    at = client.post(asked + "check/")["Location"].removesuffix("done/")
    pdf = pypdf.PdfReader(BytesIO(client.get(at + "my-answers.pdf").content))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Read on this website" in text
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    written = client.get(at + "my-answers.json").content.decode()
    record = json.loads(written)
    said = [row["consent_status"] for row in record["pii_processing"]["purposes"]]
    assert said == ["dpv:ConsentGiven", "dpv:ConsentRefused"]
    assert record["schema_version"] == "ISO/IEC TS 27560:2023"
    assert CANARY not in text + written


def test_asking_again_leaves_a_yes_that_stands(tree: Tree, worker: User) -> None:
    story = lit_story(tree)
    ask(story.participations.get(), uses=[Use.WEBSITE], by=worker)
    assert Consent.objects.get(use="website").decision == Decision.GIVEN


@pytest.mark.parametrize("act", ["pause", "stop"])
def test_when_somebody_stops_it_the_others_links_show_no_word_of_it(
    client: Client, tree: Tree, worker: User, act: str
) -> None:
    story = lit_story(tree, people=2)
    one, other = story.participations.order_by("pk")
    at = f"/yours/{ask(other, uses=USES, by=worker).address}/"
    assert CANARY in client.get(at + "read/").content.decode()
    client.post(f"/yours/{issue(one, PrivateLink.Purpose.KEEP).address}/words/{act}/")
    for part in ["", "read/", "question/website/", "check/"]:
        page = client.get(at + part, follow=True).content.decode()
        assert CANARY not in page
        assert one.participant.code not in page, "nobody is told who it was"
    assert "being looked at again" in page


def test_somebody_who_stopped_it_and_is_asked_again_can_read_and_answer(
    client: Client, tree: Tree, worker: User
) -> None:
    story = lit_story(tree)
    person = story.participations.get()
    client.post(kept(story) + "words/stop/")
    at = f"/yours/{ask(person, uses=USES, by=worker, why_again='They rang').address}/"
    answer(client, at)
    client.post(at + "check/")
    assert client.get(story.url).status_code == 200
