"""WAGTAIL's leaks between partners, row by row (A1 to A23), as attacks by hand; the walk covers the rest.

Each attack uses real numbers of CARF's: a draft, a picture and a file. Each stands beside what is allowed.
"""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Comment, PageSubscription
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from hub.pages.models import GuidancePage, HubDocument, HubImage, HubPage
from tests.factories import Tree
from tests.pages.test_references import theirs  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
NOT_YOURS = "that you may not use"


def form_of(client: Client, address: str, body: list[Any]) -> Any:
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    form.update(nested_form_data({"body": streamfield(body)}))
    return form


def new_guidance(tree: Tree) -> str:
    return f"/admin/pages/add/pages/guidancepage/{tree.section.pk}/"


def attacks(found: dict[str, Any]) -> dict[str, list[Any]]:
    """A body for each way in which a number can be smuggled in, pasted ones as the editor sends them."""
    image, file, draft = found["image"].pk, found["document"].pk, found["draft"].pk
    return {
        "picture block": [("image", {"image": image, "alt_text": "x", "decorative": "", "caption": ""})],
        "download block": [("download", {"document": file, "title": "x", "note": ""})],
        "link": [("text", rich_text(f'<p><a linktype="page" id="{draft}">x</a></p>'))],
        "file link": [("text", rich_text(f'<p><a linktype="document" id="{file}">x</a></p>'))],
    }


@pytest.mark.parametrize("way", ["picture block", "download block", "link", "file link"])
def test_a5_a_new_page_with_a_foreign_number_is_refused_and_not_previewed(
    client: Client,
    two_sections: Tree,
    theirs: dict[str, Any],  # noqa: F811
    clued_up_author: User,
    way: str,
) -> None:
    client.force_login(clued_up_author)
    address = new_guidance(two_sections)
    form = form_of(client, address, attacks(theirs)[way])
    form["title"] = "What I wrote"
    before = HubPage.objects.count()
    page = client.post(address, form).content.decode()
    assert NOT_YOURS in page
    assert "What I wrote" in page
    assert HubPage.objects.count() == before
    preview = f"/admin/pages/add/pages/guidancepage/{two_sections.section.pk}/preview/"
    assert json.loads(client.post(preview, form).content) == {"is_valid": False, "is_available": False}
    shown = client.get(preview).content.decode()
    assert "Theirs" not in shown
    assert theirs["image"].get_rendition("width-800|format-webp").url not in shown


@pytest.mark.parametrize("way", ["picture block", "link"])
def test_a5_a_preview_of_an_existing_page_shows_no_foreign_thing(
    client: Client,
    two_sections: Tree,
    theirs: dict[str, Any],  # noqa: F811
    clued_up_author: User,
    way: str,
) -> None:
    client.force_login(clued_up_author)
    pk = two_sections.guidance.pk
    form = form_of(client, f"/admin/pages/{pk}/edit/", attacks(theirs)[way])
    answer = json.loads(client.post(f"/admin/pages/{pk}/edit/preview/", form).content)
    assert answer["is_valid"] is False
    assert "Theirs" not in client.get(f"/admin/pages/{pk}/edit/preview/").content.decode()
    form = form_of(client, f"/admin/pages/{pk}/edit/", [("text", rich_text("<p>My own words</p>"))])
    assert json.loads(client.post(f"/admin/pages/{pk}/edit/preview/", form).content)["is_valid"] is True


def test_a5_a_picture_pasted_into_text_is_dropped(
    client: Client,
    two_sections: Tree,
    theirs: dict[str, Any],  # noqa: F811
    clued_up_author: User,
) -> None:
    """Text holds no pictures at all, so one that is pasted with somebody's number does not stay."""
    client.force_login(clued_up_author)
    address = f"/admin/pages/{two_sections.guidance.pk}/edit/"
    content = {
        "blocks": [
            {"key": "a", "text": "Say hello.", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
             "entityRanges": []},
            {"key": "b", "text": " ", "type": "atomic", "depth": 0, "inlineStyleRanges": [],
             "entityRanges": [{"offset": 0, "length": 1, "key": 0}]},
        ],
        "entityMap": {"0": {"type": "IMAGE", "mutability": "IMMUTABLE",
                            "data": {"id": theirs["image"].pk, "format": "fullwidth", "alt": "x"}}},
    }  # fmt: skip
    client.post(address, form_of(client, address, [("text", json.dumps(content))]))
    draft = GuidancePage.objects.get(pk=two_sections.guidance.pk).get_latest_revision_as_object()
    assert "Say hello." in str(draft.body)
    assert "embedtype" not in draft.body[0].value.source
    assert "<embed" not in draft.body[0].value.source


def test_a5_a_logo_of_another_partner_is_refused(
    client: Client,
    two_sections: Tree,
    theirs: dict[str, Any],  # noqa: F811
    clued_up_lead: User,
) -> None:
    client.force_login(clued_up_lead)
    address = f"/admin/pages/{two_sections.section.pk}/edit/"
    form = form_of(client, address, [])
    form["logo"] = str(theirs["image"].pk)
    assert NOT_YOURS in client.post(address, form).content.decode()
    own = HubImage(title="Ours", collection=two_sections.section.organisation.collection, default_alt_text="x")
    with theirs["image"].file.open("rb") as stored:
        own.file = ContentFile(stored.read(), name="x.jpg")
    own.save()
    form["logo"] = str(own.pk)
    assert client.post(address, form).status_code == 302


def test_nobody_changes_deletes_or_moves_what_is_another_partners(
    client: Client,
    two_sections: Tree,
    theirs: dict[str, Any],  # noqa: F811
    clued_up_lead: User,
) -> None:
    client.force_login(clued_up_lead)
    image, file, draft = theirs["image"], theirs["document"], theirs["draft"]
    said = {"title": "Taken", "default_alt_text": "x", "collection": 1}
    for address in (
        f"/admin/images/{image.pk}/", f"/admin/images/{image.pk}/delete/", f"/admin/documents/edit/{file.pk}/",
        f"/admin/documents/delete/{file.pk}/", f"/admin/images/multiple/{image.pk}/",
        f"/admin/documents/multiple/{file.pk}/delete/", f"/admin/pages/{draft.pk}/delete/",
        f"/admin/pages/{draft.pk}/unpublish/", f"/admin/pages/{draft.pk}/copy/", f"/admin/pages/{draft.pk}/lock/",
        f"/admin/pages/{draft.pk}/move/{two_sections.section.pk}/confirm/", f"/admin/pages/{draft.pk}/edit/",
        f"/admin/pages/{draft.pk}/edit/preview/", f"/admin/bulk/pages/hubpage/delete/?id={draft.pk}",
        f"/admin/bulk/pages/hubimage/delete/?id={image.pk}", f"/admin/bulk/pages/hubdocument/delete/?id={file.pk}",
    ):  # fmt: skip
        client.post(address, said, follow=True)
    assert HubImage.objects.get(pk=image.pk).title == "Theirs"
    assert HubDocument.objects.get(pk=file.pk).title == "Theirs"
    kept = HubPage.objects.get(pk=draft.pk)
    assert (kept.title, kept.locked, kept.url_path) == (draft.title, False, draft.url_path)
    assert HubPage.objects.filter(title=draft.title).count() == 1


def test_a14_a_comment_mail_holds_no_words_whoever_still_gets_it(
    client: Client, two_sections: Tree, clued_up_author: User, carf_author: User, mailoutbox: list[Any]
) -> None:
    carf_author.email = "carf@hub.example"
    carf_author.save()
    PageSubscription.objects.create(user=carf_author, page=two_sections.guidance, comment_notifications=True)
    client.force_login(clued_up_author)
    address = f"/admin/pages/{two_sections.guidance.pk}/edit/"
    form = form_of(client, address, [("text", rich_text("<p>Say hello.</p>"))])
    form.update(
        {
            "comments-TOTAL_FORMS": "1",
            "comments-INITIAL_FORMS": "0",
            "comments-0-text": "Zilpzalp said so",
            "comments-0-contentpath": "title",
            "comments-0-position": "",
            "comments-0-deleted": "",
            "comments-0-resolved": "",
            "comments-0-id": "",
            "comments-0-replies-TOTAL_FORMS": "0",
            "comments-0-replies-INITIAL_FORMS": "0",
        }
    )
    client.post(address, form)
    assert Comment.objects.get().text == "Zilpzalp said so"
    for mail in mailoutbox:
        assert "Zilpzalp" not in mail.body + mail.subject
        assert two_sections.guidance.title not in mail.body + mail.subject
    assert len(mailoutbox) == 1


def test_a10_filters_name_colleagues_only(
    client: Client,
    two_sections: Tree,
    theirs: dict[str, Any],  # noqa: F811
    clued_up_author: User,
    carf_author: User,
) -> None:
    for user, name in ((clued_up_author, "Near"), (carf_author, "Zilpzalp")):
        user.first_name = name
        user.save()
    HubPage.objects.filter(pk=theirs["draft"].pk).update(owner=carf_author)
    HubPage.objects.filter(pk=two_sections.guidance.pk).update(owner=clued_up_author)
    client.force_login(clued_up_author)
    for address in (
        f"/admin/pages/{two_sections.section.pk}/", "/admin/pages/search/?q=a",
        "/admin/pages/usage/pages/guidancepage/", "/admin/pages/usage/pages/modulepage/",
    ):  # fmt: skip
        page = client.get(address, follow=True).content.decode()
        assert "Zilpzalp" not in page, address
    assert "Near" in client.get(f"/admin/pages/{two_sections.section.pk}/").content.decode()


def test_a17_a18_a19_nobody_holds_people_groups_sites_or_privacy(client: Client, two_sections: Tree) -> None:
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    held = set(Group.objects.values_list("permissions__content_type__app_label", flat=True)) - {None}
    assert held == {"wagtailadmin", "pages", "stories"}
    assert HubPage.private_page_options == []
