"""Every address of the admin that takes a number, posted to by each role with another partner's: nothing is written.

PostgreSQL itself counts what was written, whatever the screen answered and however it wrote it.
"""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.factories import Tree
from tests.foreign_things import WALKERS, addresses, filled

pytestmark = pytest.mark.django_db
POSTED = {"title": "Taken", "name": "Taken", "comment": "Taken", "text": "Taken", "confirm": "on", "collection": "1"}
WRITTEN = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
MAY = {("moderator", "story_hold"), ("safeguarding", "story_hold")}  # of whichever partner the story is
KEPT_OF_WHOEVER_ASKS = {"django_session", "wagtailadmin_editingsession", "wagtailusers_userprofile"}


def written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


@pytest.mark.parametrize("who", WALKERS)
def test_nothing_is_written(two_sections: Tree, theirs: dict[str, Any], who: str, request: Any) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(request.getfixturevalue(who))
    touched: set[str] = set()
    broken: set[str] = set()
    posted = 0
    for name, pattern in addresses():
        if "<" not in pattern or (who, name) in MAY:
            continue
        for address in filled(pattern, theirs):
            before = written()
            with transaction.atomic():
                answer = client.post(address, POSTED)
                transaction.set_rollback(True)
            posted += 1
            if answer.status_code >= 500:
                broken.add(f"{name} {address}")
            touched |= {
                f"{name}: {table} ({answer.status_code})"
                for table, rows in written().items()
                if rows != before.get(table, 0) and table not in KEPT_OF_WHOEVER_ASKS
            }
    assert posted > 200
    assert not broken, "\n".join(sorted(broken))
    assert not touched, "\n".join(sorted(touched))
