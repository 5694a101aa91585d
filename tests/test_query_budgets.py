"""How many questions a page may ask the database, warm, with a few children and with many. The same for both."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.pages.models import GuidancePage, ModulePage
from tests.factories import Tree, activity, lit_story, put, words

Address = Callable[[Tree], str]


def with_children(tree: Tree, number: int) -> Tree:
    for n in range(number):
        module = ModulePage(title=f"Module {n}", body=words("More."))
        put(tree.toolkit, module)
        put(tree.module, activity(f"Activity {n}"))
        guidance = GuidancePage(title=f"Guidance {n}", partner=tree.section.organisation, body=words("Advice."))
        put(tree.section, guidance)
        guidance.modules = [tree.module]
        guidance.save_revision().publish()
    return tree


BUDGETS: list[tuple[str, Address, int]] = [
    ("home", lambda tree: "/", 8),
    ("module", lambda tree: tree.module.url, 12),
    ("activity", lambda tree: tree.activity.url, 10),
    ("guidance", lambda tree: tree.guidance.url, 10),
    ("section", lambda tree: tree.section.url, 12),
    ("stories", lambda tree: tree.stories.url, 12),
    ("search", lambda tree: "/search/?q=language", 12),
    ("not found", lambda tree: "/nowhere/at/all/", 4),
]


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize("number", [4, 40])
def test_pages_stay_within_their_budget(client: Client, tree: Tree, number: int) -> None:
    with_children(tree, number)
    counted = {name: queries(client, address(tree)) for name, address, _ in BUDGETS}
    over = {name: counted[name] for name, _, budget in BUDGETS if counted[name] > budget}
    assert over == {}, f"over budget; all: {counted}"


def test_a_story_stays_within_its_budget(client: Client, tree: Tree) -> None:
    story: Any = lit_story(tree, people=4)
    assert queries(client, story.url) <= 8
