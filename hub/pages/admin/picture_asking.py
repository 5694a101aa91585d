"""“Take it like this”: a form that says what of a picture would be lost, and holds on to it while it asks.

Nothing is lost in silence and nothing has to be chosen twice: a picture comes back with the form, whatever else was
missing. A tick counts for the picture about which it was asked, and for no other.
"""

import hashlib
import re
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from wagtail.images import get_image_model
from wagtail.models import UploadedFile

from hub.pages.models.picture_upload import Loss, losses_of

SALT = "hub.pages.picture_asking"
WAITING = re.compile(r"uploaded-image-(\d+)")  # what Wagtail's screen for several pictures calls the form of each
TAKE_IT = "Take it like this"
TICK = "Tick this to keep it so, or choose another picture."
KEPT = "The picture you chose is still here. Choose another only to put it in its place."


class AsksBeforeTaking(forms.BaseForm):
    """A form with one picture, in the field `picture_field`; `who_brings` is whoever is signed in."""

    picture_field = "file"
    who_brings: Any = None

    def ask_before_taking(self) -> None:
        """To be called when the form has been built."""
        waiting = WAITING.fullmatch(self.prefix or "")
        if self.picture_field in self.fields:
            self.fields["kept"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self._bring_back()
        elif waiting:
            upload = _upload(int(waiting[1]), self.who_brings)
            self._offer_tick(_bytes_of(upload) if upload else b"")

    def full_clean(self) -> None:
        """As always; and then what would be lost is asked about, and a picture is kept while anything is missing."""
        super().full_clean()
        if not self.is_bound or not hasattr(self, "cleaned_data"):
            return
        data = self._data_of_picture()
        if data:
            self._offer_tick(data)
        if "take_it" in self.fields and self._ticked() != self._tick:
            self.add_error("take_it", TICK)
        if data and self.errors and self.add_prefix("kept") in self.data:
            self._keep(data)

    def forget_kept(self) -> None:
        """What waited is not needed any more."""
        upload = self._waiting()
        if upload:
            upload.file.delete(save=False)
            upload.delete()

    def _data_of_picture(self) -> bytes:
        """Of a picture that was brought now, not of one that is in the library already."""
        file = self.cleaned_data.get(self.picture_field)
        if not file or not getattr(file, "is_brought", False):
            return b""
        file.seek(0)
        data = bytes(file.read())
        file.seek(0)
        return data

    def _offer_tick(self, data: bytes) -> None:
        losses = losses_of(data)
        if not losses:
            return
        self._tick = hashlib.sha256(data).hexdigest()[:16]
        tick = forms.CharField(
            required=False,
            label=TAKE_IT,
            help_text=_in_one(losses),
            widget=forms.CheckboxInput(attrs={"value": self._tick}, check_test=lambda _: self._ticked() == self._tick),
        )
        before = list(self.fields)
        self.fields["take_it"] = tick
        place = before.index(self.picture_field) + 1 if self.picture_field in before else 0
        self.order_fields([*before[:place], "take_it", *before[place:]])

    def _ticked(self) -> str:
        return str(self.data.get(self.add_prefix("take_it"), ""))

    def _waiting(self) -> UploadedFile | None:
        try:
            number = signing.loads(str(self.data.get(self.add_prefix("kept"), "")), salt=SALT)
        except signing.BadSignature:
            return None
        return _upload(int(number), self.who_brings)

    def _bring_back(self) -> None:
        """The picture that was chosen before, unless another is chosen now."""
        name = self.add_prefix(self.picture_field)
        upload = self._waiting() if self.is_bound and name not in self.files else None
        if upload:
            kept = SimpleUploadedFile(upload.file.name.rsplit("/", 1)[-1], _bytes_of(upload))
            self.files = MultiValueDict({name: [kept]})

    def _keep(self, data: bytes) -> None:
        """So that it comes back with the next answer: no browser sends a file a second time."""
        said: Any = self.data
        answers = said.copy()
        answers[self.add_prefix("kept")] = self._token(data)
        self.data = answers
        field = self.fields[self.picture_field]
        field.required = field.widget.is_required = False
        self[self.picture_field].help_text = KEPT

    def _token(self, data: bytes) -> str:
        upload = self._waiting()
        if upload is None or _bytes_of(upload) != data:
            self.forget_kept()
            upload = UploadedFile.objects.create(
                for_content_type=ContentType.objects.get_for_model(get_image_model()),
                file=ContentFile(data, name="picture." + self.cleaned_data[self.picture_field].name.rsplit(".", 1)[-1]),
                uploaded_by_user=self.who_brings,
            )
        return signing.dumps(upload.pk, salt=SALT)


def _upload(number: int, who: Any) -> UploadedFile | None:
    kind = ContentType.objects.get_for_model(get_image_model())
    return UploadedFile.objects.filter(pk=number, for_content_type=kind, uploaded_by_user=who).first() if who else None


def _bytes_of(upload: UploadedFile) -> bytes:
    try:
        with upload.file.open("rb") as stored:
            return bytes(stored.read())
    except FileNotFoundError:
        return b""


def _in_one(losses: tuple[Loss, ...]) -> str:
    return " ".join(loss.said for loss in losses)
