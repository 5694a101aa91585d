"""The database that the tests themselves work on: tests/database.py."""

import secrets
from typing import Any

import pytest
from django.core.management import call_command

from hub.pages import installed_triggers
from tests.database import A_LOCK, asking_the_server


@pytest.mark.django_db
def test_the_copy_holds_every_migration_and_every_trigger() -> None:
    call_command("migrate", "--check", verbosity=0)
    assert installed_triggers.missing() == []


def test_what_a_killed_run_left_is_dropped_and_what_a_run_works_on_is_not(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    own = f"hub_{secrets.token_hex(4)}_of_no_run"
    left, held = f"test_{own}_00000001", f"test_{own}_00000002"
    with django_db_blocker.unblock(), asking_the_server(own) as server, asking_the_server(own) as another:
        for database in (left, held):
            server.create(database, "template0")
        another.cursor.execute(A_LOCK, [held])
        server.sweep()
        assert server.names(f".*{own}.*") == [held]
        server.drop(held)


def test_a_template_is_made_once_for_each_mark_and_never_half(django_db_setup: None, django_db_blocker: Any) -> None:
    own = f"hub_{secrets.token_hex(4)}_of_no_run"
    made: list[str] = []
    with django_db_blocker.unblock(), asking_the_server(own) as server:

        def make(name: str) -> None:
            server.create(name, "template0")
            made.append(name)

        server.create(f"test_{own}_bare_{'1' * 16}_unfinished", "template0")  # a start that was interrupted
        for mark in ("1", "1", "2"):
            template = server.template("bare", mark * 16, make, anew=lambda: False)
        assert len(made) == 2
        assert server.names(f".*{own}.*") == [template] == [f"test_{own}_bare_{'2' * 16}"]
        server.drop(template)
