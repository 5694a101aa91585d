"""One command, run by the owner before each start, makes tables and rights what the code wants."""

import secrets
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from hub import rights
from hub.upkeep.roles import CannotMakeRole, give_rights, make_web_role
from tests.owner import as_owner, as_owner_of_all
from tests.test_settings import PRODUCTION, python


def test_giving_rights_takes_away_what_is_too_much_and_twice_changes_nothing(committed: None) -> None:
    web = connection.settings_dict["USER"]
    with as_owner_of_all():
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT UPDATE (hash), DELETE ON stories_consentevent TO {web}")
            cursor.execute("GRANT TRUNCATE ON stories_consent TO PUBLIC")
            cursor.execute(f"REVOKE SELECT ON pages_hubpage FROM {web}")
        assert give_rights() == [
            f"Took from {web}: TRUNCATE stories_consent.",
            f"Took from {web}: DELETE stories_consentevent.",
            f"Took from {web}: UPDATE stories_consentevent.hash.",
            f"Gave to {web}: SELECT pages_hubpage.",
        ]
        assert give_rights() == []
    assert rights.differences() == []


@pytest.mark.parametrize("variable", [{"DATABASE_OWNER_URL": "postgres://hub@localhost/hub"}, {"HUB_AS_OWNER": "yes"}])
def test_a_web_process_that_could_become_the_owner_does_not_start(tmp_path: Path, variable: dict[str, str]) -> None:
    done = python(tmp_path, "-c", "import hub.wsgi", **variable)
    assert done.returncode == 1
    assert "is given to the web process, which must not own the tables. Leave it out there." in done.stderr


def test_commands_that_change_tables_ask_for_their_owner(tmp_path: Path) -> None:
    done = python(tmp_path, "manage.py", "prepare_database", **PRODUCTION)
    assert done.stderr.startswith("The Hub cannot start: DATABASE_OWNER_URL is missing. Write it as in")
    owner = {"DATABASE_OWNER_URL": "postgres://owner:secret-word@127.0.0.1:9/hub"}
    done = python(tmp_path, "manage.py", "prepare_database", **PRODUCTION, **owner)
    assert "Check DATABASE_OWNER_URL" in done.stderr
    assert "secret-word" not in done.stderr


@pytest.mark.django_db
def test_a_web_process_with_other_rights_is_unwell(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    as_owner("GRANT UPDATE ON stories_consentevent TO " + connection.settings_dict["USER"])
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unwell", "database": "with other rights"}


def test_the_owner_cannot_be_given_as_the_web_process(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_owner_of_all():
        assert make_web_role() == []
        monkeypatch.setitem(settings.WEB_DATABASE, "USER", connection.settings_dict["USER"])
        with pytest.raises(CannotMakeRole, match="both name the role"):
            make_web_role()


def test_a_role_is_made_with_its_password_and_what_it_had_too_much_is_taken(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"a_role_{secrets.token_hex(4)}"
    monkeypatch.setitem(settings.WEB_DATABASE, "USER", name)
    monkeypatch.setitem(settings.WEB_DATABASE, "PASSWORD", "it's a word")
    with as_owner_of_all(), connection.cursor() as cursor:
        try:
            assert make_web_role() == [f"Made the role {name}, which the web process connects as."]
            cursor.execute(f"ALTER ROLE {name} CREATEROLE")
            cursor.execute(f"GRANT pg_read_all_data TO {name}")
            assert make_web_role() == []
            assert give_rights()
            assert rights.differences(name) == []
            cursor.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [name])
            assert cursor.fetchone()[0].startswith("SCRAM-SHA-256$")
        finally:
            cursor.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")
