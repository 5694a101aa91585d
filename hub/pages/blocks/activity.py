"""Blocks of an activity: what to bring, and what to do with how many minutes."""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks

from hub.pages.blocks.words import WordsBlock


class MaterialsBlock(blocks.StreamBlock):
    item = blocks.CharBlock(max_length=160, label="Thing to bring")


class StepBlock(blocks.StructBlock):
    minutes = blocks.IntegerBlock(min_value=1, max_value=180)
    title = blocks.CharBlock(max_length=120)
    text = WordsBlock()
    say = blocks.TextBlock(required=False, rows=2, label="Words you could say")

    class Meta:
        icon = "list-ol"
        label = "Step"
        description = "One step, with its minutes."


def timed(steps: Iterable[Any]) -> list[dict[str, Any]]:
    """Each step with the minute it starts and the minute it ends."""
    found, start = [], 0
    for block in steps:
        step = {name: block.value[name] for name in ("minutes", "title", "text", "say")}
        found.append({**step, "start": start, "until": start + step["minutes"]})
        start += step["minutes"]
    return found
