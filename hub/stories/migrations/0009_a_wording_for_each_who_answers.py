"""A wording for each of those who answer. Rows are never changed: an older audience stays as it was written."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("stories", "0008_a_moderator_may_hold_a_story")]

    operations: ClassVar = [
        migrations.AlterField(
            "consentwording",
            "audience",
            models.CharField(
                choices=[
                    ("adult", "An adult"),
                    ("easy_read", "Somebody of 16 or over who would like easy read"),
                    ("age_16_17", "Somebody of 16 or 17"),
                    ("age_12_15", "Somebody of 12 to 15"),
                    ("under_12", "A child under 12"),
                    ("guardian", "A parent or guardian of a child under 12"),
                ],
                max_length=20,
            ),
        ),
    ]
