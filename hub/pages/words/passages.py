"""Which words of a page did staff write, and which are somebody's own? Own words are never handed on from here.

A block says in its `Meta.own_words` which of its parts belong to somebody else: a quotation, what families said, the
words of a film, the words of a story. Everything else that can be read is the staff's.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField

PLAIN_FIELDS = ("title", "summary", "aim", "told_by", "names_note", "seo_title", "search_description")
_END_OF_LINE = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")


@dataclass(frozen=True, slots=True)
class StaffPassage:
    """A piece of staff text and where it stands, as the form names it."""

    where: str
    text: str


def staff_passages(page: Any) -> list[StaffPassage]:
    """Every piece of text on `page` that staff wrote, in the order of the form. Empty pieces are left out."""
    found = [StaffPassage(_label(page, name), str(getattr(page, name))) for name in PLAIN_FIELDS if hasattr(page, name)]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            found += _of_stream(getattr(page, field.name), field.verbose_name.capitalize())
        elif isinstance(field, RichTextField):
            found.append(StaffPassage(field.verbose_name.capitalize(), _plain(getattr(page, field.name) or "")))
    return [passage for passage in found if passage.text.strip()]


def _of_stream(stream: Any, where: str) -> Iterator[StaffPassage]:
    own = _own_words_of(stream.stream_block)
    for place, child in enumerate(stream, start=1):
        if child.block_type not in own:
            yield from _of_block(child.block, child.value, f"{where}, part {place} ({child.block.label})")


def _of_block(block: Any, value: Any, where: str) -> Iterator[StaffPassage]:
    """The staff's words in one value, however deep. Choices, addresses, dates and pictures hold none."""
    if not value:
        return
    if isinstance(block, blocks.StructBlock):
        for name, part in block.child_blocks.items():
            if name not in _own_words_of(block):
                yield from _of_block(part, value.get(name), where)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _of_block(block.child_block, item, where)
    elif isinstance(block, blocks.StreamBlock):
        yield from _of_stream(value, where)
    elif isinstance(block, TypedTableBlock):
        for cell in (cell for row in value.rows for cell in row):
            yield from _of_block(cell.block, cell.value, where)
    else:
        yield from _of_words(block, value, where)


def _of_words(block: Any, value: Any, where: str) -> Iterator[StaffPassage]:
    if isinstance(block, blocks.RichTextBlock):
        yield StaffPassage(where, _plain(value.source))
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield StaffPassage(where, str(value))


def _own_words_of(block: Any) -> tuple[str, ...]:
    return tuple(getattr(block.meta, "own_words", ()))


def _plain(source: str) -> str:
    return html.unescape(strip_tags(_END_OF_LINE.sub("\n", source)))


def _label(page: Any, name: str) -> str:
    try:
        label = str(page._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        label = name.replace("_", " ")
    return label[:1].upper() + label[1:]
