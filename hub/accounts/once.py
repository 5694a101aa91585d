"""Is this the same form again? A button pressed twice acts once, also when two processes get the two requests at once.

Each form that is opened has a token; what it made stands beside that, for a day. A form that comes back with a mistake
is still the same one. Refuses nothing: a form without a token acts each time, as one that no browser of ours sends.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db import connection, transaction

from hub.accounts.models import SentForm

KEPT = timedelta(days=1)


class FormSentOnce(forms.Form):
    """A form that knows which opening of it this is."""

    sent_once = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def clean_sent_once(self) -> UUID | None:
        token: UUID | None = self.cleaned_data["sent_once"]
        return token


@contextmanager
def turn(user: Any, form: FormSentOnce) -> Iterator[SentForm]:
    """What this valid form has made already, in `made`; empty the first time: whoever acts writes there what it made.

    One transaction. Of two that come at once the second waits until the first is done.
    """
    token = form.cleaned_data.pop("sent_once")
    with transaction.atomic():
        if token is None:
            yield SentForm()
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"form {user.pk} {token}"])
        sent = SentForm.objects.filter(user=user, token=token).first() or SentForm(user=user, token=token)
        yield sent
        if sent.made:
            sent.save()


def made_already(user: Any, data: Mapping[str, Any]) -> str:
    """What the form that `data` was sent by has made before; empty when it is sent for the first time."""
    try:
        token = UUID(str(data.get("sent_once", "")))
    except ValueError:
        return ""
    return SentForm.objects.filter(user=user, token=token).values_list("made", flat=True).first() or ""


def forget_old(now: datetime) -> int:
    """Job: what was sent a day ago is sent no more. Returns how many."""
    deleted, _ = SentForm.objects.filter(at__lt=now - KEPT).delete()
    return deleted
