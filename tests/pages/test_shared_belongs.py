"""What all may use belongs to somebody: others choose it and cannot change it, and who changed what is seen."""

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from hub.pages.models import HubDocument, HubImage
from hub.pages.models.glossary import GlossaryTerm
from hub.partners.models import Partner
from hub.partners.roles import SHARED_COLLECTION
from tests.factories import Tree
from tests.pages.test_shared_modules import editor
from tests.stories.consent.test_evidence import photo

pytestmark = pytest.mark.django_db
TERMS = "/admin/snippets/pages/glossaryterm"
WORD = {"term": "tatty", "other_forms": "", "instead": "not using", "why": "Nobody was dirty.", "is_active": "on"}


@pytest.fixture
def ours(two_sections: Tree) -> User:
    return editor("ours", "Clued Up: authors")


@pytest.fixture
def theirs(two_sections: Tree) -> User:
    return editor("theirs", "CARF: authors")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def kettle(theirs: User) -> HubImage:
    shared = Collection.objects.get(name=SHARED_COLLECTION)
    image = HubImage(title="A kettle", collection=shared, uploaded_by_user=theirs)
    image.file = ContentFile(photo(), name="x.jpg")
    image.save()
    return image


def test_a_picture_that_is_shared_is_changed_by_whose_it_is_and_chosen_by_all(
    kettle: HubImage, ours: User, theirs: User, admin_user: User, clued_up_author: User
) -> None:
    assert kettle.belongs_to == Partner.objects.get(slug="carf")
    colleague = editor("their-colleague", "CARF: authors")
    policy = policy_registry.get_by_type(HubImage)
    for user, may in {theirs: True, colleague: True, admin_user: True, ours: False, clued_up_author: False}.items():
        for action in ("change", "delete"):
            assert policy.user_has_permission_for_instance(user, action, kettle) is may, (user, action)
            changeable = policy.instances_user_has_any_permission_for(user, [action])
            assert changeable.filter(pk=kettle.pk).exists() is may, (user, action)
        assert policy.user_has_permission_for_instance(user, "choose", kettle)
        assert policy.instances_user_has_any_permission_for(user, ["choose"]).filter(pk=kettle.pk).exists()
    client = signed_in(ours)
    for address in (f"/admin/images/{kettle.pk}/", f"/admin/images/{kettle.pk}/delete/"):
        client.post(address, {"title": "Taken over"})
    kettle.refresh_from_db()
    assert kettle.title == "A kettle"
    HubImage.objects.filter(pk=kettle.pk).update(belongs_to=None)
    assert policy.user_has_permission_for_instance(ours, "change", HubImage.objects.get()), "nobody's: anybody's"


def test_the_same_for_a_file(ours: User, theirs: User) -> None:
    file = HubDocument(title="A sheet", uploaded_by_user=theirs, file=ContentFile(b"x", name="x.txt"))
    file.collection = Collection.objects.get(name=SHARED_COLLECTION)
    file.save()
    policy = policy_registry.get_by_type(HubDocument)
    assert policy.user_has_permission_for_instance(theirs, "change", file)
    assert not policy.user_has_permission_for_instance(ours, "change", file)


def test_a_word_that_hurts_is_changed_by_whose_it_is_and_who_changed_it_is_seen(
    ours: User, theirs: User, clued_up_author: User
) -> None:
    theirs.first_name = "Ishbel"
    theirs.save()
    assert signed_in(theirs).post(f"{TERMS}/add/", WORD).status_code == 302
    term = GlossaryTerm.objects.get(term="tatty")
    assert term.belongs_to == Partner.objects.get(slug="carf")
    client = signed_in(ours)
    for address in (f"{TERMS}/edit/{term.pk}/", f"{TERMS}/delete/{term.pk}/"):
        said = client.post(address, WORD | {"instead": "sober"}, follow=True).content.decode()
        assert f"This belongs to {term.belongs_to.name}" in said
    client.post(f"/admin/bulk/pages/glossaryterm/delete/?id={term.pk}", {})
    assert GlossaryTerm.objects.get(pk=term.pk).instead == "not using"
    page = client.get("/admin/shared/changes/").content.decode()
    assert "tatty" in page
    assert "Brought in by Ishbel" in page
    signed_in(theirs).post(f"{TERMS}/edit/{term.pk}/", WORD | {"instead": "sober"})
    assert "Changed by Ishbel" in client.get("/admin/shared/changes/").content.decode()
    assert GlossaryTerm.objects.get(pk=term.pk).instead == "sober"
    assert signed_in(clued_up_author).get("/admin/shared/changes/").status_code in {302, 403}
