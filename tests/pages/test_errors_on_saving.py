"""A mistake in an editor's form is a sentence beside its field, and every block comes back as it was typed."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from hub.pages.models import GuidancePage, HubPage, InfoPage, ModulePage
from hub.stories.models import StoryPage
from tests.factories import Tree
from tests.pages.test_create_once import address, opened, typed

pytestmark = pytest.mark.django_db
TOO_LONG = "Wren " * 60
IN_BLOCKS = ["Goldcrest", "Dipper & <Wagtail>", "Siskin 🐦", "שלום", "Crossbill"]
WORDS = {"text": IN_BLOCKS[:1], "heading": IN_BLOCKS[1:2], "quote": IN_BLOCKS[2:3], "callout": IN_BLOCKS[3:]}
MISTAKES = {"no title": {"title": "  "}, "a title of signs nobody sees": {"title": "\u200b\u2060"}}


def blocks() -> list[Any]:
    """One of each common block, the quotation with a name that is too long."""
    return [
        ("text", rich_text(f"<p>{IN_BLOCKS[0]}</p>")),
        ("heading", {"text": IN_BLOCKS[1], "level": "h2"}),
        ("quote", {"text": IN_BLOCKS[2], "who": TOO_LONG}),
        ("callout", {"title": IN_BLOCKS[3], "text": rich_text(f"<p>{IN_BLOCKS[4]}</p>"), "strand": "kelp"}),
    ]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_stands_beside_its_field_and_nothing_typed_is_lost(
    client: Client, two_sections: Tree, mistake: str
) -> None:
    tree = two_sections
    client.force_login(User.objects.create_superuser("administrator"))
    kinds: list[tuple[Any, HubPage, dict[str, Any]]] = [
        (GuidancePage, tree.section, {}),
        (StoryPage, tree.section, {}),
        (ModulePage, tree.toolkit, {}),
        (InfoPage, tree.home, {}),
    ]
    for kind, parent, more in kinds:
        form, before = opened(client, kind, parent), kind.objects.count()
        named = [block for block in blocks() if block[0] in kind._meta.get_field("body").stream_block.child_blocks]
        sent = typed(form, "Chaffinch", 1, **more, **nested_form_data({"body": streamfield(named)}))
        sent |= MISTAKES[mistake] | {"action-publish": "yes"}
        page = client.post(address(kind, parent), sent)
        assert page.status_code == 200, kind
        assert kind.objects.count() == before, kind
        shown = unescape(page.content.decode())
        beside = re.search(r'id="panel-[^"]*title-errors".*?</div>', shown, re.DOTALL)
        assert beside, kind
        assert re.search(r"required|needs|title", beside[0].lower()), kind
        for words in ["Chaffinch", *(word for name, _ in named for word in WORDS[name])]:
            assert words in shown or json.dumps(words)[1:-1] in shown, (kind, words)
        if any(name == "quote" for name, _ in named):
            assert "160" in shown, "the sentence about the name that is too long"
