"""The sheet and the card that somebody is given: who asks, the square to point a phone at, the code to keep.

The secrets on it exist nowhere else: a sheet is made and shown once, and never again.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.urls import reverse

from hub.stories import asking, links
from hub.stories.choices import Use
from hub.stories.models import PrivateLink, StoryParticipant
from hub.stories.rule import GivenBy

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def sheet_for(
    participation: StoryParticipant, *, by: "User", given_by: str, uses: Iterable[str], easy_read: bool = False
) -> dict[str, Any]:
    """Asks about the latest draft, and returns all that stands on the sheet and the card. Raises CannotAsk."""
    giver = GivenBy(given_by)
    issued = asking.ask(participation, uses=[Use(use) for use in uses], by=by, given_by=giver, easy_read=easy_read)
    card = links.issue(
        participation, PrivateLink.Purpose.KEEP, given_by=giver, made_by=by, wording_id=issued.link.wording_id
    )
    address = settings.HUB_ADDRESS + reverse("yours", args=[issued.address])
    card_address = settings.HUB_ADDRESS + reverse("yours", args=[card.address])
    return {
        "participant": participation.participant,
        "wording": issued.link.wording,
        "address": address,
        "code": card.spoken_code,
        "code_page": settings.HUB_ADDRESS + reverse("yours_code"),
        "qr": segno.make(address, error="m").svg_data_uri(scale=5),
        "card_qr": segno.make(card_address, error="m").svg_data_uri(scale=4),
    }
