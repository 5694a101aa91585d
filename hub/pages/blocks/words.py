"""Blocks of words: text, headings, quotations, call-outs, tables, folds and handouts."""

from typing import Any

from django.utils.text import slugify
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from hub.pages.topics import Strand

FEATURES = ["bold", "ol", "ul", "link", "document-link"]


class WordsBlock(blocks.RichTextBlock):
    """Paragraphs and lists. Headings are their own block, so that the contents list can find them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Text"
        description = "Paragraphs, lists and links."
        template = "components/blocks/text.html"
        preview_value = "<p>Think of the last time you asked a stranger for help.</p>"


class HeadingValue(blocks.StructValue):
    """A heading that knows its own address on the page."""

    @property
    def anchor(self) -> str:
        return slugify(self["text"])[:60] or "part"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, label="Heading")
    level = blocks.ChoiceBlock(choices=[("h2", "Main heading"), ("h3", "Smaller heading")], default="h2")

    class Meta:
        icon = "title"
        label = "Heading"
        description = "Starts a part of the page. Main headings appear in the contents list."
        template = "components/blocks/heading.html"
        value_class = HeadingValue
        preview_value = {"text": "Before anyone speaks", "level": "h2"}


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(rows=3, label="Words", help_text="Without quotation marks: the page adds them.")
    who = blocks.CharBlock(required=False, max_length=160, label="Who said it")
    made_up = blocks.BooleanBlock(
        required=False, label="Made up as an example", help_text="The page says so beside the words."
    )

    class Meta:
        icon = "openquote"
        label = "Quotation"
        description = "Somebody's words, set apart. Never a storyteller's: those stay in their story."
        template = "components/blocks/quote.html"
        own_words = ("text", "who")  # hints leave them alone: see hub.pages.passages
        preview_value = {"text": "I had my good coat on.", "who": "A mum in a group", "made_up": True}


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    text = WordsBlock()
    strand = blocks.ChoiceBlock(choices=Strand.choices, default=Strand.KELP, label="Paper colour")

    class Meta:
        icon = "info-circle"
        label = "Call-out"
        description = "One thing worth knowing, on coloured paper."
        template = "components/blocks/callout.html"
        preview_value = {
            "title": "Worth knowing",
            "text": "<p>People who expect to be judged often arrive late, early, cross or silent.</p>",
            "strand": Strand.KELP,
        }


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(max_length=200, help_text="What the table shows, in one line.")
    table = TypedTableBlock([("text", blocks.CharBlock(required=False, label="Text"))])

    class Meta:
        icon = "table"
        label = "Table"
        description = "Facts in rows and columns, with a caption."
        template = "components/blocks/table.html"
        preview_value = {"caption": "What people heard, and what was meant"}


class FoldBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    text = WordsBlock()

    class Meta:
        icon = "arrow-down"
        label = "Fold"


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(FoldBlock(), min_num=1, label="Folds")

    class Meta:
        icon = "list-ul"
        label = "Folds"
        description = "Questions that open to an answer. Printed open."
        template = "components/blocks/accordion.html"
        preview_value = {"items": [{"title": "What if nobody speaks?", "text": "<p>Wait. Then go first.</p>"}]}


class HandoutBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    text = WordsBlock(help_text="Printed on a sheet of its own.")

    class Meta:
        icon = "doc-full"
        label = "Handout"
        description = "A sheet to print and give out."
        template = "components/blocks/handout.html"
        preview_value = {"title": "Front door sheet", "text": "<p>What did you see first?</p>"}
