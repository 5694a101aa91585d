"""Which text is whose to read before they answer, and when is there a new version of it?

The texts are in wordings.toml, and in other languages in files beside it (translations.py). Provisioning keeps them in
the database, where a version is never changed: it is the same in each of its languages. Refuses to show somebody a text
that was written for others.
"""

import tomllib
from collections.abc import Iterable
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.text import get_text_list

from hub.database_clock import database_now
from hub.law import AgeBand, Law, with_guardian
from hub.law.in_words import months
from hub.pages.words.languages import language_of
from hub.partners.law import law_now
from hub.partners.models import Partner
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.consent import translations
from hub.stories.models import IN_ENGLISH, Consent, ConsentWording, StoryParticipant, WordingRetirement
from hub.stories.rule import Decision, GivenBy

SOURCE = Path(__file__).with_suffix(".toml")
LOCK = 0x48554202  # one new version at a time
Audience = ConsentWording.Audience
ITS_OWN_ANSWER = "From {age} on it is the young person’s own answer. Ask them, with a link of their own."

AUDIENCES: dict[AgeBand, tuple[Audience, ...]] = {
    AgeBand.UNDER_12: (Audience.UNDER_12,),
    AgeBand.AGE_12_15: (Audience.AGE_12_15,),
    AgeBand.UNDER_16: (Audience.UNDER_16,),
    AgeBand.AGE_16_17: (Audience.AGE_16_17, Audience.EASY_READ),
    AgeBand.ADULT: (Audience.ADULT, Audience.EASY_READ),
    AgeBand.UNKNOWN: (),
}
"""For each age band the texts that a person of that age may be shown, the usual one first."""


def audiences_for(age_band: AgeBand, given_by: GivenBy) -> tuple[Audience, ...]:
    """Whose text somebody reads who answers for themself, for their child, or with legal power for an adult."""
    if given_by != GivenBy.GUARDIAN:
        return AUDIENCES[age_band]
    return (Audience.GUARDIAN_16,) if age_band == AgeBand.UNDER_16 else (Audience.GUARDIAN,)


def audiences_under(law: Law) -> tuple[Audience, ...]:
    """Whose texts are needed where this law holds, in the order of `Audience`."""
    own = {audience for age in law.ages for audience in AUDIENCES[age.band]}
    beside = {audiences_for(age.band, GivenBy.GUARDIAN)[0] for age in law.ages if age.with_guardian}
    return tuple(audience for audience in Audience if audience in own | beside)


def is_for(wording: ConsentWording, participation: StoryParticipant, given_by: GivenBy) -> bool:
    """Whether this text may be shown to whoever answers."""
    return wording.audience in audiences_for(AgeBand(participation.participant.age_band), given_by)


def still_holds(wording: ConsentWording | None, participation: StoryParticipant, given_by: GivenBy) -> bool:
    """Whether somebody may still answer under `wording`: it is for them as old as they are today, and not retired.

    Nobody answers in vain: whose age the law here does not tell apart has it noted first.
    """
    person, now = participation.participant, timezone.now()
    if wording is None or (person.reask_at is not None and person.reask_at <= now):
        return False
    law = law_now()
    if law is None or law.age(person.age_band) is None:
        return False
    if given_by == GivenBy.GUARDIAN and not with_guardian(person.age_band):
        return False
    retirement: Any = getattr(wording, "retirement", None)
    return is_for(wording, participation, given_by) and (retirement is None or now < retirement.retired_at)


def wording_for(
    participation: StoryParticipant, given_by: GivenBy, *, easy_read: bool = False, language: str = ""
) -> ConsentWording:
    """The newest wording for whoever answers that still counts, in `language` if it is in that; otherwise in English.

    Raises LookupError with a sentence for staff.
    """
    person = participation.participant
    if person.reask_at is not None and person.reask_at <= timezone.now():
        raise LookupError("They have reached an age at which they are asked in other words. Note their new age first.")
    audiences = audiences_for(AgeBand(person.age_band), given_by)
    law = law_now()
    if law is None or (person.age_band != AgeBand.UNKNOWN and law.age(person.age_band) is None):
        raise LookupError("The law of this place does not tell their age apart as it is noted. Note it again first.")
    if given_by == GivenBy.GUARDIAN and not with_guardian(person.age_band):
        raise LookupError(ITS_OWN_ANSWER.format(age=law.own_answer_from))
    if not audiences:
        raise LookupError("We do not know how old they are. Note their age first: the words they read depend on it.")
    if easy_read and Audience.EASY_READ not in audiences:
        raise LookupError("There is no easy read version for this age. The usual one is short and plain: use that.")
    wanted = Audience.EASY_READ if easy_read else audiences[0]
    counting = ConsentWording.objects.exclude(retirement__retired_at__lte=timezone.now())
    found = counting.filter(audience=wanted, language=IN_ENGLISH).order_by("-version").first()
    if found is None:
        raise LookupError("There is no wording to show them yet. Ask the administrator to run “provision”.")
    return in_language(found, language)


def in_language(wording: ConsentWording, language: str) -> ConsentWording:
    """The same version, for the same readers, in `language`; in English where it is not in that. Never an older one."""
    same = ConsentWording.objects.filter(version=wording.version, audience=wording.audience)
    return same.filter(language=language or IN_ENGLISH).first() or same.get(language=IN_ENGLISH)


def keep_up_to_date() -> list[str]:
    """Makes a new version of every text if one differs from the newest, or the partners do. Returns what it did.

    A text that is only new, because another law needs it, retires no other. Without a partner, or a law, there is
    nobody who asks, and so nothing to write.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    names, law = organisations(), law_now()
    if not names or law is None:
        return []
    texts = {audience: text_for(audience, law) for audience in audiences_under(law)}
    newest = _newest(texts, IN_ENGLISH)
    reworded = any(w.text != texts[Audience(audience)] for audience, w in newest.items())
    corrected = any(_says_something_else(newest, language, law) for language in translations.languages())
    missing = texts.keys() - newest.keys()
    if not (reworded or corrected or missing or any(w.organisations != names for w in newest.values())):
        return _add_translations(law, texts)
    version = (ConsentWording.objects.aggregate(newest=Max("version"))["newest"] or 0) + 1
    major = reworded and source()["major"]
    for audience, text in texts.items():
        ConsentWording.objects.create(
            version=version,
            audience=audience,
            language=IN_ENGLISH,
            text=text,
            organisations=names,
            is_major_change=major,
        )
    _add_translations(law, texts)
    retired = _retire_before(version) if major else ""
    return [f"Made version {version} of the wordings that people read before they answer.{retired}"]


def _newest(audiences: Iterable[str], language: str) -> dict[str, ConsentWording]:
    found = ConsentWording.objects.filter(language=language, audience__in=list(audiences)).order_by("version")
    return {wording.audience: wording for wording in found}


def _says_something_else(newest: dict[str, ConsentWording], language: str, law: Law) -> bool:
    """Whether a translation that is there differs from the file. A version is never changed: that makes a new one."""
    for audience, there in _newest(newest, language).items():
        text = text_for(Audience(audience), law, language)
        if there.version == newest[audience].version and text not in {"", there.text}:
            return True
    return False


def _add_translations(law: Law, audiences: Iterable[Audience]) -> list[str]:
    """Puts each translation that is of these words beside them, under the same version."""
    made = []
    for language in translations.languages():
        there = _newest(audiences, language)
        for audience, english in _newest(audiences, IN_ENGLISH).items():
            text = text_for(Audience(audience), law, language)
            if text and (audience not in there or there[audience].version < english.version):
                ConsentWording.objects.create(
                    version=english.version,
                    audience=audience,
                    language=language,
                    text=text,
                    organisations=organisations(translations.last_and(language)),
                    is_major_change=english.is_major_change,
                )
                made.append(language)
    return [f"Added the wordings that people read in {language_of(one).name}." for one in dict.fromkeys(made)]


def provision_wordings(**signal: Any) -> list[str]:
    """What provisioning asks of stories."""
    return keep_up_to_date()


def organisations(last_and: str = "and") -> str:
    """Who asks, and may use the words: every open partner by name."""
    names = Partner.objects.filter(is_open=True).order_by("pk").values_list("name", flat=True)
    return str(get_text_list(list(names), last_and))


def text_for(audience: Audience, law: Law, language: str = IN_ENGLISH) -> str:
    """The text as this law has it filled in; empty where there is no translation of just these words.

    A parent reads the same from whatever age their child decides alone.
    """
    whose = TEXTS_OF.get(audience, audience).value
    text: str = source()["texts"][whose]
    if language != IN_ENGLISH:
        text = translations.of(whose, language, english=text)
    lasting, turns = law.lasting, {whose: age.band.ends_at for age in law.ages for whose in _readers(age.band)}
    return text.strip().format(
        months=months(lasting.days), months_short=months(lasting.days_short), turns=turns.get(audience)
    )


TEXTS_OF = {Audience.GUARDIAN_16: Audience.GUARDIAN}


def _readers(band: AgeBand) -> tuple[Audience, ...]:
    return AUDIENCES[band] + (audiences_for(band, GivenBy.GUARDIAN) if with_guardian(band) else ())


@cache
def source() -> dict[str, Any]:
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def _retire_before(version: int) -> str:
    day = source()["retires_earlier"]
    from_then = timezone.make_aware(datetime.combine(day, time.min))
    for wording in ConsentWording.objects.filter(version__lt=version, retirement__isnull=True):
        WordingRetirement.objects.create(wording=wording, retired_at=from_then)
        for consent in Consent.objects.filter(wording=wording, decision=Decision.GIVEN).order_by("pk"):
            ledger.write(EventKind.WORDING_RETIRED, consent, by=None, at=database_now())
    return f" Answers to earlier ones stop counting on {day:%-d %B %Y}."
