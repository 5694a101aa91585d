"""What has to be there for an activity, so that people find one for the room they have."""

from django.db import migrations, models

import hub.pages.fields


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0016_cards_to_cut_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="activitypage",
            name="needed",
            field=hub.pages.fields.ChoicesField(
                base_field=models.CharField(
                    choices=[
                        ("pens", "Pens and paper"),
                        ("sticky", "Sticky notes or cards"),
                        ("flipchart", "A flip chart or a wall to write on"),
                        ("printing", "Something printed"),
                        ("screen", "A screen"),
                        ("room", "Room to move"),
                    ],
                    max_length=40,
                ),
                blank=True,
                default=list,
                help_text="People who look for an activity tick what they have. None ticked: it needs nothing.",
                size=None,
                verbose_name="what has to be there",
            ),
        ),
    ]
