import json
import re
from typing import Any

from django.db import migrations

SENTENCE = re.compile(
    r'^\s*<p[^>]*>If somebody is in danger right now, phone <a href="tel:999">999</a>\.</p>\s*', re.ASCII
)
"""As the page of help was made until now. The list of all help lines begins with it from here on, with the number that
the partnership has."""


def leave_it_to_the_list(apps: Any, schema_editor: Any) -> None:
    """Where such a list follows, it takes the place of the sentence. A page in other words stays as it is."""
    pages = apps.get_model("pages", "InfoPage")
    for page in pages.objects.order_by("pk"):
        body = said_once([dict(block) for block in page.body.raw_data])
        if body is not None:
            page.body = json.dumps(body)
            page.save(update_fields=["body"])


def said_once(body: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """The same blocks with the list in front; None when it is no such page."""
    if len(body) < 2 or (body[0]["type"], body[1]["type"]) != ("text", "help_lines") or body[1]["value"].get("topics"):
        return None
    without, found = SENTENCE.subn("", body[0]["value"])
    return [body[1], {**body[0], "value": without}, *body[2:]] if found else None


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0027_partnership_is_marked"),
    ]

    operations = [
        migrations.RunPython(leave_it_to_the_list, migrations.RunPython.noop),
    ]
