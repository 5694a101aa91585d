"""What somebody keeps after answering: the same facts as page and PDF; as JSON in record.py. No name, no story."""

import json
from collections.abc import Iterable
from datetime import datetime

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date

from hub.partners.partnership import the_partnership
from hub.stories.choices import Use
from hub.stories.family.happened import controllers, what_happened
from hub.stories.models import Consent, PrivateLink
from hub.stories.rule import Decision

SAYS = {
    Decision.GIVEN: "Yes",
    Decision.REFUSED: "No",
    Decision.DEFERRED: "Not now",
    Decision.WITHDRAWN: "You told us to stop",
    Decision.REQUESTED: "Not answered yet",
}


def answers_of(link: PrivateLink) -> list[Consent]:
    """The latest answer about each use, in the order the uses are asked about."""
    standing = link.participation.consents.filter(given_by=link.given_by).exclude(decision=Decision.SUPERSEDED)
    latest = {consent.use: consent for consent in standing.select_related("wording").order_by("pk")}
    return [latest[use] for use in Use if use in latest]


def lines(link: PrivateLink) -> list[tuple[str, str, str]]:
    """(use, answer, until when) in words, one line for each answer that stands."""
    return [
        (
            str(Use(consent.use).label),
            "Paused" if consent.held_at else SAYS.get(Decision(consent.decision), "No longer counts"),
            day(consent.expires_at) if consent.decision == Decision.GIVEN else "",
        )
        for consent in answers_of(link)
    ]


def is_taken_back(link: PrivateLink) -> bool:
    """Whether somebody has taken back a yes, and no other yes of theirs stands."""
    said = {consent.decision for consent in answers_of(link)}
    return Decision.WITHDRAWN in said and Decision.GIVEN not in said


def wordings(link: PrivateLink) -> list[str]:
    """The names of the wordings these answers were given under, each once."""
    return sorted({consent.wording.name for consent in answers_of(link)})


def day(moment: datetime | None) -> str:
    return format_date(timezone.localtime(moment), "j F Y") if moment else ""


PAPER = """
#set document(title: "Your answers", author: json(bytes(sys.inputs.at("data"))).from)
#set page(paper: "a4", margin: 2.2cm)
#set text(lang: "en", region: "GB", size: 13pt)
#let data = json(bytes(sys.inputs.at("data")))
= Your answers
Made on #data.made. Your number: #data.code. With #data.partner.

#for line in data.lines [
  == #line.at(0)
  #line.at(1)#if line.at(2) != "" [ (until #line.at(2))]
]

#if data.gone.len() > 0 [
  = Where your words are gone
  #for place in data.gone [
    - #place.at(0): #place.at(1).
  ]
]

== Who may use your words
#for one in data.controllers [
  - #one
]
Nobody else may, and each of them only as you said.

#if data.answers != "" [For what is kept about you: #data.answers.]

== What happened
#for one in data.happened [
  - #one
]

#if data.wordings != "" [You were asked with this wording: #data.wordings.]

== To change your mind
You can pause or stop at any time. You do not have to say why. Nothing changes about the support you get.

#if data.way_back != "" [Your own page is at this address. Keep it to yourself:

#raw(data.way_back)

]Or go to #data.address and type the code on your card, if you have one.

Or ring #data.partner#if data.phone != "" [ on #data.phone]. Say your number, and what you want.
"""


def as_pdf(link: PrivateLink, *, address: str = "", gone: Iterable[tuple[str, str]] = ()) -> bytes:
    """The receipt on paper, as a PDF that a screen reader can follow (PDF/UA-1), with `address` as the way back."""
    partner, ours = link.participation.participant.partner, the_partnership()
    data = {
        "made": day(timezone.now()),
        "code": link.participation.participant.code,
        "partner": partner.name,
        "from": ours.name,
        "answers": ", ".join(filter(None, (ours.controller, ours.email, ours.phone))),
        "phone": partner.phone,
        "lines": lines(link),
        "wordings": "; ".join(wordings(link)),
        "address": settings.HUB_ADDRESS + "/yours/",
        "way_back": address,
        "gone": list(gone),
        "controllers": [f"{one.name}, {one.phone}" if one.phone else one.name for one in controllers(link)],
        "happened": [
            f"{at:%-d %B %Y, %H:%M}: {what}{f' ({use})' if use else ''}" for at, use, what in what_happened(link)
        ],
    }
    return bytes(
        typst.compile(PAPER.encode(), format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_standards=["ua-1"])
    )
