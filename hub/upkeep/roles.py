"""Who owns the tables, and who only works with them? Makes the web process's role, with the rights of hub/rights.py.

Runs as the owner of the tables, in a command of its own; twice changes nothing. Refuses to give the owner's own role.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from hub import rights
from hub.upkeep import unfinished

NEEDED = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
IS_RIGHT = """
    SELECT rolcanlogin AND NOT (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
    FROM pg_roles WHERE rolname = %s
"""
# PostgreSQL's own log would else repeat the values of what it refuses: somebody's words, a name, an address.
QUIET = {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}
MEMBERSHIPS = "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole"


class CannotMakeRole(Exception):
    """The sentence says which role has to be made by hand, and how."""


class CannotGiveRights(Exception):
    """Whoever asked does not own the tables."""


def make_web_role() -> list[str]:
    """The role that the web process connects as, with the password it is told. Raises CannotMakeRole."""
    name, password = settings.WEB_DATABASE["USER"], settings.WEB_DATABASE.get("PASSWORD") or ""
    role = sql.Identifier(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == name:
            raise CannotMakeRole(
                f"DATABASE_URL and DATABASE_OWNER_URL both name the role {name}. The web process needs one of its own, "
                "as in DATABASE_URL=postgres://hub_web:password@host:5432/hub."
            )
        cursor.execute(IS_RIGHT, [name])
        is_right = cursor.fetchone()
        try:
            with transaction.atomic():
                if is_right is None:
                    cursor.execute(sql.SQL("CREATE ROLE {} " + NEEDED).format(role))
                elif not is_right[0]:
                    cursor.execute(sql.SQL("ALTER ROLE {} " + NEEDED).format(role))
                for other in _memberships(cursor, name):
                    cursor.execute(sql.SQL("REVOKE {} FROM {}").format(sql.SQL(other), role))
                if password:
                    cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, _hidden(password, name)))
        except DatabaseError as refusal:
            raise CannotMakeRole(
                f"The owner may not make the role {name}. Have it made on the database's server: CREATE ROLE {name} "
                f"{NEEDED} PASSWORD '…', with the password in DATABASE_URL. ({refusal})"
            ) from refusal
        said = [f"Made the role {name}, which the web process connects as."] if is_right is None else []
        return said + _quieten(cursor, name)


def _quieten(cursor: Any, name: str) -> list[str]:
    """Neither role writes values into the server's log. Only a superuser may say so: of another a sentence is asked."""
    for role in (sql.Identifier(name), sql.SQL("CURRENT_USER")):
        for setting, value in QUIET.items():
            try:
                with transaction.atomic():
                    cursor.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(role, sql.SQL(setting), value))
            except DatabaseError:
                wanted = " and ".join(f"{setting} = {value}" for setting, value in QUIET.items())
                return [f"Set {wanted} on the database's server: its log may repeat what people typed."]
    return []


def give_rights() -> list[str]:
    """Makes the database equal to hub/rights.py, and says which rights it gave or took. Raises CannotGiveRights."""
    name = settings.WEB_DATABASE["USER"]
    with transaction.atomic(), connection.cursor() as cursor:
        before = rights.held(cursor, name)
        for statement in _statements(rights.tables(cursor)):
            cursor.execute(statement.format(web=sql.Identifier(name), here=_here()))
        after = rights.held(cursor, name)
        if after != rights.wanted(rights.tables(cursor)):  # to whoever may not, PostgreSQL gives a warning only
            raise CannotGiveRights("The rights were not changed: only the owner of the tables gives and takes them.")
    said = [f"Took from {name}: {rights.in_words(right)}." for right in sorted(before - after)]
    return said + [f"Gave to {name}: {rights.in_words(right)}." for right in sorted(after - before)]


def differences_of_the_web_process() -> list[str]:
    """For every process, each minute: no story is shown by one that could switch off what holds consent."""
    return [] if settings.AS_OWNER else rights.differences()


def after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Signal receiver: tables may be new. Where there is no such role yet, `prepare_database` makes it first; while a
    restore is not finished, the web process gets no right at all."""
    if unfinished.is_marked_inside():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [settings.WEB_DATABASE["USER"]])
        if cursor.fetchone() is not None:
            give_rights()


def _statements(tables: list[str]) -> Iterator[sql.SQL]:
    yield sql.SQL("REVOKE CREATE, TEMPORARY ON DATABASE {here} FROM PUBLIC, {web}")  # a table of its own could hide one
    yield sql.SQL("GRANT CONNECT ON DATABASE {here} TO {web}")
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC, {web}")
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {web}")
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {web}")
    yield sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {web}")
    yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web}")
    for table in tables:
        columns = [f'UPDATE ("{column}")' for column in rights.COLUMNS.get(table, ())]
        whole = ", ".join([*rights.of_table(table), *columns])
        yield sql.SQL(f'GRANT {whole} ON TABLE public."{table}" TO {{web}}')


def _here() -> sql.Identifier:
    return sql.Identifier(str(connection.settings_dict["NAME"]))


def _memberships(cursor: Any, name: str) -> list[str]:
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [name])
    if cursor.fetchone() is None:
        return []
    cursor.execute(MEMBERSHIPS, [sql.Identifier(name).as_string(None)])
    return [other for (other,) in cursor.fetchall()]


def _hidden(password: str, name: str) -> sql.Literal:
    """What PostgreSQL keeps in a password's place, so that the password itself is in no statement and no log."""
    encrypted = connection.connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    return sql.Literal(encrypted.decode())
