"""A number for each story, which a copy would carry along and the database takes once.

Each row gets its own as the column is added, without an UPDATE: that would take the light of every story.
"""

from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0018_the_last_line_decides")]

    operations = [
        migrations.AddField(
            model_name="storypage",
            name="only_page",
            field=models.UUIDField(db_default=RandomUUID(), default=uuid4, editable=False, unique=True),
        ),
    ]
