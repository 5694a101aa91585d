"""Which lines does moving write into Wagtail's log? Wagtail refuses a line whose kind it does not know."""

from typing import Any

from hub.moving.leaving.taking import ACTIONS


def register_actions(actions: Any) -> None:
    for name, words in ACTIONS.items():
        actions.register_action(name, words, words)
