"""The body of a staff-written page. A story has a smaller one of its own, in hub.stories."""

from wagtail import blocks

from hub.pages.blocks.help import HelpLinesBlock
from hub.pages.blocks.media import DownloadBlock, FilmBlock, ImageBlock
from hub.pages.blocks.words import (
    AccordionBlock,
    CalloutBlock,
    HeadingBlock,
    NumberedBlock,
    QuoteBlock,
    TableBlock,
    WordsBlock,
)


class BodyBlock(blocks.StreamBlock):
    text = WordsBlock()
    numbered = NumberedBlock()
    heading = HeadingBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    image = ImageBlock()
    table = TableBlock()
    accordion = AccordionBlock()
    help_lines = HelpLinesBlock()
    film = FilmBlock()
    download = DownloadBlock()
