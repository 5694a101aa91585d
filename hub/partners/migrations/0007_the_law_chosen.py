"""Where this Hub works, as a row. Until now that was Scotland, and nobody chose it: so says the first one."""

from typing import Any

from django.db import migrations, models
from django.db.models.functions import Now

FIRST = "scotland"


def say_what_held_so_far(apps: Any, schema_editor: Any) -> None:
    chosen = apps.get_model("partners", "LawChosen")
    if not chosen.objects.exists():
        chosen.objects.create(place=FIRST)


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_the_partnership")]

    operations = [
        migrations.CreateModel(
            name="LawChosen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(help_text="The code of a profile in hub/law.", max_length=30)),
                (
                    "by_user_id",
                    models.BigIntegerField(help_text="The administrator; empty: from the beginning.", null=True),
                ),
                ("chosen_at", models.DateTimeField(db_default=Now(), editable=False)),
            ],
        ),
        migrations.RunPython(say_what_held_so_far, migrations.RunPython.noop, elidable=False),
    ]
