"""“Colleagues” in the admin: who works here, who is invited, what each may do, and the end of somebody's access.

For leads, about their own partner; for administrators, about all. Anything else is not found.
"""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from hub.accounts import colleagues, invitations
from hub.accounts.colleague_forms import EndForm, InviteForm, RolesForm, name_of
from hub.accounts.models import AccessEvent
from hub.accounts.signals import counting_what_is_hers, how_many
from hub.partners.models import Partner
from hub.partners.people import leads_a_partner, signed_in

MOST_EVENTS = 100
APPROVAL_IS = {
    True: "From now on a lead of {partner} looks at what authors write before it is public.",
    False: "From now on authors of {partner} publish their guidance by themselves.",
}
View = Any


def for_one_partner(view: View) -> View:
    """Hands `view` the partner, if the user looks after it. Raises Http404 for any other."""

    @wraps(view)
    def guarded(request: HttpRequest, partner_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        partner = get_object_or_404(colleagues.looked_after_by(signed_in(request)), pk=partner_id)
        return view(request, partner, *args, **kwargs)

    return cache_control(private=True, no_store=True)(guarded)


def for_one_colleague(view: View) -> View:
    """The same with somebody who works there."""

    @wraps(view)
    def guarded(request: HttpRequest, partner: Partner, user_id: int) -> HttpResponse:
        return view(request, partner, get_object_or_404(colleagues.people_of(partner), pk=user_id))

    return for_one_partner(guarded)


@cache_control(private=True, no_store=True)
def everybody(request: HttpRequest) -> HttpResponse:
    """Each partner this user looks after, with its people and its open invitations."""
    user = signed_in(request)
    partners = colleagues.looked_after_by(user).order_by("name")
    if not looks_after_people(request):
        raise Http404
    only_quiet = request.GET.get("who") == "quiet"
    context = {
        "sections": [_section(partner, only_quiet=only_quiet) for partner in partners],
        "only_quiet": only_quiet,
        "shared": _rows(colleagues.people_of_no_partner(), None, only_quiet=only_quiet) if user.is_superuser else [],
    }
    return render(request, "accounts/colleagues/list.html", context)


@for_one_partner
def invite(request: HttpRequest, partner: Partner) -> HttpResponse:
    """The form, and the mail. A refusal comes back with everything that was typed."""
    form = InviteForm(partner, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            email = form.cleaned_data["email"]
            invitations.invite(partner, email, form.cleaned_data["role"], by=signed_in(request))
        except invitations.CannotInvite as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"A link is on its way to {email}. It is good for {_days()}.")
            return redirect("colleagues")
    return render(request, "accounts/colleagues/invite.html", {"partner": partner, "form": form})


@require_POST
@for_one_partner
def send_again(request: HttpRequest, partner: Partner, invitation_id: int) -> HttpResponse:
    """A new link; the old one ends."""
    invitation = get_object_or_404(invitations.open_invitations(partner), pk=invitation_id)
    try:
        invitations.send_again(invitation, by=signed_in(request))
    except invitations.CannotInvite as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"A new link is on its way to {invitation.email}. The old one opens nothing now.")
    return redirect("colleagues")


@require_POST
@for_one_partner
def withdraw(request: HttpRequest, partner: Partner, invitation_id: int) -> HttpResponse:
    """The link opens nothing from now on."""
    invitation = get_object_or_404(invitations.open_invitations(partner), pk=invitation_id)
    if invitations.withdraw(invitation, by=signed_in(request)):
        messages.success(request, f"The invitation to {invitation.email} is withdrawn. Its link opens nothing now.")
    else:
        messages.error(request, "This invitation has been accepted or withdrawn in the meantime.")
    return redirect("colleagues")


@require_POST
@for_one_partner
def approval(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Switches it; says how things stand, also when somebody else was quicker."""
    on = request.POST.get("approval") == "on"
    colleagues.switch_approval(partner, on=on, by=signed_in(request))
    messages.success(request, APPROVAL_IS[on].format(partner=partner))
    return redirect("colleagues")


@for_one_colleague
def colleague(request: HttpRequest, partner: Partner, person: User) -> HttpResponse:
    """What she does here, to be changed."""
    form = RolesForm(person, partner, colleagues.OF_PARTNER, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = colleagues.set_roles(person, partner, set(form.cleaned_data["roles"]), by=signed_in(request))
        except colleagues.CannotChange as refusal:
            form.add_error("roles", str(refusal))
        else:
            messages.success(request, _saved(person, changed=changed))
            return redirect("colleagues") if looks_after_people(request) else redirect("wagtailadmin_home")
    context = {
        "partner": partner,
        "person": person,
        "name": name_of(person),
        "form": form,
        "is_me": person == request.user,
        "may_share": signed_in(request).is_superuser,
    }
    return render(request, "accounts/colleagues/colleague.html", context)


@for_one_colleague
def end(request: HttpRequest, partner: Partner, person: User) -> HttpResponse:
    """Says what ending her access does, and does it when that is confirmed."""
    pages = how_many(counting_what_is_hers, user=person, partner=partner)
    form = EndForm(person, partner, request.POST if request.method == "POST" else None, pages=pages)
    if request.method == "POST" and form.is_valid():
        try:
            to = form.cleaned_data.get("pages_to")
            moved = colleagues.end_access(person, partner, by=signed_in(request), pages_to=to)
        except colleagues.CannotChange as refusal:
            form.add_error(None, str(refusal))
        else:
            hers = f" {name_of(to)} answers for their pages now: {moved}." if to else ""
            messages.success(request, f"{name_of(person)} has no access to {partner} any more.{hers}")
            return redirect("colleagues")
    context = {"partner": partner, "person": person, "name": name_of(person), "form": form, "pages": pages}
    return render(request, "accounts/colleagues/end.html", context)


@for_one_partner
def happened(request: HttpRequest, partner: Partner) -> HttpResponse:
    """What happened to people's access here, the latest first."""
    events = AccessEvent.objects.filter(partner=partner).select_related("by", "about")[:MOST_EVENTS]
    return render(request, "accounts/colleagues/happened.html", {"partner": partner, "events": events})


@cache_control(private=True, no_store=True)
def shared_roles(request: HttpRequest, user_id: int) -> HttpResponse:
    """The roles that belong to no partner, given and taken by administrators only."""
    if not signed_in(request).is_superuser:
        raise Http404
    person = get_object_or_404(User, pk=user_id, is_superuser=False)
    form = RolesForm(person, None, colleagues.SHARED, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changed = colleagues.set_shared_roles(person, set(form.cleaned_data["roles"]), by=signed_in(request))
        messages.success(request, _saved(person, changed=changed))
        return redirect("colleagues")
    return render(request, "accounts/colleagues/shared.html", {"name": name_of(person), "form": form})


def looks_after_people(request: HttpRequest) -> bool:
    """Leads, and administrators."""
    user = signed_in(request)
    return bool(user.is_superuser or leads_a_partner(user))


class ColleaguesMenuItem(MenuItem):
    """“Colleagues”, for leads and administrators."""

    def __init__(self) -> None:
        super().__init__("Colleagues", reverse("colleagues"), name="colleagues", icon_name="group", order=255)

    def is_shown(self, request: HttpRequest) -> bool:
        return looks_after_people(request)


def _section(partner: Partner, *, only_quiet: bool) -> dict[str, Any]:
    return {
        "partner": partner,
        "people": _rows(colleagues.people_of(partner), partner, only_quiet=only_quiet),
        "invitations": invitations.open_invitations(partner),
    }


def _rows(people: Any, partner: Partner | None, *, only_quiet: bool) -> list[dict[str, Any]]:
    return [
        {
            "person": person,
            "name": name_of(person),
            "roles": ", ".join(role.of_one for role in colleagues.roles_at(person, partner)),
            "is_quiet": person.last_login is None or person.last_login < timezone.now() - colleagues.QUIET_AFTER,
        }
        for person in (colleagues.quiet(people) if only_quiet else people)
    ]


def _saved(person: User, *, changed: bool) -> str:
    return f"{name_of(person)}: saved." if changed else f"{name_of(person)}: nothing was different."


def _days() -> str:
    return f"{settings.HUB_INVITATION_DAYS} days"
