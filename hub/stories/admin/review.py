"""The moderator's desk: what waits, oldest first, and one story with everything that has to be known before deciding.

A decision is about the exact words that were on the screen. If they changed meanwhile it is refused, and what was
typed stays. Whoever may not approve sees why, and no button.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail.models import Revision

from hub.pages.models import HelpLine
from hub.partners.roles import signed_in
from hub.stories.admin.people import rows_of, status_of
from hub.stories.asking import categories_in_words, draft_of
from hub.stories.disclosure import stories_seen_by
from hub.stories.holding import standing_hold
from hub.stories.jigsaw import pieces_of
from hub.stories.models import CarryOverProposal, Consent, ModerationDecision, StoryPage
from hub.stories.moderation import MayNotApprove, WordsChanged, check_may_approve, moderates
from hub.stories.operations import approve_story, return_story
from hub.stories.publishing import publish_when_agreed
from hub.stories.rule import Answer, Reason

Outcome = ModerationDecision.Outcome
CHECKLIST = {
    "jigsaw": "Nobody could work out who this is from the places, dates and details together",
    "mentioned": "Everybody who is mentioned has been thought of",
    "legal": "There is no children's hearing, court case, adoption or protected address that we know of",
    "language": "The words do not shame anybody",
    "content_note": "The content note is right",
    "help_lines": "The help lines are right",
}


class DecisionForm(forms.Form):
    """Approve or return. Approval needs every line of the checklist; a return needs a comment."""

    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=[(one.value, one.label) for one in (Outcome.APPROVED, Outcome.RETURNED)],
        widget=forms.RadioSelect,
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
        widget=forms.CheckboxSelectMultiple,
    )
    comment = forms.CharField(
        label="Comment to the worker",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed when you return it. Never name anybody.",
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """One story in the queue. Told by its number and partner: its title is on the next page."""

    story: StoryPage
    since: Any
    days: int
    status: str
    missing: list[str]


def for_moderators(view: Any) -> Any:
    """Lets in whoever holds the permission to moderate. Others are told so by Wagtail's own refusal."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not moderates(request.user):
            raise PermissionDenied
        response: HttpResponse = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


@for_moderators
def queue(request: HttpRequest) -> HttpResponse:
    """Stories whose latest words nobody has decided about, oldest first."""
    return render(
        request, "stories/admin/queue.html", {"waiting": waiting(request.user), "proposals": proposals(request.user)}
    )


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
        "rows": rows,
        "status": status_of(story, draft, answer),
        "form": form,
        "refusal": why_not(moderator, story),
        "hold": standing_hold(story),
        "pieces": pieces_of(draft),
        "flags": story.legal_flags.filter(cleared_at__isnull=True),
        "categories": categories_in_words(draft),
        "help_lines": HelpLine.for_topics(draft.help_topics),
        "decisions": story.decisions.select_related("moderator").order_by("-decided_at")[:10],
        "writers": _names(Revision.page_revisions.filter(object_id=str(story.pk)), "user"),
        "recorders": _names(Consent.objects.filter(participation__story=story), "recorded_by"),
    }
    return render(request, "stories/admin/review.html", context)


def waiting(user: Any) -> list[Waiting]:
    """The queue: stories with somebody in them whose latest words have no decision yet, and stories on hold."""
    now, found = timezone.now(), []
    stories = stories_seen_by(user).filter(participations__isnull=False).distinct().select_related("partner")
    for story in stories:
        draft = draft_of(story)
        hold = standing_hold(story)
        if hold is None and _is_decided(story, draft):
            continue
        since = draft.latest_revision_created_at or now
        _, answer = rows_of(story, draft)
        days = (now - since) // timedelta(days=1)
        status = f"On hold: {hold.comment}" if hold else status_of(story, draft, answer)
        found.append(Waiting(story, since, days, status, missing_in_words(answer)))
    return sorted(found, key=lambda one: (one.since, one.story.pk))


def proposals(user: Any) -> "QuerySet[CarryOverProposal]":
    """Small corrections that a moderator has still to look at, oldest first."""
    found = CarryOverProposal.objects.filter(decided_at__isnull=True, story__in=stories_seen_by(user))
    return found.select_related("story__partner").order_by("proposed_at")


def _is_decided(story: StoryPage, draft: StoryPage) -> bool:
    """A hold on words that nobody had decided about is not a decision about them."""
    return bool(story.decisions.filter(content_hash=draft.content_hash()).exclude(outcome=Outcome.HELD).exists())


def missing_in_words(answer: Answer) -> list[str]:
    """Who still has what to say. The decision that the moderator is here for is left out."""
    gaps = [gap for gap in answer.gaps if gap.reason != Reason.NOT_APPROVED]
    return [f"{gap.code}: {gap.reason.sentence}" if gap.code else gap.reason.sentence for gap in gaps]


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
                sentence = (
                    "Approved, and shown." if shown and shown.allowed else "Approved. Shown once everyone agrees."
                )
            else:
                check_may_approve(moderator, draft, sensitivity=ModerationDecision.Sensitivity.ORDINARY)
                return_story(draft, moderator=moderator, comment=said["comment"].strip(), expected_hash=said["about"])
                sentence = "Returned with your comment."
    except MayNotApprove as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"{draft}: {sentence}")
    return True


def _read_again(form: DecisionForm, draft: StoryPage, sentence: str) -> None:
    """Refuses the decision and keeps what was typed, but for the ticks: what was checked is no more."""
    form.add_error(None, sentence)
    typed = {name: form[name].value() for name in form.fields}
    form.data = {**typed, "about": draft.content_hash(), "checklist": []}


def _names(rows: Any, who: str) -> list[str]:
    return sorted({name for name in rows.values_list(f"{who}__username", flat=True) if name})
