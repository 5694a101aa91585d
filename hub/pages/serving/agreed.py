"""What may machines do with a story: list it, or learn from it? Only while everyone in it agrees to exactly that.

Each is a use of its own, asked like the rest. Whatever is not known means no: no light, no such use in it, or its time
is over. Pages that hold nobody's story are not asked about.
"""

from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Now
from django.db.models.lookups import GreaterThan
from django.utils import timezone

BE_FOUND, AI = "be_found", "ai"  # as consent calls them: hub.stories.choices.Use


def agreed_q(use: str) -> Q:
    """The condition on lit pages: everyone agrees to `use` as well, by the database's clock."""
    until = Cast(KeyTextTransform(use, "visibility__uses"), DateTimeField())
    return Q(GreaterThan(until, Now()))


def is_agreed(visibility: Any, use: str, now: datetime | None = None) -> bool:
    """The same for a light that was read already."""
    until = visibility.uses.get(use) if visibility is not None else None
    return until is not None and datetime.fromisoformat(until) > (now or timezone.now())


def robots_for(visibility: Any) -> tuple[str, ...]:
    """What the page of a story tells robots. A copy outlives a withdrawal, so an archive is never allowed."""
    found = () if is_agreed(visibility, BE_FOUND) else ("noindex",)
    learned = () if is_agreed(visibility, AI) else ("noai", "noimageai")
    return (*found, "noarchive", *learned)
