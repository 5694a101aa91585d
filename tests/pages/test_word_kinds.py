"""What people really have in Word files: lines, numbers, hidden and struck words, titles, crops, links.

Each file is read as an import reads it, and the proof (hub/pages/imports/proof.py) has to agree with what was said.
"""

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.shared import Pt
from PIL import Image
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from hub.pages.blocks.words import FEATURES
from hub.pages.imports import sentences as say
from hub.pages.imports.proof import compare, words, words_of_blocks
from hub.pages.imports.word import take_apart
from tests.pages.test_word_elements import shown, taken_apart
from tests.word_elements import (
    ALTERNATIVE,
    PICTURES,
    SAMPLES,
    around,
    box,
    complex_field,
    control,
    drawing,
    looked,
    picture,
    row,
    vml,
)
from tests.word_files import a_png, item, paragraph, part, run, table, word_file, zipped


def read(body: str, **more: Any) -> dict[str, Any]:
    """The file taken apart, with what the proof says added to what was said."""
    return proved(word_file(body, **more))


def proved(data: bytes) -> dict[str, Any]:
    made: dict[str, Any] = take_apart(data).value
    page = words_of_blocks({"type": kind, "value": value} for kind, value in made["blocks"])
    page += "" if made["title_is_copied"] else f" {made['title']}"
    made["unsaid"] = compare(made["visible"], page, left_out=made["left_out"], added=made["added"])
    return made


def with_docx(document: Any) -> dict[str, Any]:
    file = io.BytesIO()
    document.save(file)
    return proved(file.getvalue())


def pattern(level: str, number: int = 1) -> str:
    made = f'<w:abstractNum w:abstractNumId="{number}">{level}</w:abstractNum>'
    return f'{made}<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'


def test_soft_returns_stay_lines() -> None:
    document = Document()
    document.add_heading("Where to find us", 0)
    lines = document.add_paragraph("The Example Centre").add_run()
    for line in ("12 Made-up Street", "Leven"):
        lines.add_break()
        lines.add_text(line)
    made = with_docx(document)
    assert shown(made["blocks"]) == "<p>The Example Centre<br/>12 Made-up Street<br/>Leven</p>"
    assert (made["lost"], made["unsaid"]) == ([], [])


VANISH, STRIKE = "<w:vanish/>", "<w:strike/>"
CODE = ("<w:r><w:instrText>", "</w:instrText></w:r>")
BOXED = f"<v:textbox><w:txbxContent>{paragraph('secret')}</w:txbxContent></v:textbox>"
HEADING = '<w:pStyle w:val="Heading1"/>'
IN_LIST = '<w:numPr><w:numId w:val="1"/></w:numPr>'
HIDDEN = {
    "by itself": looked(VANISH, "secret"),
    "by the style of its words": looked('<w:rStyle w:val="Secret"/>', "secret"),
    "by the style of its paragraph": around("two") + paragraph("secret", about='<w:pStyle w:val="HiddenOne"/>'),
    "in a table": around("two") + table([f"<w:tc>{paragraph(run('secret', VANISH))}</w:tc>", "x"], ["A", "B"]),
    "in a row": around("two") + f"<w:tbl>{row('secret', 'secret', about='<w:hidden/>')}</w:tbl>",
    "in a text box": around(run("two") + drawing(box("secret"), '<wp:docPr id="1" hidden="1"/>')),
    "in the code of a field": around(complex_field("DOCVARIABLE secret", "two")),
    "in a field inside the code of a field": around(
        complex_field(f"QUOTE {CODE[1]}{complex_field('X', 'secret')}{CODE[0]}")
    ),
    "in a deletion": around(f"<w:del>{run('secret')}</w:del>"),
    "in a deletion inside an insertion": around(f"<w:ins><w:del>{run('secret')}</w:del>{run('two')}</w:ins>"),
    "in what was moved away": around(f"<w:moveFrom>{run('secret')}</w:moveFrom>"),
    "in a link": around(f'<w:hyperlink w:anchor="x">{run("secret", VANISH)}</w:hyperlink>'),
    "in a content control": around(control("<w:richText/>", run("secret", VANISH))),
    "in a hidden picture of words": around(run("two") + vml(BOXED, about='style="visibility:hidden"')),
    "in white": looked('<w:color w:val="FFFFFF"/>', "secret"),
    "in letters too small to read": looked('<w:sz w:val="2"/>', "secret"),
    "in another spelling of on": looked('<w:vanish w:val="true"/>', "secret"),
    "in the other form of one thing": around(ALTERNATIVE.format("w14", run("two"), run("secret"))),
    "in a formula's deletion": around(f"<m:oMath><m:r><m:t>x</m:t></m:r><w:del>{run('secret')}</w:del></m:oMath>"),
}
STRUCK = {
    "by itself": looked("<w:strike/>", "secret"),
    "twice": looked("<w:dstrike/>", "secret"),
    "by the style of its words": looked('<w:rStyle w:val="Gone"/>', "secret"),
    "in a heading": around("two") + paragraph("Hea", run("secret", STRIKE), "ding", about=HEADING),
    "in a list": around("two") + item("one") + paragraph(run("secret", STRIKE), about=IN_LIST),
    "in a link": around(f'<w:hyperlink w:anchor="x">{run("secret", STRIKE)}</w:hyperlink>'),
}


@pytest.mark.parametrize("body", HIDDEN.values(), ids=HIDDEN)
def test_hidden_and_deleted_words_are_nowhere(body: str) -> None:
    made = read(body)
    everything = f"{made['title']} {made['blocks']} {made['before']} {made['lost']} {made['unsaid']} {made['added']}"
    assert "secret" not in everything
    assert made["unsaid"] == []


@pytest.mark.parametrize("body", STRUCK.values(), ids=STRUCK)
def test_struck_words_are_left_out_and_said_and_seen_as_struck_beside_the_page(body: str) -> None:
    made = read(body)
    assert "secret" not in f"{made['title']} {made['blocks']}"
    assert say.STRUCK in made["lost"]
    assert '<mark class="before__gone"><s>secret</s></mark>' in made["before"]
    assert made["unsaid"] == []


def test_hidden_and_visible_again_is_visible() -> None:
    """A switch that is off beats a style that is on; two styles that both hide cancel each other out, as in Word."""
    off = paragraph(run("seen", '<w:vanish w:val="0"/>'), about='<w:pStyle w:val="HiddenOne"/>')
    assert "seen" in shown(read(around("two") + off)["blocks"])
    no_strike = around(run("seen", '<w:rStyle w:val="Gone"/><w:strike w:val="false"/>'))
    assert "seen" in shown(read(no_strike)["blocks"])


def test_a_style_based_on_one_that_hides_hides() -> None:
    style = '<w:style w:type="character" w:styleId="Deeper"><w:name w:val="x"/><w:basedOn w:val="Secret"/></w:style>'
    made = read(looked('<w:rStyle w:val="Deeper"/>', "secret"), styles=style)
    assert "secret" not in f"{made}"


def test_a_hidden_footnote_is_not_among_the_notes() -> None:
    notes = {"n": ("footnotes", part("w:footnotes", f'<w:footnote w:id="2">{paragraph("secret")}</w:footnote>'))}
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    assert "secret" not in f"{read(around(hidden), parts=notes)}"


def test_the_end_of_a_paragraph_that_was_deleted_joins_it_with_the_next() -> None:
    for mark in ("<w:rPr><w:del/></w:rPr>", "<w:rPr><w:vanish/></w:rPr>", '<w:framePr w:dropCap="drop"/>'):
        made = read(paragraph("T", about=mark) + paragraph("his is one."))
        assert shown(made["blocks"]) == "<p>This is one.</p>", mark
        assert made["unsaid"] == []


def test_numbers_go_on_across_pictures_and_paragraphs_and_tables() -> None:
    steps = item("one") + item("two")
    for between, shows in (
        (paragraph(drawing(picture())), " + image(0) + "),
        (paragraph("A note."), "<p>A note.</p>"),
        (table(["A", "B"], ["C", "D"]), " + table("),
    ):
        page = shown(read(steps + between + item("three") + item("four"), parts=PICTURES)["blocks"])
        assert page.startswith("<ol><li>one</li><li>two</li></ol>")
        assert shows in page
        assert page.endswith("numbered(3 1: <ol><li>three</li><li>four</li></ol>)")


def test_lists_that_begin_anew_begin_anew_and_stay_apart_in_the_editor() -> None:
    made = read(item("a") + item("b") + item("c", of=3) + item("d", of=3))
    assert shown(made["blocks"]) == "<ol><li>a</li><li>b</li></ol> + <ol><li>c</li><li>d</li></ol>"


def test_letters_and_roman_numbers_stay_what_they_are() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="{}"/><w:lvlText w:val="%1)"/></w:lvl>'
    for kind, html in (("lowerLetter", "a"), ("upperLetter", "A"), ("lowerRoman", "i"), ("upperRoman", "I")):
        numbering = pattern(level.format(kind))
        made = read(item("x"), numbering=numbering)
        assert shown(made["blocks"]) == f"numbered(3 {html}: <ol><li>x</li></ol>)"
        assert made["lost"] == []


def test_lists_inside_lists_stay_inside_and_what_their_numbers_lose_is_said() -> None:
    made = read(
        item("a") + item("dot", of=2, level=0).replace("<w:numPr>", '<w:ind w:left="2000"/><w:numPr>') + item("b")
    )
    assert shown(made["blocks"]) == "<ol><li>a<ul><li>dot</li></ul></li><li>b</li></ol>"
    made = read(item("a") + item("letter", level=1) + item("b"))
    assert shown(made["blocks"]) == "<ol><li>a<ol><li>letter</li></ol></li><li>b</li></ol>"
    assert say.INNER_NUMBERS in made["lost"]


def test_numbers_of_headings_are_words_of_the_heading() -> None:
    about = '<w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    made = read(paragraph("First", about=about) + paragraph("x") + paragraph("Then", about=about))
    assert shown(made["blocks"]) == "h2(1. First) + <p>x</p> + h2(2. Then)"
    assert made["unsaid"] == []


def test_numbers_written_in_another_way_are_said() -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="Step %1:"/></w:lvl>'
    numbering = pattern(level)
    assert say.NUMBERS.format("Step 1:", "1.") in read(item("x"), numbering=numbering)["lost"]


def test_bullets_that_say_something_stay_with_their_words() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{}"/>' + font + "</w:lvl>"
    numbering = "".join(pattern(level.format(sign), n) for n, sign in ((1, "\uf0fc"), (2, "\uf0fb")))
    page = shown(read(item("do") + item("do not", of=2), numbering=numbering)["blocks"])
    assert page == "<ul><li>✓ do</li></ul> + <ul><li>✗ do not</li></ul>"


def test_chosen_and_unchosen_boxes_differ_whatever_sign_the_file_has() -> None:
    box = '<w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox>'
    body = "".join(paragraph(control(box.format(chosen), run("?")), " box") for chosen in ("1", "0", "true", "false"))
    assert shown(read(body)["blocks"]) == "<p>☑ box</p><p>☐ box</p><p>☑ box</p><p>☐ box</p>"


TITLES = [
    (paragraph("Words") + paragraph("Title", about='<w:pStyle w:val="Title"/>'), "Title", False),
    (
        paragraph("One", about=HEADING) + paragraph("x") + paragraph("Two", about='<w:pStyle w:val="Heading2"/>'),
        "One",
        False,
    ),
    (paragraph("One", about=HEADING) + paragraph("x") + paragraph("Two", about=HEADING), "One", True),
    (paragraph("Words.") + paragraph(run("Bold line", "<w:b/>")), "Bold line", True),
    (paragraph(run("Bold line", "<w:b/>")) + paragraph("Words."), "Bold line", False),
    (paragraph("A short line") + paragraph("Words."), "A short line", True),
    (paragraph("A sentence, as in a letter.") + paragraph("Words."), "", False),
]


@pytest.mark.parametrize(("body", "title", "copied"), TITLES)
def test_the_title_is_the_first_of_what_may_be_one(body: str, title: str, copied: bool) -> None:
    made = read(body, title="")
    assert (made["title"], made["title_is_copied"]) == (title, copied)
    assert made["unsaid"] == []
    assert (say.TITLE_FROM_NAME in made["lost"]) == (not title)


def test_what_was_cut_off_a_picture_does_not_come_back() -> None:
    two_colours = {"p.png": ("image", a_png(right="red"))}
    data = word_file(around("two") + paragraph(drawing(picture(cut='<a:srcRect r="50000"/>'))), parts=two_colours)
    with Image.open(io.BytesIO(take_apart(data).blobs[0])) as shown_part:
        assert shown_part.size == (20, 30)
        assert shown_part.convert("RGB").getcolors() == [(600, (0, 128, 128))]


def test_a_crop_that_cannot_be_made_leaves_the_picture_out() -> None:
    broken = {"p.png": ("image", b"no picture")}
    made = read(around("two") + paragraph(drawing(picture(cut='<a:srcRect r="50000"/>'))), parts=broken)
    assert made["pictures"] == []
    assert say.PICTURE_KIND.format(1) in made["lost"]


def test_a_decorative_picture_is_one_and_words_for_others_are_taken() -> None:
    about = (
        '<wp:docPr id="1" descr="A kettle"><a:extLst><a:ext><adec:decorative val="{}"/></a:ext></a:extLst></wp:docPr>'
    )
    for decorative in ("1", "0"):
        made = read(around("two") + paragraph(drawing(picture(), about.format(decorative))), parts=PICTURES)
        assert made["pictures"] == [{"alt_text": "A kettle", "decorative": decorative == "1"}]


LINKS = [
    ("https://example.org/a", True, ""),
    ("HTTP://example.org", True, ""),
    ("mailto:a@example.org", True, ""),
    ("javascript:alert(1)", False, say.LINK_NO_ADDRESS),
    ("data:text/html,x", False, say.LINK_NO_ADDRESS),
    ("file:///c:/a.docx", False, say.LINK_ON_A_COMPUTER),
    ("C:\\Users\\a.docx", False, say.LINK_ON_A_COMPUTER),
    ("../other.docx", False, say.LINK_ON_A_COMPUTER),
    ("\\\\server\\share", False, say.LINK_ON_A_COMPUTER),
]


@pytest.mark.parametrize(("target", "kept", "sentence"), LINKS)
def test_links_lead_to_the_web_to_mail_or_to_a_telephone(target: str, kept: bool, sentence: str) -> None:
    made = read(around(f'<w:hyperlink r:id="a">{run("two")}</w:hyperlink>'), outside={"a": ("hyperlink", target)})
    assert (f'<a href="{target}">two</a>' in shown(made["blocks"])) is kept
    assert made["lost"] == ([sentence] if sentence else [])


def test_the_strict_form_is_the_same_file() -> None:
    strict = word_file(around(run("two", "<w:b/>")))
    made = proved(_in_strict_form(strict))
    assert shown(made["blocks"]) == "<p>One <b>two</b> three</p>"
    assert made["lost"] == []


def _in_strict_form(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    transitional = b"http://schemas.openxmlformats.org/"
    strict = b"http://purl.oclc.org/ooxml/"
    for tail in (b"wordprocessingml", b"officeDocument"):
        for name, text in files.items():
            files[name] = text.replace(transitional + tail + b"/2006/", strict + tail + b"/")
    return zipped(files)


def test_cells_keep_their_lines_lists_and_links() -> None:
    lines = f"<w:tc>{paragraph('Mon')}{paragraph('Tue')}</w:tc>"
    made = read(table(["Who", "When"], ["CARF", lines]))
    value = made["blocks"][0][1]["table"]
    assert [column["type"] for column in value["columns"]] == ["text", "words"]
    assert value["rows"] == [{"values": ["CARF", "<p>Mon</p><p>Tue</p>"]}]
    assert made["unsaid"] == []


def test_raised_digits_stay_raised_where_only_letters_can_stand() -> None:
    heading = paragraph("10 m", run("2", '<w:vertAlign w:val="superscript"/>'), about=HEADING)
    made = read(heading + paragraph("x"))
    assert shown(made["blocks"]) == "h2(10 m²) + <p>x</p>"
    assert (made["lost"], made["unsaid"]) == ([], [])
    letters = heading.replace(">2<", ">st<")
    assert say.RAISED in read(letters + paragraph("x"))["lost"]


UNKNOWN = {
    "beside paragraphs": around("two") + f"<new:thing>{paragraph('odd')}</new:thing>",
    "in a paragraph": around(run("two") + f"<new:thing>{run(' odd')}</new:thing>"),
    "in a run": around("<w:r><w:t>two</w:t><new:thing/></w:r>"),
    "about words": looked("<new:thing/>"),
    "about a paragraph": around("two", "<new:thing/>"),
    "in a drawing": around(run("two") + drawing("<new:thing/>")),
    "in a namespace of Word's own": around("<w:r><w:t>two</w:t><w:tomorrow/></w:r>"),
    "a field": around(complex_field("TOMORROW")),
    "a break": around('<w:r><w:br w:type="tomorrow"/></w:r>'),
    "a content control": around(control("<w15:tomorrow/>", run("two"))),
}


@pytest.mark.parametrize("body", UNKNOWN.values(), ids=UNKNOWN)
def test_what_stands_in_no_row_is_said_by_its_name(body: str) -> None:
    made = read(body)
    assert any("does not know" in sentence for sentence in made["lost"]), made["lost"]
    assert "odd" not in shown(made["blocks"])
    assert ("odd" in body) == (made["unsaid"] == [say.NOT_ON_THE_PAGE.format("odd")])


def test_an_unknown_part_is_said() -> None:
    assert any("tomorrow" in one for one in read(around("two"), parts={"x.bin": ("tomorrow", b"x")})["lost"])


def test_the_editor_gives_back_what_the_import_wrote() -> None:
    """Opened and saved in the editor of rich text, no word, line or number of any sample is lost."""
    converter = ContentstateConverter(FEATURES)
    texts = {
        value if kind == "text" else value["text"]
        for sample in SAMPLES.values()
        for kind, value in taken_apart(sample)["blocks"]
        if kind in {"text", "numbered"}
    }
    assert len(texts) > 20
    for html in texts:
        again = converter.to_database_format(converter.from_database_format(html))
        assert words(without_tags(again)) == words(without_tags(html))
        assert [again.count(tag) for tag in KEPT_TAGS] == [html.count(tag) for tag in KEPT_TAGS], html


def without_tags(html: str) -> str:
    return words_of_blocks([{"type": "text", "value": html}])


KEPT_TAGS = ("<br/>", "<sup>", "<sub>", "<b>", "<a ", "<li", "<ol", "<ul")


def test_the_proof_sees_joined_missing_and_added_words() -> None:
    assert compare("the Centre 12 Street", "the Centre12 Street", left_out=[], added=[]) == [
        say.NOT_ON_THE_PAGE.format("Centre 12"),
        say.NOT_IN_THE_FILE.format("Centre12"),
    ]
    assert compare("on Tuesday Thursday", "on Thursday", left_out=["Tuesday"], added=[]) == []
    assert compare("a\u00adb 10 m2", "ab 10 m²", left_out=[], added=[]) == []
    many = " ".join(f"word{n}" for n in range(100))
    assert compare(many, "", left_out=[], added=[])[0].endswith("and 60 more”.")


def test_text_too_small_to_read_is_hidden_and_small_print_is_not() -> None:
    document = Document()
    document.add_heading("A title", 0)
    document.add_paragraph().add_run("small print").font.size = Pt(6)
    assert shown(with_docx(document)["blocks"]) == "<p>small print</p>"
