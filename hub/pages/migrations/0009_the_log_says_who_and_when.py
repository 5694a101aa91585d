"""The log has a stage, who took part, and two answers: what was changed, and what could not be and why.

Entries that are there, also in drafts and old versions, keep their words in the answer that they had.
"""

import wagtail.fields
from django.db import migrations
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import BaseBlockOperation


class TwoAnswers(BaseBlockOperation):
    """An outcome and its words become the answer of that name. Leaves an entry alone that has two answers already."""

    operation_name_fragment = "two_answers"

    def apply(self, block_value):
        if "did" not in block_value:
            return block_value
        rest = {key: value for key, value in block_value.items() if key not in {"outcome", "did"}}
        answer = "could_not" if block_value.get("outcome") == "could_not" else "changed"
        return {**rest, "stage": "", "who": "", "changed": "", "could_not": "", answer: block_value["did"]}


class OneAnswer(BaseBlockOperation):
    """The way back. An entry with both answers keeps both, in one text; stage and who are lost."""

    operation_name_fragment = "one_answer"

    def apply(self, block_value):
        if "did" in block_value:
            return block_value
        answers = [block_value.get("changed") or "", block_value.get("could_not") or ""]
        return {
            "date": block_value.get("date"),
            "said": block_value.get("said") or "",
            "outcome": "changed" if answers[0] else "could_not",
            "did": " ".join(filter(None, answers)),
        }


def _run(operation):
    def run(apps, schema_editor):
        data = MigrateStreamData("pages", "ModulePage", "made_with_families", [(operation, "entry")])
        data.migrate_stream_data_forward(apps, schema_editor)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0008_words_that_hurt"),
    ]

    operations = [
        migrations.AlterField(
            model_name="modulepage",
            name="made_with_families",
            field=wagtail.fields.StreamField(
                [("entry", 6)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.DateBlock", (), {"help_text": "When you heard it. Only the month is shown."}),
                    1: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("planning", "Planning it"),
                                ("writing", "Writing it"),
                                ("trying_out", "Trying it out"),
                                ("after", "After it was published"),
                            ],
                            "help_text": "Where the work on this module was. Leave it empty if you do not know.",
                            "required": False,
                        },
                    ),
                    2: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Exactly as they chose to be credited. Leave it empty if they would rather not be named.",
                            "label": "Who took part",
                            "max_length": 160,
                            "required": False,
                        },
                    ),
                    3: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "In their words, if they agreed to that.",
                            "label": "What we heard",
                            "required": False,
                            "rows": 2,
                        },
                    ),
                    4: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Leave it empty if nothing could be changed.",
                            "label": "What we changed",
                            "required": False,
                            "rows": 2,
                        },
                    ),
                    5: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "The reason goes on after “We could not, because”. Leave it empty if everything was changed.",
                            "label": "What we could not change, and why",
                            "required": False,
                            "rows": 2,
                        },
                    ),
                    6: (
                        "wagtail.blocks.StructBlock",
                        [[("date", 0), ("stage", 1), ("who", 2), ("said", 3), ("changed", 4), ("could_not", 5)]],
                        {},
                    ),
                },
            ),
        ),
        migrations.RunPython(_run(TwoAnswers()), _run(OneAnswer()), elidable=False),
    ]
