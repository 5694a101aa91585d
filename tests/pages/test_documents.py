"""A file can be taken away only while a public page offers it. Every way in which it stops is one line here."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from hub.pages.models import GuidancePage, HubDocument, HubPage
from hub.pages.partner_operations import close_partner
from hub.partners.models import Partner
from hub.stories.models import StoryPage
from tests.factories import Tree, light, make_story, put, words

pytestmark = pytest.mark.django_db


def a_file() -> HubDocument:
    partner = Partner.objects.get(slug="clued-up")
    file = HubDocument(title="Front door sheet", collection=partner.collection)
    file.file = ContentFile(b"%PDF-1.7", name="sheet.pdf")
    file.save()
    return file


def as_link(file: HubDocument) -> Any:
    return ("text", f'<p><a linktype="document" id="{file.pk}">The sheet</a></p>')


def as_block(file: HubDocument) -> Any:
    return ("download", {"document": file, "title": "The sheet", "note": ""})


def in_a_fold(file: HubDocument) -> Any:
    return ("accordion", {"items": [{"title": "More", "text": as_link(file)[1]}]})


def status(file: HubDocument) -> int:
    return Client().get(file.url).status_code


def offer(page: Any, file: HubDocument, how: Callable[[HubDocument], Any] = as_block) -> Any:
    page.body = [how(file)]
    page.save_revision().publish()
    return HubPage.objects.get(pk=page.pk).specific


@pytest.mark.parametrize("how", [as_link, as_block, in_a_fold], ids=lambda how: how.__name__)
def test_it_is_there_while_a_public_page_offers_it_and_gone_when_that_page_is(
    two_sections: Tree, how: Callable[[HubDocument], Any]
) -> None:
    file = a_file()
    assert status(file) == 404
    page = offer(two_sections.guidance, file, how)
    answer = Client().get(file.url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("attachment")
    page.unpublish()
    assert status(file) == 404


def test_a_draft_offers_it_to_nobody(two_sections: Tree) -> None:
    file = a_file()
    draft = GuidancePage(title="Draft", partner=two_sections.section.organisation, body=[as_block(file)], live=False)
    two_sections.section.add_child(instance=draft)
    draft.save_revision()
    assert status(file) == 404
    page = GuidancePage.objects.get(pk=two_sections.guidance.pk)
    page.body = [as_block(file)]
    page.save_revision()
    assert status(file) == 404, "only the draft of a public page holds it"


def test_taken_out_of_the_page_it_is_gone(two_sections: Tree) -> None:
    file = a_file()
    page = offer(two_sections.guidance, file)
    assert status(file) == 200
    page.body = words("No file any more.")
    page.save_revision().publish()
    assert status(file) == 404


def test_two_pages_offer_it_and_it_stays_until_the_last_is_gone(two_sections: Tree) -> None:
    file = a_file()
    first = offer(two_sections.guidance, file)
    other = put(two_sections.section, GuidancePage(title="Other", partner=first.partner, body=[as_link(file)]))
    first.unpublish()
    assert status(file) == 200
    other.delete()
    assert status(file) == 404


def test_with_its_partner_closed_it_is_gone(two_sections: Tree) -> None:
    file = a_file()
    offer(two_sections.guidance, file)
    close_partner(two_sections.section.organisation)
    assert status(file) == 404


def test_a_story_offers_no_file_even_when_a_link_got_into_it(two_sections: Tree) -> None:
    """The editor takes such a link out; whatever came in another way leads nowhere, since a file can be replaced."""
    file = a_file()
    story = make_story(two_sections)
    offer(story, file, as_link)
    story = light(StoryPage.objects.get(pk=story.pk))
    assert Client().get(story.url).status_code == 200
    assert status(file) == 404


@pytest.mark.parametrize("name", ["x.pdf", "sheet.pdf/", "../sheet.pdf"])
def test_only_its_own_address_leads_to_it(two_sections: Tree, name: str) -> None:
    file = a_file()
    offer(two_sections.guidance, file)
    assert Client().get(f"/documents/{file.pk}/{name}").status_code == 404
    assert Client().get(f"/media/{file.file.name}").status_code == 404
