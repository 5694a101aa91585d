"""What readers are told of how a story may be used, and what each use means. Reads what lighting found; asks none."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop as noted
from django.views.decorators.http import require_safe

from hub.pages.models import Visibility
from hub.screen_languages import as_asked
from hub.stories.choices import Use

MEANS: dict[Use, str] = {
    Use.WEBSITE: noted("Anyone can read it here. When somebody in it says stop, it is gone with the next request."),
    Use.PRINT_PACK: noted("It may stand in a pack that a group prints. A code on each page says whether it still may."),
    Use.TRAINING: noted("Staff and volunteers may hear it read out, to learn from it. It is not handed to them."),
    Use.PARTNER_SITES: noted("The partners may show it on their own websites, and take it down when they are told."),
    Use.SOCIAL: noted("The partners may post it. What other people have shared cannot all be called back."),
    Use.MEDIA: noted("Newspapers, radio or TV may use it. What they have brought out cannot be called back."),
    Use.FUNDER_REPORT: noted("It may stand in reports to those who pay for the work. Copies stay with them."),
    Use.RESEARCH: noted("People who study this may use it. What they have written stays written."),
    Use.TRANSLATION: noted("It may be put into other languages, as a story of its own that is agreed to again."),
    Use.AUDIO_VIDEO: noted("Somebody may read it aloud for a recording or a film. Real voices are asked about apart."),
    Use.BE_FOUND: noted("Search engines and feed readers may list it. What they keep goes when they next look."),
    Use.AI: noted(
        "Computers may learn from it and sum it up in their own words. What they have learned stays with them."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One use as the label names it: its code, its words, and whether everyone agrees to it now."""

    code: str
    words: str
    agreed: bool


def agreed_uses(visibility: Visibility | None, *, now: datetime) -> list[Told]:
    """Every use, those that everyone agrees to first. Without a visibility row, nothing is agreed."""
    agreed = visibility.uses if visibility else {}
    told = [Told(use.value, str(use.label), _is_agreed(agreed.get(use.value), now)) for use in Use]
    return sorted(told, key=lambda use: not use.agreed)


def _is_agreed(until: str | None, now: datetime) -> bool:
    return until is not None and datetime.fromisoformat(until) > now


@require_safe
@as_asked
def what_uses_mean(request: HttpRequest) -> HttpResponse:
    """What each use means, for readers. Says nothing of any story."""
    uses = [(use.value, use.label, meaning) for use, meaning in MEANS.items()]
    response = render(request, "stories/uses.html", {"uses": uses})
    response["Cache-Control"] = "private, no-cache"
    return response
