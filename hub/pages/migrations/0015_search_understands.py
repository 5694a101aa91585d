"""The search knows needs, synonyms and what comes first, and compares words in one form (ADR 037)."""

import tomllib
from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models

import hub.pages.fields

LISTS = Path(__file__).parent.parent / "search_lists.toml"


def forget_what_was_indexed(apps, schema_editor):
    """Words are kept in another form from now on. `provision`, at each start, and the jobs write them anew."""
    apps.get_model("pages", "SearchEntry").objects.all().delete()


def write_the_first_lists(apps, schema_editor):
    """Each only into an empty list, so that running it again brings back nothing that somebody deleted."""
    lists = tomllib.loads(LISTS.read_text(encoding="utf-8"))
    for name, key in (("SearchNeed", "need"), ("SearchSynonyms", "same"), ("SearchBestBet", "bet")):
        rows = apps.get_model("pages", name).objects
        if not rows.exists():
            for row in lists[key]:
                rows.create(**row)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0014_changes_are_marked"),
    ]

    operations = [
        migrations.RunPython(forget_what_was_indexed, migrations.RunPython.noop, elidable=False),
        migrations.CreateModel(
            name="SearchBestBet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    models.TextField(
                        help_text="With commas between. Capitals, plurals and small slips make no difference.",
                        max_length=1500,
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        help_text="As in the browser: /help/, or the whole address.",
                        max_length=500,
                        verbose_name="address of the page",
                    ),
                ),
            ],
            options={
                "verbose_name": "search: what comes first",
                "verbose_name_plural": "search: what comes first",
                "ordering": ("words",),
            },
        ),
        migrations.CreateModel(
            name="SearchNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    models.TextField(
                        help_text="With commas between. Capitals, plurals and small slips make no difference.",
                        max_length=1500,
                    ),
                ),
                (
                    "name",
                    models.CharField(help_text="For the list here. Readers do not see it.", max_length=80, unique=True),
                ),
                (
                    "topics",
                    hub.pages.fields.ChoicesField(
                        base_field=models.CharField(
                            choices=[
                                ("mental_health", "Feeling low or worried"),
                                ("suicide", "Thoughts of suicide"),
                                ("abuse", "Abuse"),
                                ("substance_use", "Alcohol and drugs"),
                                ("money", "Money and benefits"),
                                ("children", "Children and young people"),
                                ("bereavement", "Bereavement"),
                                ("health", "Health"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="Help lines and partners that are there for any of these are shown. None ticked: all help lines.",
                        size=None,
                        verbose_name="numbers for",
                    ),
                ),
                (
                    "in_bsl_or_text",
                    models.BooleanField(default=False, verbose_name="only those that answer in text or BSL"),
                ),
            ],
            options={
                "verbose_name": "search: need for help",
                "verbose_name_plural": "search: needs for help",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="SearchSynonyms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    models.TextField(
                        help_text="With commas between. Capitals, plurals and small slips make no difference.",
                        max_length=1500,
                    ),
                ),
            ],
            options={
                "verbose_name": "search: words that mean the same",
                "verbose_name_plural": "search: words that mean the same",
                "ordering": ("words",),
            },
        ),
        migrations.AddField(
            model_name="helpline",
            name="bsl",
            field=models.CharField(
                blank=True,
                help_text="If they can be reached in British Sign Language: how.",
                max_length=160,
                verbose_name="in BSL",
            ),
        ),
        migrations.AddField(
            model_name="helpline",
            name="text_number",
            field=models.CharField(
                blank=True,
                help_text="If they can be texted: how. For example: Text SHOUT to 85258.",
                max_length=120,
                verbose_name="by text",
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="names",
            field=models.TextField(blank=True, help_text="What else the page is called: the short name of a partner."),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="words",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="searchentry",
            name="text",
            field=models.TextField(
                blank=True, help_text="Empty for a story: no piece of one is shown out of its place."
            ),
        ),
        migrations.RemoveIndex(model_name="searchentry", name="search_entry_vector"),
        migrations.RemoveField(model_name="searchentry", name="vector"),
        migrations.AddField(
            model_name="searchentry",
            name="vector",
            field=models.GeneratedField(
                db_persist=True,
                expression=SearchVector("title", weight="A", config="english")
                + SearchVector("names", weight="A", config="english")
                + SearchVector("title", weight="A", config="simple")
                + SearchVector("names", weight="A", config="simple")
                + SearchVector("summary", weight="B", config="english")
                + SearchVector("words", weight="D", config="english"),
                output_field=SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="search_entry_vector"),
        ),
        # A vector that is kept in the row itself is read without a second look-up.
        migrations.RunSQL(
            "ALTER TABLE pages_searchentry ALTER COLUMN vector SET STORAGE MAIN", migrations.RunSQL.noop, elidable=False
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "pieces",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), size=None),
                ),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["pieces"], name="search_word_pieces")],
            },
        ),
        migrations.RunPython(write_the_first_lists, migrations.RunPython.noop, elidable=False),
    ]
