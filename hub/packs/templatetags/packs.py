"""What a page says of packs. The templates of pages ask here, so that pages need not know of packs."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from hub.packs import stories
from hub.packs.wishes import Wish

register = template.Library()


@register.simple_tag(takes_context=True)
def add_to_pack(context: dict[str, Any], page: Any) -> str:
    """The address that adds `page` to the pack that its reader came from, or begins a new one."""
    came_from = context["request"].GET.get("pack", "") if "request" in context else ""
    return f"{reverse('pack')}?{urlencode({'pack': came_from, 'do': f'add-{page.pk}'})}"


@register.filter
def may_be_packed(page: Any) -> bool:
    """Whether a link that adds it is worth while: not for a draft, nor for a story that is not printed."""
    if not page.pk:
        return False
    return page.kind != "story" or stories.is_offered(page)


@register.simple_tag
def pack_act(wish: Wish, act: str) -> str:
    """The address of a pack after one act."""
    return f"{reverse('pack')}?{urlencode({'pack': wish.query(), 'do': act})}"


@register.filter
def get(found: dict[Any, Any], key: Any) -> Any:
    """The value in a dictionary; None without one."""
    return found.get(key)
