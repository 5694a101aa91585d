"""Legal flags on screen: raised by a story's workers and by moderators, cleared by safeguarding alone, with a note.

Told by number and reason: the screen holds no title, so safeguarding needs to read no story. Whoever has no part in a
story gets a 404, as for a story that never was.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from hub.partners.law import law_now
from hub.partners.people import partners_of, signed_in
from hub.stories.choices import LegalReason
from hub.stories.light import is_hidden, stories_seen_by
from hub.stories.models import LegalFlag, StoryPage
from hub.stories.review import clear_legal_flag, moderates, raise_legal_flag

NO_NAMES = "It is kept with the story. Never name anybody."


class FlagForm(forms.Form):
    """Why a story may not appear. The same reason twice would only have to be cleared twice."""

    reason = forms.ChoiceField(
        label="Why may it not appear?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the reason in law."},
    )

    hides = forms.BooleanField(
        label="Hide it from everybody but safeguarding",
        required=False,
        help_text="When somebody told of harm. You will not find the story again yourself: ring safeguarding.",
    )

    def __init__(self, story: StoryPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.story = story
        reasons: Any = self.fields["reason"]
        reasons.choices = reasons_here()

    def clean_reason(self) -> LegalReason:
        reason = LegalReason(self.cleaned_data["reason"])
        if self.story.legal_flags.filter(reason=reason, cleared_at__isnull=True).exists():
            raise forms.ValidationError("This flag is open already. One is enough to block the story.")
        return reason


class ClearForm(forms.Form):
    """Why a flag no longer applies."""

    note = forms.CharField(
        label="Why does it no longer apply?",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
        error_messages={"required": "Say why the flag no longer applies."},
    )


def reasons_here() -> list[tuple[str, str]]:
    """The reasons that the law of this place knows; all of them while nobody has said which law that is."""
    law = law_now()
    kinds = [LegalReason(block.kind) for block in law.blocks] if law else list(LegalReason)
    return [(kind.value, str(kind.label)) for kind in kinds]


def may_clear(user: Any) -> bool:
    return bool(user.has_perm("stories.clear_legal_flag"))


def may_raise(user: Any, story: StoryPage) -> bool:
    """Moderators, and whoever works for the story's partner."""
    mine = {partner.pk for partner in partners_of(user)}
    return moderates(user) or story.partner_id in mine


def sees_all_flags(user: Any) -> bool:
    return may_clear(user) or moderates(user)


@cache_control(private=True, no_store=True)
def open_flags(request: HttpRequest) -> HttpResponse:
    """Every open flag, oldest first, for moderators and safeguarding."""
    if not sees_all_flags(request.user):
        raise PermissionDenied
    seen = LegalFlag.objects.filter(cleared_at__isnull=True, story__in=stories_seen_by(request.user))
    flags = seen.select_related("story__partner").order_by("raised_at", "pk")
    return render(request, "stories/admin/open_flags.html", {"flags": flags})


@cache_control(private=True, no_store=True)
def story_flags(request: HttpRequest, story_id: int) -> HttpResponse:
    """The flags of one story, and the form that raises another."""
    story = _story(request, story_id)
    form = FlagForm(story, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not may_raise(request.user, story):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        hides = form.cleaned_data["hides"]
        raise_legal_flag(story, form.cleaned_data["reason"], by=signed_in(request), hides=hides)
        if hides and not may_clear(request.user):
            messages.success(request, f"{story} is hidden. Only safeguarding finds it now. Ring them.")
            return redirect("wagtailadmin_home")
        messages.success(request, f"{story}: the flag is raised. The story is not shown until safeguarding clears it.")
        return redirect("story_flags", story.pk)
    return _page(request, story, raising=form)


@require_POST
@cache_control(private=True, no_store=True)
def clear(request: HttpRequest, story_id: int, flag_id: int) -> HttpResponse:
    """Lifts one block. A refusal is said on the page, with the note as it was typed."""
    story = _story(request, story_id)
    flag = get_object_or_404(LegalFlag, pk=flag_id, story=story)
    form = ClearForm(request.POST, prefix=str(flag.pk))
    if form.is_valid():
        try:
            clear_legal_flag(flag, by=signed_in(request), note=form.cleaned_data["note"])
        except (PermissionError, ValueError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{story}: the flag is cleared.")
            return redirect("story_flags", story.pk)
    return _page(request, story, clearing={flag.pk: form})


def _page(
    request: HttpRequest, story: StoryPage, *, raising: FlagForm | None = None, clearing: dict[int, Any] | None = None
) -> HttpResponse:
    tried, clears = clearing or {}, may_clear(request.user)
    flags = story.legal_flags.select_related("raised_by", "cleared_by").order_by("cleared_at", "raised_at", "pk")
    rows = [(flag, tried.get(flag.pk) or (_clear_form(flag) if clears else None)) for flag in flags]
    context = {
        "story": story,
        "rows": rows,
        "may_clear": clears,
        "raising": (raising or FlagForm(story)) if may_raise(request.user, story) else None,
        "sees_all": sees_all_flags(request.user),
        "is_hidden": is_hidden(story.pk),
    }
    return render(request, "stories/admin/flags.html", context)


def _clear_form(flag: LegalFlag) -> ClearForm | None:
    return None if flag.cleared_at else ClearForm(prefix=str(flag.pk))


def _story(request: HttpRequest, story_id: int) -> StoryPage:
    story = get_object_or_404(stories_seen_by(request.user).select_related("partner"), pk=story_id)
    if not (may_clear(request.user) or may_raise(request.user, story)):
        raise Http404
    return story
