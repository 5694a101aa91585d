"""Where a worker finds the people of a story: a button on the story, in lists and in its header."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from wagtail.admin.widgets.button import Button

from hub.stories.models import StoryPage


def people_button(page: Any, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """“People and consent”, on stories that this user may edit."""
    story = page.specific_deferred
    if isinstance(story, StoryPage) and page.permissions_for_user(user).can_edit():
        address = reverse("story_people", args=[page.pk])
        yield Button("People and consent", address, icon_name="group", priority=5)
