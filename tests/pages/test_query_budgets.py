"""How many questions a page may ask the database, warm, with a few children and with many. The same for both."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.pages import installed_triggers
from hub.pages.models import GuidancePage, ModulePage
from tests.factories import Tree, activity, lit_story, words

Address = Callable[[Tree], str]


def with_children(tree: Tree, number: int) -> Tree:
    for n in range(number):
        tree.toolkit.add_child(instance=ModulePage(title=f"Module {n}", body=words("More.")))
        tree.module.add_child(instance=activity(f"Activity {n}"))
        guidance = GuidancePage(title=f"Guidance {n}", partner=tree.section.organisation, body=words("Advice."))
        guidance.modules = [tree.module]
        tree.section.add_child(instance=guidance)
    return tree


BUDGETS: list[tuple[str, Address, int]] = [
    ("home", lambda tree: "/", 4),
    ("toolkit", lambda tree: tree.toolkit.url, 4),
    ("module", lambda tree: tree.module.url, 6),
    ("activity", lambda tree: tree.activity.url, 5),
    ("guidance", lambda tree: tree.guidance.url, 5),
    ("section", lambda tree: tree.section.url, 5),
    ("stories", lambda tree: tree.stories.url, 4),
    ("search", lambda tree: "/search/?q=language", 5),
    ("not found", lambda tree: "/nowhere/at/all/", 2),  # which addresses moved is known
]


def queries(client: Client, address: str) -> int:
    client.get(address)
    installed_triggers.ask_again()  # what is asked once a minute is not this page's
    with CaptureQueriesContext(connection) as captured:
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
    assert queries(client, story.url) <= 6  # what changed because of it is one, whether names were changed another
