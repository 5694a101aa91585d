"""A story is one page in one place. Whoever tries, through whichever door, it is not copied, moved or deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Locale

from hub.pages.models import GuidancePage, HubPage, PartnerSectionPage
from hub.pages.models.staying import COPIED, DELETED, MOVED, ItStays
from hub.stories.choices import LegalReason
from hub.stories.models import StoryPage
from hub.stories.review.flags import raise_legal_flag
from tests.factories import CANARY, Tree, lit_story, make_story, put, words
from tests.past_the_guards import alias_of

pytestmark = pytest.mark.django_db
WHO = ["clued_up_author", "clued_up_lead", "moderator", "carf_author", "administrator"]
API: dict[str, dict[str, Any]] = {
    "copy": {"keep_live": True, "recursive": True, "slug": "s-by-the-api"},
    "create_alias": {"recursive": True, "update_slug": "s-by-the-api"},
    "copy_for_translation": {"locale": "pl", "copy_parents": True, "recursive": True},
    "move": {"position": "last-child"},
    "delete": {},
    "publish": {},
    "unpublish": {"recursive": True},
    "convert_alias": {},
    "revert_to_page_revision": {},
}


@pytest.fixture
def administrator(two_sections: Tree) -> User:
    return User.objects.create_superuser("administrator", password="x")


@pytest.fixture(params=WHO)
def user(request: pytest.FixtureRequest) -> User:
    found: User = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return lit_story(two_sections)


def what_holds(story: StoryPage) -> list[Any]:
    """Its section, the partners and the home page, fresh from the database, each as its own type."""
    return [page.specific for page in HubPage.objects.get(pk=story.pk).get_ancestors().filter(depth__gt=1)]


def carf() -> HubPage:
    return HubPage.objects.get(slug="carf")


def as_it_was() -> list[tuple[Any, ...]]:
    """Every page, where it stands, whether it is live and follows another, and its latest version."""
    return list(HubPage.objects.order_by("pk").values_list("pk", "path", "live", "alias_of", "latest_revision"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_admins_api_acts_on_no_page(user: User, story: StoryPage) -> None:
    Locale.objects.create(language_code="pl")
    before, client = as_it_was(), signed_in(user)
    numbers = {"destination_page_id": carf().pk, "revision_id": story.latest_revision_id}
    for action, data in API.items():
        for page in (story, *what_holds(story)):
            address = f"/admin/api/main/pages/{page.pk}/action/{action}/"
            assert client.post(address, {**data, **numbers}, "application/json").status_code == 404
    assert as_it_was() == before


def actions(page: Any, user: User | None) -> dict[str, Callable[[], object]]:
    """What is behind the API, the screens and the bulk actions: each act of Wagtail's, by itself."""
    locale = Locale.objects.get_or_create(language_code="pl")[0]
    to = carf()
    return {
        "copy": lambda: CopyPageAction(page, to=to, update_attrs={"slug": "s-new"}, user=user).execute(),
        "copy tree": lambda: CopyPageAction(page, recursive=True, update_attrs={"slug": "s-new"}, user=user).execute(),
        "alias": lambda: CreatePageAliasAction(page, parent=to, update_slug="s-new", user=user).execute(),
        "alias tree": lambda: CreatePageAliasAction(page, recursive=True, update_slug="s-new", user=user).execute(),
        "translate": lambda: CopyPageForTranslationAction(page, locale, copy_parents=True, user=user).execute(),
        "translated alias": lambda: CopyPageForTranslationAction(page, locale, True, True, user=user).execute(),
        "move": lambda: MovePageAction(page, to, pos="last-child", user=user).execute(),
        "move beside": lambda: MovePageAction(page, to, pos="right", user=user).execute(),
        "delete": lambda: DeletePageAction(page, user=user).execute(),
    }


def test_every_action_refuses_everybody(user: User, story: StoryPage) -> None:
    before = as_it_was()
    for page in (story, *what_holds(story)):
        for act, run in actions(page, user).items():
            if act == "move beside" and isinstance(page, PartnerSectionPage) and user.is_superuser:
                continue  # that is the order of the sections
            with pytest.raises(PermissionDenied), transaction.atomic():
                run()
    assert as_it_was() == before


def test_code_that_names_no_user_is_refused_too(story: StoryPage) -> None:
    before = as_it_was()
    for run in actions(story, None).values():
        with pytest.raises((ItStays, ProtectedError)), transaction.atomic():
            run()
    assert as_it_was() == before


def test_nor_does_such_code_take_a_story_along_in_what_holds_it(story: StoryPage) -> None:
    """A tree that is copied stops at the section, of which a partner has one."""
    before = as_it_was()
    for page in what_holds(story):
        acts = {"copy tree", "alias tree", "delete"} | (set() if isinstance(page, PartnerSectionPage) else {"move"})
        for act in acts:
            with (
                pytest.raises((PermissionDenied, ProtectedError, ValidationError, IntegrityError)),
                transaction.atomic(),
            ):
                actions(page, None)[act]()
    assert as_it_was() == before


def test_a_pages_own_methods_refuse_before_anything_is_written(story: StoryPage) -> None:
    before, polish = as_it_was(), Locale.objects.create(language_code="pl")
    for page in (story, *what_holds(story)):
        with pytest.raises(ItStays):
            page.copy(recursive=True, update_attrs={"slug": "s-new"})
        with pytest.raises(ItStays):
            page.create_alias(recursive=True, update_slug="s-new")
        with pytest.raises(ItStays):
            page.copy_for_translation(polish, copy_parents=True)
    assert as_it_was() == before


def test_a_row_saved_as_another_is_a_copy(story: StoryPage) -> None:
    again = StoryPage.objects.get(pk=story.pk)
    again.pk = again.id = None
    again._state.adding = True
    with pytest.raises(ItStays):
        story.get_parent().add_child(instance=again)
    latest = story.get_latest_revision_as_object()
    latest.pk = latest.id = None
    latest._state.adding = True
    with pytest.raises(ItStays):
        story.get_parent().add_child(instance=latest)


def test_the_database_takes_the_number_of_a_story_once(two_sections: Tree, story: StoryPage) -> None:
    other = make_story(two_sections, text="Amsel")
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryPage.objects.filter(pk=other.pk).update(only_page=story.only_page)
    fixture = serializers.serialize("json", [StoryPage.objects.get(pk=story.pk)])
    other_row = fixture.replace(f'"pk": {story.pk}', f'"pk": {other.pk}')
    with pytest.raises(IntegrityError), transaction.atomic():
        next(iter(serializers.deserialize("json", other_row))).save()


def test_an_old_version_keeps_the_number_of_its_page(story: StoryPage) -> None:
    revision = story.save_revision()
    revision.content.pop("only_page")
    revision.save()
    assert revision.as_object().only_page == story.only_page


def test_nobody_makes_an_alias_into_a_page(user: User, story: StoryPage) -> None:
    alias = alias_of(story)
    before = as_it_was()
    with pytest.raises(PermissionDenied):
        ConvertAliasPageAction(alias, user=user).execute()
    signed_in(user).post(f"/admin/pages/{alias.pk}/convert_alias/")
    assert as_it_was() == before


def test_nobody_publishes_a_story_by_an_action_and_only_its_partner_goes_back(user: User, story: StoryPage) -> None:
    first, agreed = story.latest_revision, story.content_hash()
    draft = story.get_latest_revision_as_object()
    draft.body = words("Nobody has read this")
    unseen = draft.save_revision()
    with pytest.raises(PermissionDenied):
        PublishPageRevisionAction(unseen, user=user).execute()
    page = StoryPage.objects.get(pk=story.pk)
    back = RevertToPageRevisionAction(page, first, user=user)
    if user.is_superuser or user.username.startswith("clued-up"):
        assert back.execute().as_object().content_hash() == agreed
    else:
        with pytest.raises(PermissionDenied):
            back.execute()
    assert CANARY in Client().get(story.url).content.decode()


def bulk(client: Client, action: str, *pages: Any, **data: Any) -> Any:
    query = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["pages", "hubpage", action])
    return client.post(f"{address}?{query}", {"next": "/admin/", **data}, follow=True)


def test_the_screen_for_copies(user: User, story: StoryPage) -> None:
    before, client = as_it_was(), signed_in(user)
    for page in (story, *what_holds(story)):
        form = {"new_title": "x", "new_slug": "s-new", "new_parent_page": page.get_parent().pk}
        for alias in ("", "on"):
            more = {"copy_subpages": "on", "publish_copies": "on", "alias": alias}
            said = client.post(f"/admin/pages/{page.pk}/copy/", form | more, follow=True).content.decode()
            assert (COPIED in said) == may_work_on(user, page)
    assert as_it_was() == before


def may_work_on(user: User, page: Any) -> bool:
    """Whether she is told why; whoever may do nothing with the page is told nothing."""
    return user.is_superuser or (user.username.startswith("clued-up") and "clued-up" in page.url_path)


def test_the_screens_for_moves(user: User, story: StoryPage) -> None:
    before, client = as_it_was(), signed_in(user)
    told = may_work_on(user, story)
    choose = client.get(f"/admin/pages/{story.pk}/move/", follow=True).content.decode()
    assert (MOVED in choose) == told
    confirm = client.post(f"/admin/pages/{story.pk}/move/{carf().pk}/confirm/", follow=True)
    assert (MOVED in confirm.content.decode()) == user.is_superuser, "the other section is nobody else's business"
    bulk(client, "move", story, chooser=carf().pk)
    assert as_it_was() == before


def test_the_screens_for_deleting(user: User, story: StoryPage) -> None:
    before, client = as_it_was(), signed_in(user)
    for page in (story, *what_holds(story)):
        said = client.post(f"/admin/pages/{page.pk}/delete/", {"confirm_site_name": "x"}, follow=True).content.decode()
        assert (DELETED in said) == may_work_on(user, page)
        bulk(client, "delete", page)
    assert as_it_was() == before


def test_what_was_decided_about_a_story_keeps_it_as_an_answer_does(
    two_sections: Tree, clued_up_author: User, administrator: User
) -> None:
    draft = make_story(two_sections, people=0)
    raise_legal_flag(draft, LegalReason.COURT_CASE, by=clued_up_author)
    for somebody in (clued_up_author, administrator):
        said = signed_in(somebody).post(f"/admin/pages/{draft.pk}/delete/", follow=True).content.decode()
        assert DELETED in said
    assert StoryPage.objects.filter(pk=draft.pk).exists()


def test_a_draft_about_which_nobody_decided_anything_may_be_deleted(two_sections: Tree, clued_up_author: User) -> None:
    draft = make_story(two_sections, people=0)
    signed_in(clued_up_author).post(f"/admin/pages/{draft.pk}/delete/")
    assert not StoryPage.objects.filter(pk=draft.pk).exists()


def test_the_order_of_stories_may_be_changed_and_they_stay_lit(
    two_sections: Tree, story: StoryPage, clued_up_author: User, moderator: User
) -> None:
    other = lit_story(two_sections, text="Amsel")
    signed_in(moderator).post(f"/admin/pages/{other.pk}/set_position/?position=0")
    assert [page.pk for page in StoryPage.objects.order_by("path")] == [story.pk, other.pk]
    signed_in(clued_up_author).post(f"/admin/pages/{other.pk}/set_position/?position=0")
    assert [page.pk for page in StoryPage.objects.order_by("path")] == [other.pk, story.pk]
    assert Client().get(other.url).status_code == Client().get(story.url).status_code == 200


def test_what_is_nobodys_story_may_be_copied_and_moved(two_sections: Tree, administrator: User) -> None:
    form = {"new_title": "x", "new_slug": "again", "new_parent_page": two_sections.section.pk}
    signed_in(administrator).post(f"/admin/pages/{two_sections.guidance.pk}/copy/", form)
    copy = GuidancePage.objects.get(slug="again")
    signed_in(administrator).post(f"/admin/pages/{copy.pk}/move/{carf().pk}/confirm/")
    assert GuidancePage.objects.get(pk=copy.pk).get_parent().pk == carf().pk


def test_a_page_that_may_hold_no_story_is_asked_without_a_query(
    two_sections: Tree, django_assert_num_queries: Any, administrator: User
) -> None:
    module = two_sections.module.permissions_for_user(administrator)
    assert HubPage.objects.get(pk=two_sections.module.pk).specific_class
    with django_assert_num_queries(0):
        assert module.can_copy()
        assert module.can_delete()


def test_a_new_section_without_a_story_may_be_moved_by_administrators(
    two_sections: Tree, administrator: User, clued_up_lead: User
) -> None:
    section = PartnerSectionPage.objects.get(slug="carf")
    assert section.permissions_for_user(administrator).can_move()
    assert not section.permissions_for_user(clued_up_lead).can_move()
    put(section, StoryPage(title="x", told_by="x", partner=section.organisation, body=words("x")))
    assert not HubPage.objects.get(pk=section.pk).permissions_for_user(administrator).can_move()
