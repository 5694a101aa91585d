"""The public form “Ask us to change or remove something”: for somebody who is in a story and was never asked.

No account, no cookie, no script, no puzzle. Whatever is wrong is said in a sentence, and all that was typed stays.
"""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noted
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hub.accounts import limits
from hub.accounts.client_address import client_network
from hub.partners.models import Partner
from hub.screen_languages import asked_for, in_this_language, languages_to_choose, spoken
from hub.stories.family import show, translated
from hub.stories.models import PublicRequest
from hub.stories.public_requests.requests import receive

LONGEST = 5_000
MOST_AN_HOUR = 10
TOO_MANY = noted(
    "There have been many requests from where you are. What you wrote is still here: wait an hour, or ring us."
)


class AskUsForm(forms.Form):
    """Only what they would like is needed. `website` is for machines that fill in everything."""

    about = forms.CharField(
        label=_("Which story is it?"),
        required=False,
        max_length=500,
        help_text=_("Its address or title, if you know it."),
        error_messages={"max_length": _("That is very long. The address or the title is enough.")},
    )
    wanted = forms.ChoiceField(
        label=_("What would you like us to do?"),
        choices=PublicRequest.Wanted.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you would like us to do.")},
    )
    message = forms.CharField(
        label=_("Tell us more"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What should we change or take out? You do not have to say why."),
        error_messages={
            "required": _("Tell us what to change or take out. A few words are enough."),
            "max_length": format_lazy(
                _("That is very long. Please keep it under {most} letters. Nothing is lost: it is below."),
                most=f"{LONGEST:,}",
            ),
        },
    )
    contact = forms.CharField(
        label=_("How can we reach you?"),
        required=False,
        max_length=300,
        help_text=_("You can leave this empty. Then we cannot tell you what we did."),
        error_messages={"max_length": _("That is very long. A phone number or an e-mail address is enough.")},
    )
    website = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted: Any = self.fields["wanted"]
        wanted.choices = [(value, translated(str(label))) for value, label in PublicRequest.Wanted.choices]


@csrf_exempt  # there is no cookie that a forged form could use
@require_http_methods(["GET", "HEAD", "POST"])
def ask_us(request: HttpRequest) -> HttpResponse:
    """The form; a right one leads to a page with a reference and a date."""
    with spoken(asked_for(request)):
        return _ask_us(request)


def _ask_us(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = AskUsForm(request.POST if posted else None, initial={"about": request.GET.get("about", "")[:500]})
    sender = client_network(request)
    if posted and form.is_valid():
        if limits.take("ask-us", sender, most=MOST_AN_HOUR):
            said = dict(form.cleaned_data)
            kept = receive(is_probably_spam=bool(said.pop("website")), **said)
            return show(redirect(in_this_language(reverse("ask_us_sent", args=[kept.reference]))))
        form.add_error(None, gettext(TOO_MANY))
    partners = Partner.objects.filter(is_open=True).exclude(phone="")
    context: dict[str, Any] = {"form": form, "partners": partners, "has_exit": True, **languages_to_choose()}
    return show(render(request, "stories/ask_us.html", context))


@require_safe
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """The acknowledgement. It holds no word of what was sent, and can be opened again."""
    found = PublicRequest.objects.filter(reference=reference).first()
    if found is None:
        raise Http404
    with spoken(asked_for(request)):
        context = {"reference": found.reference, "due": found.due_at, "has_exit": True, **languages_to_choose()}
        return show(render(request, "stories/ask_us_sent.html", context))
