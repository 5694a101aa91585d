"""Every address of the admin, walked by each role with another partner's numbers: nothing of another partner comes out.

A closed world: an address this walk cannot fill in fails it, so that a new release of Wagtail fails here and leaks not.
"""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import Tree
from tests.foreign_things import PAGES, TOLD, WALKERS, addresses, filled

pytestmark = pytest.mark.django_db
MAY_NOT_READ = {
    "clued_up_author": (PAGES, TOLD),
    "clued_up_lead": (PAGES, TOLD),
    "toolkit_editor": (PAGES, TOLD),
    "moderator": (PAGES,),
    "safeguarding": (PAGES,),
}
NEVER_ENTERED = {"wagtailadmin_logout"}  # ends the session of whoever walks


@pytest.mark.parametrize("who", WALKERS)
def test_nothing_of_another_partner_comes_out(
    two_sections: Tree, theirs: dict[str, Any], who: str, request: Any
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(request.getfixturevalue(who))
    leaks: set[str] = set()
    broken: set[str] = set()
    part = PAGES[:-1]  # finds the canary, and is not one where a screen repeats it
    looked_for = f"q={part}&term={part}&search={part}"
    ids = "&".join(f"id={thing.pk}" for thing in theirs.values())
    for name, pattern in addresses():
        if name in NEVER_ENTERED:
            continue
        for address in filled(pattern, theirs):
            for asked in (address, f"{address}?{looked_for}&{ids}")[: 2 if asks_for_more(address) else 1]:
                response: Any = client.get(asked)
                if response.status_code >= 500:
                    broken.add(f"{name} {asked}")
                body = b"".join(response.streaming_content) if response.streaming else response.content
                text = body.decode(errors="replace")
                for canary in MAY_NOT_READ[who]:
                    if canary in text:
                        at = text.index(canary)
                        leaks.add(f"{name}: …{text[max(0, at - 60) : at + 30]!r}")
    assert client.get("/admin/").status_code == 200, "some address ended the session, so the rest was not walked"
    assert not broken, "\n".join(sorted(broken))
    assert not leaks, "\n".join(sorted(leaks))


def asks_for_more(address: str) -> bool:
    """Whether a screen reads what stands behind the ?: lists and choosers do, a thing's own screens do not."""
    return not re.search(r"/\d+/", address) or bool(re.search("choose|results|usage|filter", address))


def test_what_all_may_open_says_nothing_of_another_partner_either(
    client: Client, two_sections: Tree, ours: dict[str, Any], clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    leaks = set()
    opened = 0
    for name, pattern in addresses():
        arguments = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        if len(arguments) > 1 or name in NEVER_ENTERED:
            continue
        asked = filled(pattern, ours)
        for address in asked:
            response: Any = client.get(address, follow=True)
            opened += response.status_code == 200
            body = b"".join(response.streaming_content) if response.streaming else response.content
            if b"export=csv" in body and "?" not in address:
                asked += [f"{address}?export=csv", f"{address}?export=xlsx"]
            if PAGES.encode() in body or TOLD.encode() in body:
                leaks.add(f"{name}: {address}")
    assert opened > 60
    assert not leaks, "\n".join(sorted(leaks))


def test_no_tags_can_be_written_that_all_partners_would_share(client: Client, clued_up_author: User) -> None:
    client.force_login(clued_up_author)
    for at in ("/admin/images/add/", "/admin/documents/add/"):
        assert 'name="tags"' not in client.get(at).content.decode()
    assert client.get("/admin/bulk/pages/hubimage/add_tags/").status_code == 404
    assert client.get("/admin/tag-autocomplete/?term=a").status_code == 404


def test_an_administrator_opens_every_door(client: Client, two_sections: Tree) -> None:
    client.force_login(User.objects.create_superuser("admin"))
    assert client.get("/admin/reports/site-history/").status_code == 200
    assert client.get("/admin/tag-autocomplete/?term=a").status_code == 200
