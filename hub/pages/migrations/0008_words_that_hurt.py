"""The list of words that stigmatise, with the first words in it. From then on it is kept in the admin."""

import tomllib
from pathlib import Path

import django.db.models.functions.text
from django.db import migrations, models

FIRST_WORDS = Path(__file__).parent.parent / "glossary.toml"


def write_the_first_words(apps, schema_editor):
    """Only into an empty list, so that running it again brings back nothing that somebody deleted."""
    terms = apps.get_model("pages", "GlossaryTerm").objects
    if not terms.exists():
        for term in tomllib.loads(FIRST_WORDS.read_text(encoding="utf-8"))["term"]:
            terms.create(**term)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0007_word_files_are_brought_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="GlossaryTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.CharField(max_length=80, verbose_name="word or phrase")),
                (
                    "other_forms",
                    models.CharField(
                        blank=True, help_text="With commas between. For example: addicts, addicted.", max_length=300
                    ),
                ),
                ("instead", models.CharField(max_length=200, verbose_name="say instead")),
                ("why", models.CharField(help_text="One plain sentence.", max_length=300)),
                ("is_active", models.BooleanField(default=True, verbose_name="hint at it")),
            ],
            options={
                "verbose_name": "word that hurts",
                "verbose_name_plural": "words that hurt",
                "ordering": [django.db.models.functions.text.Lower("term")],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("term"),
                        name="one_entry_a_term",
                        violation_error_message="It is there.",
                    )
                ],
            },
        ),
        migrations.RunPython(write_the_first_words, migrations.RunPython.noop, elidable=False),
    ]
