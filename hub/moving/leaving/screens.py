"""“Take along”: a lead takes what is her partner's, an administrator everything, as one file. A GET makes nothing.

Says before the button that what leaves is out of our hands. Anybody else is refused; another partner is not offered.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.models import PageLogEntry

from hub.accounts.once import FormSentOnce, turn
from hub.moving.leaving.archive import TooMuch
from hub.moving.leaving.gathering import Wanted
from hub.moving.leaving.taking import TAKEN_ALONG, ChangedMeanwhile, take_along
from hub.moving.leaving.who_may import MayNotTake, may_take, may_take_records, partners_to_take
from hub.partners.models import Partner
from hub.partners.people import leads_a_partner, signed_in
from hub.security_headers import forbid_copies

EVERYTHING = "Everything of the Hub"
CHANGED = "A story in it was changed while the files were being written. Nothing was taken. Press the button again."
ALREADY = 10  # of the last times, on the screen


class TakeForm(FormSentOnce):
    """Whose, and what of it."""

    partner = forms.ModelChoiceField(
        label="What do you want to take along?",
        queryset=Partner.objects.none(),
        required=False,
        empty_label=EVERYTHING,
        error_messages={"invalid_choice": "You may not take what is this partner’s. Choose one that you lead."},
    )
    records = forms.BooleanField(
        label="With your records of consent",
        required=False,
        help_text="Who was asked, by code, what each said and when, where words were used, and your feedback.",
    )
    details = forms.BooleanField(
        label="With how to reach people",
        required=False,
        help_text="Names, telephone numbers and notes, readable for whoever has the file. Each opening is noted.",
    )
    understood = forms.BooleanField(
        label="I know that nobody can call these files back",
        help_text="If somebody takes their yes back later, you take their words away wherever you have put them.",
        error_messages={"required": "Tick this once you have read it: the Hub cannot change what is in the files."},
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field: Any = self.fields["partner"]
        field.queryset = partners_to_take(user)
        if not may_take(user, None):
            field.required, field.empty_label = True, None
        if not any(may_take_records(user, partner) for partner in field.queryset):
            del self.fields["records"], self.fields["details"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        partner = said.get("partner")
        if (said.get("records") or said.get("details")) and not may_take_records(self.user, partner):
            self.add_error("partner", "Records of consent go with a partner’s own lead. Choose yours, or untick them.")
        return said


def take(request: HttpRequest) -> HttpResponseBase:
    """The form; sent, the file."""
    user = signed_in(request)
    if not partners_to_take(user).exists() and not may_take(user, None):
        raise PermissionDenied
    form = TakeForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return forbid_copies(_as_file(user, form))
        except (MayNotTake, TooMuch) as refusal:
            form.add_error(None, str(refusal))
        except ChangedMeanwhile:
            form.add_error(None, CHANGED)
    taken = PageLogEntry.objects.filter(action=TAKEN_ALONG).select_related("user", "page")
    if not may_take(user, None):
        taken = taken.filter(page__partner__in=partners_to_take(user))
    return forbid_copies(render(request, "moving/take_along.html", {"form": form, "taken": taken[:ALREADY]}))


def _as_file(user: Any, form: TakeForm) -> FileResponse:
    said = form.cleaned_data
    wanted = Wanted(said["partner"], said.get("records", False), said.get("details", False))
    with turn(user, form) as sent:
        again, sent.made = bool(sent.made), "taken"
    out, _ = take_along(wanted, by=user, counts=not again)
    of = wanted.partner.slug if wanted.partner else "hub"
    return FileResponse(out, as_attachment=True, filename=f"{of}-{timezone.localdate():%Y-%m-%d}.zip")


class TakeMenuItem(MenuItem):
    """“Take along”, for leads and administrators."""

    def __init__(self) -> None:
        super().__init__("Take along", reverse("take_along"), name="take-along", icon_name="download", order=905)

    def is_shown(self, request: HttpRequest) -> bool:
        user = signed_in(request)
        return may_take(user, None) or leads_a_partner(user)
