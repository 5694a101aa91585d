"""The log of a module: when, at which stage, with whom as they chose, what was heard, and what came of it."""

import importlib
from typing import Any

import pytest
from django.test import Client
from wagtail.blocks import StructBlockValidationError

from hub.pages.blocks import LogEntryBlock
from hub.pages.models import ModulePage
from tests.factories import Tree, publish

WHOLE = {
    "date": "2026-05-01",
    "stage": "trying_out",
    "who": "Moira and two who would rather not be named",
    "said": "The walk was hard from a wheelchair.",
    "changed": "It can be done from a chair.",
    "could_not": "the front step belongs to the council.",
}
migration: Any = importlib.import_module("hub.pages.migrations.0009_the_log_says_who_and_when")


def log_of(client: Client, tree: Tree, **entry: str) -> str:
    tree.module.made_with_families = [("entry", {"date": "2026-05-01", **entry})]
    page = publish(tree.module)
    page.full_clean()
    text = client.get(page.url).content.decode()
    return text[text.index('id="part-made"') :].partition("</section>")[0]


def test_readers_see_every_part_of_an_entry(client: Client, tree: Tree) -> None:
    shown = log_of(client, tree, **WHOLE)
    for words in ("May 2026", "Trying it out", "Who took part: Moira and two", WHOLE["said"], WHOLE["changed"]):
        assert words in shown
    assert "We could not, because</dt>" in shown
    assert WHOLE["could_not"] in shown


@pytest.mark.parametrize(
    ("entry", "absent"),
    [
        ({"changed": "We say people."}, ["Families said", "Who took part", "We could not"]),
        ({"said": "Put in a film.", "could_not": "nobody wanted to be filmed."}, ["We changed", "Who took part"]),
    ],
)
def test_what_was_left_empty_leaves_no_trace(client: Client, tree: Tree, entry: Any, absent: list[str]) -> None:
    shown = log_of(client, tree, **entry)
    for words in absent:
        assert words not in shown
    for words in entry.values():
        assert words in shown


@pytest.mark.parametrize("entry", [{}, {"changed": "  ", "could_not": ""}])
def test_an_entry_without_any_answer_is_refused_in_words(entry: dict[str, str]) -> None:
    block = LogEntryBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({"date": "2026-05-01", "said": "Nobody asked us.", **entry}))
    assert "One of the two is enough" in str(refused.value.as_json_data())


def test_every_part_says_what_to_write() -> None:
    without = [name for name, part in LogEntryBlock().child_blocks.items() if not part.field.help_text]
    assert without == []


@pytest.mark.parametrize(
    ("outcome", "kept", "empty"), [("changed", "changed", "could_not"), ("could_not", "could_not", "changed")]
)
def test_older_entries_keep_their_answer_also_in_drafts_and_back_again(
    tree: Tree, outcome: str, kept: str, empty: str
) -> None:
    from django.apps import apps

    old = {"date": "2026-05-01", "said": "Say people.", "outcome": outcome, "did": "Our answer."}
    ModulePage.objects.filter(pk=tree.module.pk).update(made_with_families=[{"type": "entry", "value": old, "id": "x"}])
    tree.module.refresh_from_db()
    draft = tree.module.save_revision()
    for _ in range(2):  # running it again changes nothing
        migration._run(migration.TwoAnswers())(apps, None)
    draft.refresh_from_db()
    for page in (ModulePage.objects.get(pk=tree.module.pk), draft.as_object()):
        entry = page.made_with_families.raw_data[0]["value"]
        assert (entry[kept], entry[empty], entry["said"]) == ("Our answer.", "", "Say people.")
    migration._run(migration.OneAnswer())(apps, None)
    assert ModulePage.objects.get(pk=tree.module.pk).made_with_families.raw_data[0]["value"] == old
