"""The one gate for words: whichever door they come by, what nobody can read stays outside. Agreed words stay."""

import json
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.db import connection, models
from django.http import QueryDict
from django.test import Client, RequestFactory
from wagtail.fields import RichTextField
from wagtail.models import Revision
from wagtail.test.utils.form_data import rich_text

from hub.accounts.colleagues import people_of
from hub.accounts.invitations import CannotInvite, account_of, invite
from hub.accounts.models import Invitation
from hub.feedback.models import Feedback
from hub.letterbox import LetterboxMiddleware, clean_value, clean_words
from hub.pages.models import ActivityPage, GuidancePage, HelpLine, HubPage, InfoPage
from hub.stories.light.publishing import publish_story
from hub.stories.models import StoryPage
from tests.awkward import AWKWARD
from tests.factories import Tree, activity, lit_story, publish, put, words
from tests.feedback.test_feedback import send
from tests.test_british_times import as_shown

TYPED, KEPT = "Kettle\u200b\x0bfirst\ufeff", "Kettle first"


def texts() -> list[Any]:
    """Every column of ours and of pages, files and accounts that holds words."""
    kinds = (models.CharField, models.TextField)
    found = [*apps.get_app_config("auth").get_models()]
    found += [model for model in apps.get_models() if model.__module__.startswith("hub.")]
    return [field for model in found for field in model._meta.concrete_fields if isinstance(field, kinds)]


@pytest.mark.parametrize("field", texts(), ids=str)
def test_no_column_of_words_keeps_what_nobody_can_read(field: Any) -> None:
    address = isinstance(field, models.EmailField)
    typed = "k\u200bim@example.org\x07" if address else "<b>a\u200bb\x07</b>"
    kept = "kim@example.org" if address else "<b>ab</b>"
    assert clean_value(field, typed) == kept
    assert clean_value(field, kept) is kept
    if not isinstance(field, models.TextField):
        assert "\n" not in str(clean_value(field, "a\nb")) or address
    assert isinstance(field, RichTextField) == (clean_value(field, "<b>a&#8203;b</b>") == "<b>ab</b>")


@pytest.mark.django_db
def test_every_kind_of_block_is_cleaned_as_what_it_is() -> None:
    dirty = "a\u200bb\x0bc"
    table = {"columns": [{"type": "text", "heading": dirty}], "rows": [{"values": [dirty]}], "caption": dirty}
    page = GuidancePage(
        body=json.dumps(
            [
                {"type": "text", "value": "<p>a&#8203;b</p>", "id": "1"},
                {"type": "heading", "value": {"text": dirty, "level": "h2"}, "id": "2"},
                {"type": "quote", "value": {"text": dirty, "who": dirty, "made_up": True}, "id": "3"},
                {"type": "table", "value": {"caption": dirty, "table": table}, "id": "4"},
                {
                    "type": "accordion",
                    "value": {
                        "items": [{"type": "item", "value": {"title": dirty, "text": "<p>\u2060x</p>"}, "id": "5"}]
                    },
                    "id": "6",
                },
            ]
        )
    )
    clean_words(page)
    found = [block["value"] for block in page.body.get_prep_value()]
    assert found[0] == "<p>ab</p>"
    assert found[1]["text"] == "ab c"
    assert (found[2]["text"], found[2]["who"], found[2]["made_up"]) == ("ab\nc", "ab c", True)
    assert found[3]["caption"] == "ab c"
    assert found[3]["table"]["columns"][0]["heading"] == "ab c"
    assert found[3]["table"]["rows"][0]["values"] == ["ab c"]
    assert found[4]["items"][0]["value"] == {"title": "ab c", "text": "<p>x</p>"}


def test_what_is_typed_into_any_form_is_cleaned_before_the_form_sees_it() -> None:
    contents = json.dumps({"blocks": [{"text": "a\u200bb"}]}, ensure_ascii=False)
    sent = QueryDict(mutable=True)
    sent.update({"q": TYPED, "password": "pass\u200bword", "new_password1": "\x07x", "body-0-value": contents})
    request = RequestFactory().post(f"/?{sent.urlencode()}", sent.urlencode(), "application/x-www-form-urlencoded")
    LetterboxMiddleware(lambda request: None).process_view(request, None, (), {})  # type: ignore[arg-type]
    for seen in (request.POST, request.GET):
        assert seen["q"] == "Kettle\nfirst"
        assert (seen["password"], seen["new_password1"]) == ("pass\u200bword", "\x07x"), "a password is what it is"
        assert seen["body-0-value"] == contents, "what a script sent as data is cleaned where it is saved"


@pytest.mark.django_db
class TestPages:
    def test_the_editor_keeps_only_what_can_be_read(
        self, client: Client, two_sections: Tree, clued_up_author: User
    ) -> None:
        client.force_login(clued_up_author)
        address = f"/admin/pages/add/pages/guidancepage/{two_sections.section.pk}/"
        body = [("text", rich_text(f"<p>{TYPED}</p>")), ("heading", {"text": TYPED, "level": "h2"})]
        sent = as_shown(client, address, body)
        assert client.post(address, {**sent, "title": TYPED, "summary": TYPED}).status_code == 302
        made: Any = GuidancePage.objects.get(title=KEPT)
        draft = made.get_latest_revision_as_object()
        assert draft.title == draft.draft_title == KEPT
        assert draft.summary == "Kettle\nfirst"
        assert draft.body[1].value["text"] == KEPT
        assert "Kettle\nfirst" in str(draft.body[0].value)
        assert "\\u200b" not in json.dumps(made.latest_revision.content)

    def test_nor_do_scripts_imports_and_operations(self, tree: Tree) -> None:
        page = put(tree.section, GuidancePage(title=TYPED, partner=tree.section.organisation, body=words(TYPED)))
        assert (page.title, page.slug) == (KEPT, "kettle-first")
        page.title, page.summary = "\x07Another", "\ufeffand"
        page.save()
        page.refresh_from_db()
        assert (page.title, page.summary) == ("Another", "and")
        page.title = "\x07A third"
        revision = page.save_revision(clean=False)
        assert revision.content["title"] == "A third"
        act = put(tree.module, activity(TYPED, set_up="<p>a&#8203;b</p>"))
        assert ActivityPage.objects.get(pk=act.pk).set_up == "<p>ab</p>"

    def test_a_title_of_nothing_to_see_is_asked_for_and_nothing_typed_is_lost(
        self, client: Client, two_sections: Tree, clued_up_author: User
    ) -> None:
        client.force_login(clued_up_author)
        address = f"/admin/pages/add/pages/guidancepage/{two_sections.section.pk}/"
        body = [
            ("text", rich_text("<p>Words of the first block</p>")),
            ("heading", {"text": "A heading", "level": "h2"}),
        ]
        for typed in ("\u200b\u2060", "\x07\x0b ", "\u3164", "\u2800"):
            sent = as_shown(client, address, body)
            refused = client.post(address, {**sent, "title": typed, "summary": "What it is about"})
            assert refused.status_code == 200
            shown = refused.content.decode()
            assert "This field is required" in shown
            for part in ("Words of the first block", "A heading", "What it is about"):
                assert part in shown
        assert not GuidancePage.objects.filter(slug__startswith="guidance").exists()

    @pytest.mark.parametrize("publishes", [False, True])
    def test_any_title_makes_an_address(
        self, client: Client, two_sections: Tree, clued_up_author: User, publishes: bool
    ) -> None:
        client.force_login(clued_up_author)
        address = f"/admin/pages/add/pages/guidancepage/{two_sections.section.pk}/"
        action = {"action-publish": "yes"} if publishes else {}
        for typed in ("😀🙂", "???", "!", "سلام", "Привет", "—", "\u200b…\u200b", "x" * 255, "x" * 255):
            sent = as_shown(client, address, [("text", rich_text("<p>Words</p>"))])
            assert client.post(address, {**sent, **action, "title": typed, "summary": "x"}).status_code == 302
        made = list(GuidancePage.objects.child_of(two_sections.section).order_by("pk").values_list("slug", flat=True))[
            1:
        ]
        assert made[:5] == ["guidance", "guidance-2", "guidance-3", "سلام", "привет"]
        assert made[7:] == ["x" * 200, "x" * 200 + "-2"]
        if publishes:
            for page in GuidancePage.objects.child_of(two_sections.section):
                assert client.get(page.url).status_code == 200

    def test_no_page_takes_the_address_of_something_else(self, tree: Tree) -> None:
        assert put(tree.home, InfoPage(title="Search", body=words("x"))).slug == "search-page"
        assert (
            put(tree.section, GuidancePage(title="Search", partner=tree.section.organisation, body=words("x"))).slug
            == "search"
        )

    def test_an_administrators_empty_address_is_made_or_said(self, admin_client: Client, two_sections: Tree) -> None:
        address = f"/admin/pages/add/pages/guidancepage/{two_sections.section.pk}/"
        sent = as_shown(admin_client, address, [("text", rich_text("<p>Kept words</p>"))])
        for slug in ("", "two words", "the-first-five-minutes"):
            answer = admin_client.post(address, {**sent, "title": "😀", "summary": "x", "slug": slug})
            shown = answer.content.decode()
            assert answer.status_code == 302 or ("Kept words" in shown and "w-field__errors" in shown), slug


@pytest.mark.django_db
class TestAgreedWords:
    def dirty(self, story: StoryPage) -> None:
        """As it would stand from before there was a gate: by SQL, in the page and in its revision."""
        HubPage.objects.filter(pk=story.pk).update(title="The\u200bcounter", draft_title="The\u200bcounter")
        revision = story.latest_revision
        revision.content["title"] = "The\u200bcounter"
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)

    def test_words_that_stand_already_are_left_as_they_are(self, tree: Tree) -> None:
        story = lit_story(tree)
        self.dirty(story)
        kept: Any = StoryPage.objects.get(pk=story.pk)
        before = kept.content_hash()
        kept.save()
        kept.get_latest_revision_as_object().save_revision()
        kept.latest_revision.publish()
        publish_story(kept)
        again: Any = StoryPage.objects.get(pk=story.pk)
        assert again.content_hash() == before
        assert again.get_latest_revision_as_object().content_hash() == before

    def test_whoever_changes_them_saves_readable_ones(self, tree: Tree) -> None:
        story = lit_story(tree)
        self.dirty(story)
        kept: Any = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
        kept.title = "The other\u200b counter"
        assert kept.save_revision().content["title"] == "The other counter"

    def test_reading_cleans_nothing(self, client: Client, tree: Tree) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pages_hubpage SET title = %s WHERE id = %s", ["a\u200bb", tree.guidance.pk])
        assert "a\u200bb" in client.get(tree.guidance.url).content.decode()
        assert GuidancePage.objects.get(pk=tree.guidance.pk).title == "a\u200bb"


@pytest.mark.django_db
class TestOtherDoors:
    @pytest.fixture(autouse=True)
    def nobody_has_sent_anything(self) -> None:
        cache.clear()

    def test_what_readers_write(self, client: Client, tree: Tree) -> None:
        for text in AWKWARD:
            cache.clear()
            send(client, tree.module, words=text.typed.encode(errors="ignore").decode())  # no browser sends halves
        kept = set(Feedback.objects.values_list("words", flat=True))
        for text in AWKWARD:
            assert any(" ".join(found.split()) == " ".join(text.kept.split()) for found in kept), text.what

    def test_a_snippet_of_an_administrator(self, admin_client: Client, tree: Tree) -> None:
        line = {
            "name": TYPED,
            "phone": "0808\u200b 1",
            "when": "Any hour",
            "last_checked": "27/11/2026",
            "sort_order": "1",
        }
        assert admin_client.post("/admin/snippets/pages/helpline/add/", {**line, "topics": "money"}).status_code in {
            200,
            302,
        }
        HelpLine.objects.create(**{**line, "last_checked": "2026-11-27"})
        assert set(HelpLine.objects.values_list("name", "phone")) == {(KEPT, "0808 1")}

    def test_an_invitation_to_the_same_visible_address_is_the_same(
        self, two_sections: Tree, clued_up_lead: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        partner = two_sections.section.organisation
        assert invite(partner, "kim@example.org", "authors", by=clued_up_lead).email == "kim@example.org"
        for typed in ("kim@example.org\u200b", "k\u2060im@EXAMPLE.org", "Kim@Example.org", "kim\uff20example.org"):
            with pytest.raises(CannotInvite, match="invited already"):
                invite(partner, typed, "authors", by=clued_up_lead)
        assert Invitation.objects.count() == len(mail.outbox) == 1
        assert mail.outbox[0].to == ["kim@example.org"]

    def test_the_form_of_an_invitation_says_so_too(
        self, client: Client, two_sections: Tree, clued_up_lead: User
    ) -> None:
        client.force_login(clued_up_lead)
        partner = two_sections.section.organisation
        for typed in ("pat@example.org", "pat@example.org\u200b", "pat\uff20example.org"):
            last = client.post(f"/admin/colleagues/{partner.pk}/invite/", {"email": typed, "role": "authors"})
        assert "invited already" in last.content.decode()
        assert list(Invitation.objects.values_list("email", flat=True)) == ["pat@example.org"]

    def test_an_account_is_found_by_the_address_one_sees(self, client: Client, two_sections: Tree) -> None:
        made = User.objects.create_user("u-1", email="Kim\u200b@EXAMPLE.org", password="kettle-harbour")
        assert made.email == "Kim@example.org"
        assert account_of("kim@example.org\ufeff") == made
        signed_in = client.post("/admin/login/", {"username": "kim\u200b@example.org", "password": "kettle-harbour"})
        assert signed_in.status_code == 302
        assert not people_of(two_sections.section.organisation).filter(email__contains="\u200b").exists()


@pytest.mark.django_db
def test_a_copy_that_is_put_back_is_put_back_as_it_was(tree: Tree) -> None:
    from django.core import serializers

    kept = HelpLine(name="a\u200bb", phone="1", when="x", last_checked=date(2026, 1, 1))
    written = serializers.serialize("json", [kept])
    for found in serializers.deserialize("json", written):
        found.save()
    assert HelpLine.objects.get().name == "a\u200bb"


@pytest.mark.django_db
def test_a_page_that_is_published_is_the_draft_that_was_saved(tree: Tree) -> None:
    page: Any = tree.guidance
    page.body = words("a\u200bb")
    publish(page)
    assert page.get_latest_revision_as_object().body.get_prep_value() == page.body.get_prep_value()
