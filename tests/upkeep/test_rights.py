"""The web process owns nothing. Each thing that only an owner may do is tried, beside what it does all day."""

from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction

from hub import rights
from hub.pages.models import HubPage, Visibility
from hub.stories.light.lighting import relight
from hub.stories.models import ConsentEvent
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.roles import CannotGiveRights, give_rights
from tests.factories import Tree, light, lit_story, make_story
from tests.owner import as_owner

pytestmark = pytest.mark.django_db

ONLY_ADDED_TO = ["stories_consentevent", "stories_consentwording", "stories_recordopened"]
REFUSED = [
    "ALTER TABLE stories_consent DISABLE TRIGGER ALL",
    "ALTER TABLE stories_consent ADD COLUMN more text",
    "ALTER TABLE pages_visibility OWNER TO hub_web",
    "DROP TABLE stories_legalflag",
    "DROP TRIGGER {trigger} ON pages_visibility",
    "CREATE TRIGGER mine BEFORE INSERT ON stories_consent FOR EACH ROW EXECUTE FUNCTION {function}()",
    "CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER FUNCTION {function}() SET search_path = pg_temp",
    "CREATE RULE mine AS ON INSERT TO stories_consentevent DO INSTEAD NOTHING",
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE stories_consent (id int)",  # it would hide the real one from the triggers
    "CREATE SCHEMA mine",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE mine SUPERUSER",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "ALTER ROLE CURRENT_USER SET session_replication_role = replica",
    "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', true)",
    "SET ROLE {owner}",
    "SET SESSION AUTHORIZATION {owner}",
    "COMMENT ON DATABASE {database} IS 'mine'",
    "COPY stories_consent TO PROGRAM 'true'",
    "SELECT pg_read_file('PG_VERSION')",
    "UPDATE pages_visibility SET public_until = public_until",
    "UPDATE django_content_type SET model = 'guidancepage' WHERE model = 'storypage'",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('stories', '9999', now())",
    "UPDATE accounts_accessevent SET what = 'ended'",
    "UPDATE stories_wordingretirement SET retired_at = now() + interval '1 year'",
    "DELETE FROM stories_takenback",
    "UPDATE stories_takenback SET story_id = 0",
    "DELETE FROM upkeep_restoration",
    *(f"{what} {table}" for table in ONLY_ADDED_TO for what in ("TRUNCATE", "DELETE FROM")),
    *(f"UPDATE {table} SET id = id" for table in ONLY_ADDED_TO),
    *(f"TRUNCATE {table} CASCADE" for table in ("stories_consent", "stories_legalflag", "pages_visibility")),
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_web_process_is_refused(settings: Any, statement: str) -> None:
    words = {
        "owner": settings.OWNER_DATABASE["USER"],
        "database": f'"{connection.settings_dict["NAME"]}"',
        "trigger": pgid("light_only_with_proof"),
        "function": pgid("light_only_with_proof"),
    }
    refusal = r"permission denied|must be owner|must be superuser|[Oo]nly roles with|must have the"
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(**words))


def pgid(name: str) -> str:
    return next(t.get_pgid(model) for model, t in pgtrigger.registered() if t.name == name)


def test_what_it_does_all_day_it_may(tree: Tree) -> None:
    story = lit_story(tree)
    assert HubPage.objects.filter(pk=story.pk).live().exists()
    withdraw(story.participations.get())
    assert not Visibility.objects.filter(pk=story.pk).exists()
    assert ConsentEvent.objects.filter(kind="withdrawn").exists()


def test_light_is_put_in_and_taken_away_and_never_changed(tree: Tree) -> None:
    story = light(make_story(tree))
    Visibility.objects.filter(pk=story.pk).delete()
    assert relight(story.pk).allowed
    assert Visibility.objects.filter(pk=story.pk).exists()


def test_the_tests_themselves_are_not_the_owner() -> None:
    assert rights.differences() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_user")
        assert cursor.fetchone() == (connection.settings_dict["USER"],) * 2


def test_every_table_named_is_there() -> None:
    tables = set(connection.introspection.table_names())
    assert not (rights.LESS.keys() | rights.COLUMNS.keys()) - tables
    assert not rights.LESS.keys() & rights.COLUMNS.keys()
    for table, columns in rights.COLUMNS.items():
        model = next(m for m in apps.get_models() if m._meta.db_table == table)
        assert set(columns) <= {field.column for field in model._meta.concrete_fields}


def test_what_a_trigger_protects_the_web_process_has_no_right_to_either() -> None:
    """Two that agree: a table that rows only enter is such a table by its triggers and by its rights."""
    missed = [
        f"{model._meta.db_table}: {operation}"
        for model, trigger in pgtrigger.registered()
        if isinstance(trigger, pgtrigger.Protect) and trigger.condition is None
        for operation in ("UPDATE", "DELETE")
        if operation in str(trigger.operation) and operation in rights.of_table(model._meta.db_table)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ("GRANT UPDATE ON stories_consentevent TO {web}", "may UPDATE stories_consentevent, and must not"),
        ("GRANT TRUNCATE ON stories_consent TO PUBLIC", "may TRUNCATE stories_consent, and must not"),
        ("GRANT UPDATE (hash) ON stories_consentevent TO {web}", "may UPDATE stories_consentevent.hash, and must not"),
        ("REVOKE SELECT ON pages_hubpage FROM {web}", "may not SELECT pages_hubpage, and has to"),
        ("GRANT CREATE ON SCHEMA public TO {web}", "may make tables of its own"),
        ("GRANT {owner} TO {web}", "is a member of another role"),
        ("ALTER ROLE {web} CREATEROLE", "may make itself mightier"),
        ("ALTER TABLE stories_consent OWNER TO {web}", "owns what is here"),
        ("GRANT SET ON PARAMETER session_replication_role TO {web}", "may switch triggers off"),
        (
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
            "may call functions that run with the owner's rights",
        ),
    ],
)
def test_a_right_too_many_or_too_few_is_noticed(settings: Any, done: str, said: str) -> None:
    assert rights.differences() == []
    as_owner(done.format(web=connection.settings_dict["USER"], owner=settings.OWNER_DATABASE["USER"]))
    assert f"{connection.settings_dict['USER']} {said}." in rights.differences()


def test_the_web_process_cannot_give_itself_rights() -> None:
    assert give_rights() == []
    as_owner("REVOKE SELECT ON pages_hubpage FROM " + connection.settings_dict["USER"])
    with pytest.raises(CannotGiveRights, match="only the owner of the tables"), transaction.atomic():
        give_rights()
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        call_command("migrate", "feedback", "zero", verbosity=0)
