"""Where staff find these screens: a button on a story for its workers, and the queue in the menu of moderators."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from hub.stories.models import StoryPage


def people_button(page: Any, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """“People and consent”, on stories that this user may edit."""
    story = page.specific_deferred
    if isinstance(story, StoryPage) and page.permissions_for_user(user).can_edit():
        address = reverse("story_people", args=[page.pk])
        yield Button("People and consent", address, icon_name="group", priority=5)


class QueueMenuItem(MenuItem):
    """“Stories to review”, for whoever may moderate."""

    def __init__(self) -> None:
        super().__init__("Stories to review", reverse("story_queue"), name="story-queue", icon_name="tasks", order=250)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("stories.moderate_story"))
