"""How are PostgreSQL's own programs told which database, and how do they say what went wrong?

The password never stands in a list of processes, which others on the machine can read.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from django.db import connection
from psycopg.conninfo import make_conninfo

from hub.embedded_postgres import program

PARTS_OF_AN_ADDRESS = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey")


def address(**other: str) -> str:
    """The database of this process, or an `other` one beside it, without its password."""
    known = {**connection.get_connection_params(), **other}
    return make_conninfo(**{part: str(known[part]) for part in PARTS_OF_AN_ADDRESS if known.get(part)})


def run(name: str, *arguments: str) -> None:
    """Runs one of the programs to its end. Raises OSError with what it said when it fails."""
    with reading(name, *arguments) as output:
        while output.read(1 << 20):
            pass


@contextmanager
def reading(name: str, *arguments: str) -> Iterator[IO[bytes]]:
    """What one of the programs writes. Raises OSError with what it said when it fails, at the end of the block."""
    connection.ensure_connection()  # starts the embedded server, where that is the one
    password = str(connection.settings_dict.get("PASSWORD") or "")
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [program(name), *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        output = cast("IO[bytes]", process.stdout)
        try:
            with output:
                yield output
        except BaseException:
            process.kill()
            raise
        finally:
            status = process.wait()
        errors.seek(0)
        if status:
            raise OSError(f"{name}: {errors.read().decode(errors='replace').strip()}")
