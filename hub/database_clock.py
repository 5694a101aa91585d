"""What time is it, for everybody? The database's clock: one for all processes and machines, and nobody types it."""

from datetime import datetime
from typing import cast

from django.db import connection


def database_now() -> datetime:
    """This moment by the database's clock, with its zone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cast("datetime", cursor.fetchone()[0])
