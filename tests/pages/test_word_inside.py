"""Whatever stands in whatever: words hidden in a cell of a table in a text box are as hidden as anywhere.

Every sort of words in every container, and each inline container in each other. The proof has to have nothing to add.
"""

from collections.abc import Callable
from itertools import product

from tests.pages.test_word_elements import shown
from tests.pages.test_word_kinds import HIDDEN, STRUCK, read
from tests.word_elements import ALTERNATIVE, EQUATION, around, complex_field, control, drawing, looked, vml
from tests.word_files import item, paragraph, part, run, table


def shape(inside: str) -> str:
    return f"<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp>"


def boxed(inside: str) -> str:
    return drawing(shape(inside))


def boxed_in_the_old_way(inside: str) -> str:
    return vml(f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>")


def in_both_ways(inside: str) -> str:
    """As Word writes a text box: once for itself and once more for what is older."""
    new, old = (made[len("<w:r>") : -len("</w:r>")] for made in (boxed(inside), boxed_in_the_old_way(inside)))
    return f"<w:r>{ALTERNATIVE.format('wps', new, old)}</w:r>"


def in_a_cell(inside: str) -> str:
    return table(["A", "B"], [f"<w:tc>{inside}</w:tc>", "D"])


CONTAINERS: dict[str, Callable[[str], str]] = {
    "the body": lambda inside: inside,
    "a cell": in_a_cell,
    "a table in a cell": lambda inside: in_a_cell(table(["x", "y"], [f"<w:tc>{inside}</w:tc>", "z"]) + paragraph("q")),
    "a text box": lambda inside: around(run("two") + boxed(inside)),
    "an old text box": lambda inside: around(run("two") + boxed_in_the_old_way(inside)),
    "a text box in both ways": lambda inside: around(run("two") + in_both_ways(inside)),
    "a group": lambda inside: around(run("two") + drawing(f"<wpg:wgp>{shape(inside)}</wpg:wgp>")),
    "a content control": lambda inside: control("<w:richText/>", inside),
    "custom XML": lambda inside: f"<w:customXml>{inside}</w:customXml>",
    "an insertion": lambda inside: f"<w:ins>{inside}</w:ins>",
    "an alternative": lambda inside: ALTERNATIVE.format("w14", inside, inside),
}
CHECK_BOX = control('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', run("x"))
VISIBLE = {
    "words": around("two"),
    "a list": item("one") + item("two"),
    "a table": table(["P", "Q"], ["R", "S"]),
    "a tab": paragraph("a", "<w:r><w:tab/><w:t>b</w:t></w:r>"),
    "a break": around("<w:r><w:t>x</w:t><w:br/><w:t>y</w:t></w:r>"),
    "a link": around(complex_field('HYPERLINK "https://example.org"')),
    "a list of contents": around(complex_field("TOC")),
    "an equation": around(EQUATION),
    "a heading": paragraph("H", about='<w:pStyle w:val="Heading1"/>') + paragraph("t"),
    "a title": paragraph("T", about='<w:pStyle w:val="Title"/>') + paragraph("t"),
    "signs": looked('<w:rFonts w:ascii="Wingdings"/>', "JK"),
    "a check box": paragraph(CHECK_BOX, " yes"),
    "a prompt": around(control("<w:showingPlcHdr/>", run("Click"))),
    "a large first letter": paragraph("T", about='<w:framePr w:dropCap="drop"/>') + paragraph("his"),
    "a deleted end": paragraph("A", about="<w:rPr><w:del/></w:rPr>") + paragraph("B"),
}


EVERYTHING = VISIBLE | {f"hidden {how}": body for how, body in HIDDEN.items()}
EVERYTHING |= {f"struck {how}": body for how, body in STRUCK.items()}


def test_everything_is_the_same_in_every_container() -> None:
    wrong = []
    for (where, container), (what, body) in product(CONTAINERS.items(), EVERYTHING.items()):
        made = read(container(body))
        seen = f"{made['title']} {shown(made['blocks'])}"
        if "secret" in seen or made["unsaid"] or (what.startswith("hidden") and "secret" in made["before"]):
            wrong.append((where, what, seen, made["unsaid"]))
    assert wrong == []


def test_everything_is_the_same_in_a_footnote() -> None:
    wrong = []
    reference = around('<w:r><w:footnoteReference w:id="2"/></w:r>')
    for what, body in EVERYTHING.items():
        notes = part("w:footnotes", f'<w:footnote w:id="2">{body}</w:footnote>')
        made = read(reference, parts={"n": ("footnotes", notes)})
        if "secret" in shown(made["blocks"]) or made["unsaid"]:
            wrong.append((what, shown(made["blocks"]), made["unsaid"]))
    assert wrong == []


INLINE: dict[str, tuple[str, str]] = {
    "an insertion": ("<w:ins>", "</w:ins>"),
    "a move": ("<w:moveTo>", "</w:moveTo>"),
    "a link": ('<w:hyperlink w:anchor="x">', "</w:hyperlink>"),
    "a smart tag": ("<w:smartTag>", "</w:smartTag>"),
    "custom XML": ("<w:customXml>", "</w:customXml>"),
    "a content control": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "a direction": ("<w:dir>", "</w:dir>"),
    "a field": ('<w:fldSimple w:instr="DATE">', "</w:fldSimple>"),
    "a deletion": ("<w:del>", "</w:del>"),
    "a move away": ("<w:moveFrom>", "</w:moveFrom>"),
}
NEVER = {"a deletion", "a move away"}


def test_each_inline_container_holds_each_other() -> None:
    for (outer, (opens, closes)), (inner, (starts, ends)) in product(INLINE.items(), INLINE.items()):
        words = run("two") + run("never", "<w:vanish/>")
        made = read(paragraph("One ", f"{opens}{starts}{words}{ends}{closes}", " three"))
        kept = not NEVER & {outer, inner}
        assert shown(made["blocks"]) == ("<p>One two three</p>" if kept else "<p>One three</p>"), (outer, inner)
        assert made["unsaid"] == [], (outer, inner)
