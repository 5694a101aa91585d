"""A third outcome of a review: on hold."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("stories", "0007_ledger_under_the_storys_key")]

    operations: ClassVar = [
        migrations.AlterField(
            "moderationdecision",
            "outcome",
            models.CharField(
                choices=[
                    ("approved", "Approved"),
                    ("returned", "Returned with a comment"),
                    ("held", "Put on hold"),
                ],
                max_length=10,
            ),
        ),
    ]
