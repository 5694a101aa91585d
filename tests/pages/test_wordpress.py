"""WordPress's export becomes drafts of guidance: every page of it or none, each with what was not kept."""

# ruff: noqa: E501 - a table of what stood there, what becomes of it and what is said reads best in rows

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.pages.imports import drafts
from hub.pages.imports.elements import Fate
from hub.pages.imports.wordpress import drafts as from_wordpress
from hub.pages.imports.wordpress import reading
from hub.pages.imports.wordpress import sentences as say
from hub.pages.imports.wordpress.gutenberg import as_html
from hub.pages.imports.wordpress.pieces import pieces_of
from hub.pages.imports.wordpress.table import BLOCKS, KINDS, SHORTCODES, STATES, TAGS
from hub.pages.imports.wordpress.telling import Telling
from hub.pages.models import GuidancePage, ImportFile, ImportJob
from tests.factories import Tree
from tests.pages.test_bringing_in import send
from tests.wordpress_files import export, item

BLOCKY = """<!-- wp:heading --><h2 class="wp-block-heading">First</h2><!-- /wp:heading -->
<!-- wp:paragraph {"align":"center"} --><p>Ask what is <strong>warm</strong>, see <a href="https://old.example/two/">two</a>
and <a href="https://old.example/wp-content/a.pdf">this</a>.</p><!-- /wp:paragraph -->
<!-- wp:list --><ul><!-- wp:list-item --><li>Kettle<!-- wp:list --><ul><li>Cup</li></ul><!-- /wp:list --></li><!-- /wp:list-item -->
</ul><!-- /wp:list -->
<!-- wp:columns --><div><!-- wp:column --><div><!-- wp:paragraph --><p>Left</p><!-- /wp:paragraph --></div><!-- /wp:column --></div>
<!-- /wp:columns -->
<!-- wp:image {"id":5} --><figure class="wp-block-image"><img src="https://old.example/k.jpg" alt="A kettle"/><figcaption>Ours</figcaption>
</figure><!-- /wp:image -->
<!-- wp:quote --><blockquote><p>I had my good coat on.</p><p>Every time.</p><cite>A mum</cite></blockquote><!-- /wp:quote -->
<!-- wp:table --><figure class="wp-block-table"><table><thead><tr><th>Who</th><th>When</th></tr></thead><tbody><tr><td>CARF</td>
<td>Mondays</td></tr></tbody></table></figure><!-- /wp:table -->
<!-- wp:details --><details><summary>What if?</summary><!-- wp:paragraph --><p>Wait.</p><!-- /wp:paragraph --></details><!-- /wp:details -->
<!-- wp:embed {"url":"https://films.example/1"} --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://films.example/1
</div></figure><!-- /wp:embed -->
<!-- wp:block {"ref":9} /-->
<!-- wp:latest-posts /--><!-- wp:acme/box --><div>Boxed words</div><!-- /wp:acme/box -->"""


@pytest.fixture
def writer(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


def page_called(title: str) -> Any:
    return GuidancePage.objects.get(title=title).get_latest_revision_as_object()


def lost(name: str) -> list[str]:
    found: list[str] = ImportFile.objects.get(name=name).lost
    return found


@pytest.mark.django_db
def test_every_page_becomes_a_draft_with_its_blocks(writer: Client, two_sections: Tree, clued_up_author: User) -> None:
    shared = item(9, "<p>Shared words.</p>", kind="wp_block")
    label = '<category domain="category" nicename="x">X</category>'
    screen = send(
        writer,
        two_sections,
        ("old.xml", export(
            item(1, BLOCKY, title="Warm &amp; welcome", slug="warm", excerpt="In short.", more=label),
            item(2, "<p>Back to <a href='/warm/'>one</a>.</p>", title="Two", slug="two", kind="post", state="private"),
            item(3, "<p>x</p>", title="Binned", state="trash"), item(4, "", title="Nothing"),
            item(5, "", kind="attachment"), shared, item(6, "x", kind="product"), item(7, "", kind="nav_menu_item"),
        )),
    )  # fmt: skip
    page, two = page_called("Warm & welcome"), page_called("Two")
    assert (page.live, page.owner, page.partner, page.summary, page.slug) == (
        False, clued_up_author, two_sections.section.organisation, "In short.", "warm",
    )  # fmt: skip
    assert [block.block_type for block in page.body] == ["heading", "text", "quote", "table", "accordion", "text"]
    text = page.body[1].value.source
    assert f'<b>warm</b>, see <a id="{two.pk}" linktype="page">two</a>' in text
    assert "<ul><li>Kettle<ul><li>Cup</li></ul></li></ul><p>Left</p>" in text
    assert (page.body[2].value["text"], page.body[2].value["who"]) == ("I had my good coat on.\nEvery time.", "A mum")
    assert [column["heading"] for column in page.body[3].value["table"].columns] == ["Who", "When"]
    assert page.body[4].value["items"][0]["title"] == "What if?"
    assert page.body[5].value.source == (
        '<p>See: <a href="https://films.example/1">https://films.example/1</a></p><p>Shared words.</p><p>Boxed words</p>'
    )
    assert f'<a id="{page.pk}" linktype="page">one</a>' in two.body[0].value.source
    assert lost("Warm & welcome") == [
        say.COLUMNS, say.MADE_ANEW, say.PLUGIN.format("acme/box"), say.PICTURE.format("A kettle"),
        say.FIRST_ROW.format(1), say.TABLE_CAPTION.format(1), say.ELSEWHERE,
        say.OLD_SITE.format("https://old.example/wp-content/a.pdf"),
    ]  # fmt: skip
    assert lost("Two") == [say.WAS_PRIVATE]
    assert lost("old.xml") == [say.ATTACHMENTS.format(1), say.OTHER_KIND.format("product", 1), say.LABELS]
    for sentence in (
        say.WAS_IN_THE_BIN,
        say.NO_WORDS,
        "Compare it with the file",
        "Read. Each page of it stands below.",
    ):
        assert sentence.replace("’", "&#x27;") in screen or sentence in screen
    review = ImportFile.objects.get(name="Two")
    assert "Back to" in writer.get(f"/admin/guidance/bring-in/{review.job_id}/{review.pk}/").content.decode()


@pytest.mark.django_db
def test_a_second_time_what_came_in_stays_as_it_is(writer: Client, two_sections: Tree, carf_author: User) -> None:
    file = ("old.xml", export(item(1, "<p>One</p>", title="One")))
    send(writer, two_sections, file)
    GuidancePage.objects.filter(title="One").update(title="Mine now")
    both = ("old.xml", export(item(1, "<p>One, changed</p>", title="One"), item(2, "<p>Two</p>", title="Two")))
    assert say.CAME_BEFORE in send(writer, two_sections, both)
    assert sorted(GuidancePage.objects.child_of(two_sections.section).values_list("title", flat=True)) == [
        "Mine now", "The first five minutes", "Two",
    ]  # fmt: skip
    writer.force_login(carf_author)
    carf = two_sections.section.get_siblings().get(slug="carf")
    assert say.CAME_BEFORE not in send(writer, two_sections, file, section=carf)
    assert GuidancePage.objects.child_of(carf).count() == 1


REFUSED = {
    "nothing": (b"", say.EMPTY),
    "another feed": (b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>', say.NOT_WORDPRESS),
    "no XML": (b"PK\x03\x04", say.NOT_WORDPRESS),
    "cut off": (export(item(1, "x"))[:-30], say.BROKEN),
    "a bomb": (
        b'<!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + export(item(1, "&b;")).split(b"?>", 1)[1],
        say.NOT_WORDPRESS,
    ),
    "from a disk": (b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss></rss>', say.NOT_WORDPRESS),
    "only pictures": (export(item(1, "", kind="attachment")), say.NOTHING),
    "nested without end": (export(item(1, "<div>" * 20_000 + "x")), say.TOO_MUCH_WORK),
    "too many": (export(*(item(number, "x") for number in range(201))), say.TOO_MANY.format(201, 200)),
}


@pytest.mark.django_db
def test_what_is_no_export_is_refused_with_a_sentence(two_sections: Tree, clued_up_author: User) -> None:
    uploads = [(f"{name}.xml", data) for name, (data, _) in REFUSED.items()]
    job = drafts.begin(two_sections.section, uploads, by=clued_up_author)
    drafts.go_on(job, seconds=600)
    said = dict(job.files.values_list("name", "reason"))
    assert said == {f"{name}.xml": sentence for name, (_, sentence) in REFUSED.items()}
    assert GuidancePage.objects.count() == 1


@pytest.mark.django_db
def test_all_pages_come_in_or_none(two_sections: Tree, clued_up_author: User, monkeypatch: Any) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(from_wordpress, "_fill", breaks)
    job = drafts.begin(two_sections.section, [("old.xml", export(item(1, "<p>x</p>")))], by=clued_up_author)
    drafts.go_on(job)
    assert [(file.name, file.reason) for file in job.files.all()] == [("old.xml", drafts.OURS)]
    assert GuidancePage.objects.count() == 1


@pytest.mark.django_db
def test_who_may_not_write_there_any_more_brings_nothing_in(two_sections: Tree, carf_author: User) -> None:
    job = drafts.begin(two_sections.section, [("old.xml", export(item(1, "<p>x</p>")))], by=carf_author)
    drafts.go_on(job)
    assert "may not write in this section" in job.files.get().reason
    assert ImportJob.objects.count() == 1


def read(html: str) -> tuple[list[Any], list[str]]:
    telling = Telling()
    return pieces_of(as_html(html, {}, telling), telling), telling.said


SHOWN = {
    "lines without blocks": ("One\ntwo\n\nThree", "<p>One<br>two</p><p>Three</p>", []),
    "a word in brackets": ("<p>He said [sic] so, see [1].</p>", "<p>He said [sic] so, see [1].</p>", []),
    "a plugin's brackets": ('<p>a [box size="2"]b[/box]</p>', "<p>a b</p>", [say.SHORTCODE.format("box")]),
    "a picture in brackets": ('[caption id="a"]<img src="x/k.jpg"> Ours[/caption]<p>x</p>', "<p>x</p>", [say.PICTURE.format("k.jpg")]),
    "a film in brackets": ("[embed]https://f.example/1[/embed]", '<p>See: <a href="https://f.example/1">https://f.example/1</a></p>', [say.ELSEWHERE]),
    "a gallery": ('[gallery ids="1,2"]<p>x</p>', "<p>x</p>", [say.PICTURE.format("gallery")]),
    "hidden words": ('<p>a<span style="display: none">b</span></p><div hidden>c</div>', "<p>a</p>", [say.HIDDEN]),
    "a program": ("<p>a</p><script>b</script><style>c</style><noscript>d</noscript>", "<p>a</p>", []),
    "a form": ("<p>a</p><form>b<input></form>", "<p>a</p>", [say.FORMS]),
    "italics and struck out": ("<p><em>a</em> <s>b</s></p>", "<p>a</p>", [say.ITALICS, say.STRUCK]),
    "a map": ('<iframe src="//maps.example/"></iframe>', '<p>See: <a href="https://maps.example/">https://maps.example/</a></p>', [say.ELSEWHERE]),
    "an address that is none": ('<p>a</p><iframe src="javascript:x"></iframe>', "<p>a</p>", [say.NOWHERE]),
    "typed text": ("<pre>a\n b</pre>", "<p>a<br> b</p>", [say.AS_TYPED]),
    "definitions": ("<dl><dt>a</dt><dd>b</dd></dl>", "<p><b>a</b></p><p>b</p>", [say.DEFINITIONS]),
    "an unknown tag": ("<p><acme-x>a</acme-x></p>", "<p>a</p>", [say.OTHER_TAG.format("acme-x")]),
    "a plugin's empty block": ("<!-- wp:acme/map /--><p>a</p>", "<p>a</p>", [say.PLUGIN_EMPTY.format("acme/map")]),
    "links to social media": ("<!-- wp:social-links --><ul><li>x</li></ul><!-- /wp:social-links --><p>a</p>", "<p>a</p>", [say.SOCIAL]),
    "a mark that was half deleted": ("<!-- wp:paragraph --><p>a</p><!-- /wp:heading -->", "<p>a</p>", []),
    "a pattern that is not there": ('<!-- wp:block {"ref":3} /--><p>a</p>', "<p>a</p>", [say.PATTERN_GONE]),
    "a table of one row": ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a</p><p>b</p>", [say.ONE_CELL]),
    "a long heading": (f"<h2>{'word ' * 40}</h2>", f"<p><b>{('word ' * 40).strip()}</b></p>", [say.LONG_HEADING.format("word " * 8)]),
}  # fmt: skip


@pytest.mark.parametrize("what", SHOWN)
def test_each_thing_becomes_what_the_table_says(what: str) -> None:
    html, text, said = SHOWN[what]
    blocks, told = read(html)
    assert [(block["type"], block["value"]) for block in blocks] == [("text", text)]
    assert told == said


def test_headings_lists_and_tables_that_a_page_cannot_hold_are_said() -> None:
    table = "<table><tr><th>a</th><th>b</th></tr><tr><td colspan=2>c<br>d</td></tr></table>"
    blocks, said = read(f'<h4>A <a href="x">b</a></h4><ol start="4" type="a"><li>x</li></ol>{table}')
    assert [block["type"] for block in blocks] == ["heading", "numbered", "table"]
    assert blocks[1]["value"] == {"first": 4, "kind": "a", "text": "<ol><li>x</li></ol>"}
    assert blocks[2]["value"]["table"]["columns"][0]["type"] == "words"
    assert said == [say.LINK_IN_A_HEADING, say.SMALLER_HEADINGS, say.MERGED.format(1), say.FIRST_ROW.format(1),
                    say.TABLE_CAPTION.format(1)]  # fmt: skip


def test_every_row_that_changes_something_says_so() -> None:
    for table in (KINDS, BLOCKS, TAGS, SHORTCODES, STATES):
        for row in table.values():
            assert bool(row.says) is (row.fate in {Fate.CHANGED, Fate.LEFT_OUT}), row
    assert reading.MOST_PAGES >= 200
