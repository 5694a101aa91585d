"""What narrows the consent register. A filter nobody offered is refused with a sentence and shows nothing."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.db.models import F, Q, QuerySet

from hub.law import Law
from hub.partners.law import law_now
from hub.partners.models import Partner
from hub.stories.admin.in_words import STATES
from hub.stories.choices import Use
from hub.stories.light import ends_by, runs_out_by
from hub.stories.models import Consent
from hub.stories.reasons import Reason
from hub.stories.rule import Decision

IN_FORCE = "in_force"
PAUSED = "held"
ABOUT_THE_STORY = {Reason.NOBODY_IN_STORY, Reason.NOT_APPROVED, Reason.LEGAL_FLAG, Reason.NOT_ASKED}
REASONS = [(reason.value, reason.sentence) for reason in Reason if reason not in ABOUT_THE_STORY]
DUE = [("90", "Within 90 days"), ("30", "Within 30 days"), ("0", "Already")]
NOT_OFFERED = {"invalid_choice": "This filter is not one of the choices. Choose again."}
# What people look for most, the most urgent first: each is a link, and so are the answers that any other filters leave.
SAVED: tuple[tuple[str, dict[str, str]], ...] = (
    ("Due in 30 days", {"due": "30"}),
    ("Due in 90 days", {"due": "90"}),
    ("Asked, no answer yet", {"state": Decision.REQUESTED.value}),
    ("Paused", {"state": PAUSED}),
    ("Withdrawn", {"state": Decision.WITHDRAWN.value}),
    ("The words have changed", {"reason": Reason.OUTDATED.value}),
    ("All", {}),
)


def saved_filters(now: str) -> list[tuple[str, str, bool]]:
    """Each as its name, its query, and whether it is the one in use: `now` is the query that was asked for."""
    asked = dict(parse_qsl(now))
    return [(name, urlencode(query), query == asked) for name, query in SAVED]


class RegisterFilters(forms.Form):
    """All are optional; together they narrow. Offers only the partners the reader may see."""

    partner = forms.ModelChoiceField(
        label="Partner", queryset=Partner.objects.none(), required=False, empty_label="All", error_messages=NOT_OFFERED
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "All but replaced"), *STATES.items(), (PAUSED, "Paused")],
        error_messages=NOT_OFFERED,
    )
    use = forms.ChoiceField(
        label="Use", required=False, choices=[("", "All"), *Use.choices], error_messages=NOT_OFFERED
    )
    due = forms.ChoiceField(
        label="Runs out", required=False, choices=[("", "Any time"), *DUE], error_messages=NOT_OFFERED
    )
    reason = forms.ChoiceField(
        label="Does it count?",
        required=False,
        choices=[("", "Either"), (IN_FORCE, "Yes, it counts"), *REASONS],
        error_messages=NOT_OFFERED,
    )

    def __init__(self, partners: list[Partner], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["partner"]
        offered.queryset = Partner.objects.filter(pk__in=[partner.pk for partner in partners])

    @property
    def why(self) -> str:
        """Which answers are meant, where only the rule can tell; empty for all."""
        return str(self.cleaned_data.get("reason", "")) if self.is_valid() else ""

    def narrow(self, consents: QuerySet[Consent], *, now: datetime) -> QuerySet[Consent]:
        """The answers that are left; with a reason, those of which the rule may say it. Only the rule can tell."""
        said, law = self.cleaned_data, law_now()
        if said["partner"]:
            consents = consents.filter(participation__story__partner=said["partner"])
        if said["use"]:
            consents = consents.filter(use=said["use"])
        if said["due"]:
            consents = consents.filter(ends_by(now + timedelta(days=int(said["due"])), law))
        if self.why:
            consents = consents.filter(_may_be(self.why, now, law))
        return consents.filter(_in_state(said["state"]))


def _may_be(reason: str, now: datetime, law: Law | None) -> Q:
    """What has to be so before the rule can say this of an answer, so that it is asked about few."""
    given, asked = Q(decision=Decision.GIVEN), Q(decision=Decision.REQUESTED)
    light = Q(participation__story__visibility__content_hash=F("content_hash"))
    of_a_yes = {
        IN_FORCE: Q(held_at__isnull=True, expires_at__gt=now),
        Reason.PAUSED: Q(held_at__isnull=False),
        Reason.EXPIRED: runs_out_by(now, law),
        Reason.AGE_REASK: Q(participation__participant__reask_at__lte=now),
        Reason.WORDING_RETIRED: Q(wording__retirement__retired_at__lte=now),
        Reason.OUTDATED: ~light,
        Reason.COOLING_OFF: Q(not_before__gt=now),
    }
    if reason in set(Decision):
        return Q(decision=reason)
    return asked | given if reason == Reason.NOT_ANSWERED else given & of_a_yes.get(reason, Q())


def _in_state(state: str) -> Q:
    if not state:
        return ~Q(decision=Decision.SUPERSEDED)
    if state == PAUSED:
        return Q(decision=Decision.GIVEN, held_at__isnull=False)
    return Q(decision=state, held_at__isnull=True) if state == Decision.GIVEN else Q(decision=state)
