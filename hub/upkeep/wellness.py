"""Is the Hub well? Everything that is looked at, each with a sentence and what to do, for a person or a monitor.

One list for /readyz, for the numbers of a monitor and for the screen “Is it well?”. Refuses to break on what it looks
for: what cannot be asked is unwell.
"""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, F
from django.db.models.functions import Lower
from django.utils import timezone

from hub import passing_cache, rights
from hub.database_clock import database_now
from hub.pages import installed_triggers
from hub.partners import jobs
from hub.shelves import shelf
from hub.stories.ledger import head, journal
from hub.upkeep import keys, post, unfinished
from hub.upkeep.found import Found, State, well
from hub.upkeep.models import JobRun, KeptBackup, Mail
from hub.upkeep.roles import QUIET

JOBS_LATE, JOBS_DEAD = timedelta(hours=1), timedelta(days=1)
MAIL_LATE, MAIL_STUCK = timedelta(minutes=30), timedelta(hours=12)
BACKUP_LATE, BACKUP_OLD = timedelta(hours=30), timedelta(days=4)
CLOCK_OFF, CLOCK_WRONG = timedelta(seconds=5), timedelta(minutes=1)
LITTLE_ROOM, NO_ROOM = 2 * 1024**3, 300 * 1024**2  # bytes
NEWEST_LINES = 400


Look = Callable[[], Found]


def database() -> Found:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        number = int(cursor.fetchone()[0])
    if unfinished.is_half_restored() or unfinished.is_marked_beside():
        return Found("database", State.UNWELL, "A restore is not finished.", "Run the restore again.", number)
    if its_log_repeats_values():
        said = "PostgreSQL's own log may repeat what people typed, when it refuses something."
        return Found("database", State.LOOK, said, "Run prepare_database; it says what to set on the server.", number)
    return well("database", f"It answers; {number} connections are open.", number)


def its_log_repeats_values() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", [list(QUIET)])
        return dict(cursor.fetchall()) != QUIET


def migrations() -> Found:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return Found("migrations", State.UNWELL, f"{len(plan)} changes of tables wait.", "Run prepare_database.")
    return well("migrations", "The tables are as the code wants them.")


def triggers() -> Found:
    wrong = installed_triggers.missing()
    if wrong:
        said = f"{len(wrong)} things that guard consent are missing or changed. No story is shown until they are back."
        return Found("triggers", State.UNWELL, said, "Run prepare_database, and find out who changed them.", len(wrong))
    return well("triggers", "Everything that guards consent is in place.")


def roles() -> Found:
    wrong = rights.differences()
    if wrong:
        return Found("roles", State.UNWELL, wrong[0], "Run prepare_database, and find out who changed it.", len(wrong))
    return well("roles", "The web process may do what it has to, and no more.")


def keys_at_hand() -> Found:
    missing = [*keys.missing(), *keys.missing_link_keys()]
    if missing:
        said = f"Keys are missing: those named {', '.join(missing)}."
        return Found("keys", State.UNWELL, said, "Put them back behind the newest ones; docs/running.md says where.")
    return well("keys", "Every key that something is locked with is here.")


def ledger_and_journal() -> Found:
    newest = head()
    written = {journal.key_of(line) for line in journal.newest(NEWEST_LINES) if journal.is_said(line)}
    if newest is not None and newest.hash not in written:
        said = "The newest answer is not in the journal beside the database. A restore could not know of it."
        return Found("journal", State.LOOK, said, "Is the disk full? The next run of the jobs writes it; run tick.")
    return well("journal", "The journal tells of the newest answer.")


def jobs_ran() -> Found:
    ran = dict(JobRun.objects.values_list("name", "ran_at"))
    oldest = min((ran[name] for name in jobs.declared() if name in ran), default=None)
    failed = JobRun.objects.exclude(went_well_at=F("ran_at")) | JobRun.objects.filter(went_well_at=None)
    failing = sorted(set(failed.values_list("name", flat=True)) & jobs.declared().keys())
    if oldest is None:
        return Found("jobs", State.LOOK, "The jobs have never run.", "Start the service “jobs”, or run tick.")
    age = _age(oldest)
    if age > JOBS_LATE:
        state = State.UNWELL if age > JOBS_DEAD else State.LOOK
        said = f"The jobs last ran {in_words(age)} ago. Reminders wait; no story is shown that should not be."
        return Found("jobs", state, said, "Start the service “jobs” again.", age.total_seconds())
    if failing:
        said = f"Not well the last time: {', '.join(failing)}."
        return Found("jobs", State.LOOK, said, "The log says why. They try again.", age.total_seconds())
    return well("jobs", f"They ran {in_words(age)} ago.", age.total_seconds())


def mails() -> Found:
    oldest, given_up = post.oldest_waiting(), Mail.objects.exclude(given_up_at=None).count()
    age = _age(oldest) if oldest else timedelta(0)
    if age > MAIL_LATE:
        state = State.UNWELL if age > MAIL_STUCK else State.LOOK
        said = f"A mail has waited for {in_words(age)}: the mail server does not take it."
        return Found("mail", state, said, "Look at EMAIL_URL, and ask who runs the mail server.", age.total_seconds())
    if given_up:
        said = f"{given_up} mails of the last thirty days could not be sent to anybody."
        return Found("mail", State.LOOK, said, "Is somebody's address wrong, under Settings, Users?")
    return well("mail", "No mail waits." if oldest is None else "Mail is on its way.", age.total_seconds())


def disk() -> Found:
    free = shutil.disk_usage(settings.VAR_DIR).free
    said = f"{free / 1024**3:.1f} GB are free."
    if free < LITTLE_ROOM:
        state = State.UNWELL if free < NO_ROOM else State.LOOK
        return Found("disk", state, said, "Make room: old backups, old container images, logs.", free)
    return well("disk", said, free)


def files() -> Found:
    kept = shelf("media")
    if kept.is_open_to_all():
        said = "Anybody may read the storage of files, past every rule of the Hub."
        return Found("files", State.UNWELL, said, "Close the bucket to the public, and ask who opened it.")
    if kept.keeps_what_is_deleted():
        said = "The storage of files keeps older versions: what is erased stays there."
        return Found("files", State.LOOK, said, "Switch versions of the bucket off, and delete those that are there.")
    return well("files", "Files are where they should be, and closed.")


def backups() -> Found:
    last = KeptBackup.objects.exclude(verified_at=None).order_by("-made_at").first()
    if last is None:
        do = "Start the service “backup”, with a public key and a place to keep them: docs/running.md."
        return Found("backup", State.LOOK, "No backup has been made and read back.", do)
    age = _age(last.made_at)
    said = f"The last one that was read back is {in_words(age)} old, with {last.rows} rows and {last.files} files."
    if age > BACKUP_LATE:
        state = State.UNWELL if age > BACKUP_OLD else State.LOOK
        return Found("backup", state, said, "Look at the log of the service “backup”.", age.total_seconds())
    return well("backup", said, age.total_seconds())


def clock() -> Found:
    off = abs(timezone.now() - database_now())
    if off > CLOCK_OFF:
        state = State.UNWELL if off > CLOCK_WRONG else State.LOOK
        said = f"This machine's clock and the database's are {in_words(off)} apart. Stories go by the database's."
        return Found("clock", state, said, "Set both by NTP.", off.total_seconds())
    return well("clock", "This machine's clock agrees with the database's.", off.total_seconds())


def cache() -> Found:
    if passing_cache.is_gone():
        return Found("cache", State.LOOK, "It does not answer. Pages take longer.", "Start Valkey again.")
    return well("cache", "It answers, or is not used.")


def accounts() -> Found:
    twice = User.objects.filter(is_active=True).exclude(email="").values(one=Lower("email")).annotate(n=Count("pk"))
    number = twice.filter(n__gt=1).count()
    if number:
        said = f"{number} mail addresses belong to two accounts. A mail for a new password goes to both."
        return Found(
            "accounts",
            State.LOOK,
            said,
            "Settings, Sign-ins of everybody, says whose. Close one of each under Settings, Users.",
            number,
        )
    return well("accounts", "Each mail address belongs to one account.")


LOOKS: dict[str, Look] = {
    "database": database,
    "migrations": migrations,
    "triggers": triggers,
    "roles": roles,
    "keys": keys_at_hand,
    "journal": ledger_and_journal,
    "jobs": jobs_ran,
    "mail": mails,
    "disk": disk,
    "files": files,
    "backup": backups,
    "clock": clock,
    "cache": cache,
    "accounts": accounts,
}
# Without these nobody should be sent here; what else is wrong is for a person to look at.
NEEDED = ("database", "migrations", "triggers", "roles", "keys")


def look() -> list[Found]:
    """Everything, in order."""
    return [_one(name, ask) for name, ask in LOOKS.items()]


def is_ready(found: list[Found]) -> bool:
    return not any(each.state == State.UNWELL and each.name in NEEDED for each in found)


def _one(name: str, ask: Look) -> Found:
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - whatever is broken is what is looked for
        if connection.alias == DEFAULT_DB_ALIAS and not connection.in_atomic_block:
            connection.close()
        return Found(name, State.UNWELL, f"It cannot be asked ({type(error).__name__}).", "Look at the log.")


def _age(since: datetime) -> timedelta:
    return max(database_now() - since, timedelta(0))


def in_words(age: timedelta) -> str:
    """As one says it: the largest unit that fits."""
    for unit, seconds in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        if number := int(age.total_seconds() // seconds):
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "less than a second"
