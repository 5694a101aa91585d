"""What narrows the consent register. A filter nobody offered is refused with a sentence and shows nothing."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from hub.partners.models import Partner
from hub.stories.choices import Use
from hub.stories.models import Consent
from hub.stories.models.consent import as_choices
from hub.stories.rule import Decision, Reason

IN_FORCE = "in_force"
HELD = "held"
ABOUT_THE_STORY = {Reason.NOBODY_IN_STORY, Reason.NOT_APPROVED, Reason.LEGAL_FLAG, Reason.NOT_ASKED}
REASONS = [(reason.value, reason.sentence) for reason in Reason if reason not in ABOUT_THE_STORY]
DUE = [("90", "Within 90 days"), ("30", "Within 30 days"), ("0", "Already")]
NOT_OFFERED = {"invalid_choice": "This filter is not one of the choices. Choose again."}


class RegisterFilters(forms.Form):
    """All are optional; together they narrow. Offers only the partners the reader may see."""

    partner = forms.ModelChoiceField(
        label="Partner", queryset=Partner.objects.none(), required=False, empty_label="All", error_messages=NOT_OFFERED
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "All but replaced"), *as_choices(Decision), (HELD, "Held")],
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

    def narrow(self, consents: QuerySet[Consent], *, now: datetime) -> QuerySet[Consent]:
        """The answers that are left, but for the reason, which only the rule can tell."""
        said = self.cleaned_data
        if said["partner"]:
            consents = consents.filter(participation__story__partner=said["partner"])
        if said["use"]:
            consents = consents.filter(use=said["use"])
        if said["due"]:
            consents = consents.filter(ending_by(now + timedelta(days=int(said["due"]))))
        return consents.filter(_in_state(said["state"]))


def ending_by(moment: datetime) -> Q:
    """A yes that stops counting by `moment`: run out, wording retired, or the person to be asked again."""
    ends = Q(expires_at__lte=moment) | Q(wording__retirement__retired_at__lte=moment)
    return Q(decision=Decision.GIVEN) & (ends | Q(participation__participant__reask_at__lte=moment))


def _in_state(state: str) -> Q:
    if not state:
        return ~Q(decision=Decision.SUPERSEDED)
    if state == HELD:
        return Q(decision=Decision.GIVEN, held_at__isnull=False)
    return Q(decision=state, held_at__isnull=True) if state == Decision.GIVEN else Q(decision=state)
