"""What changed since people agreed: the section reads it and may propose a small correction; moderators decide.

And the changes that people asked us for, ticked off when they are made.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hub.partners.people import signed_in
from hub.stories.admin.people import for_the_section, rows_of
from hub.stories.admin.pictures import pictures_at
from hub.stories.admin.review import for_moderators
from hub.stories.admin.what_was_said import what_was_said
from hub.stories.light import stories_seen_by
from hub.stories.models import CarryOverProposal, ChangeWanted, StoryPage, draft_of
from hub.stories.review import CannotCarryOver, MayNotApprove, WordsChanged, accept, decline, older_words, propose


class ProposalForm(forms.Form):
    """Why it is only a slip of the pen."""

    why = forms.CharField(
        label="What did you put right?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A moderator reads this. For example: a letter was missing.",
        error_messages={"required": "Say in a few words what you put right."},
    )


class AnswerForm(forms.Form):
    """What a moderator decides about it."""

    answer = forms.ChoiceField(
        label="What do you decide?", choices=CarryOverProposal.Outcome.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label="Comment to the worker",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed when people are to be asked again. Never name anybody.",
    )


@for_the_section
def changes(request: HttpRequest, story: StoryPage) -> HttpResponse:
    """What was agreed beside what is drafted now. A POST proposes to carry every yes over."""
    draft = draft_of(story)
    older = older_words(story, draft)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            propose(story, by=signed_in(request), why=form.cleaned_data["why"])
        except CannotCarryOver as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "A moderator will look at it. Nothing changes for readers until then.")
            return redirect("story_changes", story.pk)
    context: dict[str, Any] = {
        "story": story,
        "draft": draft,
        "older": older,
        "pictures_at": pictures_at(story),
        "form": form,
        "may_propose": bool(older) and not any(words.reasons for words in older),
        "proposals": story.carry_over_proposals.select_related("decided_by").order_by("-proposed_at")[:5],
        "draft_hash": draft.content_hash(),
    }
    return render(request, "stories/admin/changes.html", context)


@for_moderators
def decide(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """One proposal with the difference, and the moderator's answer."""
    found = CarryOverProposal.objects.filter(story__in=stories_seen_by(request.user))
    proposal = get_object_or_404(found.select_related("story", "decided_by"), pk=proposal_id)
    draft = draft_of(proposal.story)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, proposal, form.cleaned_data)
        except (CannotCarryOver, MayNotApprove, WordsChanged, ValueError) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("story_review", proposal.story_id)
    context: dict[str, Any] = {
        "story": proposal.story,
        "draft": draft,
        "proposal": proposal,
        "older": older_words(proposal.story, draft),
        "said": what_was_said(proposal.story, draft, rows_of(proposal.story, draft)[0]),
        "pictures_at": pictures_at(proposal.story),
        "form": form,
    }
    return render(request, "stories/admin/carry_over.html", context)


@require_POST
@for_the_section
def tick_off(request: HttpRequest, story: StoryPage, change_id: int) -> HttpResponse:
    """The worker has made a change that somebody asked for. A second tick changes nothing."""
    wanted = get_object_or_404(ChangeWanted, pk=change_id, participation__story=story)
    open_wish = ChangeWanted.objects.filter(pk=wanted.pk, done_at__isnull=True)
    if open_wish.update(done_at=timezone.now(), done_by=signed_in(request)):
        messages.success(request, "Ticked off. Now ask them again, so that they can read what you changed.")
    return redirect("story_people", story.pk)


def _decide(request: HttpRequest, proposal: CarryOverProposal, said: dict[str, Any]) -> None:
    moderator = signed_in(request)
    if said["answer"] == CarryOverProposal.Outcome.ACCEPTED:
        carried = accept(proposal, moderator=moderator)
        messages.success(
            request, f"Carried over: {len(carried)} answers. Approve these exact words next, if you have not."
        )
    else:
        decline(proposal, moderator=moderator, comment=said["comment"])
        messages.success(request, "The worker is told to ask people again.")
