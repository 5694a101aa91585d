"""The two colours that a partnership may choose, as a style sheet whose address says them: a browser asks for it once.

Asks no database, and draws nothing that nobody could read: for such colours there is no such address.
"""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from hub.contrast import BLACK, WHITE, for_the_dark, mixed, readable_as_ground, readable_as_words
from hub.partners.partnership import Partnership

NONE = "none"
A_YEAR = "public, max-age=31536000, immutable"
WHOLE = "@layer tokens {{ :root {{ {0} }} @supports (color: light-dark(red, blue)) {{ :root {{ {1} }} }} }}\n"
Pair = tuple[str, str]  # on light paper, on dark


def address_of(ours: Partnership) -> str:
    """Where the style sheet is; nothing while no colour was chosen."""
    chosen = [colour.removeprefix("#") or NONE for colour in (ours.colour, ours.band)]
    return reverse("colours", args=chosen) if ours.colour or ours.band else ""


@require_safe
def colours(request: HttpRequest, words: str, band: str) -> HttpResponse:
    """Raises Http404 for what is no colour, or not one of these."""
    tokens: dict[str, Pair] = {}
    try:
        if words != NONE:
            readable_as_words(f"#{words}")
            tokens |= _of_words(f"#{words}")
        if band != NONE:
            readable_as_ground(f"#{band}")
            tokens |= {"night": (f"#{band}", mixed(f"#{band}", BLACK, 0.5))}
    except ValidationError:
        raise Http404 from None
    by_day = " ".join(f"--{name}: {day};" for name, (day, _) in tokens.items())
    both = " ".join(f"--{name}: light-dark({day}, {night});" for name, (day, night) in tokens.items())
    response = HttpResponse(WHOLE.format(by_day, both), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = A_YEAR
    return response


def _of_words(colour: str) -> dict[str, Pair]:
    """Of links and buttons; a little stronger while somebody points at them."""
    night = for_the_dark(colour)
    plain, strong = (colour, night), (mixed(colour, BLACK, 0.3), mixed(night, WHITE, 0.4))
    return {"link": plain, "action": plain, "link-hover": strong, "action-hover": strong}
