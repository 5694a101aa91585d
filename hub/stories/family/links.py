"""Who may use this private link? Whoever holds it: 256 random bits, or a short code read from a card.

Opening one changes nothing. An old, wrong, cut-off or replaced one finds nothing, and nothing is said about why.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.utils import timezone

from hub.accounts import limits
from hub.link_keys import hash_of, hashes_of, newest
from hub.screen_languages import IN_ENGLISH, known
from hub.stories.consent import in_language
from hub.stories.ledger import verb
from hub.stories.models import PrivateLink, StoryParticipant
from hub.stories.rule import GivenBy

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"  # none that is mistaken for another, said aloud or in small print
CODE_LENGTH = 12  # 26 ** 12 is 56 bits
ANSWER_FOR = timedelta(days=60)
BY_CODE_FOR = timedelta(hours=1)
ANSWER_BY_CODE_FOR = timedelta(days=1)  # nobody is hurried while they read and answer
MOST_WRONG_CODES = 20  # an hour, from one network
WRONG_CODES = "wrong-codes"
_SIGNER = "hub.stories.links"
IN_THE_ROOM = "r."  # on the telephone of a worker, who is signed out meanwhile
IN_THE_ROOM_FOR = timedelta(hours=2)
_PREFIXES = {"c.": BY_CODE_FOR, "q.": ANSWER_BY_CODE_FOR, IN_THE_ROOM: IN_THE_ROOM_FOR}


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
    address, code = _secrets()
    link = PrivateLink.objects.create(
        participation=participation,
        purpose=purpose,
        given_by=given_by,
        address_hash=hash_of(address),
        code_hash=hash_of(code),
        key_name=newest(),
        made_by=made_by,
        ends_at=timezone.now() + ANSWER_FOR if purpose == PrivateLink.Purpose.ANSWER else None,
        **about,
    )
    return Issued(link, address, code)


def with_new_secrets(link: PrivateLink) -> Issued:
    """The same link, of which nobody has seen the secrets: what it asks, and what the ledger says of it, stays."""
    address, code = _secrets()
    link.address_hash, link.code_hash, link.key_name = hash_of(address), hash_of(code), newest()
    link.save(update_fields=["address_hash", "code_hash", "key_name"])
    return Issued(link, address, code)


def _secrets() -> tuple[str, str]:
    return secrets.token_urlsafe(32), "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def find(key: str) -> PrivateLink | None:
    """The link that `key` opens, an address or what `by_code` or `open_question` returned; None for anything else."""
    links = PrivateLink.objects.select_related("participation__story", "participation__participant__partner", "wording")
    if key[:2] in _PREFIXES:
        link = links.filter(pk=number_in(key, lasts=_PREFIXES[key[:2]])).first()
    else:
        link = links.filter(address_hash__in=hashes_of(key)).first()
    if link is None or link.has_ended:
        return None
    link.opened_by_code, link.opened_in_room = key.startswith("c."), key.startswith(IN_THE_ROOM)
    return link


@verb
def speak(link: PrivateLink, language: str) -> None:
    """From now on the pages under `link` are in that language, and the wording too where it exists in it.

    What has been sent stays under the wording that was read then.
    """
    here = PrivateLink.objects.select_for_update(of=["self"]).select_related("wording").get(pk=link.pk)
    here.language = known(language)
    if here.purpose == PrivateLink.Purpose.ANSWER and here.used_at is None and here.wording is not None:
        here.wording = in_language(here.wording, here.language)
    here.save(update_fields=["language", "wording"])


def language_of(participation: StoryParticipant) -> str:
    """What somebody was last spoken to in: empty for English, and for whoever was never asked."""
    last = PrivateLink.objects.filter(participation__participant=participation.participant).order_by("pk").last()
    return known(last.language) if last else IN_ENGLISH


def end_in_the_room(link: PrivateLink) -> None:
    """Ends every address that was opened on that telephone: the questions, and the way to look after the words."""
    theirs = PrivateLink.objects.filter(participation=link.participation, given_by=link.given_by)
    theirs.filter(ends_at__gt=timezone.now()).update(ends_at=timezone.now())


def by_code(typed: str) -> str | None:
    """A key for the next hour, for whoever types a card's code; None when there is no such code."""
    code = code_in(typed)
    link = PrivateLink.objects.filter(code_hash__in=hashes_of(code)).first() if len(code) == CODE_LENGTH else None
    return None if link is None or link.has_ended else key_to("c.", link.pk)


def code_in(typed: str) -> str:
    """The letters and numbers of a code, however it is typed."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def open_question(kept: PrivateLink) -> str | None:
    """A key for a day to what the holder of a kept link is being asked, so that a printed card is enough to answer."""
    asked = PrivateLink.objects.filter(
        participation=kept.participation, given_by=kept.given_by, purpose=PrivateLink.Purpose.ANSWER, used_at=None
    )
    link = asked.filter(ends_at__gt=timezone.now()).order_by("-pk").first()
    return key_to("q.", link.pk) if link else None


def key_to(prefix: str, number: int) -> str:
    """A key to the row with this number; the first two letters say of which sort, and for how long it is good."""
    return prefix + signing.dumps(number, salt=_SIGNER + prefix)


def number_in(key: str, *, lasts: timedelta) -> int:
    """The number that `key_to` put into `key`; 0, which no row has, when it is not one of ours, or too old."""
    try:
        return int(signing.loads(key[2:], salt=_SIGNER + key[:2], max_age=lasts))
    except signing.BadSignature:
        return 0


def may_try_a_code(sender: str) -> bool:
    """Whether this sender has a guess left. It counts from now on, unless `was_right` follows."""
    return limits.take(WRONG_CODES, sender, most=MOST_WRONG_CODES)


def was_right(sender: str) -> None:
    limits.give_back(WRONG_CODES, sender)
