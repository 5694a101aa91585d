"""The co-production log: what families said, who they were as they chose to be named, and what came of it.

Refuses an entry that says nothing: what was heard needs an answer, and an answer can be that we could not.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as noted
from wagtail import blocks

from hub.british_times import DayBlock
from hub.pages.blocks.plain_text import ReadBlock

STAGES = [
    ("planning", noted("Planning it")),
    ("writing", noted("Writing it")),
    ("trying_out", noted("Trying it out")),
    ("after", noted("After it was published")),
]


class LogEntryBlock(ReadBlock):
    date = DayBlock(help_text="When you heard it. Only the month is shown.")
    stage = blocks.ChoiceBlock(
        choices=STAGES,
        required=False,
        help_text="Where the work on this module was. Leave it empty if you do not know.",
    )
    who = blocks.CharBlock(
        required=False,
        max_length=160,
        label="Who took part",
        help_text="Exactly as they chose to be credited. Leave it empty if they would rather not be named.",
    )
    said = blocks.TextBlock(
        required=False, rows=2, label="What we heard", help_text="In their words, if they agreed to that."
    )
    changed = blocks.TextBlock(
        required=False, rows=2, label="What we changed", help_text="Leave it empty if nothing could be changed."
    )
    could_not = blocks.TextBlock(
        required=False,
        rows=2,
        label="What we could not change, and why",
        help_text="The reason goes on after “We could not, because”. Leave it empty if everything was changed.",
    )

    def clean(self, value: Any) -> Any:
        """Refuses an entry without any answer: a log that only listens is not one."""
        cleaned = super().clean(value)
        if not any((cleaned.get(answer) or "").strip() for answer in ("changed", "could_not")):
            sentence = "Say what you changed, or below why you could not. One of the two is enough."
            raise blocks.StructBlockValidationError(block_errors={"changed": ValidationError(sentence)})
        return cleaned

    class Meta:
        icon = "group"
        label = "What changed"
        description = "One thing families told us, and our answer, also when the answer is no."
        template = "components/blocks/log_entry.html"
        own_words = ("said", "who")
        preview_value = {
            "date": "2026-05-01",
            "stage": "trying_out",
            "who": "Three parents of the Tuesday group",
            "said": "“Service user” made them feel like a number in a queue.",
            "changed": "We say “people” and “families” all through.",
            "could_not": "",
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["stage"] = dict(STAGES).get(value.get("stage") or "", "")
        return context
