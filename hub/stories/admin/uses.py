"""The use register on screen: where the words of a story have been, and a form for the next time.

A section's workers see and write what is their stories'; moderators see everybody's; anybody else gets a 404.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from hub.british_times import BritishDateField
from hub.left_out import each
from hub.partners.models import Partner
from hub.partners.people import partners_of, signed_in
from hub.stories.admin.people import for_the_section
from hub.stories.choices import Use
from hub.stories.light import stories_seen_by
from hub.stories.models import StoryPage, StoryUse
from hub.stories.review import moderates
from hub.stories.withdrawal import (
    CAN_BE_TAKEN_DOWN,
    RECORDED,
    MayNotBeUsed,
    in_words,
    record_use,
    take_down,
    why_not,
)

MOST = 200
KINDS = [(use.value, words) for use, words in RECORDED.items()]


class UseForm(forms.Form):
    """One time the words were used."""

    use = forms.ChoiceField(label="What was it?", choices=[("", "Choose one"), *KINDS])
    where = forms.CharField(
        label="Where, and for whom?",
        max_length=160,
        help_text="For example: training for school nurses in one town. Name nobody.",
    )
    used_on = BritishDateField(label="On which day?")
    copies = forms.IntegerField(
        label="How many copies, if it was printed",
        required=False,
        min_value=1,
        max_value=1_000_000,
        error_messages={"max_value": "That is more than anybody prints. Give the number of copies, up to a million."},
    )


@for_the_section
def story_uses(request: HttpRequest, story: StoryPage) -> HttpResponse:
    """Where this story has been, and the form."""
    form = UseForm(request.POST if request.method == "POST" else None, initial={"used_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            record_use(story, Use(said.pop("use")), by=signed_in(request), **said)
        except (MayNotBeUsed, ValueError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Written down. If somebody withdraws, we know whom to tell.")
            return redirect("story_uses", story.pk)
    found = story.recorded_uses.select_related("recorded_by")
    context: dict[str, Any] = {
        "story": story,
        "form": form,
        "rows": _rows(found),
        "may_now": [words for use, words in RECORDED.items() if not why_not(story, use)],
    }
    return render(request, "stories/admin/story_uses.html", context)


@require_POST
@for_the_section
def down(request: HttpRequest, story: StoryPage, use_id: int) -> HttpResponse:
    """It has been taken down."""
    try:
        take_down(get_object_or_404(StoryUse, pk=use_id, story=story), by=signed_in(request))
    except ValueError as refusal:
        messages.error(request, str(refusal))
    return redirect("story_uses", story.pk)


class RegisterForm(forms.Form):
    """What to leave out of the register. Empty leaves out nothing."""

    partner = forms.ModelChoiceField(queryset=Partner.objects.none(), required=False, empty_label="All")
    use = forms.ChoiceField(
        choices=[("", "All"), *((use.value, words) for use, words in RECORDED.items())], required=False
    )

    def __init__(self, seen: list[Partner], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["partner"]
        field.queryset = Partner.objects.filter(pk__in=[partner.pk for partner in seen])


@cache_control(private=True, no_store=True)
def register(request: HttpRequest) -> HttpResponse:
    """Every recorded use that its reader may see, the newest first."""
    seen = list(Partner.objects.all()) if moderates(request.user) else partners_of(request.user)
    if not seen:
        raise Http404
    filters = RegisterForm(seen, request.GET)
    found = StoryUse.objects.filter(story__partner__in=seen, story__in=stories_seen_by(request.user)).select_related(
        "story__partner", "recorded_by"
    )
    if filters.is_valid():
        wanted = {"story__partner": filters.cleaned_data["partner"], "use": filters.cleaned_data["use"]}
        found = found.filter(**{name: value for name, value in wanted.items() if value})
    else:
        found = found.none()
    return render(request, "stories/admin/uses.html", {"filters": filters, "rows": _rows(found[:MOST]), "most": MOST})


def _rows(found: Any) -> list[dict[str, Any]]:
    def row(used: StoryUse) -> dict[str, Any]:
        return {
            "used": used,
            "words": in_words(used),
            "can_be_taken_down": used.use in CAN_BE_TAKEN_DOWN,
            "by_hub": used.recorded_by_id is None and used.where.startswith("Pack "),
        }

    return list(each(found, row, of="the register of uses"))
