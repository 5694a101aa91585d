"""The sheet and the card that somebody is given: who asks, the square to point a phone at, the code to keep.

The secrets on it exist nowhere else: a sheet is made and shown once, and never again.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.urls import reverse

from hub.accounts.models import SentForm
from hub.screen_languages import spoken
from hub.stories.choices import Use
from hub.stories.family import asking, links, name_of
from hub.stories.models import PrivateLink, StoryParticipant
from hub.stories.rule import GivenBy

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def sheet_for(
    participation: StoryParticipant, *, by: "User", given_by: str, made: SentForm | None = None, **about: Any
) -> dict[str, Any]:
    """Asks about the latest draft, and returns all that stands on the sheet and the card. Raises CannotAsk.

    `about` is what `asking.ask` takes. Where the same form has asked already, nobody has seen that sheet: its links get
    new secrets, and nobody is asked twice.
    """
    if made is not None and made.made:
        answer, keep = (PrivateLink.objects.get(pk=number) for number in made.made.split())
        issued, card = links.with_new_secrets(answer), links.with_new_secrets(keep)
    else:
        issued, card = _ask(participation, by=by, giver=GivenBy(given_by), **about)
        if made is not None:
            made.made = f"{issued.link.pk} {card.link.pk}"
    language = issued.link.language
    with spoken(language):
        wording_name = name_of(issued.link.wording) if issued.link.wording else ""
    address = settings.HUB_ADDRESS + reverse("yours", args=[issued.address])
    card_address = settings.HUB_ADDRESS + reverse("yours", args=[card.address])
    return {
        "participant": participation.participant,
        "wording": issued.link.wording,
        "wording_name": wording_name,
        "language": language or settings.LANGUAGE_CODE,
        "lang": language,
        "address": address,
        "code": card.spoken_code,
        "code_page": settings.HUB_ADDRESS + reverse("yours_code"),
        "qr": segno.make(address, error="m").svg_data_uri(scale=5),
        "card_qr": segno.make(card_address, error="m").svg_data_uri(scale=4),
    }


def _ask(
    participation: StoryParticipant, *, by: "User", giver: GivenBy, uses: Iterable[str], **how: Any
) -> tuple[links.Issued, links.Issued]:
    issued = asking.ask(participation, uses=[Use(use) for use in uses], by=by, given_by=giver, **how)
    about = {"wording_id": issued.link.wording_id, "language": issued.link.language}
    card = links.issue(participation, PrivateLink.Purpose.KEEP, given_by=giver, made_by=by, **about)
    return issued, card
