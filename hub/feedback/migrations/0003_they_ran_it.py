"""Who ran an activity says so, and editors see it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0002_changes_are_marked"),
    ]

    operations = [
        migrations.AddField(
            model_name="feedback",
            name="ran_it",
            field=models.BooleanField(default=False, verbose_name="they ran this activity"),
        ),
    ]
