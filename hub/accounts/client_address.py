"""Who is knocking? The network that guesses are counted against.

Refuses what a visitor says about herself: of X-Forwarded-For only the last hop counts, which our own proxy wrote, and
only where HUB_BEHIND_PROXY says that there is one. Otherwise each guess could come with a new made-up address. Of an
IPv6 address the first half counts: a home or a rented server has the whole other half, 18 million million million.
"""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

OF_ONE_CUSTOMER = 64  # bits


def client_network(request: "HttpRequest") -> str:
    """The visitor's network: an IPv4 address, or the /64 of an IPv6 one; empty when nothing says it."""
    return _network(_seen_by_proxy(request)) or _network(request.META.get("REMOTE_ADDR", ""))


def _seen_by_proxy(request: "HttpRequest") -> str:
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HUB_BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip()


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), OF_ONE_CUSTOMER), strict=False))
