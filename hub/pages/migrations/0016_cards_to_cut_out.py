import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0015_search_understands"),
    ]

    operations = [
        migrations.AlterField(
            model_name="activitypage",
            name="handouts",
            field=wagtail.fields.StreamField(
                [("handout", 2), ("cards", 5), ("download", 8)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                    1: ("hub.pages.blocks.words.WordsBlock", (), {"help_text": "Printed on a sheet of its own."}),
                    2: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1)]], {}),
                    3: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "For example: All of these are made up.", "max_length": 200, "required": False},
                    ),
                    4: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"help_text": "One card on each line.", "label": "Cards", "rows": 8},
                    ),
                    5: ("wagtail.blocks.StructBlock", [[("title", 0), ("note", 3), ("lines", 4)]], {}),
                    6: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                    7: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "For example: large print, 2 pages.", "max_length": 200, "required": False},
                    ),
                    8: ("wagtail.blocks.StructBlock", [[("document", 6), ("title", 0), ("note", 7)]], {}),
                },
            ),
        ),
    ]
