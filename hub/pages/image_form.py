"""Uploading a picture: one that cannot be used gets a sentence here, before anything of it is stored.

What is not a picture, is too big or is cut off is refused. Hidden data is taken out of the upload itself, because
Wagtail's screens keep an upload as it came while a word is still missing. What a picture is, its own bytes say: a PNG
called .jpg is taken.
"""

import io
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from hub.pages.models.library import without_metadata

SENTENCES = {
    "invalid_image": (
        "This is not a picture, or it is damaged. Choose a photo or a drawing: JPG, PNG, HEIC, WEBP, AVIF or GIF."
    ),
    "invalid_image_extension": (
        "This kind of file cannot be kept as a picture. Save it as JPG or PNG, then choose it here."
    ),
    "empty": "This file is empty: nothing of the picture arrived. Choose it again, or take it again.",
    "file_too_large": (
        "This picture is too big: %(file_size)s, and at most %(max_filesize)s can be kept. Make it smaller, for "
        "example by sending it to yourself as “medium”, then choose it here."
    ),
    "file_too_many_pixels": (
        "This picture is larger than we can open, at most 50 million points. Save it smaller, then choose it here."
    ),
}
DAMAGED = "This picture is damaged or not complete, so it cannot be kept. Take or save it again, then choose it here."
WITHOUT_WORDS = "Say what the picture shows, for somebody who cannot see it."


class ReadableImageField(WagtailImageField):
    """Wagtail's field, which looks at the first bytes only, with a look at all of them."""

    default_validators: ClassVar[list[Any]] = []  # Wagtail's asks the name; here the bytes are asked

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages.update(SENTENCES)
        self.help_text = kwargs.get("help_text") or f"A photo or a drawing, at most {self.max_upload_size_text}."

    def to_python(self, data: Any) -> Any:
        """The upload, with nothing hidden in it any more. Raises ValidationError when it cannot be used."""
        try:
            file = super().to_python(data)
            if file:
                file.seek(0)
                _put_in_its_place(file, *without_metadata(file.read()))
        except ValidationError:
            raise
        except Exception as error:  # each format's reader has errors of its own for a broken file
            raise ValidationError(DAMAGED, code="damaged") from error
        return file

    def check_image_file_format(self, f: Any) -> None:
        """Any kind that we keep, whatever its name says; no drawing that can carry a program."""
        if f.image.format_name not in {*self.allowed_image_extensions, "jpeg"}:
            raise ValidationError(self.error_messages["invalid_image_extension"], code="invalid_image_extension")


def _put_in_its_place(file: Any, data: bytes, extension: str) -> None:
    """Writes over the upload, in memory or on disk, and names it by what it is now."""
    if isinstance(file.file, io.BytesIO):
        file.file = io.BytesIO(data)
    else:
        file.file.seek(0)
        file.file.truncate()
        file.file.write(data)
        file.file.flush()
    file.name = f"{file.name.rsplit('.', 1)[0][:100]}.{extension}"
    file.size = len(data)
    file.seek(0)


class HubImageForm(BaseImageForm):
    """Wagtail's form for images, with the field above, and no picture without words for who cannot see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            theirs = self.fields["file"]
            self.fields["file"] = ReadableImageField(
                label=theirs.label, required=theirs.required, widget=theirs.widget, initial=theirs.initial
            )
        words = self.fields["default_alt_text"]
        words.required = True
        words.error_messages["required"] = WITHOUT_WORDS
