"""Help lines by topic. A number is kept once, in HelpLine, so that one check keeps every page right."""

from typing import Any

from wagtail import blocks

from hub.pages.topics import HelpTopic


class HelpLinesValue(blocks.StructValue):
    def lines(self) -> Any:
        """The help lines for the chosen topics, best known first; all of them when no topic is ticked."""
        from hub.pages.models import HelpLine

        return HelpLine.for_topics(self["topics"])


class HelpLinesBlock(blocks.StructBlock):
    title = blocks.CharBlock(default="If you want to talk to someone", max_length=120)
    topics = blocks.MultipleChoiceBlock(
        choices=HelpTopic.choices, required=False, help_text="Leave empty to show every help line."
    )

    class Meta:
        icon = "help"
        label = "Help lines"
        description = "People to phone, chosen by topic. The numbers are kept in one place."
        template = "components/blocks/help_lines.html"
        value_class = HelpLinesValue
        preview_value = {"title": "If you want to talk to someone", "topics": []}
