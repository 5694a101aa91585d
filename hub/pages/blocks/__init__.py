"""What a page may be made of: one family of blocks per file. Nothing here embeds anything from elsewhere."""

from hub.pages.blocks.activity import MaterialsBlock, StepBlock
from hub.pages.blocks.body import BodyBlock
from hub.pages.blocks.help import HelpLinesBlock
from hub.pages.blocks.log import LogEntryBlock
from hub.pages.blocks.media import DownloadBlock, FilmBlock, ImageBlock, pictures_at_hand
from hub.pages.blocks.words import (
    AccordionBlock,
    CalloutBlock,
    CardsBlock,
    HandoutBlock,
    HeadingBlock,
    NumberedBlock,
    QuoteBlock,
    TableBlock,
    WordsBlock,
)

__all__ = [
    "AccordionBlock",
    "BodyBlock",
    "CalloutBlock",
    "CardsBlock",
    "DownloadBlock",
    "FilmBlock",
    "HandoutBlock",
    "HeadingBlock",
    "HelpLinesBlock",
    "ImageBlock",
    "LogEntryBlock",
    "MaterialsBlock",
    "NumberedBlock",
    "QuoteBlock",
    "StepBlock",
    "TableBlock",
    "WordsBlock",
    "pictures_at_hand",
]
