"""A story is in a pack only while everybody in it agrees to print these very words; a pack says when that changes."""

import io
import re
from typing import Any

import pypdf
import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.packs import making, stories
from hub.packs.documents import Cover
from hub.packs.making import ChangedMeanwhile, make
from hub.packs.models import Pack
from hub.packs.wishes import Wish
from hub.pages.models import HelpLine
from hub.stories.choices import Use
from hub.stories.consent.answers import pause
from hub.stories.erasure.check import verify
from hub.stories.erasure.steps import erase
from hub.stories.family.links import issue
from hub.stories.light.publishing import publish_when_agreed
from hub.stories.models import CaseLine, PrivateLink, StoryPage, StoryUse
from hub.stories.review.decisions import approve_story
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, a_moderator, add_person, handed_in, lit_story, words, yes
from tests.packs.test_pack_files import file_of
from tests.packs.test_packs import printable
from tests.surfaces import text_of

pytestmark = pytest.mark.django_db
LINE = "that is not part of this pack"


def made(story: StoryPage, tree: Tree, form: str = "html", **cover: Any) -> tuple[Pack, str]:
    """A pack with the module and this story, and its text."""
    file = make([tree.module.pk, story.pk], Cover(form=form, **cover))
    return Pack.objects.get(code=file.code), text_of(file.data) if form == "pdf" else file.data.decode()


def asked_about(client: Client, pack: Pack) -> str:
    return re.sub(r"\s+", " ", client.get(f"/pack/{pack.code}/").content.decode())


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_a_story_everybody_agreed_to_print_is_in_it_and_in_the_register(client: Client, tree: Tree, form: str) -> None:
    story = printable(tree, people=2)
    pack, text = made(story, tree, form, copies=30, title="Mairi’s group")
    assert text.index("Before you hand this on") < text.index(f"I stood at the {CANARY}")  # on no page of its own
    assert LINE not in text
    used = StoryUse.objects.get()
    assert (used.story_id, used.use, used.copies, used.recorded_by) == (story.pk, "print_pack", 30, None)
    assert (used.content_hash, used.revision_id) == (story.content_hash(), story.live_revision_id)
    assert used.where == f"Pack {pack.code}"
    assert verify(["Mairi"]) == []


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_one_person_who_did_not_agree_is_enough_for_the_neutral_line(client: Client, tree: Tree, form: str) -> None:
    story = printable(tree)
    third = add_person(story)
    yes(third)
    assert client.get(story.url).status_code == 200
    _, text = made(StoryPage.objects.get(pk=story.pk), tree, form)
    assert CANARY not in text
    assert LINE in text
    assert not StoryUse.objects.exists()


def test_a_withdrawn_a_paused_and_a_never_asked_story_read_the_same(tree: Tree) -> None:
    stopped, paused, never = (printable(tree, text=f"{CANARY}{n}") for n in "abc")
    withdraw(stopped.participations.get())
    for consent in paused.participations.get().consents.filter(use=Use.PRINT_PACK):
        pause(consent)
    withdraw(never.participations.get(), uses=[Use.PRINT_PACK])
    texts = {
        re.sub(r"[A-Z0-9]{4}-[A-Z0-9]{4}|part-\d+", "", made(story, tree)[1]) for story in (stopped, paused, never)
    }
    assert len({re.sub(r"(?s)<svg.*?</svg>", "", text) for text in texts}) == 1
    assert LINE in texts.pop()


def test_other_words_than_those_agreed_to_are_not_printed(tree: Tree) -> None:
    story = printable(tree)
    StoryPage.objects.filter(pk=story.pk).update(told_by="somebody else")
    assert stories.as_agreed(story.pk) is None
    assert LINE in made(story, tree)[1]


def test_a_story_taken_back_while_the_pack_is_made_is_not_handed_out(tree: Tree, monkeypatch: Any) -> None:
    story = printable(tree)
    write = making.WRITTEN["html"]
    times: list[int] = []

    def slowly(pack: Any) -> Any:
        written = write(pack)
        if not times:
            withdraw(story.participations.get())
        times.append(1)
        return written

    monkeypatch.setitem(making.WRITTEN, "html", slowly)
    _, text = made(story, tree)
    assert len(times) == 2
    assert CANARY not in text
    assert not StoryUse.objects.exists()


def test_a_story_that_changes_each_time_is_given_up_with_a_sentence(
    client: Client, tree: Tree, monkeypatch: Any
) -> None:
    def never(pack: Any, begins: Any, *, counts: bool = True) -> None:
        raise ChangedMeanwhile

    monkeypatch.setattr(making, "hand_out", never)
    wish = Wish((printable(tree).pk,))
    once = re.search(r'name="once" value="([^"]+)"', client.get(wish.address()).content.decode())
    assert once
    answer = client.post("/pack/make/", {"pack": wish.query(), "form": "html", "once": once[1]})
    assert "changed while it was being made" in answer.content.decode()


def test_a_form_that_is_sent_twice_is_one_line(client: Client, tree: Tree) -> None:
    wish = Wish((printable(tree).pk,))
    once = re.search(r'name="once" value="([^"]+)"', client.get(wish.address()).content.decode())
    assert once
    said = {"pack": wish.query(), "form": "html", "once": once[1], "copies": "5"}
    assert client.post("/pack/make/", said).content == client.post("/pack/make/", said).content
    assert StoryUse.objects.count() == 1
    file_of(client, wish, "html")
    assert StoryUse.objects.count() == 2


def test_a_file_with_a_story_is_kept_by_nobody_and_names_nothing(client: Client, tree: Tree) -> None:
    wish = Wish((printable(tree).pk,), title="Mairi")
    once = re.search(r'name="once" value="([^"]+)"', client.get(wish.address()).content.decode())
    assert once
    answer = client.post("/pack/make/", {"pack": wish.query(), "form": "pdf", "once": once[1]})
    assert answer["Cache-Control"] == "private, no-store"
    assert re.fullmatch(r'attachment; filename="pack-[A-Z0-9]{4}-[A-Z0-9]{4}\.pdf"', answer["Content-Disposition"])
    assert not answer.cookies


def test_ready_packs_hold_no_story(client: Client, tree: Tree) -> None:
    story = printable(tree)
    page = client.get(f"{tree.module.url}pack.html").content.decode()
    assert CANARY not in page
    assert story.slug not in page
    assert not StoryUse.objects.exists()


def test_whoever_scans_is_told_yes_or_which_pages_and_never_why(client: Client, tree: Tree) -> None:
    story = printable(tree)
    pack, _ = made(story, tree, "pdf")
    assert "Yes, this pack is still current" in asked_about(client, pack)
    (first, last) = next((first, last) for number, _, first, last in pack.parts if number == story.pk)
    assert first == last
    withdraw(story.participations.get())
    page = asked_about(client, pack)
    assert "Not all of this pack is current" in page
    assert f"<h2>Take out</h2> <ul> <li><strong>page {first}</strong></li> </ul>" in page
    assert "Print anew" not in page
    for clue in (CANARY, "withdr", "consent", "P-0001", story.told_by):
        assert clue not in page


def test_pages_that_changed_come_as_one_file(client: Client, tree: Tree) -> None:
    pack, _ = made(printable(tree), tree, "pdf")
    tree.module.body = words("Said in another way.")
    tree.module.save_revision().publish()
    page = asked_about(client, pack)
    assert "Print anew" in page
    assert "Words and labels" in page
    answer = client.post(f"/pack/{pack.code}/again/")
    text = text_of(answer.content)
    assert "Said in another way." in text
    assert f"New pages for pack {pack.code}" in text.replace("- ", "-")
    assert CANARY not in text
    assert len(pypdf.PdfReader(io.BytesIO(answer.content)).pages) == 5


def test_a_page_that_was_only_checked_again_is_still_current(client: Client, tree: Tree) -> None:
    pack, _ = made(printable(tree), tree)
    tree.module.last_checked = "2026-11-27"
    tree.module.save_revision().publish()
    assert "Yes, this pack is still current" in asked_about(client, pack)


def test_a_new_number_to_ring_is_a_page_to_print_anew(client: Client, tree: Tree) -> None:
    line = HelpLine.objects.create(
        name="Childline", phone="0800 1111", when="Always", topics=[], last_checked="2026-01-01"
    )
    pack, text = made(printable(tree), tree)
    assert "0800 1111" in text
    HelpLine.objects.filter(pk=line.pk).update(phone="0800 2222")
    assert "If you want to talk to someone" in asked_about(client, pack)
    assert "0800 2222" in client.post(f"/pack/{pack.code}/again/").content.decode()


def test_new_words_that_are_agreed_to_are_printed_anew_with_a_line_of_their_own(client: Client, tree: Tree) -> None:
    story = printable(tree)
    pack, _ = made(story, tree)
    draft = story.get_latest_revision_as_object()
    draft.body = words(f"Other words, {CANARY}.")
    draft.save_revision()
    draft = handed_in(StoryPage.objects.get(pk=story.pk)).get_latest_revision_as_object()
    for use in (Use.WEBSITE, Use.PRINT_PACK):
        yes(story.participations.get(), use, revision_of=draft)
    approve_story(draft, moderator=a_moderator())
    assert publish_when_agreed(story.pk)
    page = asked_about(client, pack)
    assert "Print anew" in page
    assert story.title not in page
    assert "Other words" in client.post(f"/pack/{pack.code}/again/").content.decode()
    assert StoryUse.objects.count() == 2


def test_a_withdrawal_lists_the_packs_and_so_does_the_persons_own_page(client: Client, tree: Tree) -> None:
    story = printable(tree)
    pack, _ = made(story, tree, copies=12)
    address = issue(story.participations.get(), PrivateLink.Purpose.KEEP).address
    assert f"Pack {pack.code}, 12 copies" in client.get(f"/yours/{address}/words/").content.decode()
    withdraw(story.participations.get())
    line = CaseLine.objects.get(target__startswith="used-")
    assert f"Pack {pack.code}, 12 copies" in line.description
    assert line.state == "cannot_be_recalled"


def test_the_register_says_that_the_hub_wrote_it_for_a_reader(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    made(printable(two_sections), two_sections)
    client.force_login(clued_up_author)
    assert "the Hub, for a reader" in client.get("/admin/stories/uses/").content.decode()


def test_erasing_leaves_no_word_and_no_digest_that_matches(client: Client, tree: Tree) -> None:
    story = printable(tree)
    pack, _ = made(story, tree, title="Tuesday")
    digest = story.content_hash()
    withdraw(story.participations.get())
    erase(story.pk)
    assert verify([CANARY, digest]) == []
    assert "Take out" in asked_about(client, pack)
    assert client.get(Wish((tree.module.pk, story.pk)).address()).status_code == 200


@pytest.mark.parametrize("code", ["AAAA-BBBB", "x", "%00", "' OR 1", "😀", "-" * 300])
def test_a_code_that_we_do_not_know_gets_a_page_that_says_so(client: Client, tree: Tree, code: str) -> None:
    for answer in (client.get(f"/pack/{code}/"), client.get("/pack/code/", {"code": code}, follow=True)):
        assert answer.status_code == 404
        assert "We know no pack with this code" in answer.content.decode()
    assert client.post(f"/pack/{code}/again/", follow=True).status_code == 404
    assert client.get("/pack/code/", follow=True).status_code == 404


def test_a_code_is_found_however_it_is_typed(client: Client, tree: Tree) -> None:
    pack, _ = made(printable(tree), tree)
    for typed in (pack.code.lower(), pack.code.replace("-", ""), f" {pack.code.replace('-', ' ')} "):
        assert "still current" in client.get("/pack/code/", {"code": typed}, follow=True).content.decode()


def test_too_many_packs_from_one_place_wait(client: Client, tree: Tree, monkeypatch: Any) -> None:
    from hub.packs import views

    monkeypatch.setattr(views, "MOST_AN_HOUR", 0)
    wish = Wish((lit_story(tree).pk,), title="Kept")
    once = re.search(r'name="once" value="([^"]+)"', client.get(wish.address()).content.decode())
    assert once
    answer = client.post("/pack/make/", {"pack": wish.query(), "title": "Kept", "once": once[1]})
    assert answer.status_code == 429
    assert 'value="Kept"' in answer.content.decode()
