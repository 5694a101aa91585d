"""The words of a page without mark-up, for search and reading time. Reads values; renders nothing."""

from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField


def plain_text_of(page: Any) -> str:
    """Every word in the page's own streams and rich texts, in field order, one line a piece."""
    pieces: list[str] = []
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            stream = getattr(page, field.name)
            pieces += [str(text) for text in stream.stream_block.get_searchable_content(stream)]
        elif isinstance(field, RichTextField):
            pieces.append(strip_tags(getattr(page, field.name)))
    return "\n".join(piece for piece in pieces if piece)


class ReadBlock(blocks.StructBlock):
    """A block of which a choice is no word: nobody searches for “Main heading” or “Kelp (green)”, or reads it there."""

    def get_searchable_content(self, value: Any) -> list[str]:
        parts = ((block, value.get(name)) for name, block in self.child_blocks.items() if not is_choice(block))
        return [text for block, part in parts for text in block.get_searchable_content(part)]


def is_choice(block: Any) -> bool:
    return isinstance(block, blocks.ChoiceBlock | blocks.MultipleChoiceBlock)
