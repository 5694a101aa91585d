"""The public form “I would like to tell mine”: whom to, and how to be reached. It asks for no word of the story.

No account, no cookie, no script, no puzzle. Whatever is wrong is said in a sentence, and all that was typed stays.
"""

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noted
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hub.accounts import limits
from hub.accounts.client_address import client_network
from hub.partners.models import Partner
from hub.screen_languages import asked_for, in_this_language, languages_to_choose, spoken
from hub.stories.family import show
from hub.stories.public_requests import offers

MOST_AN_HOUR = 5
TOO_MANY = noted("Many people have written from where you are. What you wrote is still here: wait an hour, or ring us.")
HAS_GONE = _("That one is not here any more. Choose one of these.")


class OfferForm(forms.Form):
    """Whom to, and a way to be reached. `website` is for machines that fill in everything."""

    partner = forms.ModelChoiceField(
        label=_("Who would you like to tell it to?"),
        queryset=Partner.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who you would like to tell it to."), "invalid_choice": HAS_GONE},
    )
    contact = forms.CharField(
        label=_("How can we reach you?"),
        max_length=300,
        help_text=_("A phone number or an e-mail address that is safe for you."),
        error_messages={
            "required": _("Tell us how to reach you. A phone number is enough."),
            "max_length": _("That is very long. A phone number or an e-mail address is enough."),
        },
    )
    may_leave_message = forms.BooleanField(label=_("You may leave a message there"), required=False)
    call_me = forms.CharField(
        label=_("What can we call you?"),
        required=False,
        max_length=100,
        help_text=_("You can leave this empty, or make up a name."),
        error_messages={"max_length": _("That is very long. A first name is enough.")},
    )
    once = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    website = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["partner"]
        field.queryset = Partner.objects.filter(is_open=True)
        field.label_from_instance = lambda partner: partner.name


@csrf_exempt  # there is no cookie that a forged form could use
@require_http_methods(["GET", "HEAD", "POST"])
def tell_yours(request: HttpRequest) -> HttpResponse:
    """The form; a right one leads to a page that says what happens next."""
    with spoken(asked_for(request)):
        return _tell_yours(request)


def _tell_yours(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    known = Partner.objects.filter(is_open=True, slug=request.GET.get("with", "")[:60]).first()
    initial = {"partner": known.pk if known else None, "once": secrets.token_urlsafe(24)}
    form = OfferForm(request.POST if posted else None, initial=initial)
    if posted and form.is_valid():
        if limits.take("tell-yours", client_network(request), most=MOST_AN_HOUR):
            said = dict(form.cleaned_data)
            key = offers.offer(is_probably_spam=bool(said.pop("website")), **said)
            return show(redirect(in_this_language(reverse("tell_yours_sent", args=[key]))))
        form.add_error(None, gettext(TOO_MANY))
    partners = Partner.objects.filter(is_open=True).exclude(phone="")
    context = {"form": form, "partners": partners, "has_exit": True, **languages_to_choose()}
    return show(render(request, "stories/tell_yours.html", context))


@csrf_exempt  # the address is the key
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, key: str) -> HttpResponse:
    """What happens next, and a button that takes it back. The same page for every address under which nothing is."""
    found = offers.offer_at(key)
    if found is not None and request.method == "POST":
        offers.take_back(found)
        return show(redirect(request.get_full_path()))
    with spoken(asked_for(request)):
        context = {"offer": found, "has_exit": True, **languages_to_choose()}
        return show(render(request, "stories/tell_yours_sent.html", context, status=200 if found else 404))
