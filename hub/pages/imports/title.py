"""What is a brought page called? By its title, else its first heading, else its first bold or short line.

Says when it had to guess. Leaves the file's name to whoever asks, for want of anything better.
"""

from dataclasses import dataclass, field

from hub.pages.imports import sentences as say
from hub.pages.imports.model import Document, Paragraph, Table, paragraphs_in
from hub.pages.imports.rich_text import plain_text

LONGEST_LINE = 80


@dataclass
class Title:
    """`taken` are the paragraphs that are the title and so stand nowhere else; a copied line stays where it is."""

    text: str = ""
    taken: list[Paragraph] = field(default_factory=list)


def find_title(document: Document) -> Title:
    lines = [one for one in document.blocks if isinstance(one, Paragraph) and one.text().strip()]
    everywhere = [one for one in paragraphs_in(document.blocks) if one.text().strip()]
    first = next((one for one in document.blocks if isinstance(one, Table) or one.text().strip()), None)
    if titles := [one for one in lines if one.is_title]:
        return _taken(_together(lines, titles[0]), document)
    if titles := [one for one in everywhere if one.is_title]:
        return _copied(titles[0])
    if headings := [one for one in everywhere if one.level]:
        alone = sum(one.level == headings[0].level for one in headings) == 1
        highest = headings[0].level == min(one.level for one in headings)
        return _taken(headings[:1], document) if headings[0] is first and alone and highest else _copied(headings[0])
    if bold := next((one for one in lines if _is_bold_line(one)), None):
        document.lose(say.TITLE_FROM_BOLD)
        return _taken([bold], document) if bold is first else _copied(bold)
    if len(everywhere) > 1 and _may_be_title(everywhere[0]):
        document.lose(say.TITLE_FROM_LINE)
        return _copied(everywhere[0])
    document.lose(say.TITLE_FROM_NAME)
    return Title()


def _together(lines: list[Paragraph], first: Paragraph) -> list[Paragraph]:
    """A title may be written in several paragraphs."""
    at = next(place for place, one in enumerate(lines) if one is first)
    found = []
    for one in lines[at:]:
        if not one.is_title:
            break
        found.append(one)
    return found


def _taken(paragraphs: list[Paragraph], document: Document) -> Title:
    texts = [plain_text(one.on_page()) for one in paragraphs]
    if len(texts) > 1 or any("break" in lost for _, lost in texts):
        document.lose(say.BREAK_IN_A_HEADING)
    if any("raised" in lost for _, lost in texts):
        document.lose(say.RAISED)
    if any("link" in lost for _, lost in texts):
        document.lose(say.LINK_IN_A_HEADING)
    return Title(" ".join(text for text, _ in texts), [one for one in paragraphs if not one.pictures()])


def _copied(paragraph: Paragraph) -> Title:
    return Title(plain_text(paragraph.on_page())[0])


def _is_bold_line(paragraph: Paragraph) -> bool:
    return paragraph.is_bold() and paragraph.in_list is None and len(paragraph.text()) <= LONGEST_LINE * 1.5


def _may_be_title(paragraph: Paragraph) -> bool:
    text = plain_text(paragraph.on_page())[0]
    return (
        paragraph.in_list is None
        and "\n" not in paragraph.text().strip()
        and len(text) <= LONGEST_LINE
        and text[-1] not in ".,;:!?…"
    )
