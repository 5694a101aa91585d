"""Blocks of pictures, files and films. An image needs words or a reason for none; a film is a link, never an embed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from hub.characters import one_line
from hub.pages.blocks.plain_text import ReadBlock
from hub.pages.blocks.words import WordsBlock

_at_hand: ContextVar[dict[int, Any] | None] = ContextVar("pictures_at_hand", default=None)


class PictureChooserBlock(ImageChooserBlock):
    """Wagtail's; where many pages are read at once it takes the pictures that were fetched for all of them."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        known = _at_hand.get()
        if known is None or not set(values) - {None} <= known.keys():
            return list(super().bulk_to_python(values))
        return [copy(known[number]) if number is not None else None for number in values]

    def deconstruct(self) -> Any:
        """As Wagtail's, so that no migration tells of it."""
        _, *how = super().deconstruct()
        return ("wagtail.images.blocks.ImageChooserBlock", *how)


@contextmanager
def pictures_at_hand(streams: Iterable[Any]) -> Iterator[None]:
    """Inside the block the pictures that stand in these streams are asked for once, and not for each stream."""
    numbers = {number for stream in streams for number in _numbers(stream)}
    found = PictureChooserBlock().model_class.objects.in_bulk(numbers) if numbers else {}
    token = _at_hand.set({number: found.get(number) for number in numbers})
    try:
        yield
    finally:
        _at_hand.reset(token)


def _numbers(stream: Any) -> list[int]:
    """Which pictures stand in a body, as it is stored. None of one that cannot be read: whoever reads it says so."""
    try:
        found = [block["value"]["image"] for block in stream.raw_data if block["type"] == "image"]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return []
    return [number for number in found if isinstance(number, int) and 0 < number < 2**63]


class ImageBlock(blocks.StructBlock):
    image = PictureChooserBlock()
    alt_text = blocks.CharBlock(
        required=False,
        max_length=250,
        label="Alternative text",
        help_text="What somebody who cannot see the picture should be told.",
    )
    decorative = blocks.BooleanBlock(required=False, help_text="Tick if the picture says nothing by itself.")
    caption = blocks.CharBlock(required=False, max_length=250)

    def clean(self, value: Any) -> Any:
        """Refuses a picture with neither alternative text nor a tick that it needs none.

        It is asked once: left empty here, the words said of the picture are copied, and stay with this page.
        """
        cleaned = super().clean(value)
        if not cleaned["alt_text"] and not cleaned["decorative"] and cleaned["image"]:
            cleaned["alt_text"] = one_line(cleaned["image"].default_alt_text)[:250]
        if not cleaned["alt_text"] and not cleaned["decorative"]:
            raise blocks.StructBlockValidationError(
                block_errors={"alt_text": ValidationError("Say what the picture shows, or tick that it is decorative.")}
            )
        return cleaned

    class Meta:
        icon = "image"
        label = "Picture"
        description = "A picture with alternative text."
        template = "components/blocks/image.html"
        preview_value = {"alt_text": "A kettle on a table", "caption": "The wee room"}


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock()
    title = blocks.CharBlock(max_length=120)
    note = blocks.CharBlock(required=False, max_length=200, help_text="For example: large print, 2 pages.")

    class Meta:
        icon = "download"
        label = "Download"
        description = "A file to take away."
        template = "components/blocks/download.html"
        preview_value = {"title": "Front door sheet", "note": "Large print, 2 pages"}


class FilmValue(blocks.StructValue):
    @property
    def is_home_page(self) -> bool:
        """Whether the address leads to a whole website, where the film has still to be looked for."""
        address = urlsplit(self["url"])
        return not address.path.strip("/") and not address.query


class FilmBlock(ReadBlock):
    form = blocks.ChoiceBlock(
        choices=[("film", "Film"), ("bsl", "Film in British Sign Language"), ("sound", "Recording to listen to")],
        default="film",
        label="What it is",
    )
    title = blocks.CharBlock(max_length=160)
    url = blocks.URLBlock(label="Address", help_text="The page where the film can be watched.")
    minutes = blocks.IntegerBlock(required=False, min_value=1, max_value=240, label="Length in minutes")
    who = blocks.CharBlock(max_length=120, label="Published by")
    what = blocks.TextBlock(rows=3, label="What it is about")
    transcript = WordsBlock(help_text="The words of the film, or a full account of them.")

    class Meta:
        icon = "media"
        label = "Film or sound elsewhere"
        description = "A link to a film or a recording on another website, with its length and its words."
        template = "components/blocks/film.html"
        own_words = ("transcript",)
        value_class = FilmValue
        preview_value = {
            "form": "film",
            "title": "A film about stigma",
            "url": "https://example.org/",
            "minutes": 6,
            "who": "A public body",
            "what": "What families heard, and what they would rather have heard.",
            "transcript": "<p>…</p>",
        }
