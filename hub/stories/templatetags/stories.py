"""What templates ask about a story, so that the story itself knows neither the light nor its screens."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from hub.law.in_words import said
from hub.pages.serving.agreed import AI, is_agreed, robots_for
from hub.partners.law import law_now
from hub.screen_languages import IN_ENGLISH, spoken_now
from hub.stories.light import Told, about_names, agreed_uses, because_of
from hub.stories.models import StoryPage
from hub.stories.path import Standing, standing_of
from hub.stories.review import pieces_of

register = template.Library()
register.simple_tag(pieces_of)
register.simple_tag(about_names)
register.simple_tag(because_of)


@register.simple_tag
def law_here() -> dict[str, str]:
    """The numbers of the law of this place, in words; none while nobody has said which it is."""
    law = law_now()
    words = said(law)
    if law and spoken_now() != IN_ENGLISH:
        years = law.proof.years
        words["place"] = gettext(law.name)
        words["proof"] = ngettext("%(years)d year", "%(years)d years", years) % {"years": years}
    return words


@register.simple_tag
def where_it_stands(story: StoryPage) -> Standing:
    """What stands on top of the editor, about the draft as it was last saved."""
    return standing_of(story, story)


@register.simple_tag
def told_machines(story: Any) -> dict[str, Any]:
    """What the page of a story asks of robots, and whether text and data mining is reserved."""
    light = getattr(story, "visibility", None)
    return {"robots": ", ".join(robots_for(light)), "reserved": 0 if is_agreed(light, AI) else 1}


@register.simple_tag
def uses_of(story: Any) -> list[Told]:
    """Each use in words, and whether everyone agrees to it now."""
    return agreed_uses(getattr(story, "visibility", None), now=timezone.now())
