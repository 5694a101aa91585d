"""What a page says about its own feedback. The templates of pages ask here, so that pages need not know of feedback."""

from typing import Any

from django import template

from hub.feedback.models import Feedback
from hub.feedback.said import answers

register = template.Library()
SHOWN_ON_A_PAGE = 5


@register.simple_tag
def answers_about(page: Any) -> list[Feedback]:
    """The newest published answers about `page`, at most one more than are shown. One query; none for a new draft."""
    return list(answers().filter(page_id=page.pk)[: SHOWN_ON_A_PAGE + 1]) if page.pk else []
