"""Guesses are counted against the address our own proxy saw, never against one that a visitor made up."""

from typing import Any

import pytest
from django.test import RequestFactory

from hub.accounts.client_address import client_network


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "counted"),
    [
        (False, "203.0.113.9", "127.0.0.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (True, "2001:DB8:1:2:3::1", "2001:db8:1:2::/64"),
        (True, "2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        (True, "::ffff:203.0.113.9", "203.0.113.9"),
        (True, "not an address", "127.0.0.1"),
        (True, "", "127.0.0.1"),
    ],
)
def test_only_the_last_hop_counts(
    rf: RequestFactory, settings: Any, behind_proxy: bool, forwarded: str, counted: str
) -> None:
    settings.HUB_BEHIND_PROXY = behind_proxy
    assert client_network(rf.get("/", HTTP_X_FORWARDED_FOR=forwarded)) == counted


@pytest.mark.django_db
def test_one_family_is_not_locked_out_by_anothers_wrong_codes(rf: RequestFactory, settings: Any) -> None:
    from hub.stories.family import links
    from hub.stories.family.views.code import TOO_MANY, code

    settings.HUB_BEHIND_PROXY = True

    def guess(address: str) -> str:
        sent = rf.post("/yours/", {"code": "AAAA-AAAA-AAAA"}, HTTP_X_FORWARDED_FOR=f"192.0.2.1, {address}")
        return code(sent).content.decode()

    while links.may_try_a_code("203.0.113.9"):
        pass
    assert TOO_MANY in guess("203.0.113.9")
    assert TOO_MANY not in guess("203.0.113.10")
