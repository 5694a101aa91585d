"""Who is knocking? The address that guesses are counted against.

Refuses what a visitor says about herself: of X-Forwarded-For only the last hop counts, which our own proxy wrote, and
only where HUB_BEHIND_PROXY says that there is one. Otherwise each guess could come with a new made-up address.
"""

from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def client_address(request: "HttpRequest") -> str:
    """The visitor's address: what the proxy in front of us saw, or else who is connected to us."""
    connected: str = request.META.get("REMOTE_ADDR", "")
    if not settings.HUB_BEHIND_PROXY:
        return connected
    seen_by_proxy = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(seen_by_proxy))
    except ValueError:
        return connected
