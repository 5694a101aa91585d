"""What a form sends is not believed: no page shows another partner's draft, picture or file by its number."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from hub.pages.admin.references import foreign_references
from hub.pages.models import GuidancePage, HubDocument, HubImage, HubPage
from hub.partners.models import Partner
from tests.factories import Tree, put, words
from tests.stories.consent.test_evidence import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(two_sections: Tree) -> dict[str, Any]:
    carf = Partner.objects.get(slug="carf")
    section = HubPage.objects.get(slug="carf")
    assert carf.collection is not None
    images = carf.collection.get_children().get(name="Images")
    image = HubImage(title="Theirs", collection=images, file=ContentFile(photo(), name="x.jpg"))
    image.save()
    document = HubDocument(title="Theirs", collection=images, file=ContentFile(b"x", name="x.txt"))
    document.save()
    draft = put(section, GuidancePage(title="Theirs", slug="theirs", partner=carf, body=words("x")))
    public = put(section, GuidancePage(title="Public", slug="public", partner=carf, body=words("x")))
    HubPage.objects.filter(pk=draft.pk).update(live=False)
    return {"image": image, "document": document, "draft": draft, "public": public}


def picture(image: HubImage) -> tuple[str, Any]:
    return ("image", {"image": image, "alt_text": "x", "decorative": False, "caption": ""})


def link(page: HubPage) -> tuple[str, str]:
    return ("text", f'<p><a linktype="page" id="{page.pk}">x</a></p>')


def file_link(document: HubDocument) -> tuple[str, str]:
    return ("text", f'<p><a linktype="document" id="{document.pk}">x</a></p>')


def test_each_kind_is_refused_wherever_it_stands(
    two_sections: Tree, theirs: dict[str, Any], clued_up_author: User
) -> None:
    page = two_sections.guidance
    for body, sort in (
        ([picture(theirs["image"])], "picture"),
        ([link(theirs["draft"])], "page"),
        ([file_link(theirs["document"])], "file"),
        ([("callout", {"title": "x", "text": link(theirs["draft"])[1], "strand": "kelp"})], "page"),
    ):
        page.body = body
        assert [f"a {sort} that you may not use" in said for said in foreign_references(page, clued_up_author)] == [
            True
        ]


def test_ones_own_the_shared_and_the_public_are_allowed(
    two_sections: Tree, theirs: dict[str, Any], clued_up_author: User
) -> None:
    own = Partner.objects.get(slug="clued-up").collection
    shared = Collection.objects.get(name="Shared by all")
    pictures = []
    for collection in (own, shared):
        image = HubImage(title="x", collection=collection, file=ContentFile(photo(), name="x.jpg"))
        image.save()
        pictures.append(picture(image))
    page = two_sections.guidance
    page.body = [*pictures, link(theirs["public"]), link(two_sections.module)]
    assert foreign_references(page, clued_up_author) == []


def test_what_was_there_before_stays(two_sections: Tree, theirs: dict[str, Any], clued_up_author: User) -> None:
    page = two_sections.guidance
    page.body = [picture(theirs["image"])]
    page.save_revision()
    again = GuidancePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    again.summary = "Another"
    assert foreign_references(again, clued_up_author) == []


def test_an_administrator_may_use_everything(two_sections: Tree, theirs: dict[str, Any]) -> None:
    page = two_sections.guidance
    page.body = [picture(theirs["image"]), link(theirs["draft"])]
    assert foreign_references(page, User.objects.create_superuser("admin")) == []


def test_a_pasted_link_is_refused_on_saving_and_nothing_typed_is_lost(
    client: Client, two_sections: Tree, theirs: dict[str, Any], clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    address = f"/admin/pages/{two_sections.guidance.pk}/edit/"
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    text = rich_text(f'<p>Say hello. <a linktype="page" id="{theirs["draft"].pk}">x</a></p>')
    form.update(nested_form_data({"body": streamfield([("text", text)])}))
    form["summary"] = "Typed just now"
    page = client.post(address, form).content.decode()
    assert "a page that you may not use" in page
    assert "Typed just now" in page
    assert "Say hello." in page
    draft = GuidancePage.objects.get(pk=two_sections.guidance.pk).get_latest_revision_as_object()
    assert draft.summary != "Typed just now"
