"""Who may use this private link? Whoever holds it: 256 random bits, or a short code read from a card.

Opening one changes nothing. An old, wrong, cut-off or replaced one finds nothing, and nothing is said about why.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.utils import timezone

from hub.accounts import limits
from hub.stories.models import PrivateLink, StoryParticipant
from hub.stories.rule import GivenBy

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"  # none that is mistaken for another, said aloud or in small print
CODE_LENGTH = 12  # 26 ** 12 is 56 bits
ANSWER_FOR = timedelta(days=60)
BY_CODE_FOR = timedelta(hours=1)
ANSWER_BY_CODE_FOR = timedelta(days=1)  # nobody is hurried while they read and answer
MOST_WRONG_CODES = 20  # an hour, from one address
WRONG_CODES = "wrong-codes"
_SIGNER = "hub.stories.links"
_PREFIXES = {"c.": BY_CODE_FOR, "q.": ANSWER_BY_CODE_FOR}


@dataclass(frozen=True, slots=True)
class Issued:
    """A new link with its secrets, which exist nowhere else: show them now or never."""

    link: PrivateLink
    address: str
    code: str

    @property
    def spoken_code(self) -> str:
        return "-".join(self.code[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def issue(
    participation: StoryParticipant,
    purpose: PrivateLink.Purpose,
    *,
    given_by: GivenBy = GivenBy.SELF,
    made_by: User | None = None,
    **about: object,
) -> Issued:
    """A new link for this person. One to answer by takes the place of any earlier one; a card to keep stays good."""
    if purpose == PrivateLink.Purpose.ANSWER:
        earlier = PrivateLink.objects.filter(participation=participation, purpose=purpose, given_by=given_by)
        earlier.update(ends_at=timezone.now())
    address = secrets.token_urlsafe(32)
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    link = PrivateLink.objects.create(
        participation=participation,
        purpose=purpose,
        given_by=given_by,
        address_hash=_hash_of(address),
        code_hash=_hash_of(code),
        made_by=made_by,
        ends_at=timezone.now() + ANSWER_FOR if purpose == PrivateLink.Purpose.ANSWER else None,
        **about,
    )
    return Issued(link, address, code)


def find(key: str) -> PrivateLink | None:
    """The link that `key` opens, an address or what `by_code` or `open_question` returned; None for anything else."""
    links = PrivateLink.objects.select_related("participation__story", "participation__participant__partner", "wording")
    if key[:2] in _PREFIXES:
        try:
            pk = signing.loads(key[2:], salt=_SIGNER + key[:2], max_age=_PREFIXES[key[:2]])
        except signing.BadSignature:
            return None
        link = links.filter(pk=pk).first()
    else:
        link = links.filter(address_hash=_hash_of(key)).first()
    if link is None or link.has_ended:
        return None
    link.opened_by_code = key.startswith("c.")
    return link


def by_code(typed: str) -> str | None:
    """A key for the next hour, for whoever types a card's code; None when there is no such code."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    link = PrivateLink.objects.filter(code_hash=_hash_of(code)).first() if len(code) == CODE_LENGTH else None
    return None if link is None or link.has_ended else _key("c.", link)


def open_question(kept: PrivateLink) -> str | None:
    """A key for a day to what the holder of a kept link is being asked, so that a printed card is enough to answer."""
    asked = PrivateLink.objects.filter(
        participation=kept.participation, given_by=kept.given_by, purpose=PrivateLink.Purpose.ANSWER, used_at=None
    )
    link = asked.filter(ends_at__gt=timezone.now()).order_by("-pk").first()
    return _key("q.", link) if link else None


def _key(prefix: str, link: PrivateLink) -> str:
    return prefix + signing.dumps(link.pk, salt=_SIGNER + prefix)


def may_try_a_code(sender: str) -> bool:
    """Whether this sender has guesses left."""
    return limits.may_go_on(WRONG_CODES, sender, most=MOST_WRONG_CODES)


def count_wrong_code(sender: str) -> None:
    limits.count(WRONG_CODES, sender)


def _hash_of(secret: str) -> str:
    """Keyed, so that a leaked table cannot be tried against guesses without the server's key."""
    return hmac.new(settings.SECRET_KEY.encode(), secret.encode(), hashlib.sha256).hexdigest()
