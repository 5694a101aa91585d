"""Help lines by topic. A number is kept once (hub/pages/help_numbers.py), so that one check keeps all right."""

from wagtail import blocks

from hub.pages.blocks.plain_text import ReadBlock
from hub.pages.topics import HelpTopic


class HelpLinesBlock(ReadBlock):
    title = blocks.CharBlock(default="If you want to talk to someone", max_length=120)
    topics = blocks.MultipleChoiceBlock(
        choices=HelpTopic.choices, required=False, help_text="Leave empty to show every help line."
    )

    class Meta:
        icon = "help"
        label = "Help lines"
        description = "People to phone, chosen by topic. The numbers are kept in one place."
        template = "components/blocks/help_lines.html"
        preview_value = {"title": "If you want to talk to someone", "topics": []}
