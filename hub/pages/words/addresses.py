"""Which web address does a page get? Each title makes one, also of signs alone; never one that leads somewhere else."""

from typing import Any

from django.urls import Resolver404, resolve
from django.utils.text import slugify

LONGEST = 200  # room for a number at the end


def address_for(page: Any) -> str:
    """What a page without an address may be called in one: its title, or else its kind. Empty when it has one.

    Before a new page has its place in the tree there is nobody to be told apart from, so it is empty as well.
    """
    parent = page.get_parent() if page.path and page.depth > 1 else None
    if page.slug or parent is None:
        return ""
    made = slugify(page.title, allow_unicode=True)[:LONGEST].strip("-_") or str(page.kind)
    return f"{made}-page" if parent.depth == 2 and _leads_elsewhere(made) else made


def address_to_keep(slug: str, *, below: Any) -> str:
    """What a page was called in its address elsewhere, if it may be called so here; else empty, and it gets another."""
    is_one = 0 < len(slug) <= LONGEST and slug == slugify(slug, allow_unicode=True)
    return slug if is_one and not below.get_children().filter(slug=slug).exists() else ""


def _leads_elsewhere(slug: str) -> bool:
    """Whether “/search/” and its like is no page: whoever went there would never see ours."""
    try:
        return resolve(f"/{slug}/").url_name != "wagtail_serve"
    except Resolver404:
        return False
