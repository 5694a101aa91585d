"""More ways of writing are one word: “dinnae” and “do not”, “diaper” and “nappy” (hub/spelling.py)."""

from django.db import migrations


def forget_what_was_indexed(apps, schema_editor):
    """Words are kept in another form from now on. `provision`, at each start, and the jobs write them anew."""
    apps.get_model("pages", "SearchEntry").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0028_in_danger_is_said_once"),
    ]

    operations = [
        migrations.RunPython(forget_what_was_indexed, migrations.RunPython.noop, elidable=False),
    ]
