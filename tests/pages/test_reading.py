"""Another partner's drafts are not read in the admin; one's own are, and so is what is public."""

from django.contrib.auth.models import User
from django.test import Client

from hub.pages.admin.reading import pages_readable_by
from hub.pages.models import GuidancePage
from tests.factories import Tree, make_story

DRAFT = "Blaumeise"


def a_draft(tree: Tree) -> GuidancePage:
    page = GuidancePage(title=DRAFT, partner=tree.section.organisation, live=False)
    tree.section.add_child(instance=page)
    return page


def chooser(client: Client, user: User, tree: Tree) -> str:
    client.force_login(user)
    return client.get(f"/admin/choose-page/{tree.section.pk}/").content.decode()


def test_the_page_chooser_shows_drafts_to_their_own_partner_only(
    client: Client, two_sections: Tree, clued_up_author: User, carf_author: User, moderator: User
) -> None:
    a_draft(two_sections)
    assert DRAFT in chooser(client, clued_up_author, two_sections)
    for stranger in (carf_author, moderator):
        shown = chooser(client, stranger, two_sections)
        assert two_sections.guidance.title in shown
        assert DRAFT not in shown


def test_a_dark_story_is_read_by_its_own_partner_only(
    two_sections: Tree, clued_up_author: User, carf_author: User
) -> None:
    story = make_story(two_sections)
    assert pages_readable_by(clued_up_author).filter(pk=story.pk).exists()
    assert not pages_readable_by(carf_author).filter(pk=story.pk).exists()
