"""What readers may believe: names as the records say, and example families that are called examples."""

from typing import Any

import pytest
from django.test import Client

from hub.pages.models import ModulePage
from hub.stories.choices import NamedAs
from hub.stories.light import about_names, names_disagree
from hub.stories.models import StoryParticipant
from tests.factories import Tree, lit_story, put

pytestmark = pytest.mark.django_db
DONE = "The form no longer asks why."


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (["chosen_name", "none"], "Names have been changed."),
        (["chosen_name", "first_name"], "Some names have been changed."),
        (["none", "none"], "No names are used."),
        (["full", "none"], ""),
    ],
)
def test_whether_names_were_changed_is_said_from_the_records(tree: Tree, named: list[str], said: str) -> None:
    story = lit_story(tree, people=2)
    for person, name in zip(story.participations.order_by("pk"), named, strict=True):
        StoryParticipant.objects.filter(pk=person.pk).update(named_as=name)
    assert about_names(story) == said
    story.names_note = "Names have been changed."
    assert bool(names_disagree(story)) == (NamedAs.CHOSEN_NAME not in named)
    assert about_names(story) == story.names_note, "agreed words stand as they are"
    story.names_note = "No names are used."
    assert bool(names_disagree(story)) == (set(named) != {"none"})


def test_an_example_log_says_that_its_families_are_examples(client: Client, tree: Tree) -> None:
    entry = {"date": "2026-01-01", "stage": "writing", "who": "Three parents", "said": "Too long.", "changed": "Cut."}
    module: Any = put(tree.toolkit, ModulePage(title="Log", is_example=True, body=tree.module.body))
    module.made_with_families = [("entry", {"could_not": "", **entry})]
    module.save_revision().publish()
    assert "Example families:" in body(client, module.url)
