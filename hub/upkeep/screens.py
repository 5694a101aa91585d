"""“After a restore”: the stories that came back dark, for moderators to show again one by one, once they know.

Everybody else gets a 404. A story hidden by a legal flag is on nobody's list but safeguarding's.
"""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from hub.partners.people import signed_in
from hub.stories.light import stories_seen_by
from hub.stories.models import StoryPage, TakenBack
from hub.stories.review import MayNotApprove, Why, moderates, show_again
from hub.upkeep import wellness
from hub.upkeep.found import State
from hub.upkeep.models import Restoration


def dark_since_a_restore(user: Any) -> QuerySet[StoryPage]:
    """The stories that this moderator may show again, by title. Raises Http404 for whoever is none."""
    if not moderates(user):
        raise Http404
    numbers = TakenBack.objects.filter(why=Why.RESTORED, ended_at=None).values("story_id")
    return stories_seen_by(user).filter(pk__in=numbers).select_related("partner").order_by("title", "pk")


@cache_control(private=True, no_store=True)
def after_restore(request: HttpRequest) -> HttpResponse:
    """What is dark, and since which backup."""
    restoration = Restoration.objects.exclude(why_dark="").first()
    context = {"stories": dark_since_a_restore(request.user), "restoration": restoration}
    return render(request, "upkeep/after_restore.html", context)


@require_POST
@cache_control(private=True, no_store=True)
def show(request: HttpRequest, story_id: int) -> HttpResponse:
    """Ends what the restore took back. The story is shown if everybody's yes still holds and nothing else blocks it."""
    story = get_object_or_404(dark_since_a_restore(request.user), pk=story_id)
    try:
        answer = show_again(story, by=signed_in(request))
    except MayNotApprove as refusal:
        messages.error(request, str(refusal))
    else:
        shown = answer is not None and answer.allowed
        said = "is shown again." if shown else "may be shown again, once everything else it needs is there."
        messages.success(request, f"“{story.title}” {said}")
    return redirect("after_restore")


class AfterRestoreMenuItem(MenuItem):
    """“After a restore”, for moderators, while a story is dark because of one."""

    def __init__(self) -> None:
        address = reverse("after_restore")
        super().__init__("After a restore", address, name="after-restore", icon_name="history", order=249)

    def is_shown(self, request: HttpRequest) -> bool:
        return moderates(request.user) and dark_since_a_restore(request.user).exists()


@cache_control(private=True, no_store=True)
def is_it_well(request: HttpRequest) -> HttpResponse:
    """Everything that is looked at, in plain words with what to do. For administrators."""
    if not signed_in(request).is_superuser:
        raise Http404
    found = sorted(wellness.look(), key=lambda each: list(State)[::-1].index(each.state))
    context = {"found": found, "all_well": all(each.state == State.WELL for each in found), "State": State}
    return render(request, "upkeep/is_it_well.html", context)


class IsItWellMenuItem(MenuItem):
    """“Is it well?”, among the settings, for administrators."""

    def __init__(self) -> None:
        super().__init__("Is it well?", reverse("is_it_well"), name="is-it-well", icon_name="circle-check", order=900)

    def is_shown(self, request: HttpRequest) -> bool:
        return signed_in(request).is_superuser


urls = [
    path("is-it-well/", is_it_well, name="is_it_well"),
    path("after-a-restore/", after_restore, name="after_restore"),
    path("after-a-restore/<int:story_id>/", show, name="show_after_restore"),
]
