"""Parts of a page that are made once for each generation: never a draft's, never with a story, never of yesterday."""

import itertools
import re
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template import Context, Engine, TemplateSyntaxError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.kept import notes
from hub.pages import pieces
from hub.pages.models import HubPage
from hub.pages.models.routing import public_page_at
from hub.pages.templatetags.pieces import PieceNode
from tests.factories import CANARY, Tree, lit_story, publish, words
from tests.owner import without_triggers

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR) / "templates"
LINK = '<a linktype="page" id="{}">Theirs</a>'


def read(client: Client, page: Any) -> str:
    return str(client.get(page.url).content.decode())


def test_the_second_reader_of_a_page_that_names_nobody_costs_hardly_a_question(client: Client, tree: Tree) -> None:
    read(client, tree.guidance)
    with CaptureQueriesContext(connection) as asked:
        read(client, tree.guidance)
    assert len(asked) == 1  # for the address; what it says and what belongs to it is known


def test_an_edit_is_seen_at_once_and_a_draft_by_nobody(client: Client, tree: Tree) -> None:
    read(client, tree.guidance)
    tree.guidance.body = words("Rotkehlchen.")
    draft = tree.guidance.save_revision()
    assert "Rotkehlchen" not in read(client, tree.guidance)
    draft.publish()
    assert "Rotkehlchen" in read(client, tree.guidance)


def test_a_preview_shows_the_draft_and_leaves_nothing_for_readers(client: Client, tree: Tree) -> None:
    read(client, tree.guidance)
    tree.guidance.body = words("Rotkehlchen.")
    assert "Rotkehlchen" in tree.guidance.make_preview_request().render().content.decode()
    assert "Rotkehlchen" not in read(client, tree.guidance)


@pytest.mark.parametrize("page", ["guidance", "module", "section", "home"])
def test_a_part_that_names_a_story_is_made_anew_for_each_reader(client: Client, tree: Tree, page: str) -> None:
    story, shown = lit_story(tree), getattr(tree, page)
    shown.body = words(LINK.format(story.pk))
    publish(shown)
    assert f'href="{story.url}"' in read(client, shown)
    without_triggers(f"DELETE FROM pages_visibility WHERE page_id = {story.pk}")  # and no generation begins
    assert f'href="{story.url}"' not in read(client, shown)


def test_a_page_that_may_hold_a_story_has_no_pieces_of_its_own(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    assert CANARY in read(client, story)
    assert CANARY in read(client, story)
    assert not [piece for piece, _ in pieces._kept[0][1].values() if CANARY in str(piece)]


def test_a_page_that_is_to_go_is_listed_no_longer_than_that_though_nothing_changes(client: Client, tree: Tree) -> None:
    tree.guidance.modules = [tree.module]
    publish(tree.guidance)
    read(client, tree.module)
    HubPage.objects.filter(pk=tree.guidance.pk).update(expire_at=timezone.now() + timedelta(seconds=1))
    pieces.forget()
    assert tree.guidance.url in read(client, tree.module)
    assert tree.guidance.url in read(client, tree.module)
    time.sleep(1)
    assert tree.guidance.url not in read(client, tree.module)


def test_an_address_that_goes_dark_is_soon_one_that_never_was(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    read(client, story)
    without_triggers(f"DELETE FROM pages_visibility WHERE page_id = {story.pk}")
    client.get(story.url)
    assert story.url_path not in pieces.kinds


def test_a_page_of_another_kind_at_the_same_address_is_found(client: Client, tree: Tree) -> None:
    assert read(client, tree.guidance)
    pieces.kinds[tree.guidance.url_path] = type(tree.module)  # as if one had stood there a moment ago
    assert tree.guidance.title in read(client, tree.guidance)
    assert pieces.kinds[tree.guidance.url_path] is type(tree.guidance)


def test_what_is_remembered_of_an_address_shows_nothing_that_is_dark(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    read(client, story)
    without_triggers(f"DELETE FROM pages_visibility WHERE page_id = {story.pk}")
    assert client.get(story.url).status_code == 404
    assert public_page_at(tree.home, story.url.strip("/").split("/"), HubPage.objects) is None


def made(source: str, **given: Any) -> str:
    engine = Engine(libraries={"pieces": "hub.pages.templatetags.pieces"})
    return str(engine.from_string("{% load pieces %}" + source).render(Context(given)))


def test_only_what_is_named_gets_in(tree: Tree) -> None:
    given = {"page": tree.guidance, "user": "Morag", "number": 3}
    assert made("{% piece page number %}{{ page.title }} {{ number }}{{ user }}{% endpiece %}", **given) == (
        f"{tree.guidance.title} 3"
    )
    with pytest.raises(TemplateSyntaxError, match="A piece is of a page"):
        made("{% piece number %}{% endpiece %}")


def found(page: Any, generation: int = 7) -> None:
    page.generation = generation
    pieces.found(page)


def test_other_values_are_another_piece_and_a_row_that_may_name_somebody_none(tree: Tree) -> None:
    story = lit_story(tree)
    source = "{% piece page given %}{{ given }}{% endpiece %}"
    for given, kept in ((1, 1), (2, 2), ([story], 2), ({"a": story}, 2), (HubPage.objects.all(), 2), (object(), 2)):
        with pieces.being_made():
            found(tree.guidance)
            assert made(source, page=tree.guidance, given=given)
            assert len(pieces._kept[0][1]) == kept


def test_what_a_piece_rests_on_the_next_answer_rests_on_too() -> None:
    def make() -> str:
        notes.rests_on_file("/a/picture", (1, 2, 3))
        return "with a picture"

    for _ in range(2):
        with pieces.being_made() as now, notes.being_made() as noted:
            now.generation = 7
            assert pieces.kept("part", make) == "with a picture"
        assert noted.files == {"/a/picture": (1, 2, 3)}


def test_what_can_change_unseen_is_no_piece_and_makes_the_answer_none_that_is_kept() -> None:
    made = itertools.count()

    def make() -> int:
        notes.refuse()
        return next(made)

    for number in range(2):
        with pieces.being_made() as now, notes.being_made() as noted:
            now.generation = 7
            assert pieces.kept("part", make) == number
        assert noted.refused


def test_a_piece_stands_where_it_is_made_once_for_a_page() -> None:
    """It is known by its place in a template and by its page: in a part that a page has twice it would be mixed up."""
    of_pages = [f for f in TEMPLATES.rglob("*.html") if f.read_text().lstrip().startswith("{% extends")]
    texts = {f.relative_to(TEMPLATES).as_posix(): f.read_text() for f in TEMPLATES.rglob("*.html")}
    used = Counter(name for text in texts.values() for name in re.findall(r'(?:include|meta=|card=)\s*"([^"]+)"', text))
    with_pieces = [name for name, text in texts.items() if "{% piece " in text]
    assert len(with_pieces) > 5
    for name in with_pieces:
        if TEMPLATES / name not in of_pages:
            assert used[name] == 1, f"{name} has a piece and is put in {used[name]} times"
    assert PieceNode.child_nodelists == ("nodelist",)
