"""What comes out of a pack: a tagged PDF and one file for a browser, whatever is typed and whatever is missing."""

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client

from hub.bounded_process import LimitReached
from hub.packs import making
from hub.packs.blocks import KNOWN
from hub.packs.contents import ready
from hub.packs.documents import Cover
from hub.packs.making import make, make_ready
from hub.packs.models import Pack
from hub.packs.wishes import Wish
from hub.pages.blocks import BodyBlock
from hub.pages.models import HelpLine, HubDocument
from hub.stories.models.story import StoryBlock
from tests.factories import Tree, activity, publish, put, words
from tests.pages.test_media import image_block, stored_image
from tests.surfaces import text_of

pytestmark = pytest.mark.django_db
MARKUP = "#panic() $x$ @a *b* _c_ \\ `d` <e> [f] {g} // h /* = i"


def file_of(client: Client, wish: Wish, form: str = "pdf", **typed: str) -> bytes:
    """What the button on the page of the pack gives."""
    page = client.get(wish.address()).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    answer = client.post("/pack/make/", {"pack": wish.query(), "form": form, "once": once[1], **typed})
    assert answer.status_code == 200, answer.content.decode()[:400]
    assert "attachment" in answer["Content-Disposition"]
    return bytes(answer.content)


def tags_of(pdf: bytes) -> list[tuple[str, str]]:
    """(kind, alternative text) of every element in the tags of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as read:
        dictionaries = [each for each in read.objects if isinstance(each, pikepdf.Dictionary)]
        return [(str(each.S), str(each.get("/Alt", ""))) for each in dictionaries if "/S" in each and "/P" in each]


def test_the_ready_pack_of_a_module_is_tagged_and_has_everything_in_order(client: Client, tree: Tree) -> None:
    answer = client.get(f"{tree.module.url}pack.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = text_of(answer.content)
    for said in ("Words and labels", "Label swap", "Walk in.", "The first five minutes", "Is this pack still current?"):
        assert said in text
    assert text.index(f"{tree.activity.url}") < text.index("Walk in.")  # else it might fill a page of its own
    with pikepdf.open(io.BytesIO(answer.content)) as read:
        assert read.Root.MarkInfo.Marked
        assert read.Root.Lang == "en-GB"
        assert read.Root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid" in bytes(read.Root.Metadata.read_bytes())
        with read.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[:3] == ["Words and labels", "Label swap", "The first five minutes"]
    tags = tags_of(answer.content)
    assert {"/TOC", "/H1", "/P", "/Link", "/Figure"} <= {kind for kind, _ in tags}
    assert all(alt for kind, alt in tags if kind == "/Figure")


def test_a_ready_pack_is_made_once_and_known_by_its_code(client: Client, tree: Tree, monkeypatch: Any) -> None:
    first = make_ready(ready(tree.module), Cover(title="x"))
    monkeypatch.setitem(making.WRITTEN, "pdf", None)
    assert make_ready(ready(tree.module), Cover(title="x")).data == first.data
    assert Pack.objects.get().code == first.code


def test_the_file_for_a_browser_asks_for_nothing(client: Client, tree: Tree) -> None:
    tree.module.body = [image_block(stored_image()), ("text", "<p>Hello</p>")]
    tree.module.save_revision().publish()
    answer = client.get(f"{tree.module.url}pack.html")
    page = answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]
    assert "<script" not in page
    assert not re.search(r'(?:src|srcset)="(?!data:)', page)
    assert "url(" not in page
    assert 'src="data:image/jpeg;base64,' in page
    assert page.count("<h1") == 1


def test_each_handout_begins_a_page_of_its_own(client: Client, tree: Tree) -> None:
    sheets = [("handout", {"title": f"Sheet {n}", "text": f"<p>Take {n}.</p>"}) for n in (1, 2)]
    swap = put(tree.module, activity("With sheets", handouts=sheets))
    pages = [
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(client.get(f"{swap.url}handout.pdf").content)).pages
    ]
    where = [next(at for at, text in enumerate(pages) if f"Take {n}." in text) for n in (1, 2)]
    assert where[0] != where[1]
    assert all("Walk in." not in pages[at] for at in where)


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_what_is_typed_is_never_read_as_markup(client: Client, tree: Tree, form: str) -> None:
    tree.module.body = [("text", f"<p>{MARKUP.replace('<', '&lt;')}</p>"), ("heading", {"text": MARKUP, "level": "h3"})]
    tree.module.save_revision().publish()
    made = file_of(client, Wish((tree.module.pk,)), form, title=MARKUP)
    if form == "pdf":
        assert text_of(made).count("#panic() $x$ @a *b* _c_ \\ `d` <e> [f] {g} // h /* = i") >= 2
    else:
        assert "<e>" not in made.decode()
        assert made.decode().count("#panic() $x$ @a *b* _c_ \\ `d` &lt;e&gt;") >= 3


@pytest.mark.parametrize("title", ["😀 👨‍👩‍👧", "مرحبا بكم", "שלום", "中文", "Привіт, їжаче", "a\u202eb", "e\u0301"])
def test_a_title_in_any_letters_makes_a_pack(client: Client, tree: Tree, title: str) -> None:
    assert text_of(file_of(client, Wish((tree.guidance.pk,)), title=title, big="on"))


def test_a_picture_that_is_not_on_the_disk_is_said_in_words(client: Client, tree: Tree) -> None:
    kept, lost = stored_image(), stored_image()
    tree.guidance.body = [image_block(kept), image_block(lost), *words("After it.")]
    tree.guidance.save_revision().publish()
    Path(lost.file.path).unlink()
    text = text_of(file_of(client, Wish((tree.guidance.pk,))))
    assert text.count("could not be printed") == 1
    assert "After it." in text


def test_sixty_pages_take_under_two_seconds(client: Client, tree: Tree) -> None:
    import time

    tree.module.body = words("Long. " * 400) * 85
    tree.module.save_revision().publish()
    pack = making.gathered([tree.module.pk], Cover())
    began = time.monotonic()
    _, begins = making.as_pdf(pack)
    assert dict(begins)["pages"] >= 60
    assert time.monotonic() - began < 2


def test_when_others_are_being_made_the_page_says_come_back(client: Client, tree: Tree, monkeypatch: Any) -> None:
    def full(pack: Any) -> Any:
        raise LimitReached("seconds")

    monkeypatch.setitem(making.WRITTEN, "pdf", full)
    ready_one = client.get(f"{tree.module.url}pack.pdf")
    wish = Wish((tree.module.pk,), title="Kept")
    once = re.search(r'name="once" value="([^"]+)"', client.get(wish.address()).content.decode())
    assert once
    own = client.post("/pack/make/", {"pack": wish.query(), "title": "Kept", "copies": "7", "once": once[1]})
    for answer in (ready_one, own):
        assert (answer.status_code, answer["Retry-After"]) == (503, "20")
    assert 'value="Kept"' in own.content.decode()
    assert 'value="7"' in own.content.decode()
    assert not Pack.objects.exists()


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_no_more_than_two_are_made_at_once(client: Client, tree: Tree, monkeypatch: Any, form: str) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0.01)
    with making.a_turn(), making.a_turn():
        answer = client.get(f"{tree.module.url}pack.{form}")
        assert (answer.status_code, answer["Retry-After"]) == (503, "20")
        assert "Try again" in answer.content.decode()
    assert client.get(f"{tree.module.url}pack.{form}").status_code == 200


def test_a_ready_pack_says_the_newest_day_of_checking(client: Client, tree: Tree) -> None:
    client.get(f"{tree.module.url}pack.html")
    tree.module.last_checked = "2026-11-27"
    tree.module.save_revision().publish()
    assert "Last checked 27 November 2026" in client.get(f"{tree.module.url}pack.html").content.decode()


@pytest.mark.parametrize("at", ["pack.pdf", "pack.html", "handout.pdf"])
def test_only_the_right_pages_have_files(client: Client, tree: Tree, at: str) -> None:
    right = tree.activity if at == "handout.pdf" else tree.module
    for page in (tree.home, tree.toolkit, tree.module, tree.activity, tree.guidance, tree.section):
        answer = client.get(f"{page.url}{at}")
        assert answer.status_code == (200 if page.pk == right.pk else 404), page
    right.unpublish()
    assert client.get(f"{right.url}{at}").status_code == 404


def test_a_form_that_was_not_ours_makes_nothing(client: Client, tree: Tree) -> None:
    for once in ("", "x", "x:y:z"):
        answer = client.post("/pack/make/", {"pack": Wish((tree.module.pk,)).query(), "once": once})
        assert "open for a long time" in answer.content.decode()
    assert not Pack.objects.exists()


def test_links_to_a_story_are_words_and_others_lead_somewhere(client: Client, tree: Tree) -> None:
    from tests.factories import lit_story

    story = lit_story(tree)
    link = '<p><a linktype="page" id="{}">Read it</a> <a href="javascript:x">bad</a> <a href="https://a.example/">there</a></p>'
    tree.guidance.body = [("text", link.format(story.pk) + link.format(tree.module.pk))]
    tree.guidance.save_revision().publish()
    page = make([tree.guidance.pk], Cover(form="html")).data.decode()
    assert story.slug not in page
    assert "javascript" not in page
    assert 'href="https://a.example/"' in page
    assert page.count(tree.module.url) == 1


def test_every_block_that_a_page_may_hold_is_known_on_paper() -> None:
    held = {*BodyBlock().child_blocks, *StoryBlock().child_blocks}
    assert held - {"image"} == set(KNOWN)
    assert held == {kind for kind, _ in every_block()}


def every_block() -> list[tuple[str, Any]]:
    """One of each block that a page may hold, with a word of its own in each place that is printed."""
    sheet = HubDocument.objects.create(title="x", file=ContentFile(b"x", name="x.txt"))
    table = {
        "columns": [{"type": "text", "heading": "Wort1"}, {"type": "words", "heading": "Wort2"}],
        "rows": [{"values": ["Wort3", "<p>Wort4 <b>Wort5</b></p><ul><li>Wort6</li></ul>"]}],
    }
    film = {"title": "Wort24", "url": "https://a.example/", "minutes": 6, "who": "Wort25", "what": "Wort26"}
    film["transcript"] = "<p>Wort27</p>"
    return [
        ("text", '<p>Wort7<br/>Wort8 <a href="https://a.example/x">Wort9</a></p><ol><li>Wort10<ol><li>Wort11</li></ol></li></ol>'),
        ("heading", {"text": "Wort12", "level": "h3"}),
        ("heading", {"text": "Wort13", "level": "h2"}),
        ("numbered", {"first": 4, "kind": "i", "text": "<ol><li>Wort14</li></ol><p>Wort15</p>"}),
        ("quote", {"text": "Wort16", "who": "Wort17", "made_up": True}),
        ("callout", {"title": "Wort18", "text": "<p>Wort19 H<sub>2</sub>O m<sup>2</sup></p>", "strand": "kelp"}),
        image_block(stored_image()),
        ("table", {"caption": "Wort20", "table": table}),
        ("accordion", {"items": [{"title": "Wort21", "text": "<p>Wort22</p>"}]}),
        ("help_lines", {"title": "Wort23", "topics": ["money"]}),
        ("film", film),
        ("download", {"document": sheet, "title": "Wort28", "note": "Two pages"}),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_every_word_of_every_block_is_printed(client: Client, tree: Tree, form: str) -> None:
    HelpLine.objects.create(
        name="Wort29", phone="0800 1111", when="Wort30", about="Wort31", text_number="Wort32", bsl="Wort33",
        topics=["money"], last_checked="2026-01-01",
    )  # fmt: skip
    BodyBlock().clean(BodyBlock().normalize(every_block()))
    tree.guidance.body = every_block()
    tree.guidance.save_revision().publish()
    made = make([tree.guidance.pk], Cover(form=form)).data
    text = text_of(made) if form == "pdf" else made.decode()
    assert [n for n in range(1, 34) if f"Wort{n}" not in text] == []


@pytest.mark.parametrize("big", ["", "big"])
def test_cards_are_cut_from_sheets_of_their_own(client: Client, tree: Tree, big: str) -> None:
    lines = "\n".join([f"Card {n}" for n in range(1, 12)] + ["", "  ", "A long one. " * 40, MARKUP])
    cards = {"title": "Slips", "note": "All made up.", "lines": lines}
    swap = put(tree.module, activity("With cards", handouts=[("cards", cards)]))
    page = client.get(swap.url).content.decode()
    assert page.count("<li>Card") == 11
    text = text_of(client.get(f"{swap.url}handout.pdf", {"print": big}).content)
    for said in ("Cut along the broken lines.", "All made up.", "Card 11", "A long one. A long one.", MARKUP):
        assert said in text


def test_emoji_and_other_scripts_are_letters_on_paper(client: Client, tree: Tree) -> None:
    tree.module.body = words("Well done 😀 👨‍👩‍👧. Допомога. كلمات. 中")
    publish(tree.module)
    text = text_of(client.get(f"{tree.module.url}pack.pdf").content)
    assert "Допомога" in text
    assert "😀" in text
    assert text.count("\u25a1") == 1, "a sign that nobody has is a box, and it alone"
