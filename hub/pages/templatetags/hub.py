"""What templates say that Django's own tags cannot: drawings, numbers in words, phone links."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as noted

from hub.pages.help_numbers import numbers_for
from hub.pages.look import plait as motif
from hub.pages.look.icons import ICONS
from hub.pages.pieces import kept
from hub.pages.serving.navigation import ourselves
from hub.pages.words.languages import ENGLISH, Language, Said, languages
from hub.partners.models import Strand
from hub.partners.people import known_as
from hub.screen_languages import IN_ENGLISH, UNCHECKED, in_this_language, spoken_now

register = template.Library()
register.filter("named", known_as)

WORDS = (
    *(noted("no"), noted("one"), noted("two"), noted("three"), noted("four")),
    *(noted("five"), noted("six"), noted("seven"), noted("eight"), noted("nine")),
)
ENGLISH_PAGES = Language(ENGLISH, "English", "English")
TIMELINE_WIDTH, TIMELINE_GAP = 900, 6


@register.simple_tag
def help_lines_for(topics: Iterable[str]) -> Any:
    """The help lines for these topics, best known first; all of them when there is no topic."""
    return numbers_for(topics)


@register.simple_tag
def emergency_number() -> SafeString:
    """Whom to phone when somebody is in danger, as a link. The partnership says it."""
    number = kept("partnership", ourselves).emergency
    return format_html('<a class="inline" href="{}">{}</a>', phone_href(number), number)


@register.simple_tag
def our_address(name: str, *args: Any) -> str:
    """Where a page of ours is that speaks in any language: it goes on in the one of now."""
    return in_this_language(reverse(name, args=args))


@register.inclusion_tag("components/spoken_in.html", takes_context=True)
def spoken_in(context: dict[str, Any]) -> dict[str, Any]:
    """On a page that speaks as its address asks: the way back to English, with all else that was asked for."""
    asked = context["request"].GET.copy()
    asked.pop("language", None)
    return {
        "spoken": spoken_now(),
        "is_unchecked": spoken_now() in UNCHECKED,
        "english": "English",
        "in_english": f"{context['request'].path}{'?' if asked else ''}{asked.urlencode()}",
    }


@register.simple_tag
def in_english() -> SafeString:
    """For words that stand as somebody wrote them: that they are English, where what stands around them is not."""
    return SafeString("") if spoken_now() == IN_ENGLISH else format_html(' lang="{}"', ENGLISH)


@register.simple_tag
def say(page: Any, key: str) -> Any:
    """A sentence of the site's own in the language of `page`, with the language it is in."""
    return page.language.says(key)


@register.simple_tag
def spoken(page: Any, key: str, **numbers: Any) -> SafeString:
    """The same with numbers put in, ready for the page: marked as English where nobody has written it yet."""
    said = says(page, key)
    words = format_html(said.words, **numbers) if numbers else conditional_escape(said.words)
    if said.lang == language_of(page).lang:
        return words
    return format_html('<span lang="{}" dir="{}">{}</span>', said.lang, said.dir, words)


@register.simple_tag
def words_of(page: Any, key: str) -> str:
    """The bare words, for an attribute that a script reads."""
    return says(page, key).words


def says(page: Any, key: str) -> Said:
    """A page without a language of its own says it in the language of now."""
    return language_of(page).says(key)


def language_of(page: Any) -> Language:
    return getattr(page, "language", None) or languages().get(spoken_now()) or ENGLISH_PAGES


@register.filter
def other_language(page: Any) -> str:
    """What HTML calls the language of a page's words; empty for English. Lists bring the locale of each along."""
    code = page.locale.language_code
    return languages()[code].lang if code in languages() else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of hub.pages.look.icons, hidden from screen readers: words always stand beside it."""
    return format_html(
        '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag(takes_context=True)
def plait(context: dict[str, Any], kind: str, own: str = "") -> SafeString:
    """The motif, a strand for each open partner. `own`, a strand's name, makes sure that this one is among them."""
    nav = context.get("nav")
    colours = (nav and nav.strands) or motif.FIRST_FOUR
    if own in Strand.values and Strand.values.index(own) + 1 not in colours:
        colours = (*colours, Strand.values.index(own) + 1)
    return mark_safe(motif.plait(kind, colours))  # noqa: S308  (numbers and class names only)


@register.simple_tag
def timeline(steps: Iterable[dict[str, Any]], total: int) -> SafeString:
    """The proportions of an activity's steps as a bar. Decoration: the numbers are in the text."""
    scale = TIMELINE_WIDTH / max(1, total)
    bars = format_html_join(
        "",
        '<rect x="{}" y="0" width="{}" height="26" rx="6"/>',
        ((round(step["start"] * scale), max(2, round(step["minutes"] * scale) - TIMELINE_GAP)) for step in steps),
    )
    return format_html(
        '<svg class="timeline" viewBox="0 0 {} 26" aria-hidden="true" focusable="false">{}</svg>',
        TIMELINE_WIDTH - TIMELINE_GAP,
        bars,
    )


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The page numbers to offer: ends and neighbours; None stands for those left out."""
    paginator = page.paginator
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


@register.filter
def minutes(number: int) -> str:
    """1 → “1 minute”, 30 → “30 minutes”."""
    return ngettext("%(number)d minute", "%(number)d minutes", number) % {"number": number}


@register.filter
def people(smallest: int, largest: int) -> str:
    """6, 16 → “6 to 16 people”; 1, 1 → “1 person”."""
    if smallest == largest:
        return ngettext("%(number)d person", "%(number)d people", largest) % {"number": largest}
    return gettext("%(smallest)d to %(largest)d people") % {"smallest": smallest, "largest": largest}


@register.filter
def and_list(words: list[str]) -> str:
    """["a", "b", "c"] → “a, b and c”."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


@register.filter
def in_words(number: int) -> str:
    """4 → “four”; from ten on, digits."""
    return gettext(WORDS[number]) if 0 <= number < len(WORDS) else str(number)


@register.simple_tag
def column_name(table: Any, number: int) -> str:
    """The heading of a table's column, counted from nought."""
    return str(table.columns[number]["heading"])


@register.filter
def oldest_check(numbers: Iterable[Any]) -> Any:
    """The day since which none of these telephone numbers was looked at; None when nobody noted one."""
    return min((number.last_checked for number in numbers if number.last_checked), default=None)


@register.filter
def phone_href(number: str) -> str:
    """“08080 10 10 11” → “tel:08080101011”. Keeps digits and a leading plus; after a plus, no “(0)”."""
    plus = "+" if number.strip().startswith("+") else ""
    if plus:
        number = number.replace("(0)", "")
    return f"tel:{plus}{''.join(c for c in number if c in '0123456789')}"
