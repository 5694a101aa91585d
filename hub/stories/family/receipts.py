"""What somebody keeps after answering: the same facts as page and PDF; as JSON in record.py. No name, no story."""

import json
from collections.abc import Iterable
from datetime import datetime

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import time_format as format_time
from django.utils.translation import gettext as _

from hub.partners.partnership import the_partnership
from hub.screen_languages import lang_now
from hub.stories.choices import Use
from hub.stories.family.happened import controllers, what_happened
from hub.stories.family.in_their_language import day_in_words, label_of, name_of, translated
from hub.stories.models import Consent, PrivateLink
from hub.stories.rule import Decision

SAYS = {
    Decision.GIVEN: "Yes",
    Decision.REFUSED: "No",
    Decision.DEFERRED: "Not now",
    Decision.WITHDRAWN: "You told us to stop",
    Decision.REQUESTED: "Not answered yet",
}
NO_LONGER = "No longer counts"


def answers_of(link: PrivateLink) -> list[Consent]:
    """The latest answer about each use, in the order the uses are asked about."""
    standing = link.participation.consents.filter(given_by=link.given_by).exclude(decision=Decision.SUPERSEDED)
    latest = {consent.use: consent for consent in standing.select_related("wording").order_by("pk")}
    return [latest[use] for use in Use if use in latest]


def lines(link: PrivateLink) -> list[tuple[str, str, str]]:
    """(use, answer, until when) in words, one line for each answer that stands."""
    return [
        (
            label_of(consent.use),
            _("Paused") if consent.held_at else translated(SAYS.get(Decision(consent.decision), NO_LONGER)),
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
    return sorted({name_of(consent.wording) for consent in answers_of(link)})


def day(at: datetime | None) -> str:
    return day_in_words(timezone.localtime(at)) if at else ""


def moment(at: datetime, form: str = "H:i") -> str:
    """Day and hour, in the language of now."""
    here = timezone.localtime(at)
    return f"{day_in_words(here)}, {format_time(here, form)}"


PAPER = """
#let data = json(bytes(sys.inputs.at("data")))
#let say = data.say
#set document(title: say.title, author: data.from)
#set page(paper: "a4", margin: 2.2cm)
#set text(lang: data.lang, region: "GB", size: 13pt)
= #say.title
#say.made

#for line in data.lines [
  == #line.at(0)
  #line.at(1)#if line.at(2) != "" [ (#line.at(2))]
]

#if data.gone.len() > 0 [
  = #say.gone
  #for place in data.gone [
    - #place.at(0): #place.at(1).
  ]
]

== #say.who
#for one in data.controllers [
  - #one
]
#say.nobody_else

#if data.answers != "" [#say.answers]

== #say.happened
#for one in data.happened [
  - #one
]

#if data.wordings != "" [#say.wordings]

== #say.change
#say.any_time

#if data.way_back != "" [#say.own_page

#raw(data.way_back)

]#say.or_code

#say.ring
"""


def as_pdf(link: PrivateLink, *, address: str = "", gone: Iterable[tuple[str, str]] = ()) -> bytes:
    """The receipt on paper, as a PDF that a screen reader can follow (PDF/UA-1), with `address` as the way back."""
    partner, ours = link.participation.participant.partner, the_partnership()
    names = {
        "day": day(timezone.now()),
        "code": link.participation.participant.code,
        "partner": partner.name,
        "answers": ", ".join(filter(None, (ours.controller, ours.email, ours.phone))),
        "phone": partner.phone,
        "wordings": "; ".join(wordings(link)),
        "address": settings.HUB_ADDRESS + "/yours/",
    }
    data = {
        **names,
        "say": sentences(names),
        "lang": lang_now().split("-")[0],
        "from": ours.name,
        "lines": [(use, said, until and _("until %(until)s") % {"until": until}) for use, said, until in lines(link)],
        "way_back": address,
        "gone": list(gone),
        "controllers": [f"{one.name}, {one.phone}" if one.phone else one.name for one in controllers(link)],
        "happened": [f"{moment(at)}: {what}{f' ({use})' if use else ''}" for at, use, what in what_happened(link)],
    }
    return bytes(
        typst.compile(PAPER.encode(), format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_standards=["ua-1"])
    )


def sentences(names: dict[str, str]) -> dict[str, str]:
    """What stands on the paper, in the language of now."""
    ring = _("Or ring %(partner)s on %(phone)s. Say your number, and what you want.")
    no_phone = _("Or ring %(partner)s. Say your number, and what you want.")
    return {
        "title": _("Your answers"),
        "made": _("Made on %(day)s. Your number: %(code)s. With %(partner)s.") % names,
        "gone": _("Where your words are gone"),
        "who": _("Who may use your words"),
        "nobody_else": _("Nobody else may, and each of them only as you said."),
        "answers": _("For what is kept about you: %(answers)s.") % names,
        "happened": _("What happened"),
        "wordings": _("You were asked with this wording: %(wordings)s.") % names,
        "change": _("To change your mind"),
        "any_time": _(
            "You can pause or stop at any time. You do not have to say why. Nothing changes about the support you get."
        ),
        "own_page": _("Your own page is at this address. Keep it to yourself:"),
        "or_code": _("Or go to %(address)s and type the code on your card, if you have one.") % names,
        "ring": (ring if names["phone"] else no_phone) % names,
    }
