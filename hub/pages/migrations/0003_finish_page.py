"""Joins the base page to Wagtail's revisions and locales."""

import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

REVISION: dict[str, Any] = {
    "blank": True,
    "editable": False,
    "null": True,
    "on_delete": django.db.models.deletion.SET_NULL,
    "related_name": "+",
    "to": "wagtailcore.revision",
}


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0002_bootstrap_page"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            "hubpage", "latest_revision", models.ForeignKey(**REVISION, verbose_name="latest revision")
        ),
        migrations.AddField("hubpage", "live_revision", models.ForeignKey(**REVISION, verbose_name="live revision")),
        migrations.AlterField(
            "hubpage",
            "locale",
            models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AlterField("hubpage", "translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
        migrations.AlterUniqueTogether("hubpage", {("translation_key", "locale")}),
    ]
