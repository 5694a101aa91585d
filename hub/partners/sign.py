"""The partnership's own sign: a small picture, kept in its row. How does it come in?

Made anew from its points (hub/pictures), so nothing is hidden in it. Refuses a drawing (SVG): it can hold a script.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from hub.malware import NotKept, check_for_harm
from hub.pictures import CannotUse, Remade, remade

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

WIDEST = 320  # points: eight times as wide as it stands
LARGEST = 5_000_000  # bytes, as it is brought
LARGEST_KEPT = 200_000  # it is asked for with the first page that somebody reads
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
TOO_LARGE = "This file is too large for a small sign. Choose one of at most 5 MB."
TOO_MUCH = "This picture has too much in it for a sign that is a finger wide. Choose a plainer one, best as PNG."


class PartnershipForm(WagtailAdminModelForm):
    """The form of the settings page, with a file for the sign."""

    new_sign = forms.FileField(
        label="Your own sign",
        required=False,
        help_text="A picture (PNG, JPEG or WebP), best a square one. It stands beside the name in place of the four"
        " bars, on pages and where staff sign in.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    no_sign = forms.BooleanField(label="Take your own sign away", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.sign_digest:
            del self.fields["no_sign"]

    def clean_new_sign(self) -> Remade | None:
        brought: UploadedFile[bytes] | None = self.cleaned_data["new_sign"]
        return sign_from(brought.read(), brought.size or 0) if brought else None

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        made: Remade | None = self.cleaned_data["new_sign"]
        if made:
            self.instance.take_sign(made.data, made.extension)
        elif self.cleaned_data.get("no_sign"):
            self.instance.take_sign(b"", "")
        return super().save(commit)


def sign_from(data: bytes, size: int) -> Remade:
    """What is kept of it. Raises ValidationError with a sentence."""
    if size > LARGEST:
        raise ValidationError(TOO_LARGE)
    try:
        check_for_harm(data)
        made = remade(data, widest=WIDEST)
    except (CannotUse, NotKept) as sentence:
        raise ValidationError(str(sentence)) from None
    if made.extension not in TYPES or len(made.data) > LARGEST_KEPT:
        raise ValidationError(TOO_MUCH)
    return made
