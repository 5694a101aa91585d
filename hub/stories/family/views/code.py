"""The way in for whoever has a printed card: type the code. Guessing is limited, and a wrong code gives no clue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noted
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hub.accounts.client_address import client_network
from hub.partners.models import Partner
from hub.screen_languages import asked_for, languages_to_choose, spoken
from hub.stories.family import farewell, links
from hub.stories.family.forms import CodeForm
from hub.stories.family.views.private import show

WRONG = noted(
    "We do not know that code. Check each letter and number. If it still does not work, ring us: it may be an old card."
)
TOO_MANY = noted("There have been too many wrong codes. Wait an hour, or ring us and we will help you now.")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the code; a right one leads on, for an hour."""
    with spoken(asked_for(request)):
        return _code(request)


def _code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    sender = client_network(request)
    if request.method == "POST" and form.is_valid():
        if not links.may_try_a_code(sender):
            form.add_error("code", _(TOO_MANY))
        elif key := links.by_code(form.cleaned_data["code"]) or farewell.by_code(form.cleaned_data["code"]):
            links.was_right(sender)
            return show(redirect("yours", key))
        else:
            form.add_error("code", _(WRONG))
    partners = Partner.objects.filter(is_open=True).exclude(phone="")
    context = {"form": form, "partners": partners, "has_exit": True, **languages_to_choose()}
    return show(render(request, "stories/private/code.html", context))
