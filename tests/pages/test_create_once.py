"""One form for a new page makes one page, however often and however nearly at once it is sent. The last words win."""

from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Comment, Revision
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from hub.pages.admin.create_screen import CreateOnceView
from hub.pages.admin.explorer import hub_pages
from hub.pages.models import (
    ActivityPage,
    GuidancePage,
    HubPage,
    InfoPage,
    ModulePage,
    OpenedForm,
    PartnerSectionPage,
)
from hub.pages.page_form import TOKEN, TYPED_AT, HubPageForm
from hub.pages.visibility import exempt_classes
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from hub.stories.erasure.steps import erase
from hub.stories.models import StoryPage
from tests.factories import Tree

pytestmark = pytest.mark.django_db
JSON: dict[str, Any] = {"headers": {"accept": "application/json"}}
FIRST, LATER = "She came in and", "She came in and stood by the door."


@pytest.fixture
def worker(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


def address(kind: Any, parent: HubPage) -> str:
    return reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, parent.pk])


def opened(client: Client, kind: Any, parent: HubPage) -> dict[str, Any]:
    """What the form holds as it is opened, its token among it."""
    html = client.get(address(kind, parent)).content.decode()
    return querydict_from_html(html, form_id="page-edit-form").dict()


def typed(form: dict[str, Any], text: str, at: int | None = None, **more: Any) -> dict[str, Any]:
    streams = {name: streamfield([]) for name in ("made_with_families", "materials", "steps", "handouts")}
    streams["body"] = streamfield([("text", rich_text(f"<p>{text}</p>"))])
    slug = {"slug": "stood-by-the-door"} if "slug" in form else {}
    return {
        **form,
        "title": text[:40],
        "summary": text,
        TYPED_AT: at or "",
        **slug,
        **nested_form_data(streams),
        **more,
    }


def words_of(page: Any) -> str:
    return str(HubPage.objects.get(pk=page.pk).specific.get_latest_revision_as_object().summary)


def test_every_type_of_page_has_this_form_and_this_screen() -> None:
    user = User.objects.create_superuser("administrator")
    for kind in {*exempt_classes(), StoryPage}:
        form = kind.get_edit_handler().get_form_class()  # type: ignore[attr-defined]
        assert issubclass(form, HubPageForm), kind
        assert {TOKEN, TYPED_AT} <= set(form(instance=kind(), for_user=user).fields)
        assert TOKEN not in form(instance=kind(pk=1), for_user=user).fields, "a page that is there needs none"
    assert hub_pages.add_view_class is CreateOnceView


def test_what_wagtail_saves_and_a_press_of_the_button_make_one_page_of_any_type(
    client: Client, two_sections: Tree
) -> None:
    tree, partners = two_sections, HubPage.objects.get(slug="partners")
    other = Partner.objects.create(name="x", short_name="x", slug="x", strand="kelp")
    client.force_login(User.objects.create_superuser("administrator"))
    kinds: list[tuple[Any, HubPage, dict[str, Any]]] = [
        (GuidancePage, tree.section, {}),
        (StoryPage, tree.section, {}),
        (PartnerSectionPage, partners, {"organisation": other.pk}),
        (ModulePage, tree.toolkit, {}),
        (ActivityPage, tree.module, {"minutes": 5, "group_from": 1, "group_to": 9}),
        (InfoPage, tree.home, {}),
    ]
    for kind, parent, more in kinds:
        form, before = opened(client, kind, parent), kind.objects.count()
        saved = client.post(address(kind, parent), typed(form, FIRST, 1, **more), **JSON).json()
        assert saved["success"], (kind, saved)
        pressed = client.post(address(kind, parent), typed(form, LATER, 2, **more))
        assert kind.objects.count() == before + 1
        page = kind.objects.get(pk=saved["pk"])
        assert pressed["location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert words_of(page) == LATER


def test_the_later_words_win_though_they_come_first(worker: Client, two_sections: Tree) -> None:
    form, here = opened(worker, StoryPage, two_sections.section), address(StoryPage, two_sections.section)
    worker.post(here, typed(form, LATER, 1_800_000_000_002))
    story = StoryPage.objects.get()
    late = worker.post(here, typed(form, FIRST, 1_800_000_000_001), **JSON).json()
    assert words_of(story) == LATER
    assert (late["success"], late["pk"]) == (True, story.pk)
    assert late["url"] == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert late["revision_id"] == StoryPage.objects.get().latest_revision_id


def test_the_editor_is_told_where_it_goes_on(worker: Client, two_sections: Tree) -> None:
    """Its answer was lost on the way, so it sends again, to the address for new pages."""
    form, here = opened(worker, StoryPage, two_sections.section), address(StoryPage, two_sections.section)
    first_words = typed(form, FIRST, 1)
    first = worker.post(here, first_words, **JSON).json()
    same = worker.post(here, first_words | {TYPED_AT: 2}, **JSON).json()
    more = worker.post(here, typed(form, LATER, 3), **JSON).json()
    for answer in (same, more):
        assert {name: answer[name] for name in ("pk", "url", "hydrate_url")} == {
            name: first[name] for name in ("pk", "url", "hydrate_url")
        }
    assert same["revision_id"] == first["revision_id"]
    assert more["revision_id"] == StoryPage.objects.get().latest_revision_id
    assert words_of(StoryPage.objects.get()) == LATER


def test_without_a_time_what_comes_last_wins(worker: Client, two_sections: Tree) -> None:
    form, here = opened(worker, StoryPage, two_sections.section), address(StoryPage, two_sections.section)
    for text, time in ((FIRST, None), (LATER, "yesterday")):
        worker.post(here, typed(form, text) | {TYPED_AT: time or ""})
    assert words_of(StoryPage.objects.get()) == LATER


def test_a_double_press_publishes_once_and_sends_for_approval_once(worker: Client, two_sections: Tree) -> None:
    for button in ("action-publish", "action-submit"):
        form, here = opened(worker, GuidancePage, two_sections.section), address(GuidancePage, two_sections.section)
        words = typed(form, f"{LATER} {button}") | {button: "x"}
        answers = [worker.post(here, words | {TYPED_AT: at}) for at in (1, 2)]
        assert [answer.status_code for answer in answers] == [302, 302]
    pages = GuidancePage.objects.exclude(pk=two_sections.guidance.pk)
    assert pages.count() == 2
    assert Revision.page_revisions.filter(object_id__in=[str(page.pk) for page in pages]).count() == 2


def test_saved_by_itself_and_then_published_with_the_same_words(worker: Client, two_sections: Tree) -> None:
    form, here = opened(worker, GuidancePage, two_sections.section), address(GuidancePage, two_sections.section)
    words = typed(form, LATER, 1)
    worker.post(here, words, **JSON)
    worker.post(here, words | {TYPED_AT: 2, "action-publish": "x"})
    page = GuidancePage.objects.exclude(pk=two_sections.guidance.pk).get()
    assert Client().get(page.url).status_code == 200


def test_two_forms_make_two_pages_and_so_do_two_people_and_two_places(
    worker: Client, two_sections: Tree, clued_up_lead: User
) -> None:
    section = two_sections.section
    form, here = opened(worker, StoryPage, section), address(StoryPage, section)
    worker.post(here, typed(form, FIRST, 1))
    worker.post(here, typed(opened(worker, StoryPage, section), FIRST, 2))
    colleague = Client()
    colleague.force_login(clued_up_lead)
    colleague.post(here, typed(form, FIRST, 3))
    assert StoryPage.objects.count() == 3
    worker.post(address(GuidancePage, section), typed(form, FIRST, 4))
    assert GuidancePage.objects.filter(title=FIRST).exists(), "the same token, for another type of page"


def test_a_form_with_a_mistake_is_still_the_same_one(worker: Client, two_sections: Tree) -> None:
    form, here = opened(worker, StoryPage, two_sections.section), address(StoryPage, two_sections.section)
    shown = worker.post(here, typed(form, FIRST, 1) | {"title": ""}).content.decode()
    assert FIRST in shown
    again = querydict_from_html(shown, form_id="page-edit-form").dict()
    assert again[TOKEN] == form[TOKEN]
    assert not OpenedForm.objects.exists()
    for _ in range(2):
        worker.post(here, typed(again, LATER, 2))
    assert StoryPage.objects.count() == 1


@pytest.mark.parametrize("token", ["", "not a token", None])
def test_without_a_token_each_is_a_page_and_a_form_that_comes_back_has_one(
    worker: Client, two_sections: Tree, token: str | None
) -> None:
    form, here = opened(worker, StoryPage, two_sections.section), address(StoryPage, two_sections.section)
    form = {name: value for name, value in form.items() if name != TOKEN} | ({} if token is None else {TOKEN: token})
    shown = worker.post(here, typed(form, FIRST, 1) | {"title": ""}).content.decode()
    fresh = querydict_from_html(shown, form_id="page-edit-form").dict()[TOKEN]
    assert len(fresh) == 36
    for text in (FIRST, LATER):
        worker.post(here, typed(form, text, 1))
    assert StoryPage.objects.count() == 2


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(
    worker: Client, two_sections: Tree, clued_up_lead: User
) -> None:
    """She goes back in the browser to the form for a new page, and presses the button again."""
    form, here = opened(worker, StoryPage, two_sections.section), address(StoryPage, two_sections.section)
    worker.post(here, typed(form, FIRST, 1))
    draft = StoryPage.objects.get().get_latest_revision_as_object()
    draft.summary = "A colleague's words"
    draft.save_revision(user=clued_up_lead, clean=False)
    shown = worker.post(here, typed(form, LATER, 2)).content.decode()
    assert "Somebody else has saved this page" in shown
    assert LATER in shown, "nothing that was typed is lost"
    assert worker.post(here, typed(form, LATER, 3), **JSON).json()["error_code"] == "invalid_revision"
    assert words_of(StoryPage.objects.get()) == "A colleague's words"


def test_a_comment_is_there_once(worker: Client, two_sections: Tree) -> None:
    form, here = opened(worker, GuidancePage, two_sections.section), address(GuidancePage, two_sections.section)
    comment = {"text": "Is this so?", "contentpath": "title", "position": "", "id": "", "resolved": "", "DELETE": ""}
    fields: dict[str, Any] = {f"comments-0-{name}": value for name, value in comment.items()}
    for prefix, total in (("comments", 1), ("comments-0-replies", 0)):
        fields |= {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": 0}
    worker.post(here, typed(form, FIRST, 1, **fields), **JSON)
    assert Comment.objects.count() == 1
    worker.post(here, typed(form, LATER, 2, **fields))
    page = GuidancePage.objects.exclude(pk=two_sections.guidance.pk).get()
    assert (Comment.objects.count(), words_of(page)) == (1, LATER)


def test_erasing_leaves_no_row_and_deleting_neither(worker: Client, two_sections: Tree) -> None:
    form, here = opened(worker, StoryPage, two_sections.section), address(StoryPage, two_sections.section)
    worker.post(here, typed(form, FIRST, 1))
    erase(StoryPage.objects.get().pk)
    assert not StoryPage.objects.exists()
    assert not OpenedForm.objects.exists()
    worker.post(here, typed(form, LATER, 2))
    StoryPage.objects.get().delete()
    assert not OpenedForm.objects.exists()


def test_what_fails_halfway_leaves_no_page(worker: Client, two_sections: Tree) -> None:
    form, here = opened(worker, StoryPage, two_sections.section), address(StoryPage, two_sections.section)
    with (
        mock.patch.object(StoryPage, "save_revision", side_effect=OSError("full")),
        pytest.raises(OSError, match="full"),
    ):
        worker.post(here, typed(form, FIRST, 1))
    assert not StoryPage.objects.exists()
    worker.post(here, typed(form, LATER, 2))
    assert words_of(StoryPage.objects.get()) == LATER


def test_whoever_may_not_write_here_makes_and_saves_nothing(
    worker: Client, two_sections: Tree, clued_up_author: User
) -> None:
    form, here = opened(worker, StoryPage, two_sections.section), address(StoryPage, two_sections.section)
    worker.post(here, typed(form, FIRST, 1))
    clued_up_author.groups.clear()
    worker.post(here, typed(form, LATER, 2))
    assert words_of(StoryPage.objects.get()) == FIRST


def test_the_screens_of_a_page_that_is_there_are_wagtails_own(worker: Client, two_sections: Tree) -> None:
    assert hub_pages.edit_view_class is EditView
    answer = worker.get(reverse("wagtailadmin_pages:edit", args=[two_sections.guidance.pk]))
    assert TOKEN not in answer.content.decode()
    assert "js/typed_at" in answer.content.decode()


def test_a_new_story_is_a_draft_whichever_button_is_sent_and_guidance_is_published(
    worker: Client, two_sections: Tree
) -> None:
    """Nobody publishes a story by hand, not as its first act either: it is handed in once everyone has agreed."""
    section = two_sections.section
    for asks_a_lead, button in ((False, "action-publish"), (True, "action-submit")):
        Partner.objects.filter(pk=section.organisation_id).update(approval_required=asks_a_lead)
        provision()
        assert button in worker.get(address(GuidancePage, section)).content.decode()
        assert button not in worker.get(address(StoryPage, section)).content.decode()
        form = opened(worker, StoryPage, section)
        worker.post(address(StoryPage, section), typed(form, f"Sent {asks_a_lead}") | {button: "on"})
        found = StoryPage.objects.get(title=f"Sent {asks_a_lead}")
        assert (found.live, found.current_workflow_state) == (False, None)
        assert button not in worker.get(reverse("wagtailadmin_pages:edit", args=[found.pk])).content.decode()
