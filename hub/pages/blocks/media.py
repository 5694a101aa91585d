"""Blocks of pictures, files and films. An image needs words or a reason for none; a film is a link, never an embed."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from hub.pages.blocks.words import WordsBlock


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock()
    alt_text = blocks.CharBlock(
        required=False,
        max_length=250,
        label="Alternative text",
        help_text="What somebody who cannot see the picture should be told.",
    )
    decorative = blocks.BooleanBlock(required=False, help_text="Tick if the picture says nothing by itself.")
    caption = blocks.CharBlock(required=False, max_length=250)

    def clean(self, value: Any) -> Any:
        """Refuses a picture with neither alternative text nor a tick that it needs none."""
        cleaned = super().clean(value)
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


class FilmBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=160)
    url = blocks.URLBlock(label="Address", help_text="The page where the film can be watched.")
    minutes = blocks.IntegerBlock(required=False, min_value=1, max_value=240, label="Length in minutes")
    who = blocks.CharBlock(max_length=120, label="Published by")
    what = blocks.TextBlock(rows=3, label="What it is about")
    transcript = WordsBlock(help_text="The words of the film, or a full account of them.")

    class Meta:
        icon = "media"
        label = "Film elsewhere"
        description = "A link to a film on another website, with its length and its words."
        template = "components/blocks/film.html"
        own_words = ("transcript",)
        preview_value = {
            "title": "A film about stigma",
            "url": "https://example.org/",
            "minutes": 6,
            "who": "A public body",
            "what": "What families heard, and what they would rather have heard.",
            "transcript": "<p>…</p>",
        }
