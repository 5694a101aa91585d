"""More ways of writing are one word: “dinnae” and “do not”, “diaper” and “nappy” (hub/spelling.py)."""

from django.db import migrations


def forget_what_was_indexed(apps, schema_editor):
    """Words are kept in another form from now on. `provision`, at each start, and the jobs write them anew."""
    apps.get_model("pages", "SearchEntry").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0027_partnership_is_marked"),
    ]

    operations = [
        migrations.RunPython(forget_what_was_indexed, migrations.RunPython.noop, elidable=False),
    ]
