"""A piece of a Word file for each row of the table in hub/pages/imports/elements.py, and what a page must show of it.

What only changes looks, or is a program's note, needs no sample of its own: it is put where it belongs, and nothing of
it may be seen or said.
"""

from dataclasses import dataclass, field
from typing import Any

from hub.pages.imports.elements import ROWS, Fate, Row, Spot
from tests.word_files import a_png, item, paragraph, part, run, table

P = Spot
PLAIN = "<p>One two three</p>"
WITHOUT = "<p>One three</p>"
PICTURES = {"p.png": ("image", a_png())}


@dataclass(frozen=True)
class Sample:
    """`shows`: the blocks of the page in one line, as `shown` in the test writes them."""

    body: str
    shows: str = PLAIN
    parts: dict[str, tuple[str, Any]] = field(default_factory=dict)
    outside: dict[str, tuple[str, str]] = field(default_factory=dict)
    numbering: str = ""
    also_said: tuple[str, ...] = ()


def around(inside: str, about: str = "") -> str:
    return paragraph("One ", inside, " three", about=about)


def looked(look: str, text: str = "two") -> str:
    return around(run(text, look))


def complex_field(code: str, result: str = "two", form: str = "") -> str:
    marks = [
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>',
        f"<w:r><w:instrText>{code}</w:instrText></w:r>",
    ]
    if result:
        marks += ['<w:r><w:fldChar w:fldCharType="separate"/></w:r>', run(result)]
    return "".join([*marks, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'])


def drawing(inside: str, about: str = '<wp:docPr id="1" name="x"/>') -> str:
    graphic = f"<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:inline>{about}{graphic}</wp:inline></w:drawing></w:r>"


def picture(blip: str = '<a:blip r:embed="p.png"/>', cut: str = "", form: str = "") -> str:
    return f"<pic:pic><pic:blipFill>{blip}{cut}</pic:blipFill><pic:spPr>{form}</pic:spPr></pic:pic>"


def box(text: str = "boxed") -> str:
    return f"<wps:wsp><wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx></wps:wsp>"


def vml(inside: str, shape: str = "v:shape", about: str = "") -> str:
    return f"<w:r><w:pict><{shape} {about}>{inside}</{shape}></w:pict></w:r>"


def control(about: str, inside: str) -> str:
    return f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def cell(text: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{paragraph(text)}</w:tc>"


def cells(*made: str) -> str:
    return f"<w:tr>{''.join(made)}</w:tr>"


def row(*texts: str, about: str = "") -> str:
    return f"<w:tr><w:trPr>{about}</w:trPr>{''.join(cell(one) for one in texts)}</w:tr>"


def rows(*made: str, about: str = "") -> str:
    return f'<w:tbl><w:tblPr><w:tblCaption w:val="Who"/>{about}</w:tblPr>{"".join(made)}</w:tbl>'


HEAD = row("Who", "When", about="<w:tblHeader/>")
BODY = row("CARF", "Monday")
TABLE = "table(Who: Who|When / CARF|Monday)"
NOTE = {"notes": ("footnotes", part("w:footnotes", f'<w:footnote w:id="2">{paragraph("The note.")}</w:footnote>'))}
ENDNOTE = {"notes": ("endnotes", part("w:endnotes", f'<w:endnote w:id="2">{paragraph("The note.")}</w:endnote>'))}
NOTES = "<p>One two<sup>[1]</sup> three</p> + h2(Notes) + <ol><li>The note.</li></ol>"
ALTERNATIVE = (
    '<mc:AlternateContent><mc:Choice Requires="{}">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
)
DELETED = "<w:r><w:delText>two</w:delText></w:r>"
HEADER = {"h.xml": ("header", part("w:hdr", paragraph("Draft 3")))}
FOOTER = {"f.xml": ("footer", part("w:ftr", paragraph("Page 3")))}
EQUATION = "<m:oMath><m:r><m:t>two</m:t></m:r></m:oMath>"
CHOSEN = '<w:result w:val="1"/><w:listEntry w:val="one"/><w:listEntry w:val="two"/>'
CHOICES = f"<w:ffData><w:ddList>{CHOSEN}</w:ddList></w:ffData>"
CHECK_BOX = '<w:ffData><w:checkBox><w:default w:val="0"/>{}</w:checkBox></w:ffData>'

SAMPLES: dict[tuple[Spot, str], Sample] = {
    (P.BLOCK, "w:p"): Sample(paragraph("One two three")),
    (P.BLOCK, "w:tbl"): Sample(rows(HEAD, BODY), TABLE),
    (P.BLOCK, "w:sdt"): Sample(control("<w:richText/>", paragraph("One two three"))),
    (P.BLOCK, "w:customXml"): Sample(f"<w:customXml>{paragraph('One two three')}</w:customXml>"),
    (P.BLOCK, "mc:AlternateContent"): Sample(ALTERNATIVE.format("w14", paragraph("One two three"), paragraph("Old"))),
    (P.BLOCK, "w:ins"): Sample(f"<w:ins>{paragraph('One two three')}</w:ins>"),
    (P.BLOCK, "w:moveTo"): Sample(f"<w:moveTo>{paragraph('One two three')}</w:moveTo>"),
    (P.BLOCK, "w:del"): Sample(paragraph("One two three") + f"<w:del>{paragraph('Never')}</w:del>"),
    (P.BLOCK, "w:moveFrom"): Sample(paragraph("One two three") + f"<w:moveFrom>{paragraph('Never')}</w:moveFrom>"),
    (P.BLOCK, "w:altChunk"): Sample(paragraph("One two three") + '<w:altChunk r:id="x"/>'),
    (P.BLOCK, "m:oMath"): Sample(paragraph("One three") + EQUATION, WITHOUT),
    (P.BLOCK, "m:oMathPara"): Sample(paragraph("One three") + f"<m:oMathPara>{EQUATION}</m:oMathPara>", WITHOUT),
    (P.INLINE, "w:r"): Sample(around(run("two"))),
    (P.INLINE, "w:hyperlink"): Sample(
        around(f'<w:hyperlink r:id="a">{run("two")}</w:hyperlink>'),
        '<p>One <a href="https://example.org/?a=1&amp;b=2">two</a> three</p>',
        outside={"a": ("hyperlink", "https://example.org/?a=1&amp;b=2")},
    ),
    (P.INLINE, "w:fldSimple"): Sample(
        around(f"<w:fldSimple w:instr=' HYPERLINK \"https://example.org/\" '>{run('two')}</w:fldSimple>"),
        '<p>One <a href="https://example.org/">two</a> three</p>',
    ),
    (P.INLINE, "w:smartTag"): Sample(around(f"<w:smartTag>{run('two')}</w:smartTag>")),
    (P.INLINE, "w:sdt"): Sample(around(control("<w:richText/>", run("two")))),
    (P.INLINE, "w:customXml"): Sample(around(f"<w:customXml><w:customXmlPr/>{run('two')}</w:customXml>")),
    (P.INLINE, "w:dir"): Sample(around(f"<w:dir>{run('two')}</w:dir>")),
    (P.INLINE, "mc:AlternateContent"): Sample(around(ALTERNATIVE.format("w14", run("two"), run("old")))),
    (P.INLINE, "w:bdo"): Sample(around(f"<w:bdo>{run('two')}</w:bdo>")),
    (P.INLINE, "w:ins"): Sample(around(f"<w:ins>{run('two')}</w:ins>")),
    (P.INLINE, "w:moveTo"): Sample(around(f"<w:moveTo>{run('two')}</w:moveTo>")),
    (P.INLINE, "w:del"): Sample(around(f"<w:del>{DELETED}{run('two')}</w:del>"), WITHOUT),
    (P.INLINE, "w:moveFrom"): Sample(around(f"<w:moveFrom>{run('two')}</w:moveFrom>"), WITHOUT),
    (P.INLINE, "w:subDoc"): Sample(around('<w:subDoc r:id="x"/>'), WITHOUT),
    (P.INLINE, "m:oMath"): Sample(around(EQUATION), WITHOUT),
    (P.INLINE, "m:oMathPara"): Sample(around(f"<m:oMathPara>{EQUATION}</m:oMathPara>"), WITHOUT),
    (P.INLINE, "m:r"): Sample(around("<m:r><m:t>two</m:t></m:r>"), WITHOUT),
    (P.RUN, "w:t"): Sample(around(run("two"))),
    (P.RUN, "w:br"): Sample(around("<w:r><w:t>two</w:t><w:br/></w:r>"), "<p>One two<br/> three</p>"),
    (P.RUN, "w:cr"): Sample(around("<w:r><w:t>two</w:t><w:cr/></w:r>"), "<p>One two<br/> three</p>"),
    (P.RUN, "w:noBreakHyphen"): Sample(
        around("<w:r><w:t>tw</w:t><w:noBreakHyphen/><w:t>o</w:t></w:r>"), "<p>One tw\u2011o three</p>"
    ),
    (P.RUN, "w:sym"): Sample(
        around('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "<p>One ✓ three</p>", also_said=("Signs from",)
    ),
    (P.RUN, "w:fldChar"): Sample(
        around(complex_field('HYPERLINK "mailto:a@example.org"')),
        '<p>One <a href="mailto:a@example.org">two</a> three</p>',
    ),
    (P.RUN, "w:drawing"): Sample(
        around(run("two") + drawing(picture())), f"{PLAIN} + image(0)", PICTURES, also_said=("A picture in the middle",)
    ),
    (P.RUN, "w:pict"): Sample(
        around("two") + paragraph(vml('<v:imagedata r:id="p.png"/>')), f"{PLAIN} + image(0)", PICTURES
    ),
    (P.RUN, "mc:AlternateContent"): Sample(
        around(f"<w:r>{ALTERNATIVE.format('w14', '<w:t>two</w:t>', '<w:t>old</w:t>')}</w:r>")
    ),
    (P.RUN, "w:tab"): Sample(paragraph("One", "<w:r><w:tab/><w:t>two three</w:t></w:r>")),
    (P.RUN, "w:ptab"): Sample(paragraph("One", "<w:r><w:ptab/><w:t>two three</w:t></w:r>")),
    (P.RUN, "w:ruby"): Sample(
        around(f"<w:r><w:ruby><w:rt>{run('small')}</w:rt><w:rubyBase>{run('two')}</w:rubyBase></w:ruby></w:r>"),
        "<p>One two (small) three</p>",
    ),
    (P.RUN, "w:footnoteReference"): Sample(
        around('<w:r><w:t>two</w:t><w:footnoteReference w:id="2"/></w:r>'), NOTES, NOTE
    ),
    (P.RUN, "w:endnoteReference"): Sample(
        around('<w:r><w:t>two</w:t><w:endnoteReference w:id="2"/></w:r>'), NOTES, ENDNOTE
    ),
    (P.RUN, "w:object"): Sample(
        around(run("two"))
        + '<w:p><w:r><w:object><v:shape><v:imagedata r:id="p.png"/></v:shape><o:OLEObject/></w:object></w:r></w:p>',
        f"{PLAIN} + image(0)",
        PICTURES,
    ),
    (P.RUN, "w:commentReference"): Sample(around('<w:r><w:t>two</w:t><w:commentReference w:id="1"/></w:r>')),
    (P.RUN, "w:delText"): Sample(around(DELETED), WITHOUT),
    (P.RUN, "w:delInstrText"): Sample(around("<w:r><w:delInstrText>PAGE</w:delInstrText></w:r>"), WITHOUT),
    (P.RUN, "w:contentPart"): Sample(around('<w:r><w:contentPart r:id="x"/></w:r>'), WITHOUT),
    (P.RUN, "w14:contentPart"): Sample(around('<w:r><w14:contentPart r:id="x"/></w:r>'), WITHOUT),
    (P.RUN, "w:control"): Sample(around('<w:r><w:control r:id="x"/></w:r>'), WITHOUT),
    (P.RUN, "w:pgNum"): Sample(around("<w:r><w:pgNum/></w:r>"), WITHOUT),
    **{
        (P.RUN, f"w:{name}"): Sample(around(f"<w:r><w:{name}/></w:r>"), WITHOUT)
        for name in ("dayShort", "monthShort", "yearShort", "dayLong", "monthLong", "yearLong")
    },
    **{
        (P.BREAK, kind): Sample(
            around(f'<w:r><w:t>two</w:t><w:br w:type="{kind}"/></w:r>'), "<p>One two<br/> three</p>"
        )
        for kind in ("line", "textWrapping", "page", "column")
    },
    (P.WORDS, "w:b"): Sample(looked("<w:b/>"), "<p>One <b>two</b> three</p>"),
    (P.WORDS, "w:bCs"): Sample(looked("<w:rtl/><w:bCs/>"), "<p>One <b>two</b> three</p>"),
    (P.WORDS, "w:vertAlign"): Sample(looked('<w:vertAlign w:val="superscript"/>'), "<p>One <sup>two</sup> three</p>"),
    (P.WORDS, "w:rStyle"): Sample(looked('<w:rStyle w:val="Strong"/>'), "<p>One <b>two</b> three</p>"),
    **{
        (P.WORDS, name): Sample(looked(f"<{name}/>"), WITHOUT)
        for name in ("w:vanish", "w:webHidden", "w:strike", "w:dstrike")
    },
    (P.WORDS, "w:iCs"): Sample(looked("<w:rtl/><w:iCs/>")),
    (P.WORDS, "w:u"): Sample(looked('<w:u w:val="single"/>')),
    (P.WORDS, "w:em"): Sample(looked('<w:em w:val="dot"/>')),
    (P.WORDS, "w:color"): Sample(looked('<w:color w:val="FF0000"/>')),
    (P.WORDS, "w:highlight"): Sample(looked('<w:highlight w:val="yellow"/>')),
    (P.WORDS, "w:shd"): Sample(looked('<w:shd w:val="clear" w:fill="FFFF00"/>')),
    (P.WORDS, "w:effect"): Sample(looked('<w:effect w:val="lights"/>')),
    (P.WORDS, "w:bdr"): Sample(looked('<w:bdr w:val="single"/>')),
    (P.WORDS, "w:position"): Sample(looked('<w:position w:val="6"/>')),
    (P.WORDS, "w:lang"): Sample(looked('<w:lang w:val="pl-PL"/>')),
    (P.WORDS, "w:rFonts"): Sample(looked('<w:rFonts w:ascii="Wingdings"/>', "J"), "<p>One ☺ three</p>"),
    (P.WORDS, "w:del"): Sample(looked("<w:del/>"), WITHOUT),
    (P.WORDS, "w:moveFrom"): Sample(looked("<w:moveFrom/>"), WITHOUT),
    **{
        (P.WORDS, name): Sample(looked(f"<{name}/>"))
        for name in (
            *("w:i", "w:caps", "w:smallCaps", "w:outline", "w:shadow", "w:emboss", "w:imprint", "w:eastAsianLayout"),
            *(
                "w14:glow",
                "w14:shadow",
                "w14:reflection",
                "w14:textOutline",
                "w14:textFill",
                "w14:scene3d",
                "w14:props3d",
            ),
            *("w:rPrChange", "w:ins", "w:moveTo"),
        )
    },
    (P.PARAGRAPH, "w:numPr"): Sample(item("One") + item("two"), "<ol><li>One</li><li>two</li></ol>"),
    (P.PARAGRAPH, "w:outlineLvl"): Sample(
        paragraph("One", about='<w:outlineLvl w:val="0"/>') + paragraph("two"), "h2(One) + <p>two</p>"
    ),
    (P.PARAGRAPH, "w:pStyle"): Sample(around("two", '<w:pStyle w:val="Warning"/>')),
    (P.PARAGRAPH, "w:framePr"): Sample(around("two", '<w:framePr w:wrap="around"/>')),
    (P.PARAGRAPH, "w:pBdr"): Sample(around("two", '<w:pBdr><w:top w:val="single"/></w:pBdr>')),
    (P.PARAGRAPH, "w:shd"): Sample(around("two", '<w:shd w:val="clear" w:fill="FFFF00"/>')),
    (P.PARAGRAPH, "w:sectPr"): Sample(around("two", "<w:sectPr/>")),
    **{
        (P.PARAGRAPH, f"w:{name}"): Sample(around("two", f"<w:{name}/>"))
        for name in ("pageBreakBefore", "pPrChange", "bidi")
    },
    (P.TABLE, "w:tr"): Sample(rows(HEAD, BODY), TABLE),
    (P.TABLE, "w:sdt"): Sample(rows(HEAD, control("", BODY)), TABLE),
    (P.TABLE, "w:customXml"): Sample(rows(HEAD, f"<w:customXml>{BODY}</w:customXml>"), TABLE),
    (P.TABLE, "w:ins"): Sample(rows(HEAD, f"<w:ins>{BODY}</w:ins>"), TABLE),
    (P.TABLE, "w:moveTo"): Sample(rows(HEAD, f"<w:moveTo>{BODY}</w:moveTo>"), TABLE),
    (P.TABLE, "w:del"): Sample(rows(HEAD, BODY, f"<w:del>{row('Never', 'no')}</w:del>"), TABLE),
    (P.TABLE, "w:moveFrom"): Sample(rows(HEAD, BODY, f"<w:moveFrom>{row('Never', 'no')}</w:moveFrom>"), TABLE),
    (P.ABOUT_TABLE, "w:tblCaption"): Sample(rows(HEAD, BODY), TABLE),
    (P.ABOUT_TABLE, "w:tblDescription"): Sample(
        table(["Who", "When"], ["CARF", "Monday"], about='<w:tblDescription w:val="Who"/>').replace(
            "<w:tr>", f"{HEAD}<w:tr>", 0
        ),
        TABLE,
        also_said=("The first row of table 1",),
    ),
    (P.ABOUT_TABLE, "w:tblLook"): Sample(
        rows(row("Who", "When"), BODY, about='<w:tblStyle w:val="Grand"/><w:tblLook w:firstRow="1"/>'), TABLE
    ),
    (P.ABOUT_TABLE, "w:bidiVisual"): Sample(rows(HEAD, BODY, about="<w:bidiVisual/>"), TABLE),
    (P.ABOUT_TABLE, "w:tblPrChange"): Sample(rows(HEAD, BODY, about="<w:tblPrChange/>"), TABLE),
    (P.ROW, "w:tc"): Sample(rows(HEAD, BODY), TABLE),
    (P.ROW, "w:sdt"): Sample(rows(HEAD, f"<w:tr>{cell('CARF')}{control('', cell('Monday'))}</w:tr>"), TABLE),
    (P.ROW, "w:customXml"): Sample(
        rows(HEAD, f"<w:tr>{cell('CARF')}<w:customXml>{cell('Monday')}</w:customXml></w:tr>"), TABLE
    ),
    (P.ROW, "w:ins"): Sample(rows(HEAD, f"<w:tr>{cell('CARF')}<w:ins>{cell('Monday')}</w:ins></w:tr>"), TABLE),
    (P.ROW, "w:moveTo"): Sample(rows(HEAD, f"<w:tr>{cell('CARF')}<w:moveTo>{cell('Monday')}</w:moveTo></w:tr>"), TABLE),
    (P.ROW, "w:del"): Sample(
        rows(HEAD, f"<w:tr>{cell('CARF')}<w:del>{cell('no')}</w:del>{cell('Monday')}</w:tr>"), TABLE
    ),
    (P.ROW, "w:moveFrom"): Sample(
        rows(HEAD, f"<w:tr>{cell('CARF')}<w:moveFrom>{cell('no')}</w:moveFrom>{cell('Monday')}</w:tr>"), TABLE
    ),
    (P.ABOUT_ROW, "w:tblHeader"): Sample(rows(HEAD, BODY), TABLE),
    (P.ABOUT_ROW, "w:gridBefore"): Sample(
        rows(HEAD, BODY, row("Tuesday", about='<w:gridBefore w:val="1"/>')),
        "table(Who: Who|When / CARF|Monday / |Tuesday)",
    ),
    (P.ABOUT_ROW, "w:gridAfter"): Sample(
        rows(HEAD, BODY, row("FIRST", about='<w:gridAfter w:val="1"/>')), "table(Who: Who|When / CARF|Monday / FIRST|)"
    ),
    (P.ABOUT_ROW, "w:hidden"): Sample(rows(HEAD, BODY, row("Never", "no", about="<w:hidden/>")), TABLE),
    (P.ABOUT_ROW, "w:del"): Sample(rows(HEAD, BODY, row("Never", "no", about="<w:del/>")), TABLE),
    (P.ABOUT_ROW, "w:ins"): Sample(rows(HEAD, row("CARF", "Monday", about="<w:ins/>")), TABLE),
    (P.ABOUT_ROW, "w:trPrChange"): Sample(rows(HEAD, row("CARF", "Monday", about="<w:trPrChange/>")), TABLE),
    (P.CELL, "w:gridSpan"): Sample(
        rows(HEAD, BODY, cells(cell("Both", '<w:gridSpan w:val="2"/>'))),
        "table(Who: Who|When / CARF|Monday / Both|)",
    ),
    (P.CELL, "w:vMerge"): Sample(
        rows(
            HEAD,
            cells(cell("CARF", '<w:vMerge w:val="restart"/>'), cell("Monday")),
            f"<w:tr>{cell('', '<w:vMerge/>')}{cell('Tuesday')}</w:tr>",
        ),
        "table(Who: Who|When / CARF|Monday / |Tuesday)",
    ),
    (P.CELL, "w:hMerge"): Sample(
        rows(HEAD, BODY, cells(cell("Both", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"))),
        "table(Who: Who|When / CARF|Monday / Both|)",
    ),
    (P.CELL, "w:shd"): Sample(rows(HEAD, cells(cell("CARF", '<w:shd w:fill="FFFF00"/>'), cell("Monday"))), TABLE),
    (P.CELL, "w:cellDel"): Sample(
        rows(HEAD, f"<w:tr>{cell('CARF')}{cell('Monday')}{cell('Never', '<w:cellDel/>')}</w:tr>"), TABLE
    ),
    **{
        (P.CELL, f"w:{name}"): Sample(rows(HEAD, f"<w:tr>{cell('CARF', f'<w:{name}/>')}{cell('Monday')}</w:tr>"), TABLE)
        for name in ("cellIns", "cellMerge", "tcPrChange")
    },
    (P.SECTION, "w:headerReference"): Sample(
        around("two", '<w:sectPr><w:headerReference r:id="h.xml"/></w:sectPr>'),
        parts=HEADER,
        also_said=("The parts into",),
    ),
    (P.SECTION, "w:footerReference"): Sample(
        around("two", '<w:sectPr><w:footerReference r:id="f.xml"/></w:sectPr>'),
        parts=FOOTER,
        also_said=("The parts into",),
    ),
    (P.SECTION, "w:cols"): Sample(
        around("two", '<w:sectPr><w:cols w:num="2"/></w:sectPr>'), also_said=("The parts into",)
    ),
    (P.SECTION, "w:lnNumType"): Sample(
        around("two", "<w:sectPr><w:lnNumType/></w:sectPr>"), also_said=("The parts into",)
    ),
    (P.SECTION, "w:sectPrChange"): Sample(
        around("two", "<w:sectPr><w:sectPrChange/></w:sectPr>"), also_said=("The parts into",)
    ),
    (P.CONTROL, "w14:checkbox"): Sample(
        paragraph(control('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', run("☒")), " yes")
        + paragraph(control('<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>', run("☐")), " no"),
        "<p>☒ yes</p><p>☐ no</p>",
    ),
    **{
        (P.CONTROL, name): Sample(around(control(f"<{name}/>", run("two"))))
        for name in (
            *(
                "w:picture",
                "w:docPartObj",
                "w:docPartList",
                "w:richText",
                "w:group",
                "w:citation",
                "w:bibliography",
                "w:equation",
            ),
            *("w15:repeatingSection", "w15:repeatingSectionItem", "w14:entityPicker"),
            *("w:text", "w:date", "w:dropDownList", "w:comboBox"),
        )
    },
    (P.CONTROL, "w:showingPlcHdr"): Sample(around(control("<w:showingPlcHdr/>", run("Click here"))), WITHOUT),
    (P.DRAWING, "pic:pic"): Sample(around("two") + paragraph(drawing(picture())), f"{PLAIN} + image(0)", PICTURES),
    (P.DRAWING, "v:imagedata"): Sample(
        around("two") + paragraph(vml('<v:imagedata r:id="p.png"/>')), f"{PLAIN} + image(0)", PICTURES
    ),
    (P.DRAWING, "wps:txbx"): Sample(around(run("two") + drawing(box())), f"{PLAIN}<p>boxed</p>"),
    (P.DRAWING, "v:textbox"): Sample(
        around(run("two") + vml(f"<v:textbox><w:txbxContent>{paragraph('boxed')}</w:txbxContent></v:textbox>")),
        f"{PLAIN}<p>boxed</p>",
    ),
    (P.DRAWING, "a:srcRect"): Sample(
        around("two") + paragraph(drawing(picture(cut='<a:srcRect l="50000"/>'))), f"{PLAIN} + image(0)", PICTURES
    ),
    (P.DRAWING, "a:xfrm"): Sample(
        around("two") + paragraph(drawing(picture(form='<a:xfrm rot="5400000"/>'))), f"{PLAIN} + image(0)", PICTURES
    ),
    (P.DRAWING, "a:rot"): Sample(
        around("two") + paragraph(drawing(picture(form='<a:xfrm rot="600000"/>'))), f"{PLAIN} + image(0)", PICTURES
    ),
    (P.DRAWING, "a:prstGeom"): Sample(
        around("two") + paragraph(drawing(picture(form='<a:prstGeom prst="ellipse"/>'))),
        f"{PLAIN} + image(0)",
        PICTURES,
    ),
    (P.DRAWING, "a:effectLst"): Sample(
        around("two") + paragraph(drawing(picture(form="<a:effectLst><a:glow/></a:effectLst>"))),
        f"{PLAIN} + image(0)",
        PICTURES,
    ),
    **{
        (P.DRAWING, f"a:{name}"): Sample(
            around("two") + paragraph(drawing(picture(f'<a:blip r:embed="p.png"><a:{name}/></a:blip>'))),
            f"{PLAIN} + image(0)",
            PICTURES,
        )
        for name in ("duotone", "lum", "grayscl", "biLevel", "clrChange", "alphaModFix")
    },
    (P.DRAWING, "a:linked"): Sample(
        around(run("two") + drawing(picture('<a:blip r:link="l"/>'))),
        outside={"l": ("image", "https://example.org/a.png")},
    ),
    (P.DRAWING, "a:hidden"): Sample(around(run("two") + drawing(box(), '<wp:docPr id="1" hidden="1"/>'))),
    **{
        (P.DRAWING, name): Sample(around(run("two") + drawing(f"<{name}/>")))
        for name in (
            "c:chart",
            "cx:chart",
            "dgm:relIds",
            "wps:wsp",
            "lc:lockedCanvas",
            "am3d:model3d",
            "wpi:contentPart",
        )
    },
    (P.DRAWING, "v:shape"): Sample(around(run("two") + vml(""))),
    (P.DRAWING, "wpg:covered"): Sample(
        around(run("two") + drawing(f"<wpg:wgp>{picture()}<wps:wsp/></wpg:wgp>")),
        parts=PICTURES,
        also_said=("A drawn shape",),
    ),
    (P.DRAWING, "v:textpath"): Sample(around(run("two") + vml('<v:textpath string="DRAFT"/>'))),
    (P.DRAWING, "o:OLEObject"): Sample(around(run("two") + "<w:r><w:object><o:OLEObject/></w:object></w:r>")),
    (P.DRAWING, "w:control"): Sample(
        around(run("two") + "<w:r><w:object><w:control/></w:object></w:r>"), also_said=("Files inside",)
    ),
    (P.DRAWING, "o:hr"): Sample(around(run("two") + vml("", "v:rect", 'o:hr="t"'))),
    (P.FIELD, "HYPERLINK"): Sample(
        around(complex_field('HYPERLINK "https://example.org/" \\l "part"')),
        '<p>One <a href="https://example.org/#part">two</a> three</p>',
    ),
    (P.FIELD, "FORMCHECKBOX"): Sample(
        paragraph(complex_field("FORMCHECKBOX", "", CHECK_BOX.format("<w:checked/>")), " yes")
        + paragraph(complex_field("FORMCHECKBOX", "", CHECK_BOX.format("")), " no"),
        "<p>☑ yes</p><p>☐ no</p>",
    ),
    (P.FIELD, "SYMBOL"): Sample(
        around(complex_field("SYMBOL 252 \\f Wingdings", "")), "<p>One ✓ three</p>", also_said=("Signs from",)
    ),
    (P.FIELD, "FORMDROPDOWN"): Sample(around(complex_field("FORMDROPDOWN", "", CHOICES))),
    (P.PART, "officeDocument"): Sample(around("two")),
    (P.PART, "styles"): Sample(looked('<w:rStyle w:val="Strong"/>'), "<p>One <b>two</b> three</p>"),
    (P.PART, "numbering"): Sample(item("One"), "<ol><li>One</li></ol>"),
    (P.PART, "image"): Sample(around("two") + paragraph(drawing(picture())), f"{PLAIN} + image(0)", PICTURES),
    (P.PART, "hyperlink"): Sample(
        around(f'<w:hyperlink r:id="a">{run("two")}</w:hyperlink>'),
        '<p>One <a href="tel:01632960123">two</a> three</p>',
        outside={"a": ("hyperlink", "tel:01632960123")},
    ),
    (P.PART, "footnotes"): Sample(around('<w:r><w:t>two</w:t><w:footnoteReference w:id="2"/></w:r>'), NOTES, NOTE),
    (P.PART, "endnotes"): Sample(around('<w:r><w:t>two</w:t><w:endnoteReference w:id="2"/></w:r>'), NOTES, ENDNOTE),
    (P.PART, "header"): Sample(around("two"), parts=HEADER),
    (P.PART, "footer"): Sample(around("two"), parts=FOOTER),
    (P.PART, "comments"): Sample(around("two"), parts={"c.xml": ("comments", part("w:comments", "<w:comment/>"))}),
}


def sample_of(one: Row) -> Sample | None:
    """The sample of a row: its own, or for looks and notes of the program's the same for all of a place."""
    own = SAMPLES.get((one.place, one.name))
    if own is not None:
        return own
    if one.place is P.FIELD and one.fate is not Fate.UNSEEN:
        return Sample(around(complex_field(one.name)), WITHOUT if one.fate is Fate.LEFT_OUT else PLAIN)
    if one.place is P.PART:
        return Sample(around("two"), parts={"x.bin": (one.name, part("w:x", ""))})
    return _of_what_nobody_sees(one) if one.fate in {Fate.LOOKS, Fate.UNSEEN} else None


def _of_what_nobody_sees(one: Row) -> Sample:
    tag = f"<{one.name}/>"
    bodies = {
        P.BLOCK: f"{tag}{around('two')}{tag}",
        P.INLINE: around(f"{tag}{run('two')}{tag}"),
        P.RUN: around(f"<w:r>{tag}<w:t>two</w:t></w:r>"),
        P.WORDS: looked(tag),
        P.PARAGRAPH: around("two", tag),
        P.CONTROL: around(control(tag, run("two"))),
        P.FIELD: around(run("two") + complex_field(one.name, "")),
        P.SECTION: around("two") + f"<w:sectPr>{tag}</w:sectPr>",
        P.TABLE: rows(HEAD, tag, BODY),
        P.ABOUT_TABLE: rows(HEAD, BODY, about=tag),
        P.ROW: rows(HEAD, f"<w:tr>{tag}{cell('CARF')}{cell('Monday')}</w:tr>"),
        P.ABOUT_ROW: rows(HEAD, row("CARF", "Monday", about=tag)),
        P.CELL: rows(HEAD, f"<w:tr>{cell('CARF', tag)}{cell('Monday')}</w:tr>"),
    }
    in_a_table = {P.TABLE, P.ABOUT_TABLE, P.ROW, P.ABOUT_ROW, P.CELL}
    return Sample(bodies[one.place], TABLE if one.place in in_a_table else PLAIN)


WITHOUT_A_SAMPLE = [(one.place, one.name) for one in ROWS if sample_of(one) is None]
WITHOUT_A_ROW = sorted(set(SAMPLES) - {(one.place, one.name) for one in ROWS})
