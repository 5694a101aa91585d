"""Who answers for a page when its owner goes? Hands guidance over, in one step, to a colleague of the same partner.

Stories keep their owner: the rule of four eyes asks who wrote one, and that does not change with who works here.
"""

from typing import Any

from hub.pages.models import HubPage
from hub.pages.visibility import exempt_types


def pages_she_answers_for(*, user: Any, partner: Any, **kwargs: Any) -> int:
    """How many pages of `partner`, drafts among them, `user` owns."""
    return int(_hers(user, partner).count())


def hand_pages_over(*, user: Any, partner: Any, to: Any, **kwargs: Any) -> int:
    """Makes `to` the owner of what `user` owns there. Returns how many pages. No words change, no version is made."""
    return int(_hers(user, partner).update(owner=to))


def _hers(user: Any, partner: Any) -> Any:
    return HubPage.objects.filter(content_type__in=exempt_types(), partner=partner, owner=user)
