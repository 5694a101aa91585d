"""In which language a private link speaks, and the card of a story that is erased. Those there are: English."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0036_the_law_of_the_place"),
    ]

    operations = [
        migrations.AddField(
            model_name="farewell",
            name="language",
            field=models.CharField(blank=True, help_text="As on the link. Empty: English.", max_length=20),
        ),
        migrations.AddField(
            model_name="privatelink",
            name="language",
            field=models.CharField(
                blank=True, help_text="In which language these pages speak. Empty: English.", max_length=20
            ),
        ),
    ]
