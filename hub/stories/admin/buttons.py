"""Where staff find these screens: buttons on a story for its workers, and the menu, with only what each may open."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from hub.stories.admin.flags import sees_all_flags
from hub.stories.admin.register import may_see_register
from hub.stories.admin.withdrawals import sees_withdrawals
from hub.stories.models import StoryPage
from hub.stories.review import moderates


def people_button(page: Any, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """“People and consent” and “Legal flags”, on stories that this user may edit."""
    story = page.specific_deferred
    if isinstance(story, StoryPage) and page.permissions_for_user(user).can_edit():
        address = reverse("story_people", args=[page.pk])
        yield Button("People and consent", address, icon_name="group", priority=5)
        yield Button("Uses", reverse("story_uses", args=[page.pk]), icon_name="list-ul", priority=7)
        yield Button("Legal flags", reverse("story_flags", args=[page.pk]), icon_name="warning", priority=6)


def people_in_sight(page: Any, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """“People and consent” beside a story's title in the list of pages, not behind the dots."""
    story = page.specific_deferred
    if isinstance(story, StoryPage) and page.permissions_for_user(user).can_edit():
        address = reverse("story_people", args=[page.pk])
        yield Button("People and consent", address, classname="button button-small button-secondary", priority=5)


class QueueMenuItem(MenuItem):
    """“Stories to review”, for whoever may moderate."""

    def __init__(self) -> None:
        super().__init__("Stories to review", reverse("story_queue"), name="story-queue", icon_name="tasks", order=250)

    def is_shown(self, request: HttpRequest) -> bool:
        return moderates(request.user)


class RegisterMenuItem(MenuItem):
    """“Consent register”, for moderators and for whoever works for a partner."""

    def __init__(self) -> None:
        super().__init__(
            "Consent register", reverse("consent_register"), name="consent-register", icon_name="list-ul", order=251
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_register(request.user)


class UsesMenuItem(MenuItem):
    """“Use register”, for moderators and for whoever works for a partner."""

    def __init__(self) -> None:
        super().__init__("Use register", reverse("use_register"), name="use-register", icon_name="list-ul", order=252)

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_register(request.user)


class FlagsMenuItem(MenuItem):
    """“Legal flags”, for moderators and safeguarding."""

    def __init__(self) -> None:
        super().__init__("Legal flags", reverse("open_flags"), name="open-flags", icon_name="warning", order=252)

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_all_flags(request.user)


class WithdrawalsMenuItem(MenuItem):
    """“Withdrawals”, for moderators and for whoever works for a partner."""

    def __init__(self) -> None:
        super().__init__("Withdrawals", reverse("withdrawals"), name="withdrawals", icon_name="no-view", order=253)

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_withdrawals(request.user)
