"""For which page was this form made, and when? Signed, so that nobody can make one up; kept nowhere but in the form.

It knows what is needed to keep somebody's words when the page is unpublished or deleted while they write.
"""

import secrets
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core import signing
from django.utils import timezone

SALT = "hub.feedback"
A_PERSON_NEEDS = 3  # seconds, to write a word
OPEN_FOR = 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Stamp:
    """Of one form that was handed out. `partner_id` is None for the toolkit; `at` is in seconds."""

    page_id: int
    partner_id: int | None
    about: str
    one: str
    at: int

    def sign(self) -> str:
        return signing.dumps(asdict(self), salt=SALT)

    def renewed(self) -> "Stamp":
        """The same form, handed out now."""
        return replace(self, at=_now())

    @property
    def seconds(self) -> int:
        """How long ago it was handed out."""
        return _now() - self.at

    @property
    def is_too_old(self) -> bool:
        return self.seconds > OPEN_FOR

    @property
    def is_too_fresh_to_have_written(self) -> bool:
        return self.seconds < A_PERSON_NEEDS


def stamp_for(page: Any) -> Stamp:
    """A new one for `page`, which must be public."""
    return Stamp(page.pk, page.partner_id, page.title, secrets.token_urlsafe(12), _now())


def read_stamp(signed: str, page_id: int) -> Stamp | None:
    """What was signed, if it was signed here and for this page. None for anything else."""
    try:
        stamp = Stamp(**signing.loads(signed, salt=SALT))
    except (signing.BadSignature, TypeError):
        return None
    return stamp if stamp.page_id == page_id else None


def _now() -> int:
    return int(timezone.now().timestamp())
