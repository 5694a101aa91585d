"""The co-production log: what families said, and what was done or could not be done about it."""

from wagtail import blocks


class LogEntryBlock(blocks.StructBlock):
    date = blocks.DateBlock(help_text="Only the month is shown.")
    said = blocks.TextBlock(rows=2, label="Families said")
    outcome = blocks.ChoiceBlock(
        choices=[("changed", "We changed"), ("could_not", "We could not, because")], default="changed"
    )
    did = blocks.TextBlock(rows=2, label="What we did, or why we could not")

    class Meta:
        icon = "group"
        label = "What changed"
        description = "One thing families told us, and our answer, also when the answer is no."
        template = "components/blocks/log_entry.html"
        own_words = ("said",)
        preview_value = {
            "date": "2026-05-01",
            "said": "“Service user” made them feel like a number in a queue.",
            "outcome": "changed",
            "did": "We say “people” and “families” all through.",
        }
