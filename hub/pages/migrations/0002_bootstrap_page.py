"""Gives every page a locale and a translation key, as Wagtail asks of a base page of one's own."""

from django.db import migrations
from wagtail.models import BootstrapLocaleField, BootstrapTranslatableModel, BootstrapTranslationKeyField


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_page"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        BootstrapLocaleField("pages.HubPage"),
        BootstrapTranslationKeyField("pages.HubPage"),
        BootstrapTranslatableModel("pages.HubPage"),
    ]
