"""“Prepare to ask again”: from answers chosen in the consent register to one sheet and card for each person.

Only for stories of one's own section. Whoever cannot be asked is left out with the reason; the others are asked.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from hub.partners.people import signed_in
from hub.stories.admin.sheets import sheet_for
from hub.stories.family import CannotAsk, links
from hub.stories.light import stories_seen_by
from hub.stories.models import Consent, StoryParticipant

MOST = 40
NOTHING = "Choose at least one answer to ask about again."
TOO_MANY = f"That is more than {MOST} sheets. Choose fewer, or filter by one partner or use."
NOT_YOURS = "This story is not in your section. Its own workers ask."


@dataclass
class Person:
    """One person to ask, about one story."""

    participation: StoryParticipant
    given_by: str
    uses: list[str] = field(default_factory=list)
    sheet: dict[str, Any] | None = None
    refusal: str = ""


@require_POST
@cache_control(private=True, no_store=True)
def ask_again(request: HttpRequest) -> HttpResponse:
    """Makes the sheets. Nothing is chosen beforehand; the earlier links of these people stop working."""
    people = chosen(request)
    if not people or len(people) > MOST:
        messages.error(request, TOO_MANY if people else NOTHING)
        return redirect("consent_register")
    for person in people:
        _prepare(person, by=signed_in(request))
    context = {
        "sheets": [person for person in people if person.sheet],
        "left_out": [person for person in people if person.refusal],
    }
    return render(request, "stories/admin/ask_again.html", context)


def chosen(request: HttpRequest) -> list[Person]:
    """The people behind the chosen answers, each once for each story and whoever answers, in order."""
    numbers = [number for number in request.POST.getlist("consent") if number.isdecimal()]
    found = Consent.objects.filter(pk__in=numbers, participation__story__in=stories_seen_by(request.user))
    people: dict[tuple[int, str], Person] = {}
    for consent in found.select_related("participation__participant", "participation__story").order_by("pk"):
        key = (consent.participation_id, consent.given_by)
        person = people.setdefault(key, Person(consent.participation, consent.given_by))
        if consent.use not in person.uses:
            person.uses.append(consent.use)
    return list(people.values())


def _prepare(person: Person, *, by: User) -> None:
    if not person.participation.story.permissions_for_user(by).can_edit():
        person.refusal = NOT_YOURS
        return
    try:
        with transaction.atomic():
            language = links.language_of(person.participation)
            person.sheet = sheet_for(
                person.participation, by=by, given_by=person.given_by, uses=person.uses, language=language
            )
    except CannotAsk as refusal:
        person.refusal = str(refusal)
