"""What the site's history calls the changes to feedback. It holds who, when and which number, and no word of it."""

from typing import Any

ACTIONS = {
    "published": "Publish an answer to feedback",
    "taken_back": "Take back an answer to feedback",
    "noted": "Note feedback",
    "spam": "Call feedback spam",
    "queued": "Put feedback into the queue",
    "blanked": "Blank out words in feedback",
}


def register_actions(actions: Any) -> None:
    """Makes each known to Wagtail, which refuses to keep what it does not know."""
    for name, words in ACTIONS.items():
        actions.register_action(f"hub.feedback.{name}", words, words)
