"""What may the web process do in the database? One table of rights; whatever goes beyond it is taken away.

The web process owns nothing: it connects as a role that can alter, disable and drop nothing, and that changes no line
of what only grows. Refuses to call a database well in which that role holds more than this, or less.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

READ = ("SELECT",)
ADD = ("SELECT", "INSERT")
ADD_AND_DELETE = ("SELECT", "INSERT", "DELETE")
EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")  # nobody but the owner empties a table with TRUNCATE

# Tables in which the web process may do less than everything.
LESS: dict[str, tuple[str, ...]] = {
    "accounts_signin": ADD_AND_DELETE,
    "auth_permission": READ,
    "django_content_type": READ,  # which class a page is of decides whether it needs anybody's consent
    "django_migrations": READ,
    "packs_pack": ADD,
    "pages_change": ADD_AND_DELETE,
    "partners_lawchosen": ADD,  # who chose which law, and when, stays
    "pages_hubrendition": ADD_AND_DELETE,
    "pages_visibility": ADD_AND_DELETE,
    "stories_carryover": ADD_AND_DELETE,
    "stories_consentevent": ADD,
    "stories_consentwording": ADD,
    "stories_farewell": ADD_AND_DELETE,
    "stories_notbefore": ADD,
    "stories_ownblock": ADD_AND_DELETE,
    "stories_proof": ADD_AND_DELETE,
    "stories_recordopened": ADD,
    "stories_wordingretirement": ADD,
    "stories_wrotebefore": ADD_AND_DELETE,
    "upkeep_keyinuse": ADD_AND_DELETE,
    "upkeep_restoration": READ,
}
# Of these tables the web process changes these columns alone; it reads them and adds rows.
COLUMNS: dict[str, tuple[str, ...]] = {
    "accounts_accessevent": ("by_id", "about_id"),  # an account may be deleted: then only its link goes
    "stories_leavingout": ("by_id", "stopped_at", "followed_at", "stays_at", "finished_at"),
    "stories_takenback": ("by_id", "ended_at", "ended_by_id"),
}
# Functions that run with the owner's rights, whoever calls them. None is needed.
RUN_AS_OWNER: frozenset[str] = frozenset()

Right = tuple[str, str, str]  # table, column or nothing, what

TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p', 'v', 'm')"
)
HELD = """
    WITH me AS (SELECT oid FROM pg_roles WHERE rolname = %(role)s UNION SELECT 0)
    SELECT c.relname, '', a.privilege_type
        FROM pg_class c, aclexplode(c.relacl) a
        WHERE c.relnamespace = to_regnamespace('public') AND c.relkind = ANY ('{r,p,v,m}') AND a.grantee IN (TABLE me)
    UNION SELECT c.relname, t.attname, a.privilege_type
        FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
        WHERE c.relnamespace = to_regnamespace('public') AND a.grantee IN (TABLE me)
"""
# What each column says of the role, when it is true, makes it more than a guest in this database.
TOO_MIGHTY = """
    SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls AS "may make itself mightier",
        EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS "is a member of another role",
        EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('public') AND relowner = r.oid)
            OR EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND datdba = r.oid)
            AS "owns what is here",
        has_database_privilege(r.oid, current_database(), 'CREATE, TEMPORARY') OR EXISTS (
            SELECT FROM pg_namespace n WHERE nspname !~ '^pg_' AND has_schema_privilege(r.oid, n.oid, 'CREATE'))
            AS "may make tables of its own",
        has_parameter_privilege(r.oid, 'session_replication_role', 'SET') AS "may switch triggers off",
        EXISTS (SELECT FROM pg_proc WHERE pronamespace = to_regnamespace('public') AND prosecdef
            AND proname <> ALL (%(known)s)) AS "may call functions that run with the owner's rights"
    FROM pg_roles r WHERE rolname = %(role)s
"""


def wanted(tables: Iterable[str]) -> set[Right]:
    """What the web process is to hold of `tables`, and nothing more."""
    rights = {(table, "", what) for table in tables for what in of_table(table)}
    return rights | {(table, column, "UPDATE") for table in tables for column in COLUMNS.get(table, ())}


def of_table(table: str) -> tuple[str, ...]:
    """What it may do to whole rows of `table`."""
    return ADD if table in COLUMNS else LESS.get(table, EVERYTHING)


def held(cursor: Any, role: str) -> set[Right]:
    """What `role` holds, also by way of everybody."""
    cursor.execute(HELD, {"role": role})
    return set(cursor.fetchall())


def tables(cursor: Any) -> list[str]:
    """Every table of the Hub's."""
    cursor.execute(TABLES)
    return sorted(name for (name,) in cursor.fetchall())


def differences(role: str = "") -> list[str]:
    """How `role`, or the one that asks, differs from the table above: a sentence each, none when it is right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        name = role or str(cursor.fetchone()[0])
        cursor.execute(TOO_MIGHTY, {"role": name, "known": list(RUN_AS_OWNER)})
        found = cursor.fetchone()
        if found is None:
            return [f"There is no role {name} in this database's server."]
        too_mighty = [column.name for column, is_so in zip(cursor.description, found, strict=True) if is_so]
        if too_mighty:
            return [f"{name} {each}." for each in too_mighty]
        now, right = held(cursor, name), wanted(tables(cursor))
    much = [f"{name} may {in_words(each)}, and must not." for each in sorted(now - right)]
    return much + [f"{name} may not {in_words(each)}, and has to." for each in sorted(right - now)]


def in_words(right: Right) -> str:
    table, column, what = right
    return f"{what} {table}.{column}" if column else f"{what} {table}"
