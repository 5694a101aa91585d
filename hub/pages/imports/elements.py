"""What becomes of each thing that a Word file can hold: this module is the table, and nothing else says it.

A thing that stands in no row is left out, and its name is said. Each row has a test: tests/pages/test_word_elements.py.
Places say where a name stands, since one name means several things: w:del beside words, in a row, at a paragraph's end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hub.pages.imports import sentences as say


class Fate(StrEnum):
    """The last two are never said of a file: the review says of every file that looks are the Hub's own."""

    KEPT = "kept"
    CHANGED = "changed, and said"
    LEFT_OUT = "left out, and said"
    LOOKS = "how it looks on paper: a page has looks of its own"
    UNSEEN = "notes of the program's: nobody reads them in the file either"


class Spot(StrEnum):
    BLOCK = "between paragraphs"
    INLINE = "in a paragraph"
    RUN = "in a run"
    WORDS = "about words (rPr)"
    PARAGRAPH = "about a paragraph (pPr)"
    TABLE = "in a table"
    ABOUT_TABLE = "about a table (tblPr)"
    ROW = "in a row"
    ABOUT_ROW = "about a row (trPr)"
    CELL = "about a cell (tcPr)"
    SECTION = "about a section (sectPr)"
    CONTROL = "about a content control (sdtPr)"
    DRAWING = "in a drawing"
    BREAK = "a kind of break"
    FIELD = "a kind of field"
    PART = "a part of the file"


@dataclass(frozen=True, slots=True)
class Row:
    place: Spot
    name: str
    fate: Fate
    says: str = ""


def _rows(place: Spot, fate: Fate, names: str, says: str = "") -> Iterator[Row]:
    return (Row(place, name, fate, says) for name in names.split())


K, C, L, LOOKS, UNSEEN = Fate.KEPT, Fate.CHANGED, Fate.LEFT_OUT, Fate.LOOKS, Fate.UNSEEN
P = Spot
_MARKS = (
    "w:proofErr w:permStart w:permEnd w:bookmarkStart w:bookmarkEnd w:commentRangeStart w:commentRangeEnd"
    " w:moveFromRangeStart w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd w:customXmlInsRangeStart"
    " w:customXmlInsRangeEnd w:customXmlDelRangeStart w:customXmlDelRangeEnd w:customXmlMoveFromRangeStart"
    " w:customXmlMoveFromRangeEnd w:customXmlMoveToRangeStart w:customXmlMoveToRangeEnd"
)
_EFFECTS = "w14:glow w14:shadow w14:reflection w14:textOutline w14:textFill w14:scene3d w14:props3d"

ROWS: tuple[Row, ...] = (
    # Between paragraphs, in table cells, boxes and notes
    *_rows(P.BLOCK, K, "w:p w:tbl w:sdt w:customXml mc:AlternateContent"),
    *_rows(P.BLOCK, C, "w:ins w:moveTo", say.TRACKED),
    *_rows(P.BLOCK, L, "w:del w:moveFrom", say.TRACKED),
    *_rows(P.BLOCK, L, "w:altChunk", say.CHUNK),
    *_rows(P.BLOCK, L, "m:oMath m:oMathPara", say.EQUATION),
    *_rows(P.BLOCK, UNSEEN, _MARKS),
    *_rows(P.BLOCK, LOOKS, "w:sectPr w:tcPr"),
    # In a paragraph
    *_rows(P.INLINE, K, "w:r w:hyperlink w:fldSimple w:smartTag w:sdt w:customXml w:dir mc:AlternateContent"),
    *_rows(P.INLINE, C, "w:bdo", say.DIRECTION),
    *_rows(P.INLINE, C, "w:ins w:moveTo", say.TRACKED),
    *_rows(P.INLINE, L, "w:del w:moveFrom", say.TRACKED),
    *_rows(P.INLINE, L, "w:subDoc", say.CHUNK),
    *_rows(P.INLINE, L, "m:oMath m:oMathPara m:r", say.EQUATION),
    *_rows(P.INLINE, UNSEEN, f"w:pPr w:smartTagPr w:customXmlPr {_MARKS}"),
    # In a run
    *_rows(P.RUN, K, "w:t w:br w:cr w:noBreakHyphen w:sym w:fldChar w:drawing w:pict mc:AlternateContent"),
    *_rows(P.RUN, C, "w:tab w:ptab", say.TABS),
    *_rows(P.RUN, C, "w:ruby", say.RUBY),
    *_rows(P.RUN, C, "w:footnoteReference w:endnoteReference", say.NOTES),
    *_rows(P.RUN, C, "w:object", say.FILE_INSIDE),
    *_rows(P.RUN, L, "w:commentReference", say.COMMENTS),
    *_rows(P.RUN, L, "w:delText w:delInstrText", say.TRACKED),
    *_rows(P.RUN, L, "w:contentPart w14:contentPart", say.INK),
    *_rows(P.RUN, L, "w:control", say.CONTROL),
    *_rows(P.RUN, L, "w:pgNum", say.PAGE_NUMBER),
    *_rows(P.RUN, L, "w:dayShort w:monthShort w:yearShort w:dayLong w:monthLong w:yearLong", say.TODAY),
    *_rows(P.RUN, UNSEEN, "w:rPr w:instrText w:softHyphen w:lastRenderedPageBreak w:annotationRef w:footnoteRef"),
    *_rows(P.RUN, UNSEEN, "w:endnoteRef w:separator w:continuationSeparator"),
    # Breaks, by their w:type; a soft return has none
    *_rows(P.BREAK, K, "line textWrapping"),
    *_rows(P.BREAK, C, "page column", say.PAGE_BREAK),
    # About words
    *_rows(P.WORDS, K, "w:b w:bCs w:vertAlign w:rStyle"),
    *_rows(P.WORDS, L, "w:vanish w:webHidden", say.HIDDEN),
    *_rows(P.WORDS, L, "w:strike w:dstrike", say.STRUCK),
    *_rows(P.WORDS, C, "w:i w:iCs", say.ITALICS),
    *_rows(P.WORDS, C, "w:u w:em", say.UNDERLINED),
    *_rows(P.WORDS, C, "w:caps w:smallCaps", say.CAPITALS),
    *_rows(P.WORDS, C, "w:color w:highlight w:shd", say.COLOURED),
    *_rows(P.WORDS, C, f"w:outline w:shadow w:emboss w:imprint w:effect w:bdr {_EFFECTS}", say.EFFECTS),
    *_rows(P.WORDS, C, "w:position", say.POSITION),
    *_rows(P.WORDS, C, "w:eastAsianLayout", say.EFFECTS),
    *_rows(P.WORDS, C, "w:lang", say.LANGUAGE),
    *_rows(P.WORDS, C, "w:rPrChange w:ins w:moveTo", say.TRACKED),
    *_rows(P.WORDS, L, "w:del w:moveFrom", say.TRACKED),
    *_rows(P.WORDS, C, "w:rFonts", say.SYMBOL_FONT),  # said of symbol fonts alone; other fonts are looks
    *_rows(P.WORDS, LOOKS, "w:noProof w:snapToGrid w:spacing w:w w:kern w:sz w:szCs w:fitText w:rtl w:cs"),
    *_rows(P.WORDS, LOOKS, "w14:ligatures w14:numForm w14:numSpacing w14:stylisticSets w14:cntxtAlts"),
    *_rows(P.WORDS, UNSEEN, "w:specVanish w:oMath"),
    # About a paragraph
    *_rows(P.PARAGRAPH, K, "w:numPr w:outlineLvl"),
    *_rows(P.PARAGRAPH, C, "w:pStyle", say.STYLE),  # said of styles that mean something a page has no word for
    *_rows(P.PARAGRAPH, C, "w:pageBreakBefore", say.PAGE_BREAK),
    *_rows(P.PARAGRAPH, C, "w:framePr", say.FRAME),
    *_rows(P.PARAGRAPH, C, "w:pBdr", say.LINES),
    *_rows(P.PARAGRAPH, C, "w:shd", say.COLOURED),
    *_rows(P.PARAGRAPH, C, "w:pPrChange", say.TRACKED),
    *_rows(P.PARAGRAPH, C, "w:sectPr", say.SECTIONS),
    *_rows(P.PARAGRAPH, C, "w:bidi", say.DIRECTION),
    *_rows(P.PARAGRAPH, LOOKS, "w:keepNext w:keepLines w:widowControl w:suppressLineNumbers w:tabs w:wordWrap"),
    *_rows(P.PARAGRAPH, LOOKS, "w:suppressAutoHyphens w:kinsoku w:overflowPunct w:topLinePunct w:autoSpaceDE"),
    *_rows(P.PARAGRAPH, LOOKS, "w:autoSpaceDN w:adjustRightInd w:snapToGrid w:spacing w:ind w:jc w:contextualSpacing"),
    *_rows(P.PARAGRAPH, LOOKS, "w:mirrorIndents w:suppressOverlap w:textDirection w:textAlignment w:textboxTightWrap"),
    *_rows(P.PARAGRAPH, UNSEEN, "w:divId w:cnfStyle w:rPr w15:collapsed"),
    # Tables
    *_rows(P.TABLE, K, "w:tr w:sdt w:customXml"),
    *_rows(P.TABLE, C, "w:ins w:moveTo", say.TRACKED),
    *_rows(P.TABLE, L, "w:del w:moveFrom", say.TRACKED),
    *_rows(P.TABLE, UNSEEN, f"w:tblPr w:tblGrid w:tblPrEx w:customXmlPr {_MARKS}"),
    *_rows(P.ABOUT_TABLE, K, "w:tblCaption w:tblDescription w:tblLook"),
    *_rows(P.ABOUT_TABLE, C, "w:bidiVisual", say.DIRECTION),
    *_rows(P.ABOUT_TABLE, C, "w:tblPrChange", say.TRACKED),
    *_rows(P.ABOUT_TABLE, LOOKS, "w:tblStyle w:tblpPr w:tblOverlap w:tblStyleRowBandSize w:tblStyleColBandSize w:tblW"),
    *_rows(P.ABOUT_TABLE, LOOKS, "w:jc w:tblCellSpacing w:tblInd w:tblBorders w:shd w:tblLayout w:tblCellMar"),
    *_rows(P.ROW, K, "w:tc w:sdt w:customXml"),
    *_rows(P.ROW, C, "w:ins w:moveTo", say.TRACKED),
    *_rows(P.ROW, L, "w:del w:moveFrom", say.TRACKED),
    *_rows(P.ROW, UNSEEN, f"w:trPr w:tblPrEx w:customXmlPr {_MARKS}"),
    *_rows(P.ABOUT_ROW, K, "w:tblHeader w:gridBefore w:gridAfter"),
    *_rows(P.ABOUT_ROW, L, "w:hidden", say.HIDDEN),
    *_rows(P.ABOUT_ROW, L, "w:del", say.TRACKED),
    *_rows(P.ABOUT_ROW, C, "w:ins w:trPrChange", say.TRACKED),
    *_rows(P.ABOUT_ROW, LOOKS, "w:wBefore w:wAfter w:cantSplit w:trHeight w:tblCellSpacing w:jc"),
    *_rows(P.ABOUT_ROW, UNSEEN, "w:cnfStyle w:divId"),
    *_rows(P.CELL, C, "w:gridSpan w:hMerge w:vMerge", say.MERGED),
    *_rows(P.CELL, C, "w:shd", say.COLOURED_CELL),
    *_rows(P.CELL, C, "w:cellIns w:cellMerge w:tcPrChange", say.TRACKED),
    *_rows(P.CELL, L, "w:cellDel", say.TRACKED),
    *_rows(P.CELL, LOOKS, "w:tcW w:tcBorders w:noWrap w:tcMar w:textDirection w:tcFitText w:vAlign w:hideMark"),
    *_rows(P.CELL, UNSEEN, "w:cnfStyle w:headers"),
    # Sections
    *_rows(P.SECTION, L, "w:headerReference w:footerReference", say.HEADERS),
    *_rows(P.SECTION, C, "w:cols", say.COLUMNS),
    *_rows(P.SECTION, C, "w:lnNumType", say.LINE_NUMBERS),
    *_rows(P.SECTION, C, "w:sectPrChange", say.TRACKED),
    *_rows(
        P.SECTION, LOOKS, "w:footnotePr w:endnotePr w:type w:pgSz w:pgMar w:paperSrc w:pgBorders w:pgNumType w:vAlign"
    ),
    *_rows(P.SECTION, LOOKS, "w:noEndnote w:titlePg w:textDirection w:bidi w:rtlGutter w:docGrid w15:footnoteColumns"),
    *_rows(P.SECTION, UNSEEN, "w:formProt w:printerSettings"),
    # Content controls
    *_rows(
        P.CONTROL, K, "w14:checkbox w:picture w:docPartObj w:docPartList w:richText w:group w:citation w:bibliography"
    ),
    *_rows(P.CONTROL, K, "w:equation w15:repeatingSection w15:repeatingSectionItem w14:entityPicker"),
    *_rows(P.CONTROL, C, "w:text w:date w:dropDownList w:comboBox", say.TO_FILL_IN),
    *_rows(P.CONTROL, L, "w:showingPlcHdr", say.PROMPT),
    *_rows(
        P.CONTROL, UNSEEN, "w:rPr w:alias w:tag w:id w:lock w:placeholder w:temporary w:dataBinding w:label w:tabIndex"
    ),
    *_rows(
        P.CONTROL, UNSEEN, "w15:appearance w15:color w15:dataBinding w15:webExtensionLinked w15:webExtensionCreated"
    ),
    # Drawings, new and old
    *_rows(P.DRAWING, K, "pic:pic v:imagedata"),
    *_rows(P.DRAWING, C, "wps:txbx v:textbox", say.BOXES),
    *_rows(P.DRAWING, C, "a:srcRect a:xfrm", say.CROPPED),
    *_rows(
        P.DRAWING, C, "a:effectLst a:duotone a:lum a:grayscl a:biLevel a:clrChange a:alphaModFix", say.PICTURE_EFFECTS
    ),
    *_rows(P.DRAWING, C, "a:rot", say.SLANTED),
    *_rows(P.DRAWING, C, "a:prstGeom", say.CUT_TO_SHAPE),
    *_rows(P.DRAWING, L, "a:linked", say.LINKED_PICTURE),
    *_rows(P.DRAWING, L, "a:hidden", say.HIDDEN_DRAWING),
    *_rows(P.DRAWING, L, "c:chart cx:chart", say.CHARTS),
    *_rows(P.DRAWING, L, "dgm:relIds", say.DIAGRAMS),
    *_rows(P.DRAWING, L, "wps:wsp v:shape lc:lockedCanvas am3d:model3d", say.SHAPES),
    *_rows(P.DRAWING, L, "wpg:covered", say.COVERED),
    *_rows(P.DRAWING, L, "wpi:contentPart", say.INK),
    *_rows(P.DRAWING, L, "v:textpath", say.WORD_ART),
    *_rows(P.DRAWING, L, "o:OLEObject", say.FILE_INSIDE),
    *_rows(P.DRAWING, L, "w:control", say.CONTROL),
    *_rows(P.DRAWING, L, "o:hr", say.LINES),
    # Fields, by their first word
    *_rows(P.FIELD, K, "HYPERLINK FORMCHECKBOX SYMBOL INCLUDEPICTURE SHAPE EMBED"),
    *_rows(P.FIELD, C, "FORMTEXT FORMDROPDOWN FILLIN", say.TO_FILL_IN),
    *_rows(P.FIELD, C, "REF NOTEREF PAGEREF STYLEREF PAGE NUMPAGES SECTION SECTIONPAGES", say.REFERENCES),
    *_rows(
        P.FIELD, C, "DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME AUTHOR LASTSAVEDBY TITLE SUBJECT", say.FILLED_IN
    ),
    *_rows(P.FIELD, C, "KEYWORDS COMMENTS DOCPROPERTY DOCVARIABLE FILENAME FILESIZE TEMPLATE USERNAME", say.FILLED_IN),
    *_rows(
        P.FIELD, C, "USERINITIALS USERADDRESS NUMCHARS NUMWORDS REVNUM INFO SEQ = IF COMPARE MERGEFIELD", say.FILLED_IN
    ),
    *_rows(
        P.FIELD, C, "MERGEREC MERGESEQ ADDRESSBLOCK GREETINGLINE DATABASE QUOTE CITATION BIBLIOGRAPHY", say.FILLED_IN
    ),
    *_rows(P.FIELD, C, "INCLUDETEXT AUTOTEXT AUTOTEXTLIST LINK DDE DDEAUTO ADDIN", say.FILLED_IN),
    *_rows(P.FIELD, L, "TOC INDEX TOA", say.CONTENTS),
    *_rows(P.FIELD, L, "EQ", say.EQUATION),
    *_rows(P.FIELD, L, "MACROBUTTON GOTOBUTTON CONTROL HTMLCONTROL", say.CONTROL),
    *_rows(P.FIELD, L, "AUTONUM AUTONUMLGL AUTONUMOUT LISTNUM", say.FIELD_NUMBERS),
    *_rows(P.FIELD, L, "BARCODE DISPLAYBARCODE MERGEBARCODE", say.BARCODE),
    *_rows(P.FIELD, UNSEEN, "XE TC TA RD SET ASK NEXT NEXTIF SKIPIF PRIVATE PRINT ADVANCE BIDIOUTLINE"),
    # Parts, by the last word of what the file says that they are to it
    *_rows(P.PART, K, "officeDocument styles numbering image hyperlink"),
    *_rows(P.PART, C, "footnotes endnotes", say.NOTES),
    *_rows(P.PART, L, "header footer", say.HEADERS),
    *_rows(P.PART, L, "comments", say.COMMENTS),
    *_rows(P.PART, L, "chart chartEx", say.CHARTS),
    *_rows(P.PART, L, "diagramData", say.DIAGRAMS),
    *_rows(P.PART, L, "oleObject package", say.FILE_INSIDE),
    *_rows(P.PART, L, "control", say.CONTROL),
    *_rows(P.PART, L, "aFChunk subDocument", say.CHUNK),
    *_rows(P.PART, L, "audio video media", say.SOUND),
    *_rows(
        P.PART, UNSEEN, "settings webSettings fontTable theme font glossaryDocument customXml customXmlProps people"
    ),
    *_rows(
        P.PART, UNSEEN, "commentsExtended commentsIds commentsExtensible stylesWithEffects thumbnail printerSettings"
    ),
    *_rows(
        P.PART, UNSEEN, "core-properties extended-properties custom-properties attachedTemplate keyMapCustomizations"
    ),
    *_rows(
        P.PART, UNSEEN, "attachedToolbars recipientData mailMergeSource mailMergeHeaderSource transform themeOverride"
    ),
    *_rows(P.PART, UNSEEN, "diagramLayout diagramQuickStyle diagramColors diagramDrawing chartUserShapes chartStyle"),
    *_rows(P.PART, UNSEEN, "chartColorStyle origin signature classificationlabels webextensiontaskpanes webextension"),
    *_rows(P.PART, UNSEEN, "documenttasks intelligence hdphoto activeXControlBinary ctrlProp"),
    *_rows(P.PART, UNSEEN, "extendedProperties customProperties model3d ink"),
)
TABLE: dict[tuple[Spot, str], Row] = {(row.place, row.name): row for row in ROWS}
