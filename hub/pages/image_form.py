"""Uploading a picture: one that cannot be read to its end gets a sentence here, before anything tries to store it."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from hub.pages.models.library import without_metadata

DAMAGED = "This picture is damaged or not complete, so it cannot be kept. Take or save it again, then choose it here."


class ReadableImageField(WagtailImageField):
    """Wagtail's field, which looks at the first bytes only, with a look at all of them."""

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file:
                file.seek(0)
                without_metadata(file.read())
                file.seek(0)
        except ValidationError:
            raise
        except Exception as error:  # each format's reader has errors of its own for a broken file
            raise ValidationError(DAMAGED, code="damaged") from error
        return file


class HubImageForm(BaseImageForm):
    """Wagtail's form for images, with the field above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            theirs = self.fields["file"]
            self.fields["file"] = ReadableImageField(
                label=theirs.label, required=theirs.required, widget=theirs.widget, initial=theirs.initial
            )
