"""What may somebody of the staff do with a story? Wagtail's own answers; nobody publishes, and hidden is hidden."""

from typing import Any

from hub.pages.models.staying import HubPermissionTester
from hub.stories.models.moderation import is_hidden, sees_hidden


class StoryPermissionTester(HubPermissionTester):
    """Nobody publishes a story by hand: agreed and approved words become public by themselves (publishing.py).

    So a publisher cannot put words on the page that nobody has agreed to, and thereby take the agreed ones away.
    """

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        self.is_hidden = bool(page.pk) and not sees_hidden(user) and is_hidden(page.pk)
        if self.is_hidden:
            self.permissions: set[str] = set()

    def can_edit(self) -> bool:
        return not self.is_hidden and bool(super().can_edit())

    def can_publish(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        """It is handed in to moderators, on a screen of its own, whoever approves a partner's guidance."""
        return False
