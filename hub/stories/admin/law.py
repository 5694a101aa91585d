"""Under which law this Hub works, on one page that a lawyer can read; administrators choose another here.

Everybody who works here may read it. Choosing asks twice: the first answer says what goes dark, and changes nothing.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods
from wagtail.admin.menu import MenuItem

from hub.law import LAWS
from hub.partners.law import law_now
from hub.partners.models import LawChosen
from hub.partners.people import signed_in
from hub.stories.consent import choose_law, what_would_change

READ_AGAIN = (
    "The wordings people read are made anew. Read “How we use stories”, “My story is on this site” and “Privacy” "
    "again: what was written there stays as it is."
)


class LawForm(forms.Form):
    """Which place. `sure` comes with the second question alone, for the place that was asked about."""

    place = forms.ChoiceField(
        label="Where this Hub works",
        choices=[(law.code, law.name) for law in LAWS.values()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a place.", "invalid_choice": "There is no profile of this law."},
    )

    def clean_place(self) -> str:
        place, now = str(self.cleaned_data["place"]), law_now()
        if now and now.code == place:
            raise forms.ValidationError(f"This Hub works under the law of {now.name} already.")
        return place


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def law(request: HttpRequest) -> HttpResponse:
    """The profile that holds, those that could, and who chose when."""
    may_choose, posted = bool(request.user.is_superuser), request.method == "POST"
    if posted and not may_choose:
        raise PermissionDenied
    form = LawForm(request.POST if posted else None)
    asked: dict[str, Any] = {}
    if posted and form.is_valid():
        wanted = LAWS[form.cleaned_data["place"]]
        if request.POST.get("sure") == wanted.code:
            return _choose(request, wanted.code)
        asked = {"wanted": wanted, "change": what_would_change(wanted)}
    context = {
        "now": law_now(),
        "read": asked.get("wanted") or LAWS.get(request.GET.get("of", "")) or law_now(),
        "laws": LAWS.values(),
        "form": form if may_choose else None,
        "lines": _lines(),
        **asked,
    }
    return render(request, "stories/admin/law.html", context)


def _choose(request: HttpRequest, place: str) -> HttpResponse:
    try:
        change = choose_law(place, by=signed_in(request))
    except ValueError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"This Hub works under the law of {LAWS[place].name}. {change.sentence} {READ_AGAIN}")
    return redirect("story_law")


def _lines() -> list[tuple[LawChosen, str, str]]:
    """Who chose what, the newest first."""
    rows = list(LawChosen.objects.order_by("-pk")[:50])
    people = User.objects.in_bulk({row.by_user_id for row in rows if row.by_user_id})
    return [(row, _name(row.place), _who(row, people)) for row in rows]


def _name(place: str) -> str:
    return LAWS[place].name if place in LAWS else place


def _who(row: LawChosen, people: dict[int, User]) -> str:
    if row.by_user_id is None:
        return "from the beginning, nobody chose it"
    who = people.get(row.by_user_id)
    return (who.get_full_name() or who.get_username()) if who else "somebody who no longer works here"


class LawMenuItem(MenuItem):
    """“Law”, under Settings, for administrators; everybody else follows a link to it from the wordings."""

    def __init__(self) -> None:
        super().__init__("Law", reverse("story_law"), name="law", icon_name="info-circle", order=615)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)
