"""The moderator's desk: one story with everything that has to be known before deciding.

A decision is about the exact words that were on the screen. If they changed meanwhile it is refused, and what was
typed stays. Whoever may not approve sees why, and no button.
"""

from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.models import Revision

from hub.pages.help_numbers import numbers_for
from hub.partners.people import known_as, signed_in
from hub.security_headers import forbid_copies
from hub.stories.admin.people import rows_of
from hub.stories.admin.pictures import pictures_at
from hub.stories.admin.what_was_said import what_was_said
from hub.stories.choices import SentBack
from hub.stories.family import categories_in_words
from hub.stories.light import publish_when_agreed, stories_seen_by
from hub.stories.models import Consent, HandIn, ModerationDecision, StoryPage, draft_of
from hub.stories.path import standing_of
from hub.stories.review import (
    MayNotApprove,
    WordsChanged,
    approve_story,
    changed_since_decided,
    check_may_approve,
    moderates,
    pieces_of,
    return_story,
    standing_hold,
    unconfirmed_in,
    who_could_look,
)
from hub.stories.rule import Verdict

Outcome = ModerationDecision.Outcome
CHECKLIST = {
    "jigsaw": "Nobody could work out who this is from the places, dates and details together",
    "mentioned": "Everybody who is mentioned has been thought of",
    "legal": "There is no children's hearing, court case, adoption or protected address that we know of",
    "language": "The words do not shame anybody",
    "content_note": "The content note is right",
    "help_lines": "The help lines are right",
}


class KeyedBoxes(forms.CheckboxSelectMultiple):
    """Each box has its number as its access key: Alt and 1, or what the browser asks for."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["attrs"]["accesskey"] = str(int(option["index"]) + 1)
        return option


class DecisionForm(forms.Form):
    """Approve or return. Approval needs every line of the checklist; a return needs a comment."""

    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=[(one.value, one.label) for one in (Outcome.APPROVED, Outcome.RETURNED)],
        widget=forms.HiddenInput,  # the two buttons below the form say it
    )
    sensitivity = forms.TypedChoiceField(
        label="How sensitive is it?",
        coerce=int,
        choices=ModerationDecision.Sensitivity.choices,
        widget=forms.RadioSelect,
    )
    checklist = forms.MultipleChoiceField(
        label="I have checked",
        required=False,
        choices=list(CHECKLIST.items()),
        widget=KeyedBoxes,
        help_text="With the access key of your browser, 1 to 6 tick the lines, a approves and r returns.",
    )
    comment = forms.CharField(
        label="Comment to the worker",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed when you return it. Never name anybody.",
    )
    told_people = forms.MultipleChoiceField(
        label="When you return it: what may the people in it read on their own page?",
        required=False,
        choices=SentBack.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each says it in kind words of ours, never in yours. With none, they read that we look at it again.",
    )
    about = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Outcome.RETURNED and not cleaned.get("comment", "").strip():
            self.add_error("comment", "Say what has to change, so that the worker knows what to do.")
        missing = set(CHECKLIST) - set(cleaned.get("checklist", []))
        if cleaned.get("outcome") == Outcome.APPROVED and missing:
            self.add_error("checklist", "To approve it, check every line. If one is not so, return the story.")
        return cleaned


def for_moderators(view: Any) -> Any:
    """Lets in whoever holds the permission to moderate. Others are told so by Wagtail's own refusal."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not moderates(request.user):
            raise PermissionDenied
        return forbid_copies(view(request, *args, **kwargs))

    return guarded


@for_moderators
def review(request: HttpRequest, story_id: int) -> HttpResponse:
    """One story: its words, its people, what is missing, and the decision."""
    story = get_object_or_404(stories_seen_by(request.user), pk=story_id)
    draft, moderator = draft_of(story), signed_in(request)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        initial={"about": draft.content_hash(), "sensitivity": None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            if _decide(request, draft, form, moderator):
                return redirect("story_queue")
        except WordsChanged as refusal:
            draft = draft_of(story)  # the next decision is about what is on the screen from now on
            _read_again(form, draft, str(refusal))
    rows, answer = rows_of(story, draft)
    context = {
        "story": story,
        "draft": draft,
        "pictures_at": pictures_at(story),
        "said": what_was_said(story, draft, rows),
        "standing": standing_of(story, draft, answer),
        "form": form,
        "refusal": why_not(moderator, story),
        "others": who_could_look(story, instead_of=moderator),
        "hold": standing_hold(story),
        "unconfirmed": unconfirmed_in(story),
        "changed": changed_since_decided(story, draft),
        "pieces": pieces_of(draft),
        "flags": story.legal_flags.filter(cleared_at__isnull=True),
        "categories": categories_in_words(draft),
        "help_lines": numbers_for(draft.help_topics),
        "decisions": story.decisions.select_related("moderator").order_by("-decided_at")[:10],
        "writers": _names(Revision.page_revisions.filter(object_id=str(story.pk)), "user"),
        "recorders": _names(Consent.objects.filter(participation__story=story), "recorded_by"),
    }
    return render(request, "stories/admin/review.html", context)


def why_not(moderator: User, story: StoryPage) -> str:
    """Why this moderator may not approve this story; empty when they may, at least if it is not highly sensitive."""
    try:
        check_may_approve(moderator, story, sensitivity=ModerationDecision.Sensitivity.ORDINARY)
    except MayNotApprove as refusal:
        return str(refusal)
    return ""


def _decide(request: HttpRequest, draft: StoryPage, form: DecisionForm, moderator: User) -> bool:
    said = form.cleaned_data
    if said["about"] != draft.content_hash():
        raise WordsChanged(WordsChanged.sentence)
    try:
        with transaction.atomic():
            if said["outcome"] == Outcome.APPROVED:
                ticked = {name: name in said["checklist"] for name in CHECKLIST}
                approve_story(
                    draft,
                    moderator=moderator,
                    sensitivity=said["sensitivity"],
                    checklist=ticked,
                    expected_hash=said["about"],
                )
                shown = publish_when_agreed(draft.pk)
                sentence = _what_follows(draft, shown)
            else:
                check_may_approve(moderator, draft, sensitivity=ModerationDecision.Sensitivity.ORDINARY)
                return_story(
                    draft,
                    moderator=moderator,
                    comment=said["comment"].strip(),
                    expected_hash=said["about"],
                    told_people=said["told_people"],
                )
                sentence = "Returned with your comment."
    except MayNotApprove as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"{draft}: {sentence}")
    return True


def _what_follows(draft: StoryPage, shown: Verdict | None) -> str:
    if shown and shown.allowed:
        return "Approved, and shown."
    if not HandIn.objects.standing(draft.pk).filter(content_hash=draft.content_hash()).exists():
        return "Approved. Shown once the worker has handed it in and everyone agrees."
    return "Approved. Shown once everyone agrees."


def _read_again(form: DecisionForm, draft: StoryPage, sentence: str) -> None:
    """Refuses the decision and keeps what was typed, but for the ticks: what was checked is no more."""
    form.add_error(None, sentence)
    typed = {name: form[name].value() for name in form.fields}
    form.data = {**typed, "about": draft.content_hash(), "checklist": []}


def _names(rows: Any, who: str) -> list[str]:
    """What colleagues call the staff behind these rows, each once."""
    staff = User.objects.filter(pk__in=rows.filter(**{f"{who}__isnull": False}).values(who))
    return sorted({known_as(user) for user in staff})
