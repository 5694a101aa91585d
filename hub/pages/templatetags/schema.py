"""What a page is, in words that search engines share (schema.org)? For pages that hold no story; never about one."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hub.pages.serving.machines import absolute

register = template.Library()

# As Django's json_script does: nothing in a title may end the element.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def schema(context: dict[str, Any]) -> SafeString | str:
    """A data block about the page that is shown; nothing for a kind of page that has no word of its own there."""
    page, ours = context.get("page"), context.get("partnership")
    if page is None or page.kind not in KINDS or not page.pk:
        return ""
    about = {
        "@context": "https://schema.org",
        "name": page.title,
        "description": page.summary,
        "url": absolute(page.get_url(context.get("request")) or ""),
        **(_published(page) if page.kind != "section" else {}),
        **KINDS[page.kind](page),
        **(_of_us(ours, "memberOf" if page.kind == "section" else "publisher") if ours and ours.is_named else {}),
    }
    words = json.dumps(about, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308 - escaped above


def _of_us(ours: Any, how: str) -> dict[str, Any]:
    """Whose page it is, and where they work. Nothing is said while nobody has named the partnership."""
    where = {"areaServed": ours.place} if ours.place else {}
    return {how: {"@type": "Organization", "name": ours.name, "url": absolute("/"), **where}}


def _published(page: Any) -> dict[str, Any]:
    changed = {"dateModified": page.last_published_at.isoformat()} if page.last_published_at else {}
    return {"inLanguage": "en-GB", "isAccessibleForFree": True, **changed}


def _module(page: Any) -> dict[str, Any]:
    return {"@type": "LearningResource", "learningResourceType": "module", "timeRequired": f"PT{page.reading_minutes}M"}


def _activity(page: Any) -> dict[str, Any]:
    return {"@type": "LearningResource", "learningResourceType": "activity", "timeRequired": f"PT{page.minutes}M"}


def _guidance(page: Any) -> dict[str, Any]:
    by = {"author": {"@type": "Organization", "name": page.partner.name}} if page.partner else {}
    return {"@type": "Article", "headline": page.title, **by}


def _section(page: Any) -> dict[str, Any]:
    partner = page.own_partner
    known = {"telephone": partner.phone, "areaServed": partner.place}
    return {"@type": "NGO", "name": partner.name, **{name: said for name, said in known.items() if said}}


KINDS = {"module": _module, "activity": _activity, "guidance": _guidance, "section": _section}
