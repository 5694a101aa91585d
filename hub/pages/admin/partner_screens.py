"""“Partners” in the admin: open, change, close, reopen. For administrators only; anybody else is refused."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from wagtail.admin.menu import MenuItem

from hub.pages.admin.partner_forms import OpenPartnerForm, PartnerForm
from hub.pages.partner_operations import change_partner, close_partner, open_partner, reopen_partner
from hub.partners.models import Partner
from hub.partners.people import signed_in
from hub.security_headers import forbid_copies


def for_administrators(view: Any) -> Any:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        return forbid_copies(view(request, *args, **kwargs))

    return guarded


@for_administrators
def partners(request: HttpRequest) -> HttpResponse:
    """Every partner, open ones first."""
    return render(request, "partners/admin/list.html", {"partners": Partner.objects.order_by("-is_open", "name")})


@for_administrators
def opening(request: HttpRequest) -> HttpResponse:
    """The one form that opens a partner. A refusal comes back with everything that was typed."""
    form = OpenPartnerForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            open_partner(form.instance, by=signed_in(request), logo=form.cleaned_data["logo"])
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            form.forget_kept()
            messages.success(request, f"{form.instance} is open. Invite its first lead next, under Colleagues.")
            return redirect("partners")
    return render(request, "partners/admin/form.html", {"form": form, "title": "Open a partner"})


@for_administrators
def changing(request: HttpRequest, partner_id: int) -> HttpResponse:
    """A partner's details, its names among them."""
    partner = get_object_or_404(Partner, pk=partner_id)
    form = PartnerForm(request.POST or None, instance=partner)
    if request.method == "POST" and form.is_valid():
        try:
            change_partner(form.instance, by=signed_in(request))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, f"{form.instance}: saved. Its section and groups are called as it is.")
            return redirect("partners")
    title = f"Change {Partner.objects.get(pk=partner_id)}"
    return render(request, "partners/admin/form.html", {"form": form, "title": title})


@for_administrators
def closing(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Says what closing does, and does it when that is confirmed."""
    partner = get_object_or_404(Partner, pk=partner_id, is_open=True)
    if request.method == "POST":
        people = close_partner(partner)
        messages.success(request, f"{partner} is closed. People who can no longer come in for it: {people}.")
        return redirect("partners")
    return render(request, "partners/admin/close.html", {"partner": partner})


@for_administrators
def reopening(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Says what reopening does, and does it when that is confirmed."""
    partner = get_object_or_404(Partner, pk=partner_id, is_open=False)
    if request.method == "POST":
        reopen_partner(partner)
        messages.success(request, f"{partner} is open again.")
        return redirect("partners")
    return render(request, "partners/admin/reopen.html", {"partner": partner})


class PartnersMenuItem(MenuItem):
    """“Partners”, for administrators."""

    def __init__(self) -> None:
        super().__init__("Partners", reverse("partners"), name="partners", icon_name="group", order=260)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


partner_urls = [
    path("partners/", partners, name="partners"),
    path("partners/open/", opening, name="partner_open"),
    path("partners/<int:partner_id>/", changing, name="partner_change"),
    path("partners/<int:partner_id>/close/", closing, name="partner_close"),
    path("partners/<int:partner_id>/reopen/", reopening, name="partner_reopen"),
]
