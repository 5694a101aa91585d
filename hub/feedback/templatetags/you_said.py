"""What a page says about its own feedback. The templates of pages ask here, so that pages need not know of feedback."""

from typing import Any

from django import template

from hub.feedback.models import Feedback
from hub.feedback.said import answers
from hub.pages.pieces import kept

register = template.Library()
SHOWN_ON_A_PAGE = 5


@register.simple_tag
def answers_about(page: Any) -> list[Feedback]:
    """The newest published answers about `page`, at most one more than are shown. None for a new draft.

    Asked once for each generation: an answer that comes, changes or goes begins a new one.
    """
    if not page.pk:
        return []
    return kept(("answers about", page.pk), lambda: list(answers().filter(page_id=page.pk)[: SHOWN_ON_A_PAGE + 1]))
