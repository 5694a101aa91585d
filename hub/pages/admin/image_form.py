"""Uploading a picture: one that cannot be used gets a sentence here, before anything of it is stored.

What is not a picture, is too big or is cut off is refused. Hidden data is taken out of the upload itself, because
Wagtail's screens keep an upload as it came while a word is still missing. What a picture is, its own bytes say: a PNG
called .jpg is taken. Whatever would be lost is said first, and needs a tick (hub/pages/admin/picture_asking.py).
"""

import io
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from hub.pages.admin.picture_asking import AsksBeforeTaking
from hub.pages.models.picture_upload import CannotUse, take_in

SENTENCES = {
    "empty": "This file is empty: nothing of the picture arrived. Choose it again, or take it again.",
    "file_too_large": (
        "This picture is too big: %(file_size)s, and at most %(max_filesize)s can be kept. Make it smaller, for "
        "example by sending it to yourself as “medium”, then choose it here."
    ),
    "invalid_image_extension": "This kind of file cannot be kept as a picture. Save it as JPG or PNG.",  # by its name
}
WITHOUT_WORDS = "Say what the picture shows, for somebody who cannot see it."
MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


class ReadableImageField(WagtailImageField):
    """Wagtail's field, which reads the first bytes here and now; ours has them all read in a process of its own."""

    default_validators: ClassVar[list[Any]] = []  # Wagtail's asks the name; here the bytes are asked

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages.update(SENTENCES)
        self.help_text = kwargs.get("help_text") or f"A photo or a drawing, at most {self.max_upload_size_text}."

    def to_python(self, data: Any) -> Any:
        """The upload, with nothing hidden in it any more. Raises ValidationError when it cannot be used."""
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        file.seek(0)
        try:
            made = take_in(file.read())
        except CannotUse as sentence:
            raise ValidationError(str(sentence), code="cannot_use") from None
        _put_in_its_place(file, made.data, made.extension)
        return file


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
    file.size, file.content_type, file.is_brought = len(data), MEDIA_TYPES[extension], True
    file.seek(0)


class HubImageForm(AsksBeforeTaking, BaseImageForm):
    """Wagtail's form for images, with the field above, and no picture without words for who cannot see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.who_brings = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            theirs = self.fields["file"]
            self.fields["file"] = ReadableImageField(
                label=theirs.label, required=theirs.required, widget=theirs.widget, initial=theirs.initial
            )
        words = self.fields["default_alt_text"]
        words.required = True
        words.error_messages["required"] = WITHOUT_WORDS
        self.ask_before_taking()

    def full_clean(self) -> None:
        """As always; and a picture that is not taken does not take the place of the one that is there."""
        before = self.instance.file if self.instance.pk else None
        super().full_clean()
        if before and self.errors:
            self.instance.file = before

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        """As always; what waited while the form was filled in is gone then."""
        saved = super().save(commit=commit)
        self.forget_kept()
        return saved
