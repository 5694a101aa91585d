"""Blocks of an activity: what to bring, and what to do with how many minutes."""

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
