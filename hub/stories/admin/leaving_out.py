"""Somebody leaves a story: a worker takes their words out, makes the new story, and then has the old one erased.

For the workers of the section; 404 to everybody else. What was typed is never lost, and nothing is erased unasked.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hub.partners.people import signed_in
from hub.stories.admin.leaving_forms import RemainingForm
from hub.stories.admin.people import for_the_section, person_in
from hub.stories.erasure import CannotErase, check_may_erase, without_them
from hub.stories.models import LegalFlag, StoryPage
from hub.stories.withdrawal import leaving_out, who_leaves

NOT_SURE = "Tick that it cannot be undone. Nothing has been erased."


@for_the_section
def begin(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """They told a member of staff. Says what follows, and does it when it is meant."""
    participation = person_in(story, participation_id)
    if request.method == "POST":
        try:
            leaving_out.leave_for(participation, by=signed_in(request))
        except leaving_out.CannotLeave as refusal:
            messages.error(request, str(refusal))
            return redirect("story_people", story.pk)
        messages.success(request, "Nobody can read this story on the website now. Take their words out next.")
        return redirect("story_without", story.pk)
    context = {
        "story": story,
        "participation": participation,
        "alone": not who_leaves.others_in(participation).exists(),
    }
    return render(request, "stories/admin/leave.html", context)


@require_POST
@for_the_section
def stay(request: HttpRequest, story: StoryPage, leaving_id: int) -> HttpResponse:
    """It was a mistake of ours. What somebody asked for themselves only they can take back."""
    leaving = get_object_or_404(who_leaves.standing_in(story.pk), pk=leaving_id)
    try:
        leaving_out.stay(leaving, by=signed_in(request))
    except leaving_out.CannotLeave as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{leaving.participant_code} stays in the story. Ask them again.")
    return redirect("story_people", story.pk)


@for_the_section
def without(request: HttpRequest, story: StoryPage) -> HttpResponse:
    """First the words that remain; when the new story is there, the end of the old one."""
    if not who_leaves.somebody_leaves(story.pk):
        return redirect("story_people", story.pk)
    new, nobody_stays = who_leaves.new_story_of(story.pk), not who_leaves.who_stays(story.pk).exists()
    if request.method == "POST" and request.POST.get("act") == "erase":
        return _erase(request, story, new)
    is_old_form = request.method == "POST" and RemainingForm.can_read(request.POST)
    if (new or nobody_stays) and not is_old_form:
        return render(request, "stories/admin/old_story.html", _old_story(story, new))
    return _write(request, story, is_posted=is_old_form)


def _write(request: HttpRequest, story: StoryPage, *, is_posted: bool) -> HttpResponse:
    """The form. "Keep" keeps it as it is; "make" makes the new story when everything was looked at."""
    remaining = without_them.what_remains(story)
    kept, version = without_them.kept_so_far(story.pk)
    if request.method == "POST" and not is_posted:
        messages.error(request, "Your browser sent only a part of the page. Nothing has been changed. Try once more.")
    form = RemainingForm(remaining, kept, version, request.POST if is_posted else None)
    if is_posted:
        done = _keep(request, story, form) if request.POST.get("act") != "make" else _make(request, story, form)
        if done is not None:
            return done
    context = {
        "story": story,
        "form": form,
        "pointers": form.pointers(),
        "leaving": list(who_leaves.standing_in(story.pk)),
        "gone": remaining.gone,
        "stays": who_leaves.who_stays(story.pk),
        "new": who_leaves.new_story_of(story.pk),
        "flags": LegalFlag.objects.filter(story=story, cleared_at__isnull=True).exists(),
    }
    return render(request, "stories/admin/without.html", context)


def _keep(request: HttpRequest, story: StoryPage, form: RemainingForm) -> HttpResponse | None:
    try:
        without_them.keep(story, form.kept(), version=_version(request))
    except without_them.CannotMake as refusal:
        _refuse(form, story, str(refusal))
        return None
    messages.success(request, "Kept. The list says what could point to them in the words as they are now.")
    return redirect("story_without", story.pk)


def _make(request: HttpRequest, story: StoryPage, form: RemainingForm) -> HttpResponse | None:
    if who_leaves.new_story_of(story.pk) is not None:
        _refuse(form, story, without_them.MADE_ALREADY)
        return None
    if not form.check_all(request.user):
        return None
    try:
        without_them.make(story, form.cleaned_data, version=_version(request), by=signed_in(request))
    except without_them.CannotMake as refusal:
        _refuse(form, story, str(refusal))
    except ValidationError as refusal:
        for sentence in refusal.messages:
            form.add_error(None, sentence)
    else:
        messages.success(request, "The new story is there. Read it once more; then erase the old one, below.")
        return redirect("story_without", story.pk)
    return None


def _refuse(form: RemainingForm, story: StoryPage, sentence: str) -> None:
    """Says no once, keeps what was typed, and begins from what is kept now."""
    form.is_valid()
    form.add_error(None, sentence)
    data: Any = form.data
    data = data.copy()
    data["version"] = str(without_them.kept_so_far(story.pk)[1])
    form.data = data


def _erase(request: HttpRequest, story: StoryPage, new: StoryPage | None) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        messages.error(request, NOT_SURE)
        return redirect("story_without", story.pk)
    number = story.pk
    try:
        case = without_them.erase_old(number, by=signed_in(request))
    except CannotErase as refusal:
        messages.error(request, f"{refusal} Nobody can read the old story meanwhile.")
        return redirect("story_without", number)
    if not case.erased_at:
        messages.error(request, "One step failed. Nobody can read the old story. Press the button again to go on.")
        return redirect("story_without", number) if StoryPage.objects.filter(pk=number).exists() else _home(new)
    messages.success(request, f"Story {number} is erased. {'Ask everybody about the new words next.' if new else ''}")
    return _home(new)


def _home(new: StoryPage | None) -> HttpResponse:
    return redirect("story_people", new.pk) if new else redirect("wagtailadmin_home")


def _old_story(story: StoryPage, new: StoryPage | None) -> dict[str, Any]:
    refusal = ""
    try:
        check_may_erase(story.pk)
    except CannotErase as why:
        refusal = str(why)
    return {"story": story, "new": new, "refusal": refusal, "leaving": list(who_leaves.standing_in(story.pk))}


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else -1
