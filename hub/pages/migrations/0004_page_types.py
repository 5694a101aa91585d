"""The page types, the library, search entries, and the table that lights gated pages."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import pgtrigger.compiler
import pgtrigger.migrations
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.content_types
import wagtail.models.media
import wagtail.models.preview
import wagtail.models.specific
from django.conf import settings
from django.db import migrations, models

import hub.pages.fields


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0003_finish_page"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("partners", "0001_partner"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HelpLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=120)),
                ("phone", models.CharField(max_length=30)),
                ("when", models.CharField(max_length=160, verbose_name="opening hours")),
                ("about", models.CharField(blank=True, max_length=200)),
                ("url", models.URLField(blank=True, verbose_name="website")),
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
                        size=None,
                    ),
                ),
                ("last_checked", models.DateField()),
                ("sort_order", models.PositiveSmallIntegerField(default=100, help_text="Lower comes first.")),
            ],
            options={
                "ordering": ("sort_order", "name"),
            },
        ),
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "hubpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("headline", models.CharField(max_length=120)),
                ("lead", models.TextField(max_length=400)),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("heading", 3),
                            ("quote", 7),
                            ("callout", 10),
                            ("image", 15),
                            ("table", 19),
                            ("accordion", 22),
                            ("help_lines", 25),
                            ("film", 32),
                            ("download", 35),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("hub.pages.blocks.words.WordsBlock", (), {}),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("h2", "Main heading"), ("h3", "Smaller heading")]},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("level", 2)]], {}),
                            4: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Without quotation marks: the page adds them.",
                                    "label": "Words",
                                    "rows": 3,
                                },
                            ),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 160, "required": False},
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "The page says so beside the words.",
                                    "label": "Made up as an example",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 4), ("who", 5), ("made_up", 6)]],
                                {},
                            ),
                            8: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            9: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("pantile", "Pantile (red-orange)"),
                                        ("harbour", "Harbour (blue)"),
                                        ("kelp", "Kelp (green)"),
                                        ("gorse", "Gorse (yellow)"),
                                        ("heather", "Heather (purple)"),
                                        ("haar", "Haar (grey)"),
                                    ],
                                    "label": "Paper colour",
                                },
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 8), ("text", 0), ("strand", 9)]],
                                {},
                            ),
                            11: ("wagtail.images.blocks.ImageChooserBlock", (), {}),
                            12: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What somebody who cannot see the picture should be told.",
                                    "label": "Alternative text",
                                    "max_length": 250,
                                    "required": False,
                                },
                            ),
                            13: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Tick if the picture says nothing by itself.",
                                    "required": False,
                                },
                            ),
                            14: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 11), ("alt_text", 12), ("decorative", 13), ("caption", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "What the table shows, in one line.", "max_length": 200},
                            ),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            18: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("caption", 16), ("table", 18)]], {}),
                            20: ("wagtail.blocks.StructBlock", [[("title", 8), ("text", 0)]], {}),
                            21: ("wagtail.blocks.ListBlock", (20,), {"label": "Folds", "min_num": 1}),
                            22: ("wagtail.blocks.StructBlock", [[("items", 21)]], {}),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"default": "If you want to talk to someone", "max_length": 120},
                            ),
                            24: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("mental_health", "Feeling low or worried"),
                                        ("suicide", "Thoughts of suicide"),
                                        ("abuse", "Abuse"),
                                        ("substance_use", "Alcohol and drugs"),
                                        ("money", "Money and benefits"),
                                        ("children", "Children and young people"),
                                        ("bereavement", "Bereavement"),
                                        ("health", "Health"),
                                    ],
                                    "help_text": "Leave empty to show every help line.",
                                    "required": False,
                                },
                            ),
                            25: ("wagtail.blocks.StructBlock", [[("title", 23), ("topics", 24)]], {}),
                            26: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                            27: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {"help_text": "The page where the film can be watched.", "label": "Address"},
                            ),
                            28: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Length in minutes",
                                    "max_value": 240,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Published by", "max_length": 120},
                            ),
                            30: ("wagtail.blocks.TextBlock", (), {"label": "What it is about", "rows": 3}),
                            31: (
                                "hub.pages.blocks.words.WordsBlock",
                                (),
                                {"help_text": "The words of the film, or a full account of them."},
                            ),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 26),
                                        ("url", 27),
                                        ("minutes", 28),
                                        ("who", 29),
                                        ("what", 30),
                                        ("transcript", 31),
                                    ]
                                ],
                                {},
                            ),
                            33: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            34: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: large print, 2 pages.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            35: (
                                "wagtail.blocks.StructBlock",
                                [[("document", 33), ("title", 8), ("note", 34)]],
                                {},
                            ),
                        },
                    ),
                ),
                ("featured_quote", models.CharField(blank=True, max_length=250)),
                ("featured_quote_who", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "abstract": False,
            },
            bases=("pages.hubpage",),
        ),
        migrations.CreateModel(
            name="InfoPage",
            fields=[
                (
                    "hubpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("heading", 3),
                            ("quote", 7),
                            ("callout", 10),
                            ("image", 15),
                            ("table", 19),
                            ("accordion", 22),
                            ("help_lines", 25),
                            ("film", 32),
                            ("download", 35),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("hub.pages.blocks.words.WordsBlock", (), {}),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("h2", "Main heading"), ("h3", "Smaller heading")]},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("level", 2)]], {}),
                            4: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Without quotation marks: the page adds them.",
                                    "label": "Words",
                                    "rows": 3,
                                },
                            ),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 160, "required": False},
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "The page says so beside the words.",
                                    "label": "Made up as an example",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 4), ("who", 5), ("made_up", 6)]],
                                {},
                            ),
                            8: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            9: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("pantile", "Pantile (red-orange)"),
                                        ("harbour", "Harbour (blue)"),
                                        ("kelp", "Kelp (green)"),
                                        ("gorse", "Gorse (yellow)"),
                                        ("heather", "Heather (purple)"),
                                        ("haar", "Haar (grey)"),
                                    ],
                                    "label": "Paper colour",
                                },
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 8), ("text", 0), ("strand", 9)]],
                                {},
                            ),
                            11: ("wagtail.images.blocks.ImageChooserBlock", (), {}),
                            12: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What somebody who cannot see the picture should be told.",
                                    "label": "Alternative text",
                                    "max_length": 250,
                                    "required": False,
                                },
                            ),
                            13: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Tick if the picture says nothing by itself.",
                                    "required": False,
                                },
                            ),
                            14: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 11), ("alt_text", 12), ("decorative", 13), ("caption", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "What the table shows, in one line.", "max_length": 200},
                            ),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            18: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("caption", 16), ("table", 18)]], {}),
                            20: ("wagtail.blocks.StructBlock", [[("title", 8), ("text", 0)]], {}),
                            21: ("wagtail.blocks.ListBlock", (20,), {"label": "Folds", "min_num": 1}),
                            22: ("wagtail.blocks.StructBlock", [[("items", 21)]], {}),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"default": "If you want to talk to someone", "max_length": 120},
                            ),
                            24: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("mental_health", "Feeling low or worried"),
                                        ("suicide", "Thoughts of suicide"),
                                        ("abuse", "Abuse"),
                                        ("substance_use", "Alcohol and drugs"),
                                        ("money", "Money and benefits"),
                                        ("children", "Children and young people"),
                                        ("bereavement", "Bereavement"),
                                        ("health", "Health"),
                                    ],
                                    "help_text": "Leave empty to show every help line.",
                                    "required": False,
                                },
                            ),
                            25: ("wagtail.blocks.StructBlock", [[("title", 23), ("topics", 24)]], {}),
                            26: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                            27: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {"help_text": "The page where the film can be watched.", "label": "Address"},
                            ),
                            28: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Length in minutes",
                                    "max_value": 240,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Published by", "max_length": 120},
                            ),
                            30: ("wagtail.blocks.TextBlock", (), {"label": "What it is about", "rows": 3}),
                            31: (
                                "hub.pages.blocks.words.WordsBlock",
                                (),
                                {"help_text": "The words of the film, or a full account of them."},
                            ),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 26),
                                        ("url", 27),
                                        ("minutes", 28),
                                        ("who", 29),
                                        ("what", 30),
                                        ("transcript", 31),
                                    ]
                                ],
                                {},
                            ),
                            33: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            34: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: large print, 2 pages.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            35: (
                                "wagtail.blocks.StructBlock",
                                [[("document", 33), ("title", 8), ("note", 34)]],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "menu_place",
                    models.CharField(
                        choices=[
                            ("none", "Nowhere"),
                            ("header", "Top of every page"),
                            ("footer_care", "Bottom, under “Look after yourself”"),
                            ("footer_about", "Bottom, under “About the site”"),
                        ],
                        default="none",
                        max_length=20,
                        verbose_name="link to it from",
                    ),
                ),
                (
                    "menu_title",
                    models.CharField(
                        blank=True,
                        help_text="A shorter title for the menu, if the page's is long.",
                        max_length=40,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=("pages.hubpage",),
        ),
        migrations.CreateModel(
            name="ModulePage",
            fields=[
                (
                    "hubpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("pantile", "Pantile (red-orange)"),
                            ("harbour", "Harbour (blue)"),
                            ("kelp", "Kelp (green)"),
                            ("gorse", "Gorse (yellow)"),
                            ("heather", "Heather (purple)"),
                            ("haar", "Haar (grey)"),
                        ],
                        default="harbour",
                        max_length=10,
                        verbose_name="paper colour",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("heading", 3),
                            ("quote", 7),
                            ("callout", 10),
                            ("image", 15),
                            ("table", 19),
                            ("accordion", 22),
                            ("help_lines", 25),
                            ("film", 32),
                            ("download", 35),
                        ],
                        block_lookup={
                            0: ("hub.pages.blocks.words.WordsBlock", (), {}),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("h2", "Main heading"), ("h3", "Smaller heading")]},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("level", 2)]], {}),
                            4: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Without quotation marks: the page adds them.",
                                    "label": "Words",
                                    "rows": 3,
                                },
                            ),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 160, "required": False},
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "The page says so beside the words.",
                                    "label": "Made up as an example",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 4), ("who", 5), ("made_up", 6)]],
                                {},
                            ),
                            8: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            9: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("pantile", "Pantile (red-orange)"),
                                        ("harbour", "Harbour (blue)"),
                                        ("kelp", "Kelp (green)"),
                                        ("gorse", "Gorse (yellow)"),
                                        ("heather", "Heather (purple)"),
                                        ("haar", "Haar (grey)"),
                                    ],
                                    "label": "Paper colour",
                                },
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 8), ("text", 0), ("strand", 9)]],
                                {},
                            ),
                            11: ("wagtail.images.blocks.ImageChooserBlock", (), {}),
                            12: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What somebody who cannot see the picture should be told.",
                                    "label": "Alternative text",
                                    "max_length": 250,
                                    "required": False,
                                },
                            ),
                            13: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Tick if the picture says nothing by itself.",
                                    "required": False,
                                },
                            ),
                            14: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 11), ("alt_text", 12), ("decorative", 13), ("caption", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "What the table shows, in one line.", "max_length": 200},
                            ),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            18: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("caption", 16), ("table", 18)]], {}),
                            20: ("wagtail.blocks.StructBlock", [[("title", 8), ("text", 0)]], {}),
                            21: ("wagtail.blocks.ListBlock", (20,), {"label": "Folds", "min_num": 1}),
                            22: ("wagtail.blocks.StructBlock", [[("items", 21)]], {}),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"default": "If you want to talk to someone", "max_length": 120},
                            ),
                            24: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("mental_health", "Feeling low or worried"),
                                        ("suicide", "Thoughts of suicide"),
                                        ("abuse", "Abuse"),
                                        ("substance_use", "Alcohol and drugs"),
                                        ("money", "Money and benefits"),
                                        ("children", "Children and young people"),
                                        ("bereavement", "Bereavement"),
                                        ("health", "Health"),
                                    ],
                                    "help_text": "Leave empty to show every help line.",
                                    "required": False,
                                },
                            ),
                            25: ("wagtail.blocks.StructBlock", [[("title", 23), ("topics", 24)]], {}),
                            26: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                            27: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {"help_text": "The page where the film can be watched.", "label": "Address"},
                            ),
                            28: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Length in minutes",
                                    "max_value": 240,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Published by", "max_length": 120},
                            ),
                            30: ("wagtail.blocks.TextBlock", (), {"label": "What it is about", "rows": 3}),
                            31: (
                                "hub.pages.blocks.words.WordsBlock",
                                (),
                                {"help_text": "The words of the film, or a full account of them."},
                            ),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 26),
                                        ("url", 27),
                                        ("minutes", 28),
                                        ("who", 29),
                                        ("what", 30),
                                        ("transcript", 31),
                                    ]
                                ],
                                {},
                            ),
                            33: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            34: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: large print, 2 pages.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            35: (
                                "wagtail.blocks.StructBlock",
                                [[("document", 33), ("title", 8), ("note", 34)]],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "made_with_families",
                    wagtail.fields.StreamField(
                        [("entry", 4)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.DateBlock", (), {"help_text": "Only the month is shown."}),
                            1: ("wagtail.blocks.TextBlock", (), {"label": "Families said", "rows": 2}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("changed", "We changed"),
                                        ("could_not", "We could not, because"),
                                    ]
                                },
                            ),
                            3: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "What we did, or why we could not", "rows": 2},
                            ),
                            4: (
                                "wagtail.blocks.StructBlock",
                                [[("date", 0), ("said", 1), ("outcome", 2), ("did", 3)]],
                                {},
                            ),
                        },
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=("pages.hubpage",),
        ),
        migrations.CreateModel(
            name="PartnersPage",
            fields=[
                (
                    "hubpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("heading", 3),
                            ("quote", 7),
                            ("callout", 10),
                            ("image", 15),
                            ("table", 19),
                            ("accordion", 22),
                            ("help_lines", 25),
                            ("film", 32),
                            ("download", 35),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("hub.pages.blocks.words.WordsBlock", (), {}),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("h2", "Main heading"), ("h3", "Smaller heading")]},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("level", 2)]], {}),
                            4: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Without quotation marks: the page adds them.",
                                    "label": "Words",
                                    "rows": 3,
                                },
                            ),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 160, "required": False},
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "The page says so beside the words.",
                                    "label": "Made up as an example",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 4), ("who", 5), ("made_up", 6)]],
                                {},
                            ),
                            8: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            9: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("pantile", "Pantile (red-orange)"),
                                        ("harbour", "Harbour (blue)"),
                                        ("kelp", "Kelp (green)"),
                                        ("gorse", "Gorse (yellow)"),
                                        ("heather", "Heather (purple)"),
                                        ("haar", "Haar (grey)"),
                                    ],
                                    "label": "Paper colour",
                                },
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 8), ("text", 0), ("strand", 9)]],
                                {},
                            ),
                            11: ("wagtail.images.blocks.ImageChooserBlock", (), {}),
                            12: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What somebody who cannot see the picture should be told.",
                                    "label": "Alternative text",
                                    "max_length": 250,
                                    "required": False,
                                },
                            ),
                            13: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Tick if the picture says nothing by itself.",
                                    "required": False,
                                },
                            ),
                            14: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 11), ("alt_text", 12), ("decorative", 13), ("caption", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "What the table shows, in one line.", "max_length": 200},
                            ),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            18: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("caption", 16), ("table", 18)]], {}),
                            20: ("wagtail.blocks.StructBlock", [[("title", 8), ("text", 0)]], {}),
                            21: ("wagtail.blocks.ListBlock", (20,), {"label": "Folds", "min_num": 1}),
                            22: ("wagtail.blocks.StructBlock", [[("items", 21)]], {}),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"default": "If you want to talk to someone", "max_length": 120},
                            ),
                            24: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("mental_health", "Feeling low or worried"),
                                        ("suicide", "Thoughts of suicide"),
                                        ("abuse", "Abuse"),
                                        ("substance_use", "Alcohol and drugs"),
                                        ("money", "Money and benefits"),
                                        ("children", "Children and young people"),
                                        ("bereavement", "Bereavement"),
                                        ("health", "Health"),
                                    ],
                                    "help_text": "Leave empty to show every help line.",
                                    "required": False,
                                },
                            ),
                            25: ("wagtail.blocks.StructBlock", [[("title", 23), ("topics", 24)]], {}),
                            26: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                            27: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {"help_text": "The page where the film can be watched.", "label": "Address"},
                            ),
                            28: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Length in minutes",
                                    "max_value": 240,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Published by", "max_length": 120},
                            ),
                            30: ("wagtail.blocks.TextBlock", (), {"label": "What it is about", "rows": 3}),
                            31: (
                                "hub.pages.blocks.words.WordsBlock",
                                (),
                                {"help_text": "The words of the film, or a full account of them."},
                            ),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 26),
                                        ("url", 27),
                                        ("minutes", 28),
                                        ("who", 29),
                                        ("what", 30),
                                        ("transcript", 31),
                                    ]
                                ],
                                {},
                            ),
                            33: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            34: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: large print, 2 pages.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            35: (
                                "wagtail.blocks.StructBlock",
                                [[("document", 33), ("title", 8), ("note", 34)]],
                                {},
                            ),
                        },
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=("pages.hubpage",),
        ),
        migrations.CreateModel(
            name="StoriesPage",
            fields=[
                (
                    "hubpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("heading", 3),
                            ("quote", 7),
                            ("callout", 10),
                            ("image", 15),
                            ("table", 19),
                            ("accordion", 22),
                            ("help_lines", 25),
                            ("film", 32),
                            ("download", 35),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("hub.pages.blocks.words.WordsBlock", (), {}),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("h2", "Main heading"), ("h3", "Smaller heading")]},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("level", 2)]], {}),
                            4: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Without quotation marks: the page adds them.",
                                    "label": "Words",
                                    "rows": 3,
                                },
                            ),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 160, "required": False},
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "The page says so beside the words.",
                                    "label": "Made up as an example",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 4), ("who", 5), ("made_up", 6)]],
                                {},
                            ),
                            8: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            9: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("pantile", "Pantile (red-orange)"),
                                        ("harbour", "Harbour (blue)"),
                                        ("kelp", "Kelp (green)"),
                                        ("gorse", "Gorse (yellow)"),
                                        ("heather", "Heather (purple)"),
                                        ("haar", "Haar (grey)"),
                                    ],
                                    "label": "Paper colour",
                                },
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 8), ("text", 0), ("strand", 9)]],
                                {},
                            ),
                            11: ("wagtail.images.blocks.ImageChooserBlock", (), {}),
                            12: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What somebody who cannot see the picture should be told.",
                                    "label": "Alternative text",
                                    "max_length": 250,
                                    "required": False,
                                },
                            ),
                            13: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Tick if the picture says nothing by itself.",
                                    "required": False,
                                },
                            ),
                            14: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 11), ("alt_text", 12), ("decorative", 13), ("caption", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "What the table shows, in one line.", "max_length": 200},
                            ),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            18: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("caption", 16), ("table", 18)]], {}),
                            20: ("wagtail.blocks.StructBlock", [[("title", 8), ("text", 0)]], {}),
                            21: ("wagtail.blocks.ListBlock", (20,), {"label": "Folds", "min_num": 1}),
                            22: ("wagtail.blocks.StructBlock", [[("items", 21)]], {}),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"default": "If you want to talk to someone", "max_length": 120},
                            ),
                            24: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("mental_health", "Feeling low or worried"),
                                        ("suicide", "Thoughts of suicide"),
                                        ("abuse", "Abuse"),
                                        ("substance_use", "Alcohol and drugs"),
                                        ("money", "Money and benefits"),
                                        ("children", "Children and young people"),
                                        ("bereavement", "Bereavement"),
                                        ("health", "Health"),
                                    ],
                                    "help_text": "Leave empty to show every help line.",
                                    "required": False,
                                },
                            ),
                            25: ("wagtail.blocks.StructBlock", [[("title", 23), ("topics", 24)]], {}),
                            26: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                            27: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {"help_text": "The page where the film can be watched.", "label": "Address"},
                            ),
                            28: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Length in minutes",
                                    "max_value": 240,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Published by", "max_length": 120},
                            ),
                            30: ("wagtail.blocks.TextBlock", (), {"label": "What it is about", "rows": 3}),
                            31: (
                                "hub.pages.blocks.words.WordsBlock",
                                (),
                                {"help_text": "The words of the film, or a full account of them."},
                            ),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 26),
                                        ("url", 27),
                                        ("minutes", 28),
                                        ("who", 29),
                                        ("what", 30),
                                        ("transcript", 31),
                                    ]
                                ],
                                {},
                            ),
                            33: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            34: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: large print, 2 pages.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            35: (
                                "wagtail.blocks.StructBlock",
                                [[("document", 33), ("title", 8), ("note", 34)]],
                                {},
                            ),
                        },
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=("pages.hubpage",),
        ),
        migrations.CreateModel(
            name="ToolkitPage",
            fields=[
                (
                    "hubpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("heading", 3),
                            ("quote", 7),
                            ("callout", 10),
                            ("image", 15),
                            ("table", 19),
                            ("accordion", 22),
                            ("help_lines", 25),
                            ("film", 32),
                            ("download", 35),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("hub.pages.blocks.words.WordsBlock", (), {}),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("h2", "Main heading"), ("h3", "Smaller heading")]},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("level", 2)]], {}),
                            4: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Without quotation marks: the page adds them.",
                                    "label": "Words",
                                    "rows": 3,
                                },
                            ),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 160, "required": False},
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "The page says so beside the words.",
                                    "label": "Made up as an example",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 4), ("who", 5), ("made_up", 6)]],
                                {},
                            ),
                            8: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            9: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("pantile", "Pantile (red-orange)"),
                                        ("harbour", "Harbour (blue)"),
                                        ("kelp", "Kelp (green)"),
                                        ("gorse", "Gorse (yellow)"),
                                        ("heather", "Heather (purple)"),
                                        ("haar", "Haar (grey)"),
                                    ],
                                    "label": "Paper colour",
                                },
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 8), ("text", 0), ("strand", 9)]],
                                {},
                            ),
                            11: ("wagtail.images.blocks.ImageChooserBlock", (), {}),
                            12: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What somebody who cannot see the picture should be told.",
                                    "label": "Alternative text",
                                    "max_length": 250,
                                    "required": False,
                                },
                            ),
                            13: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Tick if the picture says nothing by itself.",
                                    "required": False,
                                },
                            ),
                            14: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 11), ("alt_text", 12), ("decorative", 13), ("caption", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "What the table shows, in one line.", "max_length": 200},
                            ),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            18: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("caption", 16), ("table", 18)]], {}),
                            20: ("wagtail.blocks.StructBlock", [[("title", 8), ("text", 0)]], {}),
                            21: ("wagtail.blocks.ListBlock", (20,), {"label": "Folds", "min_num": 1}),
                            22: ("wagtail.blocks.StructBlock", [[("items", 21)]], {}),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"default": "If you want to talk to someone", "max_length": 120},
                            ),
                            24: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("mental_health", "Feeling low or worried"),
                                        ("suicide", "Thoughts of suicide"),
                                        ("abuse", "Abuse"),
                                        ("substance_use", "Alcohol and drugs"),
                                        ("money", "Money and benefits"),
                                        ("children", "Children and young people"),
                                        ("bereavement", "Bereavement"),
                                        ("health", "Health"),
                                    ],
                                    "help_text": "Leave empty to show every help line.",
                                    "required": False,
                                },
                            ),
                            25: ("wagtail.blocks.StructBlock", [[("title", 23), ("topics", 24)]], {}),
                            26: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                            27: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {"help_text": "The page where the film can be watched.", "label": "Address"},
                            ),
                            28: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Length in minutes",
                                    "max_value": 240,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Published by", "max_length": 120},
                            ),
                            30: ("wagtail.blocks.TextBlock", (), {"label": "What it is about", "rows": 3}),
                            31: (
                                "hub.pages.blocks.words.WordsBlock",
                                (),
                                {"help_text": "The words of the film, or a full account of them."},
                            ),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 26),
                                        ("url", 27),
                                        ("minutes", 28),
                                        ("who", 29),
                                        ("what", 30),
                                        ("transcript", 31),
                                    ]
                                ],
                                {},
                            ),
                            33: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            34: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: large print, 2 pages.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            35: (
                                "wagtail.blocks.StructBlock",
                                [[("document", 33), ("title", 8), ("note", 34)]],
                                {},
                            ),
                        },
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=("pages.hubpage",),
        ),
        migrations.CreateModel(
            name="HubDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("file", models.FileField(upload_to="documents", verbose_name="file")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("file_size", models.PositiveBigIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, editable=False, max_length=40)),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text=None,
                        through="taggit.TaggedItem",
                        to="taggit.Tag",
                        verbose_name="tags",
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "abstract": False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="HubImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        upload_to=wagtail.images.models.get_upload_to,
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                (
                    "description",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="description"),
                ),
                ("width", models.IntegerField(editable=False, verbose_name="width")),
                ("height", models.IntegerField(editable=False, verbose_name="height")),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="created at"),
                ),
                ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                (
                    "default_alt_text",
                    models.CharField(
                        blank=True,
                        help_text="What somebody who cannot see it should be told.",
                        max_length=250,
                        verbose_name="alternative text",
                    ),
                ),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text=None,
                        through="taggit.TaggedItem",
                        to="taggit.Tag",
                        verbose_name="tags",
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="HubRendition",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("filter_spec", models.CharField(db_index=True, max_length=255)),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        storage=wagtail.images.models.get_rendition_storage,
                        upload_to=wagtail.images.models.get_rendition_upload_to,
                        width_field="width",
                    ),
                ),
                ("width", models.IntegerField(editable=False)),
                ("height", models.IntegerField(editable=False)),
                ("focal_point_key", models.CharField(blank=True, default="", editable=False, max_length=16)),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="pages.hubimage",
                    ),
                ),
            ],
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ActivityPage",
            fields=[
                (
                    "hubpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "aim",
                    models.TextField(
                        help_text="What people will have at the end that they do not have now.",
                        max_length=400,
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(480),
                        ]
                    ),
                ),
                (
                    "group_from",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="smallest group",
                    ),
                ),
                (
                    "group_to",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(500)],
                        verbose_name="largest group",
                    ),
                ),
                ("set_up", wagtail.fields.RichTextField(blank=True)),
                (
                    "materials",
                    wagtail.fields.StreamField(
                        [("item", 0)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Thing to bring", "max_length": 160},
                            )
                        },
                    ),
                ),
                (
                    "steps",
                    wagtail.fields.StreamField(
                        [("step", 4)],
                        block_lookup={
                            0: ("wagtail.blocks.IntegerBlock", (), {"max_value": 180, "min_value": 1}),
                            1: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            2: ("hub.pages.blocks.words.WordsBlock", (), {}),
                            3: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Words you could say", "required": False, "rows": 2},
                            ),
                            4: (
                                "wagtail.blocks.StructBlock",
                                [[("minutes", 0), ("title", 1), ("text", 2), ("say", 3)]],
                                {},
                            ),
                        },
                    ),
                ),
                ("facilitator_notes", wagtail.fields.RichTextField(blank=True)),
                ("might_come_up", wagtail.fields.RichTextField(blank=True)),
                ("debrief", wagtail.fields.RichTextField(blank=True)),
                ("variations", wagtail.fields.RichTextField(blank=True)),
                (
                    "handouts",
                    wagtail.fields.StreamField(
                        [("handout", 2), ("download", 5)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            1: (
                                "hub.pages.blocks.words.WordsBlock",
                                (),
                                {"help_text": "Printed on a sheet of its own."},
                            ),
                            2: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1)]], {}),
                            3: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: large print, 2 pages.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("document", 3), ("title", 0), ("note", 4)]],
                                {},
                            ),
                        },
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group_from__lte", models.F("group_to"))),
                        name="activity_group_in_order",
                    )
                ],
            },
            bases=("pages.hubpage",),
        ),
        migrations.CreateModel(
            name="GuidancePage",
            fields=[
                (
                    "hubpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("heading", 3),
                            ("quote", 7),
                            ("callout", 10),
                            ("image", 15),
                            ("table", 19),
                            ("accordion", 22),
                            ("help_lines", 25),
                            ("film", 32),
                            ("download", 35),
                        ],
                        block_lookup={
                            0: ("hub.pages.blocks.words.WordsBlock", (), {}),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("h2", "Main heading"), ("h3", "Smaller heading")]},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("level", 2)]], {}),
                            4: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Without quotation marks: the page adds them.",
                                    "label": "Words",
                                    "rows": 3,
                                },
                            ),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 160, "required": False},
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "The page says so beside the words.",
                                    "label": "Made up as an example",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 4), ("who", 5), ("made_up", 6)]],
                                {},
                            ),
                            8: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            9: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("pantile", "Pantile (red-orange)"),
                                        ("harbour", "Harbour (blue)"),
                                        ("kelp", "Kelp (green)"),
                                        ("gorse", "Gorse (yellow)"),
                                        ("heather", "Heather (purple)"),
                                        ("haar", "Haar (grey)"),
                                    ],
                                    "label": "Paper colour",
                                },
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 8), ("text", 0), ("strand", 9)]],
                                {},
                            ),
                            11: ("wagtail.images.blocks.ImageChooserBlock", (), {}),
                            12: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What somebody who cannot see the picture should be told.",
                                    "label": "Alternative text",
                                    "max_length": 250,
                                    "required": False,
                                },
                            ),
                            13: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Tick if the picture says nothing by itself.",
                                    "required": False,
                                },
                            ),
                            14: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 11), ("alt_text", 12), ("decorative", 13), ("caption", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "What the table shows, in one line.", "max_length": 200},
                            ),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            18: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("caption", 16), ("table", 18)]], {}),
                            20: ("wagtail.blocks.StructBlock", [[("title", 8), ("text", 0)]], {}),
                            21: ("wagtail.blocks.ListBlock", (20,), {"label": "Folds", "min_num": 1}),
                            22: ("wagtail.blocks.StructBlock", [[("items", 21)]], {}),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"default": "If you want to talk to someone", "max_length": 120},
                            ),
                            24: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("mental_health", "Feeling low or worried"),
                                        ("suicide", "Thoughts of suicide"),
                                        ("abuse", "Abuse"),
                                        ("substance_use", "Alcohol and drugs"),
                                        ("money", "Money and benefits"),
                                        ("children", "Children and young people"),
                                        ("bereavement", "Bereavement"),
                                        ("health", "Health"),
                                    ],
                                    "help_text": "Leave empty to show every help line.",
                                    "required": False,
                                },
                            ),
                            25: ("wagtail.blocks.StructBlock", [[("title", 23), ("topics", 24)]], {}),
                            26: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                            27: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {"help_text": "The page where the film can be watched.", "label": "Address"},
                            ),
                            28: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Length in minutes",
                                    "max_value": 240,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Published by", "max_length": 120},
                            ),
                            30: ("wagtail.blocks.TextBlock", (), {"label": "What it is about", "rows": 3}),
                            31: (
                                "hub.pages.blocks.words.WordsBlock",
                                (),
                                {"help_text": "The words of the film, or a full account of them."},
                            ),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 26),
                                        ("url", 27),
                                        ("minutes", 28),
                                        ("who", 29),
                                        ("what", 30),
                                        ("transcript", 31),
                                    ]
                                ],
                                {},
                            ),
                            33: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            34: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: large print, 2 pages.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            35: (
                                "wagtail.blocks.StructBlock",
                                [[("document", 33), ("title", 8), ("note", 34)]],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "modules",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="guidance_pages", to="pages.modulepage"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=("pages.hubpage",),
        ),
        migrations.CreateModel(
            name="PartnerSectionPage",
            fields=[
                (
                    "hubpage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("heading", 3),
                            ("quote", 7),
                            ("callout", 10),
                            ("image", 15),
                            ("table", 19),
                            ("accordion", 22),
                            ("help_lines", 25),
                            ("film", 32),
                            ("download", 35),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("hub.pages.blocks.words.WordsBlock", (), {}),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("h2", "Main heading"), ("h3", "Smaller heading")]},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("level", 2)]], {}),
                            4: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Without quotation marks: the page adds them.",
                                    "label": "Words",
                                    "rows": 3,
                                },
                            ),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 160, "required": False},
                            ),
                            6: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "The page says so beside the words.",
                                    "label": "Made up as an example",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 4), ("who", 5), ("made_up", 6)]],
                                {},
                            ),
                            8: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            9: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("pantile", "Pantile (red-orange)"),
                                        ("harbour", "Harbour (blue)"),
                                        ("kelp", "Kelp (green)"),
                                        ("gorse", "Gorse (yellow)"),
                                        ("heather", "Heather (purple)"),
                                        ("haar", "Haar (grey)"),
                                    ],
                                    "label": "Paper colour",
                                },
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 8), ("text", 0), ("strand", 9)]],
                                {},
                            ),
                            11: ("wagtail.images.blocks.ImageChooserBlock", (), {}),
                            12: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What somebody who cannot see the picture should be told.",
                                    "label": "Alternative text",
                                    "max_length": 250,
                                    "required": False,
                                },
                            ),
                            13: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Tick if the picture says nothing by itself.",
                                    "required": False,
                                },
                            ),
                            14: ("wagtail.blocks.CharBlock", (), {"max_length": 250, "required": False}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 11), ("alt_text", 12), ("decorative", 13), ("caption", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "What the table shows, in one line.", "max_length": 200},
                            ),
                            17: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
                            18: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("caption", 16), ("table", 18)]], {}),
                            20: ("wagtail.blocks.StructBlock", [[("title", 8), ("text", 0)]], {}),
                            21: ("wagtail.blocks.ListBlock", (20,), {"label": "Folds", "min_num": 1}),
                            22: ("wagtail.blocks.StructBlock", [[("items", 21)]], {}),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"default": "If you want to talk to someone", "max_length": 120},
                            ),
                            24: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("mental_health", "Feeling low or worried"),
                                        ("suicide", "Thoughts of suicide"),
                                        ("abuse", "Abuse"),
                                        ("substance_use", "Alcohol and drugs"),
                                        ("money", "Money and benefits"),
                                        ("children", "Children and young people"),
                                        ("bereavement", "Bereavement"),
                                        ("health", "Health"),
                                    ],
                                    "help_text": "Leave empty to show every help line.",
                                    "required": False,
                                },
                            ),
                            25: ("wagtail.blocks.StructBlock", [[("title", 23), ("topics", 24)]], {}),
                            26: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                            27: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {"help_text": "The page where the film can be watched.", "label": "Address"},
                            ),
                            28: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Length in minutes",
                                    "max_value": 240,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Published by", "max_length": 120},
                            ),
                            30: ("wagtail.blocks.TextBlock", (), {"label": "What it is about", "rows": 3}),
                            31: (
                                "hub.pages.blocks.words.WordsBlock",
                                (),
                                {"help_text": "The words of the film, or a full account of them."},
                            ),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 26),
                                        ("url", 27),
                                        ("minutes", 28),
                                        ("who", 29),
                                        ("what", 30),
                                        ("transcript", 31),
                                    ]
                                ],
                                {},
                            ),
                            33: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            34: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: large print, 2 pages.",
                                    "max_length": 200,
                                    "required": False,
                                },
                            ),
                            35: (
                                "wagtail.blocks.StructBlock",
                                [[("document", 33), ("title", 8), ("note", 34)]],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="section",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=("pages.hubpage",),
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("title", models.TextField()),
                ("summary", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.SearchVector("title", config="english", weight="A"),
                                "||",
                                django.contrib.postgres.search.SearchVector("summary", config="english", weight="B"),
                                django.contrib.postgres.search.SearchConfig("english"),
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector("text", config="english", weight="C"),
                            django.contrib.postgres.search.SearchConfig("english"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "search entries",
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="search_entry_vector")],
            },
        ),
        migrations.CreateModel(
            name="Visibility",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="visibility",
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("content_hash", models.CharField(max_length=64)),
                ("public_until", models.DateTimeField()),
                (
                    "image_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "uses",
                    models.JSONField(
                        default=dict, help_text="Other uses agreed to when this was lit, each until when."
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "visibility",
            },
        ),
        migrations.AddIndex(
            model_name="hubpage",
            index=django.contrib.postgres.indexes.HashIndex(fields=["url_path"], name="page_url_path"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hubpage",
            trigger=pgtrigger.compiler.Trigger(
                name="page_change_darkens",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."alias_of_id" IS DISTINCT FROM (NEW."alias_of_id") OR OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."content_note" IS DISTINCT FROM (NEW."content_note") OR OLD."content_type_id" IS DISTINCT FROM (NEW."content_type_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_example" IS DISTINCT FROM (NEW."is_example") OR OLD."live" IS DISTINCT FROM (NEW."live") OR OLD."live_revision_id" IS DISTINCT FROM (NEW."live_revision_id") OR OLD."locale_id" IS DISTINCT FROM (NEW."locale_id") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."search_description" IS DISTINCT FROM (NEW."search_description") OR OLD."seo_title" IS DISTINCT FROM (NEW."seo_title") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."translation_key" IS DISTINCT FROM (NEW."translation_key") OR OLD."url_path" IS DISTINCT FROM (NEW."url_path"))',
                    func="\n            PERFORM 1 FROM pages_hubpage WHERE id IN (SELECT OLD.id) ORDER BY id FOR NO KEY UPDATE;\n            DELETE FROM pages_visibility WHERE page_id IN (SELECT OLD.id);\n            RETURN NULL;\n        ",
                    hash="6908568df874ea16d40af603e0f20b9f39761ae8",
                    operation="UPDATE",
                    pgid="pgtrigger_page_change_darkens_7cd1c",
                    table="pages_hubpage",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AlterUniqueTogether(
            name="hubrendition",
            unique_together={("image", "filter_spec", "focal_point_key")},
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visibility",
            trigger=pgtrigger.compiler.Trigger(
                name="visibility_is_never_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c6505c7e98e8072497cd79abbd0d45324e4cac89",
                    operation="UPDATE",
                    pgid="pgtrigger_visibility_is_never_updated_1ed96",
                    table="pages_visibility",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visibility",
            trigger=pgtrigger.compiler.Trigger(
                name="dark_pages_leave_search",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="DELETE FROM pages_searchentry WHERE page_id = OLD.page_id; RETURN NULL;",
                    hash="afff8e8d45fbd006c5cfc92309071bb1813ebe98",
                    operation="DELETE",
                    pgid="pgtrigger_dark_pages_leave_search_60e7e",
                    table="pages_visibility",
                    when="AFTER",
                ),
            ),
        ),
    ]
