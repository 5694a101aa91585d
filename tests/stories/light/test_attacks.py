"""The ways a story could be published or re-lit past its consents, each tried. The answer is always 404."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from hub.pages.models import HubPage, Visibility
from hub.stories.ledger.ending import cancel_schedule
from hub.stories.models import Consent, ConsentEvent, LegalFlag, StoryPage, StoryParticipant
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, add_person, light, lit_story, make_story, words, yes
from tests.owner import as_owner
from tests.past_the_guards import alias_of, copy_of

pytestmark = pytest.mark.django_db


def is_dark(client: Client, page: Any) -> bool:
    listed = HubPage.objects.filter(pk=page.pk).live().exists()
    return bool(client.get(page.url).status_code == 404 and not listed)


@pytest.fixture
def withdrawn(tree: Tree) -> StoryPage:
    story = lit_story(tree)
    withdraw(story.participations.get())
    return StoryPage.objects.get(pk=story.pk)


def test_p1_a_story_added_live_without_a_revision(client: Client, tree: Tree) -> None:
    story = StoryPage(title="A", told_by="b", slug="s-x1", partner=tree.section.organisation, body=words("c"))
    tree.section.add_child(instance=story)
    assert story.live
    assert is_dark(client, story)


def test_p2_update_and_raw_sql(client: Client, withdrawn: StoryPage) -> None:
    HubPage.objects.filter(pk=withdrawn.pk).update(live=True)
    assert is_dark(client, withdrawn)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_hubpage SET live = true WHERE id = %s", [withdrawn.pk])
    assert is_dark(client, withdrawn)


def test_p3_publishing_again(client: Client, withdrawn: StoryPage) -> None:
    withdrawn.save_revision().publish()
    assert is_dark(client, withdrawn)


def test_p5_a_stale_instance_saved_after_the_withdrawal(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    stale = StoryPage.objects.get(pk=story.pk)
    withdraw(story.participations.get())
    stale.save()
    assert is_dark(client, story)


def test_p6_a_copy_of_a_lit_story(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    copy = copy_of(story)
    assert copy.live
    assert is_dark(client, copy)
    assert client.get(story.url).status_code == 200


def test_p7_an_alias_of_a_lit_story(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    alias = alias_of(story)
    assert alias.live
    assert is_dark(client, alias)


def test_p9_an_alias_made_into_a_page(client: Client, tree: Tree) -> None:
    alias = alias_of(lit_story(tree))
    from wagtail.actions.convert_alias import ConvertAliasPageAction

    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    assert is_dark(client, StoryPage.objects.get(pk=alias.pk))


def test_p10_a_schedule_left_standing(client: Client, withdrawn: StoryPage) -> None:
    revision = withdrawn.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert is_dark(client, withdrawn)
    assert revision.pk


def test_a_withdrawal_clears_the_schedule(tree: Tree) -> None:
    story = lit_story(tree)
    story.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    withdraw(story.participations.get())
    assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()
    cancel_schedule(story)


def test_p11_one_dark_story_does_not_stop_the_other_scheduled_pages(client: Client, tree: Tree) -> None:
    story = make_story(tree)
    story.unpublish()
    for page in (story, tree.guidance):
        page.refresh_from_db()
        page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert is_dark(client, story)
    assert client.get(tree.guidance.url).status_code == 200


def test_p15_an_old_revision_published_again_shows_only_agreed_words(client: Client, tree: Tree) -> None:
    story = make_story(tree, text="Earlier")
    old = story.latest_revision
    story.body = words("The words agreed to")
    story.save_revision().publish()
    story = light(StoryPage.objects.get(pk=story.pk))
    assert client.get(story.url).status_code == 200
    old.publish()
    assert is_dark(client, story)


def test_p16_words_changed_by_a_direct_save(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    story.body = words("Other words")
    story.save()
    assert is_dark(client, story)


@pytest.mark.parametrize("field", ["title", "summary", "told_by", "names_note", "slug", "seo_title", "told_in"])
def test_p16_any_column_a_reader_sees(client: Client, tree: Tree, field: str) -> None:
    story = lit_story(tree)
    StoryPage.objects.filter(pk=story.pk).update(**{field: "s-changed"})
    assert is_dark(client, StoryPage.objects.get(pk=story.pk))


def test_p17_the_live_revision_deleted(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    story.live_revision.delete()
    assert is_dark(client, story)


def test_p20_a_visibility_row_written_by_hand(tree: Tree) -> None:
    story = make_story(tree)
    forged = Visibility(
        page_id=story.pk,
        revision_id=story.live_revision_id,
        content_hash=story.content_hash(),
        public_until=timezone.now() + timedelta(days=1),
    )
    with pytest.raises(DatabaseError, match="not everyone agrees"), transaction.atomic():
        forged.save(force_insert=True)


def test_a_visibility_row_cannot_be_made_to_last_longer(tree: Tree) -> None:
    story = lit_story(tree)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Visibility.objects.filter(pk=story.pk).update(public_until=timezone.now() + timedelta(days=9999))
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        as_owner("UPDATE pages_visibility SET public_until = public_until + interval '27 years'")


def test_p21_time_alone_darkens(client: Client, tree: Tree) -> None:
    story = make_story(tree)
    yes(story.participations.get(), expires_at=timezone.now() + timedelta(seconds=1.5))
    light_without_asking(story)
    assert client.get(story.url).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1.6)")
    assert is_dark(client, story)


def light_without_asking(story: StoryPage) -> None:
    from hub.stories.review.decisions import approve_story
    from tests.factories import a_moderator

    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())


def test_p23_a_story_of_a_section_that_was_unpublished_follows_its_own_rule(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    story.unpublish()
    assert is_dark(client, story)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: Consent.objects.update(decision="refused"),
        lambda s: Consent.objects.all().delete(),
        lambda s: Consent.objects.update(expires_at=timezone.now() + timedelta(days=1)),
        lambda s: StoryParticipant.objects.update(role="voice"),
        lambda s: LegalFlag.objects.create(story=s, reason="court_case"),
        lambda s: s.decisions.all().delete(),
    ],
    ids=["refused", "deleted", "shortened", "person changed", "flag", "approval deleted"],
)
def test_raw_changes_to_the_records_darken_at_once(client: Client, tree: Tree, change: Any) -> None:
    story = lit_story(tree)
    change(story)
    assert is_dark(client, story)


def test_the_ledger_refuses_to_be_changed(tree: Tree) -> None:
    lit_story(tree)
    assert ConsentEvent.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        ConsentEvent.objects.update(participant_code="P-9999")
    with pytest.raises(DatabaseError), transaction.atomic():
        ConsentEvent.objects.all().delete()
    for statement in (
        "UPDATE stories_consentevent SET participant_code = 'P-9999'",
        "DELETE FROM stories_consentevent",
        "TRUNCATE stories_consentevent",
    ):
        with pytest.raises(DatabaseError, match=r"kept|Cannot"), transaction.atomic():
            as_owner(statement)  # not even whoever owns it, without switching triggers off


def test_a_draft_saved_over_a_lit_story_leaves_the_agreed_words_public(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    story.body = words("A correction nobody has agreed to")
    story.save_revision()
    response = client.get(story.url)
    assert response.status_code == 200
    assert b"nobody has agreed" not in response.content


def test_two_stories_do_not_share_consents(client: Client, tree: Tree) -> None:
    lit, dark = lit_story(tree, text="One"), make_story(tree, text="Two")
    add_person(dark)
    assert client.get(lit.url).status_code == 200
    assert is_dark(client, dark)
