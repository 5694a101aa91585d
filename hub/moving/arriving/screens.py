"""“Bring along”: what was taken along from a Hub, into one's own section, or by an administrator where it stood.

Somebody else's report is a 404. A button pressed twice brings it in once.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hub.accounts.once import FormSentOnce, turn
from hub.malware import NotKept, check_for_harm
from hub.moving.arriving.bringing import bring_along
from hub.moving.arriving.reading import LARGEST, TOO_BIG
from hub.moving.models import Arrival
from hub.pages.admin.home_desk import sections_to_write_in
from hub.pages.models import HubPage, PartnerSectionPage
from hub.partners.people import signed_in
from hub.security_headers import forbid_copies

WHERE_IT_STOOD = "Each page where it stood (everything of a Hub)"


class BringAlongForm(FormSentOnce):
    """Which zip, and into which section."""

    section = forms.ModelChoiceField(
        label="Into which section?",
        queryset=PartnerSectionPage.objects.none(),
        error_messages={"invalid_choice": "You may not write in this section. Choose one of your own."},
    )
    file = forms.FileField(
        label="The zip that was taken along",
        help_text="As “Take along” made it. At most 50 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
        error_messages={"required": "Choose the zip.", "empty": "This file is empty. Choose another."},
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.queryset = sections_for(user)
        if user.is_superuser:
            field.required, field.empty_label = False, WHERE_IT_STOOD
        else:
            field.empty_label = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(TOO_BIG)
        try:
            check_for_harm(file.read())
        except NotKept as sentence:
            raise forms.ValidationError(str(sentence)) from None
        file.seek(0)
        return file


def sections_for(user: Any) -> Any:
    """The sections into which `user` may bring something; every one for administrators."""
    sections = PartnerSectionPage.objects.order_by("title")
    if user.is_superuser:
        return sections
    return sections.filter(pk__in=[section.pk for section in sections_to_write_in(user)])


def bring(request: HttpRequest) -> HttpResponse:
    """The form; sent, the report."""
    user = signed_in(request)
    if not (user.is_superuser or sections_for(user).exists()):
        raise PermissionDenied
    form = BringAlongForm(user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with turn(user, form) as sent:
            if not sent.made:
                said = form.cleaned_data
                sent.made = str(bring_along(said["file"].read(), section=said["section"], by=user).pk)
        return redirect("arrival", sent.made)
    before = Arrival.objects.filter(by=user)[:5]
    return forbid_copies(render(request, "moving/bring_along.html", {"form": form, "before": before}))


def report(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """What became of each page."""
    user = signed_in(request)
    found = get_object_or_404(Arrival.objects.select_related("section"), pk=arrival_id, by=user)
    if not user.is_superuser and (found.section is None or found.section not in sections_for(user)):
        raise Http404
    pages = HubPage.objects.in_bulk([row["page"] for row in found.rows if row["page"]])
    rows = [{**row, "page": pages.get(row["page"])} for row in found.rows]
    return forbid_copies(render(request, "moving/arrival.html", {"arrival": found, "rows": rows}))
