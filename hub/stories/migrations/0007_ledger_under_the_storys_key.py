"""The ledger holds its hashes under each story's own key, so that nothing matches it once the key is destroyed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("stories", "0006_withdrawal_cases")]

    operations: ClassVar = [
        migrations.RenameField("consentevent", "content_hash", "keyed_hash"),
        migrations.AlterField(
            "consentevent",
            "keyed_hash",
            models.CharField(help_text="Of the words it is about, under the story's own key.", max_length=64),
        ),
    ]
