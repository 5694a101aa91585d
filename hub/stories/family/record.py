"""The receipt for machines: what was agreed, with whom, and every event, in the terms others have agreed on.

Field names are those of ISO/IEC TS 27560:2023, values those of the W3C's Data Privacy Vocabulary where it has one.
Holds no name of a person and no word of a story. tests/schemas/consent_receipt.json says what a reader may rely on.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.duration import duration_iso_string

from hub.law import Law
from hub.partners.law import law_now
from hub.partners.models import Partner
from hub.partners.partnership import Partnership, the_partnership
from hub.stories.choices import EventKind, Method, Use
from hub.stories.family.happened import controllers, events
from hub.stories.family.receipts import answers_of, wordings
from hub.stories.models import Consent, ConsentEvent, PrivateLink
from hub.stories.rule import Decision

STATUS = {
    Decision.GIVEN: "dpv:ConsentGiven",
    Decision.REQUESTED: "dpv:ConsentRequested",
    Decision.REFUSED: "dpv:ConsentRefused",
    Decision.DEFERRED: "dpv:ConsentRequestDeferred",
    Decision.WITHDRAWN: "dpv:ConsentWithdrawn",
    Decision.REVOKED: "dpv:ConsentRevoked",
    Decision.INVALIDATED: "dpv:ConsentInvalidated",
    Decision.ENTERED_IN_ERROR: "dpv:ConsentInvalidated",
}
PAUSED, UNKNOWN = "dpv:ConsentStatusInvalidForProcessing", "dpv:ConsentUnknown"
STATE: dict[str, str] = {
    **{decision.value: status for decision, status in STATUS.items()},
    EventKind.REMINDED: "dpv:ConsentRequested",
    EventKind.RENEWED: "dpv:RenewedConsentGiven",
    EventKind.CARRIED_OVER: "dpv:ConsentGiven",
    EventKind.RESUMED: "dpv:ConsentGiven",
    EventKind.CONFIRMED: "dpv:ConsentGiven",
    EventKind.PAUSED: PAUSED,
    EventKind.NOT_BEFORE: PAUSED,
    EventKind.ERASED: "dpv:ConsentWithdrawn",
}
NO_TIME = "P0D"
Party = dict[str, Any]


def as_json(link: PrivateLink, *, gone: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """The whole receipt; `gone` says what became of each place after a withdrawal."""
    person = link.participation
    answers, law = answers_of(link), law_now()
    parties = [*map(_party, controllers(link)), *_beside_the_partners(the_partnership())]
    language = link.wording.language if link.wording else "en"
    return {
        "@context": {"dpv": "https://w3id.org/dpv#", "dct": "http://purl.org/dc/terms/"},
        "schema_version": "ISO/IEC TS 27560:2023",
        "receipt_id": f"{person.participant.code}/{person.story_id}/{link.pk}",
        "record_id": f"{person.participant.code}/{person.story_id}",
        "pii_principal_id": person.participant.code,
        "pii_processing": {
            "privacy_notice": settings.HUB_ADDRESS + reverse("yours_code"),
            "notice_version": "; ".join(wordings(link)),
            "language": language,
            "purposes": [_purpose(consent, parties, law) for consent in answers],
        },
        "party_identification": parties,
        "events": [_event(event, answers, link) for event in events(link)],
        "places_gone_dark": [{"place": name, "became": became} for name, became in gone],
    }


def _purpose(consent: Consent, parties: list[Party], law: Law | None) -> dict[str, Any]:
    """One use, what was said about it, and whether that holds now."""
    status = STATUS.get(Decision(consent.decision), UNKNOWN)
    is_paused = consent.decision == Decision.GIVEN and consent.held_at is not None
    return {
        "purpose": str(Use(consent.use).label),
        "purpose_type": consent.use,
        "lawful_basis": "dpv:ExplicitlyExpressedConsent" if consent.special_categories else "dpv:ExpressedConsent",
        "pii_information": [
            {
                "pii_type": "dpv:PersonalData",
                "pii_attribute_id": f"sha256:{consent.content_hash}",
                "pii_optional": True,
                "special_pii_category": list(consent.special_categories),
            }
        ],
        "pii_controllers": [party["party_id"] for party in parties],
        "collection_method": str(Method(consent.method).label),
        "storage_locations": ["The controllers' own server"],
        "retention_period": f"P{law.proof.years}Y" if law else NO_TIME,
        "jurisdiction": law.country if law else "",
        "recipient_third_parties": [],
        "withdrawal_method": settings.HUB_ADDRESS + reverse("yours_code"),
        "consent_status": PAUSED if is_paused else status,
        "paused": is_paused,
        "given_by": consent.given_by,
        "given_at": _iso(consent.given_at),
        "not_before": _iso(consent.not_before),
        "expires_at": _iso(consent.expires_at),
    }


def _party(partner: Partner) -> Party:
    contact = partner.phone or partner.email or partner.website or settings.HUB_ADDRESS
    return {
        "party_id": partner.slug,
        "party_name": partner.name,
        "party_role": "dpv:DataController",
        "party_type": "dpv:Organisation",
        "party_address": partner.place,
        "party_contact": contact,
        "party_phone": partner.phone,
        "party_email": partner.email,
        "party_url": partner.website,
    }


def _beside_the_partners(ours: Partnership) -> list[Party]:
    """Whoever answers for what is kept, where the partnership says so, as on the page and on paper."""
    if not ours.controller:
        return []
    return [
        {
            "party_id": settings.HUB_ADDRESS,
            "party_name": ours.controller,
            "party_role": "dpv:DataController",
            "party_type": "dpv:Organisation",
            "party_address": ours.place,
            "party_contact": ours.email or ours.phone or settings.HUB_ADDRESS,
            "party_phone": ours.phone,
            "party_email": ours.email,
            "party_url": settings.HUB_ADDRESS,
        }
    ]


def _event(event: ConsentEvent, answers: list[Consent], link: PrivateLink) -> dict[str, Any]:
    """One line of the ledger. Whoever of staff wrote it in is their organisation here."""
    person = link.participation.participant
    yes = next((c for c in answers if c.pk == event.consent_id and c.expires_at), None)
    at = event.said_at or event.at
    holds = STATE.get(event.kind) in {"dpv:ConsentGiven", "dpv:RenewedConsentGiven"}
    return {
        "event_time": at.isoformat(),
        "event_type": "dpv:ExpressedConsent",
        "event_state": STATE.get(event.kind, UNKNOWN),
        "event_name": event.kind,
        "purpose_type": event.use,
        "entity_id": person.partner.slug if event.by_user_id else person.code,
        "validity_duration": duration_iso_string(yes.expires_at - at) if holds and yes and yes.expires_at else NO_TIME,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
