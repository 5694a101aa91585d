"""The database of the tests: a copy of a template that was migrated once, made anew only when what shapes it changes.

Templates stay in the server between runs. Each process of pytest has copies of its own, so that two runs in one
checkout do not meet; what a killed run left behind is swept away by the next. The owner makes both; tests work as the
web process does. What only an owner may do, and a test needs, goes through two functions that no other database has.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from hub.upkeep.roles import make_web_role
from tests.owner import FOR_TESTS, as_owner_of_all, owners_connection

ROOT = Path(__file__).parent.parent
RIGHTS = ("hub/rights.py", "hub/upkeep/roles.py", "tests/database.py", "tests/owner.py")
SHAPING = ("Django", "django-pgtrigger", "django-allauth", "wagtail", "psycopg")  # their code runs after migrations
OURS = re.compile(r"^(?:import|from) (hub(?:\.\w+)+)", re.MULTILINE)
A_LOCK = "SELECT pg_advisory_lock(hashtext(%s))"
ITS_END = "SELECT pg_advisory_unlock(hashtext(%s))"


class Server:
    """The server of the tests, asked on a connection that stays open and holds the locks of this process.

    `own` is the name of the database that the Hub itself would use there; every name below begins with it.
    """

    def __init__(self, cursor: Any, own: str) -> None:
        self.cursor, self.own = cursor, own

    def template(self, kind: str, mark: str, make: Callable[[str], None], *, anew: Callable[[], bool]) -> str:
        """The name of the template of this kind and mark, made if it is missing; those of other marks are dropped.

        It is made under another name first: an interrupted start leaves no half-made template. `anew` says whether one
        that is there is of no use; it is asked when no other process makes one.
        """
        template = f"test_{self.own}_{kind}_{mark}"
        with self.one_at_a_time(f"test_{self.own}_{kind}"):
            is_useless = anew()
            for old in self.names(rf"test_{re.escape(self.own)}_{kind}_[0-9a-f]{{16}}(_unfinished)?"):
                if old != template or is_useless:
                    self.drop(old)
            if not self.names(re.escape(template)):
                make(f"{template}_unfinished")
                self.cursor.execute(f'ALTER DATABASE "{template}_unfinished" RENAME TO "{template}"')
        return template

    def copy(self, template: str) -> str:
        """The name of a new database of this process. While the process lives, no other drops it."""
        copy = f"test_{self.own}_{secrets.token_hex(4)}"
        self.cursor.execute(A_LOCK, [copy])
        self.create(copy, template)
        return copy

    def create(self, name: str, template: str = "template1") -> None:
        self.cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.cursor.execute(f'REVOKE CREATE, TEMPORARY ON DATABASE "{name}" FROM PUBLIC')  # no copy inherits this

    def sweep(self) -> None:
        """Drops the copies whose process has ended."""
        for copy in self.names(rf"test_{re.escape(self.own)}_[0-9a-f]{{8}}"):
            self.cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [copy])
            if self.cursor.fetchone()[0]:
                self.drop(copy)
                self.cursor.execute(ITS_END, [copy])

    def drop(self, name: str) -> None:
        self.cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def names(self, pattern: str) -> list[str]:
        self.cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{pattern}$"])
        return [name for (name,) in self.cursor.fetchall()]

    @contextmanager
    def one_at_a_time(self, what: str) -> Iterator[None]:
        self.cursor.execute(A_LOCK, [what])
        yield
        self.cursor.execute(ITS_END, [what])


@contextmanager
def asking_the_server(own: str) -> Iterator[Server]:
    """As the owner, on a connection of its own."""
    with owners_connection()._nodb_cursor() as cursor:
        yield Server(cursor, own)


@pytest.fixture(scope="session")
def database_server(django_test_environment: None, django_db_blocker: Any) -> Iterator[Server]:
    with django_db_blocker.unblock(), asking_the_server(str(connection.settings_dict["NAME"])) as server:
        with server.one_at_a_time("roles"), as_owner_of_all():
            make_web_role()
        server.sweep()
        with django_db_blocker.block():
            yield server


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest, database_server: Server, django_db_blocker: Any) -> str:
    """The template in which every migration has run. `--create-db` makes it anew (in one process, without -n)."""
    anew = request.config.getvalue("create_db") and not hasattr(request.config, "workerinput")
    with django_db_blocker.unblock():
        mark = fingerprint()
        return database_server.template(
            "migrated", mark, lambda name: _migrate(database_server, name), anew=lambda: anew
        )


@pytest.fixture(scope="session")
def django_db_setup(database_server: Server, migrated: str, django_db_blocker: Any) -> Iterator[None]:
    """In place of pytest-django's, which migrates an empty database each time."""
    with django_db_blocker.unblock():
        copy = database_server.copy(migrated)
        _connect_to(copy)
        with django_db_blocker.block():
            yield
        _connect_to(database_server.own)
        database_server.drop(copy)


def fingerprint() -> str:
    """Changes with all that shapes the template: migrations, what they stand on, models, and installed versions."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for read in sorted(Path(app.path).glob("*.toml")):  # what a migration begins with
            digest.update(read.read_bytes())
        for file in sorted(Path(app.path, "migrations").rglob("*.py")):
            digest.update(f"{app.label} {file.name}\n".encode() + file.read_bytes())
            for module in OURS.findall(file.read_text()) if app.name.startswith("hub.") else ():
                found = find_spec(module)
                digest.update(Path(found.origin).read_bytes() if found and found.origin else b"")
    for model in apps.get_models():  # after migrations Django writes a content type and permissions for each
        own = model._meta
        digest.update(f"{own.label} {own.verbose_name_raw} {own.default_permissions} {own.permissions}\n".encode())
    digest.update(repr([version(package) for package in SHAPING]).encode())
    for name in RIGHTS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()[:16]


def _migrate(server: Server, name: str) -> None:
    server.create(name)
    with as_owner_of_all():
        _connect_to(name)
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute(FOR_TESTS)
        _connect_to(server.own)


def _connect_to(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database
