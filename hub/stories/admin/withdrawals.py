"""Withdrawals on screen: what is gone, what is left to do, whom to tell. By number and code: no title, no name.

Moderators see every case, a partner's workers those of their partner, everybody else a 404. Only moderators erase, and
only after somebody asked. A case is closed by a moderator or the partner's lead, when nothing is left to do.
"""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from hub.partners.people import partners_of, people_in, signed_in
from hub.partners.roles import LEAD
from hub.stories.erasure import CannotErase, erase
from hub.stories.light import hidden_stories, sees_hidden
from hub.stories.models import CaseLine, StoryPage, WithdrawalCase
from hub.stories.review import moderates
from hub.stories.withdrawal import cases, standing_in

MOST_CLOSED = 50


def sees_withdrawals(user: Any) -> bool:
    """Moderators, safeguarding, and whoever works for a partner."""
    return moderates(user) or sees_hidden(user) or bool(partners_of(user))


def may_close(user: Any, case: WithdrawalCase) -> bool:
    """Moderators, and the lead of the partner."""
    leads = case.partner is not None and people_in(LEAD, case.partner).filter(pk=user.pk).exists()
    return moderates(user) or leads


def may_erase(user: Any, case: WithdrawalCase) -> bool:
    """Moderators, once somebody has asked, until it is done."""
    return moderates(user) and case.erasure_asked_at is not None and case.erased_at is None


def cases_of(user: Any) -> QuerySet[WithdrawalCase]:
    """Those that `user` may see; of hidden stories, safeguarding's alone. Raises Http404 for who may see none."""
    if not sees_withdrawals(user):
        raise Http404
    every = WithdrawalCase.objects.select_related("partner", "closed_by")
    usual = every if moderates(user) else every.filter(partner__in=partners_of(user))
    if sees_hidden(user):
        return usual | every.filter(story_number__in=hidden_stories())
    return usual.exclude(story_number__in=hidden_stories())


def act_on_a_case(view: Any) -> Any:
    """Hands `view` an open case that the user may see, by POST, and shows the case afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, case_id: int, **kwargs: Any) -> HttpResponse:
        case = get_object_or_404(cases_of(request.user), pk=case_id)
        if case.closed_at is not None:
            messages.error(request, "This case is closed. Nothing has been changed.")
        else:
            view(request, case, **kwargs)
        return redirect("withdrawal", case.pk)

    return require_POST(cache_control(private=True, no_store=True)(guarded))


@cache_control(private=True, no_store=True)
def withdrawal_list(request: HttpRequest) -> HttpResponse:
    """Open cases first, the oldest on top; then the latest closed ones."""
    left = Count("lines", filter=Q(lines__state__in=CaseLine.OPEN))
    failed = Count("lines", filter=Q(lines__state=CaseLine.State.FAILED))
    cases = cases_of(request.user).annotate(left=left, failed=failed)
    context = {
        "open_cases": cases.filter(closed_at__isnull=True).order_by("received_at", "pk"),
        "closed_cases": cases.filter(closed_at__isnull=False).order_by(F("closed_at").desc(), "pk")[:MOST_CLOSED],
    }
    return render(request, "stories/admin/withdrawals.html", context)


@cache_control(private=True, no_store=True)
def withdrawal(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case, line by line, with what this user may do."""
    case = get_object_or_404(cases_of(request.user), pk=case_id)
    lines, is_open = sorted(case.lines.select_related("by"), key=_what_is_left_first), case.closed_at is None
    context = {
        "case": case,
        "lines": lines,
        "is_open": is_open,
        "may_try_again": is_open and _may_try_again(request.user, case, lines),
        "may_erase": is_open and may_erase(request.user, case) and case.erasing_since is None,
        "may_close": is_open and may_close(request.user, case),
        "to_tell": any(line.is_open and line.target.startswith("tell-") for line in lines),
        "left": sum(line.is_open for line in lines),
        "may_write": is_open and _may_write_without(request.user, case),
    }
    return render(request, "stories/admin/withdrawal.html", context)


@act_on_a_case
def tick_off(request: HttpRequest, case: WithdrawalCase, line_id: int) -> None:
    """Somebody has been told, or something has been done."""
    line = get_object_or_404(CaseLine, pk=line_id, case=case)
    try:
        cases.tick_off(line, by=signed_in(request))
    except cases.NotYet as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Noted.")


@act_on_a_case
def try_again(request: HttpRequest, case: WithdrawalCase) -> None:
    """Does again what failed: an erasure goes on where it stopped; otherwise we look whether the story is dark."""
    if not _may_try_again(request.user, case, list(case.lines.all())):
        raise Http404
    if case.erasing_since is None:
        cases.look_again(case)
        messages.info(request, "We looked again. The lines say what is so now.")
    else:
        _erase(request, case)


@act_on_a_case
def erase_everything(request: HttpRequest, case: WithdrawalCase) -> None:
    """Erases the story. Without the tick that says it is meant, it says so and erases nothing."""
    if not may_erase(request.user, case):
        raise Http404
    if request.POST.get("sure") != "yes":
        messages.error(request, "Tick that it cannot be undone. Nothing has been erased.")
    else:
        _erase(request, case)


@act_on_a_case
def close(request: HttpRequest, case: WithdrawalCase) -> None:
    """Closes the case, or says what is left."""
    if not may_close(request.user, case):
        raise Http404
    try:
        cases.close(case, by=signed_in(request))
    except cases.NotYet as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "This case is closed.")


def _may_write_without(user: Any, case: WithdrawalCase) -> bool:
    """Whoever works on the story takes the words of somebody who leaves out of it."""
    story = StoryPage.objects.filter(pk=case.story_number).first()
    leaves = story is not None and standing_in(story.pk).filter(participant_code=case.participant_code).exists()
    return bool(leaves and story and story.permissions_for_user(user).can_edit())


def _what_is_left_first(line: CaseLine) -> tuple[bool, int]:
    return (not line.is_open, line.pk)


def _may_try_again(user: Any, case: WithdrawalCase, lines: list[CaseLine]) -> bool:
    """An erasure that stopped is for moderators; looking again is for everybody who sees the case."""
    if case.erasing_since is not None:
        return moderates(user) and case.erased_at is None
    return any(line.state == CaseLine.State.FAILED for line in lines)


def _erase(request: HttpRequest, case: WithdrawalCase) -> None:
    try:
        after = erase(case.story_number, by=signed_in(request))
    except CannotErase as refusal:
        messages.error(request, str(refusal))
        return
    if after.erased_at:
        messages.success(request, f"Story {case.story_number} is erased.")
    else:
        messages.error(request, "One step failed. The story is not shown. Try again, or ask whoever runs the Hub.")
