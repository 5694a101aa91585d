"""Kept pages in front of the real Hub: whatever darkens a story, the very next reader does not see it."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import RequestFactory
from django.utils import timezone

from hub.in_front import with_kept_answers
from hub.kept import KeptAnswers
from hub.kept.generation import BELIEVED_FOR
from hub.pages import installed_triggers
from hub.pages.changes import MARK, Change, forget_old_marks
from hub.pages.files.picture_bytes import TOO_FRESH
from hub.pages.models import HubImage, Visibility
from hub.pages.serving import proofs
from hub.stories.models import StoryPage
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep import unfinished
from tests.factories import CANARY, Tree, lit_story, publish, words
from tests.owner import as_owner, without_triggers
from tests.pages.test_media import story_with_picture

pytestmark = pytest.mark.django_db


class Reader:
    """Comes over WSGI, as granian calls it. `made` counts how often Django was asked."""

    def __init__(self) -> None:
        self.made = 0
        django = WSGIHandler()

        def application(environ: dict[str, Any], start_response: Any) -> Any:
            self.made += 1
            return django(environ, start_response)

        self.django = django
        self.layer: KeptAnswers = with_kept_answers(application)

    def get(self, path: str, **environ: str) -> tuple[int, dict[str, str], str]:
        return self._asked(self.layer, path, environ)

    def anew(self, path: str) -> tuple[int, dict[str, str], str]:
        return self._asked(self.django, path, {})

    def _asked(self, application: Any, path: str, environ: dict[str, str]) -> tuple[int, dict[str, str], str]:
        said: list[Any] = []
        path, _, query = path.partition("?")
        own = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver", **environ}
        asked = RequestFactory()._base_environ(**own)  # type: ignore[attr-defined]
        answer = application(asked, lambda *what: said.extend(what))
        body = b"".join(answer).decode()
        if close := getattr(answer, "close", None):
            close()
        return int(said[0][:3]), dict(said[1]), body

    def is_kept(self, path: str, **environ: str) -> bool:
        """Whether a third reader in a row is answered without Django."""
        self.get(path, **environ)
        self.get(path, **environ)
        made = self.made
        self.get(path, **environ)
        return self.made == made

    def sees(self, path: str) -> bool:
        return CANARY in self.get(path)[2]


@pytest.fixture
def reader(tmp_path: Any, settings: Any) -> Reader:
    settings.VAR_DIR = tmp_path
    return Reader()


@pytest.fixture(autouse=True)
def connections_stay() -> Iterator[None]:
    """At the end of a request over WSGI Django may close its connection, and with it the test's transaction."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


def kept_with_a_story(tree: Tree) -> list[str]:
    """Every kind of page that shows a story: its own, lists, and a text that links to it."""
    story = lit_story(tree)
    tree.guidance.body = words(f'A link: <a linktype="page" id="{story.pk}">{CANARY}</a>.')
    publish(tree.guidance)
    return [story.url, tree.stories.url, tree.module.url, tree.section.url]


def the_story() -> StoryPage:
    return StoryPage.objects.get()


def through_the_pages() -> None:
    withdraw(the_story().participations.get())


def by_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pages_visibility")


def by_sql_without_triggers() -> None:
    without_triggers("DELETE FROM pages_visibility")


def unpublished_without_triggers() -> None:
    without_triggers("UPDATE pages_hubpage SET live = false WHERE id IN (SELECT page_id FROM pages_visibility)")


def expired_without_triggers() -> None:
    without_triggers("UPDATE pages_hubpage SET expire_at = now() - interval '1 second'")


def by_its_partner_closing_without_triggers() -> None:
    without_triggers("UPDATE partners_partner SET is_open = false")


def by_time() -> None:
    """The moment it lapses comes: no statement that anybody would notice."""
    without_triggers("UPDATE pages_visibility SET public_until = statement_timestamp()")


def by_a_restore_with_other_words() -> None:
    without_triggers("UPDATE pages_visibility SET content_hash = 'other'")


def by_a_restore_of_another_revision() -> None:
    without_triggers(
        "UPDATE pages_visibility SET revision_id = (SELECT max(id) FROM wagtailcore_revision WHERE id <> revision_id)"
    )


def by_a_trigger_that_is_switched_off() -> None:
    as_owner("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction is in the way of ALTER
    as_owner("ALTER TABLE stories_consent DISABLE TRIGGER ALL")
    installed_triggers._seen.clear()  # as after a minute


def while_a_restore_is_not_finished() -> None:
    mark = unfinished.mark_beside()
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


WAYS: list[Callable[[], None]] = [
    through_the_pages,
    by_sql,
    by_sql_without_triggers,
    unpublished_without_triggers,
    expired_without_triggers,
    by_its_partner_closing_without_triggers,
    by_time,
    by_a_restore_with_other_words,
    by_a_restore_of_another_revision,
    by_a_trigger_that_is_switched_off,
    while_a_restore_is_not_finished,
]


@pytest.mark.parametrize("darken", WAYS, ids=lambda way: way.__name__)
def test_whatever_darkens_a_story_the_next_reader_of_a_kept_page_does_not_see_it(
    tree: Tree, reader: Reader, darken: Callable[[], None]
) -> None:
    """Taking the check of proofs out of the layer fails nearly all of these."""
    pages = kept_with_a_story(tree)
    assert [page for page in pages if not reader.is_kept(page)] == []
    assert all(reader.sees(page) for page in pages)
    darken()
    assert [page for page in pages if reader.sees(page)] == []


def test_a_story_that_goes_takes_the_link_to_it_along(tree: Tree, reader: Reader) -> None:
    story_url, *_ = kept_with_a_story(tree)
    assert reader.is_kept(tree.guidance.url)
    assert f'href="{story_url}"' in reader.get(tree.guidance.url)[2]
    by_sql_without_triggers()
    assert f'href="{story_url}"' not in reader.get(tree.guidance.url)[2]


def test_a_picture_swapped_on_the_disk_ends_the_page_of_its_story(tree: Tree, reader: Reader) -> None:
    story, _ = story_with_picture(tree)
    original = Path(HubImage.objects.get().file.path)
    long_ago = time.time_ns() - 2 * TOO_FRESH
    while original.stat().st_ctime_ns > long_ago - TOO_FRESH and time.time_ns() < long_ago + 4 * TOO_FRESH:
        time.sleep(0.02)
    assert reader.is_kept(story.url)
    original.write_bytes(original.read_bytes() + b"x")
    assert reader.get(story.url)[0] == 404
    assert not Visibility.objects.exists()


def test_another_process_that_changed_nothing_itself_is_dark_as_well(tree: Tree, reader: Reader) -> None:
    another = Reader()
    pages = kept_with_a_story(tree)
    assert all(each.is_kept(page) for each in (reader, another) for page in pages)
    through_the_pages()
    assert not [page for page in pages if reader.sees(page) or another.sees(page)]


def test_pages_that_show_a_story_stay_out_of_every_other_cache(tree: Tree, reader: Reader) -> None:
    for page in kept_with_a_story(tree):
        reader.is_kept(page)
        headers = reader.get(page)[1]
        assert (headers["Cache-Control"], "ETag" in headers) == ("private, no-store", False)


def test_what_is_kept_is_what_django_says_header_for_header(tree: Tree, reader: Reader) -> None:
    ours = {"ETag", "Vary", "Content-Length"}
    for page in [*kept_with_a_story(tree), "/", tree.guidance.url, tree.toolkit.url, "/partners/"]:
        assert reader.is_kept(page)
        (status, headers, body), anew = reader.get(page), reader.anew(page)
        assert (status, body) == (anew[0], anew[2])
        assert {n: v for n, v in headers.items() if n not in ours} == {
            n: v for n, v in anew[1].items() if n not in ours
        }
        assert set(headers["Vary"].split(", ")) >= {*anew[1]["Vary"].split(", "), "Accept-Encoding"}
        assert "Set-Cookie" not in headers


def test_whoever_is_signed_in_gets_a_page_of_their_own(tree: Tree, reader: Reader) -> None:
    assert reader.is_kept("/")
    assert not reader.is_kept("/", HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=abc")


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/?page=2", "/?q=1", "/search/?q=drink", "/healthz", "/ask-us/", "/yours/", "/feed.xml"]
)
def test_these_are_never_kept(tree: Tree, reader: Reader, path: str) -> None:
    assert not reader.is_kept(path)
    assert len(reader.layer.store) == 0


BAD: list[tuple[str, dict[str, str], int]] = [
    ("/", {"HTTP_HOST": "evil.example"}, 400),
    ("/", {"HTTP_HOST": "testserver:81@evil.example"}, 400),
    ("/", {"REQUEST_METHOD": "HEAD"}, 200),
    ("/", {"HTTP_RANGE": "bytes=0-9"}, 200),
    ("/", {"HTTP_IF_NONE_MATCH": '"' + "x" * 10_000 + '"'}, 200),
    ("/", {"HTTP_ACCEPT_ENCODING": "gzip;q=" + "9" * 10_000}, 200),
    ("/?" + "a" * 10_000, {}, 200),
    ("/?page=99", {}, 200),
    ("/" + "a/" * 2_000, {}, 404),
    ("/\x00/", {}, 404),
    ("/\xff\xfe/", {}, 404),
]


def test_bad_input_is_no_error_and_takes_no_memory(tree: Tree, reader: Reader) -> None:
    for path, environ, status in BAD:
        assert reader.get(path, **environ)[0] == status, (path[:40], environ)
    for number in range(60):
        assert reader.get(f"/nowhere-{number}/")[0] == 404
        assert reader.get(f"/?utm={number}")[0] == 200
    assert set(reader.layer.store._kept) <= {("http", "testserver", "/", "")}
    assert reader.layer.turns._taken == {}


def test_an_edit_is_seen_by_the_next_reader(tree: Tree, reader: Reader) -> None:
    assert reader.is_kept(tree.guidance.url)
    tree.guidance.body = words("Rotkehlchen.")
    publish(tree.guidance)
    reader.layer.generation.may_have_changed()  # as after the form was sent
    assert "Rotkehlchen" in reader.get(tree.guidance.url)[2]


def test_sql_by_hand_is_seen_after_a_fiftieth_of_a_second(tree: Tree, reader: Reader) -> None:
    assert reader.is_kept("/")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_homepage SET headline = 'Rotkehlchen'")
    time.sleep(BELIEVED_FOR)
    assert "Rotkehlchen" in reader.get("/")[2]


def test_a_draft_that_is_saved_changes_nothing(tree: Tree) -> None:
    before = proofs.ask([])
    tree.guidance.title = "Amsel"
    tree.guidance.save_revision()
    assert proofs.ask([]) == before
    tree.guidance.get_latest_revision().publish()
    assert proofs.ask([]) != before


def test_a_page_is_good_until_midnight_or_until_something_goes(tree: Tree) -> None:
    midnight = proofs.next_lapse()
    assert timedelta(0) < timedelta(seconds=midnight - time.time()) <= timedelta(hours=25)
    soon = timezone.now() + timedelta(seconds=30)
    without_triggers(f"UPDATE pages_hubpage SET expire_at = '{soon.isoformat()}'")
    assert proofs.next_lapse() == pytest.approx(min(midnight, soon.timestamp()))


# Whole apps of which readers see nothing but through a table that is marked: what stories' people say, say, through the
# light, which is.
STAFF_ALONE = {
    "account", "accounts", "auth", "contenttypes", "mfa", "moving", "sessions", "stories", "taggit", "upkeep",
    "wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages", "wagtailsearch", "wagtailusers",
}  # fmt: skip
NOT_ON_KEPT_PAGES = {
    "packs_pack",  # the page about one is never kept
    "pages_camefrom",
    "pages_change",
    "pages_checkreminder",
    "pages_eachowneragrees",
    "pages_glossaryterm",
    "pages_importfile",
    "pages_importjob",
    "pages_openedform",
    "pages_remadepicture",
    "pages_searchentry",  # what is found by words is not kept
    "pages_searchword",
    "partners_partnergroup",
    "partners_someonefromanotherpartner",
}


def test_every_table_is_decided_about() -> None:
    """A table that somebody adds tomorrow: do readers see it on a page? Then each change of it is marked."""
    marked = {model._meta.db_table for model, trigger in pgtrigger.registered() if trigger.func == MARK}
    models = apps.get_models(include_auto_created=True)
    others = {m._meta.db_table for m in models if m._meta.app_label not in STAFF_ALONE} - marked
    assert others == NOT_ON_KEPT_PAGES
    assert {"stories_storypage", "stories_storypage_modules", "wagtailcore_site", "wagtailredirects_redirect"} <= marked


def test_old_marks_go(tree: Tree) -> None:
    without_triggers("UPDATE pages_change SET at = now() - interval '1 hour'")
    old = set(Change.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        for _ in range(300):
            cursor.execute("SELECT set_config('hub.marked', '', true)")  # as in a transaction of its own
            cursor.execute("UPDATE partners_partner SET is_open = is_open")
    assert old
    assert not old & set(Change.objects.values_list("pk", flat=True))


def test_old_marks_that_many_changes_left_go_with_a_new_generation(tree: Tree) -> None:
    without_triggers("UPDATE pages_change SET at = clock_timestamp()")
    assert forget_old_marks(timezone.now()) == 0  # they are new: somebody may just be asking
    Change.objects.bulk_create(Change(mark=number) for number in range(50))
    without_triggers("UPDATE pages_change SET at = now() - interval '1 hour'")
    before = proofs.ask([])
    assert before is not None
    assert forget_old_marks(timezone.now()) > 20
    assert Change.objects.count() == 1
    after = proofs.ask([])
    assert after is not None
    assert after.generation not in {0, before.generation}
