"""The database is gone, or the disk is full: a page of our own with help lines, and nothing typed lost."""

import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from hub.last_heard import Heard, hear
from hub.pages import pieces
from hub.pages.models import HubImage
from hub.stories.ledger import journal
from hub.stories.models import StoryPage, StoryParticipant
from hub.stories.withdrawal.stopping import withdraw
from tests.accounts.test_typed import carried
from tests.owner import owners_connection
from tests.picture_files import encoded, scene
from tests.restores import is_public

WROTE = "The sister’s lines, “and\r\n<b>mine</b>”"


@pytest.fixture
def no_database(django_db_blocker: Any) -> Iterator[None]:
    """Where it was, nobody answers."""
    with django_db_blocker.unblock():
        connection.close()
        known = dict(connection.settings_dict)
        connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": "9"}
        yield
        connection.close()
        connection.settings_dict |= known


@pytest.fixture(autouse=True)
def nothing_was_heard_yet() -> Iterator[None]:
    """Another test of this process may have told it of other help lines."""
    hear(Heard())
    yield
    hear(Heard())


def assert_says_so(answer: Any) -> str:
    page: str = answer.content.decode()
    assert answer.status_code == 503
    assert "Samaritans" in page
    assert answer.headers["Retry-After"] == "60"
    assert "no-store" in answer.headers["Cache-Control"]
    return page


def test_readers_families_and_staff_get_our_own_page(no_database: None) -> None:
    client = Client(raise_request_exception=False)
    pieces.forget()
    client.cookies["sessionid"] = "somebody"
    for address in ("/", "/toolkit/", "/search/?q=stigma", "/yours/a-link/", "/admin/", "/nowhere/"):
        assert_says_so(client.get(address))
    assert client.get("/healthz").status_code == 503


def test_a_form_comes_back_whole_with_a_button_and_a_password_does_not(no_database: None) -> None:
    client = Client(raise_request_exception=False)
    page = assert_says_so(client.post("/ask-us/", {"about": "/s-1/", "wanted": "remove", "message": WROTE}))
    assert carried(page) == {"about": "/s-1/", "wanted": "remove", "message": WROTE}
    assert 'action="/ask-us/"' in page
    page = assert_says_so(client.post("/admin/login/", {"username": "a", "password": "harbour-kettle"}))
    assert "harbour-kettle" not in page
    assert "Go back one page" in page


def test_a_database_that_stops_in_the_middle_of_a_request_is_found_again_by_the_next(
    committed: None,
) -> None:
    def stops(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        if "accounts_tries" in str(sql):
            number = connection.connection.info.backend_pid
            with owners_connection()._nodb_cursor() as owner:
                owner.execute("SELECT pg_terminate_backend(%s)", [number])
        return execute(sql, params, many, context)

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(stops):
        assert_says_so(client.post("/ask-us/", {"about": "x", "wanted": "remove", "message": WROTE, "contact": "y"}))
    connection.close()
    assert client.get("/healthz").status_code == 200


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own with a page to spare; where no disk may be mounted, one for no file of a size."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        (folder / "much").write_bytes(b"x" * 4096)
        yield folder
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        return
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most[1]))
    yield folder
    resource.setrlimit(resource.RLIMIT_FSIZE, most)


@pytest.mark.django_db
def test_a_full_disk_takes_nothing_typed_with_it(client: Client, full_disk: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = full_disk
    client.raise_request_exception = False
    client.force_login(User.objects.create_superuser("admin"))
    picture = SimpleUploadedFile("boat.png", encoded(scene(), "PNG"), "image/png")
    sent = {"title": WROTE, "file": picture, "default_alt_text": "A boat", "collection": 1}
    page = assert_says_so(client.post("/admin/images/add/", sent))
    assert carried(page)["title"] == WROTE
    assert "Files have to be chosen again" in page
    assert str(full_disk) not in page
    assert not HubImage.objects.exists(), "half a picture is none"


def test_who_stops_on_a_full_disk_has_stopped_and_the_journal_is_told_later(
    agreed: StoryPage, full_disk: Path, tmp_path: Path, settings: Any
) -> None:
    settings.LEDGER_JOURNAL = full_disk / "journal.jsonl"
    assert is_public(agreed)
    withdraw(StoryParticipant.objects.get(story=agreed))
    assert not is_public(agreed), "the disk has nothing to say about that"
    assert not settings.LEDGER_JOURNAL.exists() or not settings.LEDGER_JOURNAL.read_bytes()
    settings.LEDGER_JOURNAL = tmp_path / "room" / "journal.jsonl"
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    journal.complete()
    assert '"withdrawn"' in settings.LEDGER_JOURNAL.read_text()
