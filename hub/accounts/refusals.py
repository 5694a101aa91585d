"""Is a refusal in the log also where Wagtail makes none of it? It leads back to its first screen with a sentence and
answers 302, so a monitor that counts refusals would see a day like any other. Notes the route, and nobody's name.
"""

import logging
from typing import Any

from django.contrib.messages.storage.session import SessionStorage
from django.utils.translation import gettext

logger = logging.getLogger(__name__)
REFUSED = (  # as wagtail.admin.auth says it
    "Sorry, you do not have permission to access this area.",
    "You do not have permission to access the admin.",
)


class MessagesWithRefusals(SessionStorage):
    """Django's own, in the session: a cookie would keep titles on the machine."""

    def add(self, level: int, message: Any, extra_tags: str | None = "") -> None:
        if str(message).strip() in map(gettext, REFUSED):
            logger.warning("A screen was refused.", extra={"request": self.request, "status_code": 403})
        super().add(level, message, extra_tags)
