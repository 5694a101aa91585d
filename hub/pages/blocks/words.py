"""Blocks of words: text, headings, quotations, call-outs, tables, folds, handouts and cards."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from hub.pages.blocks.plain_text import ReadBlock
from hub.partners.models import Strand

FEATURES = ["bold", "superscript", "subscript", "ol", "ul", "link", "document-link"]


class WordsBlock(blocks.RichTextBlock):
    """Paragraphs and lists. Headings are their own block, so that the contents list can find them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> Any:
        """Wagtail's editor of rich text has no name for somebody who cannot see it, unless it is told one."""
        field = super().field
        field.widget.options["ariaLabel"] = str(self.label)
        return field

    class Meta:
        icon = "pilcrow"
        label = "Text"
        description = "Paragraphs, lists and links."
        template = "components/blocks/text.html"
        preview_value = "<p>Think of the last time you asked a stranger for help.</p>"


class NumberedValue(blocks.StructValue):
    """A list whose first number is not 1, or is a letter: HTML can say so, and the editor of rich text cannot."""

    @property
    def html(self) -> str:
        """The text, with its first numbered list counting as it should."""
        first, kind = int(self["first"]), str(self["kind"])
        return mark_safe(str(self["text"]).replace("<ol>", f'<ol start="{first}" type="{kind}">', 1))  # noqa: S308 - rich text as Wagtail cleaned it; a number and a choice of ours


class NumberedBlock(ReadBlock):
    first = blocks.IntegerBlock(
        label="First number", min_value=0, max_value=100_000, default=1, help_text="4 also for “d” or “iv”."
    )
    kind = blocks.ChoiceBlock(
        label="Counted in",
        choices=[("1", "1, 2, 3"), ("a", "a, b, c"), ("A", "A, B, C"), ("i", "i, ii, iii"), ("I", "I, II, III")],
        default="1",
    )
    text = WordsBlock(label="List")

    def clean(self, value: Any) -> Any:
        """Refuses a text without a numbered list: nothing in it would count."""
        cleaned = super().clean(value)
        if "<ol" not in cleaned["text"].source:
            sentence = ValidationError("Write a numbered list here, with the button “Numbered list”.")
            raise blocks.StructBlockValidationError(block_errors={"text": sentence})
        return cleaned

    class Meta:
        icon = "list-ol"
        label = "List that goes on"
        description = "A numbered list that does not begin with 1: it goes on after a picture, or counts in letters."
        template = "components/blocks/numbered.html"
        value_class = NumberedValue
        preview_value = {"first": 4, "kind": "1", "text": "<ol><li>Put the kettle on.</li><li>Wait.</li></ol>"}


class HeadingValue(blocks.StructValue):
    """A heading that knows its own address on the page."""

    @property
    def anchor(self) -> str:
        return slugify(self["text"])[:60] or slugify(self["text"], allow_unicode=True)[:60] or "part"


class HeadingBlock(ReadBlock):
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
        own_words = ("text", "who")  # hints leave them alone: see hub.pages.words.passages
        preview_value = {"text": "I had my good coat on.", "who": "A mum in a group", "made_up": True}


class CalloutBlock(ReadBlock):
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
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False, label="Text")),
            ("words", WordsBlock(required=False, label="Text with lines, lists or links")),
        ]
    )

    class Meta:
        icon = "table"
        label = "Table"
        description = "Facts in rows and columns, with a caption."
        template = "components/blocks/table.html"
        preview_value = {
            "caption": "What people heard, and what was meant",
            "table": {
                "columns": [{"type": "text", "heading": "Heard"}, {"type": "text", "heading": "Meant"}],
                "rows": [
                    {"values": ["You failed to attend", "We missed you on Tuesday"]},
                    {"values": ["Hard to reach", "We have not found the right hour yet"]},
                ],
                "caption": "",
            },
        }


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


class CardsValue(blocks.StructValue):
    """Cards to cut out, as they were typed: one on each line."""

    @property
    def cards(self) -> list[str]:
        return [line.strip() for line in str(self["lines"]).splitlines() if line.strip()]


class CardsBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    note = blocks.CharBlock(required=False, max_length=200, help_text="For example: All of these are made up.")
    lines = blocks.TextBlock(rows=8, label="Cards", help_text="One card on each line.")

    class Meta:
        icon = "table"
        label = "Cards to cut out"
        description = "Short words on cards. On paper they have lines to cut along."
        template = "components/blocks/cards.html"
        value_class = CardsValue
        preview_value = {"title": "Cards", "note": "", "lines": "Clapping\nSaying my name right"}
