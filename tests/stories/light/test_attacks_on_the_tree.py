"""More ways past consent: signals that raise, moves, translations, related rows, and reading past Wagtail's checks."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Locale
from wagtail.signals import page_published

from hub.pages.models import HubPage, Visibility
from hub.pages.models.staying import ItStays
from hub.stories.light.serving import only_what_is_public
from hub.stories.models import Consent, ModerationDecision, Participant, StoryPage, StoryParticipant
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, lit_story, make_story, publish, words
from tests.past_the_guards import alias_of, put_under

pytestmark = pytest.mark.django_db


def is_dark(client: Client, page: Any) -> bool:
    return client.get(page.url).status_code == 404 and not HubPage.objects.filter(pk=page.pk).live().exists()


def withdrawn(tree: Tree) -> StoryPage:
    story = lit_story(tree)
    withdraw(story.participations.get())
    return StoryPage.objects.get(pk=story.pk)


def test_p4_a_receiver_that_raises_when_it_is_published_lights_nothing(client: Client, tree: Tree) -> None:
    story = withdrawn(tree)

    def fails(**signal: Any) -> None:
        raise RuntimeError

    page_published.connect(fails)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            story.save_revision().publish()
    finally:
        page_published.disconnect(fails)
    assert is_dark(client, story)


def test_p14_the_admins_api_and_its_actions_are_closed_to_partners(client: Client, clued_up_author: User) -> None:
    client.force_login(clued_up_author)
    for kind in ("images", "documents"):
        assert client.get(f"/admin/api/main/{kind}/").status_code == 404
    for action in ("publish", "copy", "create_alias", "convert_alias", "revert_to_page_revision"):
        assert client.post(f"/admin/api/main/pages/1/action/{action}/").status_code in {403, 404}


def test_p18_a_story_moved_to_another_partner_is_dark(client: Client, two_sections: Tree) -> None:
    story = lit_story(two_sections)
    moved = put_under(story, HubPage.objects.get(slug="carf"))
    assert is_dark(client, moved)
    assert client.get(story.url).status_code == 404


def test_p19_a_copy_for_translation_is_dark_and_there_is_no_other_language(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    polish = Locale.objects.create(language_code="pl")
    with pytest.raises(ItStays), transaction.atomic():
        story.copy_for_translation(polish, copy_parents=True, alias=True)
    alias = alias_of(story)
    HubPage.objects.filter(pk=alias.pk).update(locale=polish)
    assert alias.live
    assert is_dark(client, alias)
    assert client.get(story.url).status_code == 200


def test_p20_a_fixture_brings_neither_the_light_nor_the_words_back(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    kept = serializers.serialize("json", [HubPage.objects.get(pk=story.pk), story, Visibility.objects.get(page=story)])
    withdraw(story.participations.get())
    for row in serializers.deserialize("json", kept):
        with suppress(DatabaseError), transaction.atomic():  # the light is refused, the rest is let in and stays dark
            row.save()
    assert is_dark(client, story)


def test_p22_a_section_that_is_unpublished_leaves_each_story_to_its_own_rule(client: Client, tree: Tree) -> None:
    story, dark = lit_story(tree), make_story(tree, text="Amsel")
    HubPage.objects.filter(pk=tree.section.pk).update(live=False)
    assert client.get(story.url).status_code == 200
    assert is_dark(client, dark)


def test_p23_a_draft_of_an_unpublished_story_is_in_no_index(client: Client, tree: Tree) -> None:
    story = make_story(tree)
    story.unpublish()
    story.refresh_from_db()
    story.title = "Kranich"
    story.save()
    assert "Kranich" not in client.get("/search/?q=kranich").content.decode().replace('value="kranich"', "")
    assert is_dark(client, story)


def test_s2_whatever_finds_a_dark_page_the_last_check_refuses_it(tree: Tree) -> None:
    story, shown = withdrawn(tree), lit_story(tree, text="Amsel")
    serve = only_what_is_public(lambda page, request, args, kwargs: page.serve(request))
    request = RequestFactory().get("/")
    with pytest.raises(Http404):
        serve(story, request, [], {})
    shown.body = words("Other words")
    with pytest.raises(Http404):
        serve(shown, request, [], {})


def test_s7_what_a_module_is_told_about_it_shows_only_while_it_is_public(client: Client, tree: Tree) -> None:
    story = withdrawn(tree)
    tree.module.story_pages.add(story)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_storypage_modules SET modulepage_id = modulepage_id")
    assert story.slug not in client.get(tree.module.url).content.decode()


def test_wagtails_own_command_publishes_no_dark_story_either(client: Client, tree: Tree) -> None:
    story = withdrawn(tree)
    story.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    call_command("rebuild_references_index", verbosity=0)
    call_command("purge_revisions", verbosity=0)
    assert is_dark(client, story)
    assert CANARY not in client.get("/sitemap.xml").content.decode()


MAY_CHANGE = {
    Participant: {"code", "do_not_ask_until", "created_at"},
    Consent: set(),
    StoryParticipant: set(),
    ModerationDecision: set(),
}
ROWS = {
    Participant: "participations__story",
    Consent: "participation__story",
    StoryParticipant: "story",
    ModerationDecision: "story",
}


def another(field: Any, value: Any) -> Any:
    """Another value the column can hold; None when there is none to try."""
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) - timedelta(seconds=7)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.ForeignKey):
        return field.related_model._base_manager.exclude(pk=value).values_list("pk", flat=True).first()
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if isinstance(field, models.JSONField):
        return {"changed": True}
    if isinstance(value, list):
        return ["abuse"]
    return f"{value}x"[-field.max_length :] if isinstance(value, str) and field.max_length else "x"


@pytest.mark.parametrize("model", list(ROWS), ids=lambda model: model.__name__)
def test_each_column_of_what_the_light_stands_on_darkens_when_it_changes(tree: Tree, model: Any) -> None:
    story = lit_story(tree)
    publish(make_story(tree, text="Amsel"))
    rows = model._base_manager.filter(**{ROWS[model]: story})
    stays = set()
    for field in model._meta.local_concrete_fields:
        value = another(field, getattr(rows.get(), field.attname))
        if field.primary_key or value is None or field.name in {"do_not_ask_until", "consent_needed"}:
            continue
        with transaction.atomic():
            try:
                with transaction.atomic():
                    rows.update(**{field.attname: value})
            except IntegrityError:
                continue  # the database does not even take it
            if Visibility.objects.filter(page=story).exists():
                stays.add(field.name)
            transaction.set_rollback(True)
    assert stays == MAY_CHANGE[model] - {"do_not_ask_until"}
