"""Tests talk to nobody but this machine. Refuses a connection, a packet and a question for a name that would leave it.

Python itself tells of each, whichever library makes it. The connections of PostgreSQL and of the browser are not
Python's: the first lead to the database of the tests, and the browser tests look at every request themselves.
"""

import ipaddress
import socket
import sys
from contextlib import suppress
from typing import Any

WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg"}
ASKED = {"socket.getaddrinfo", "socket.gethostbyname"}
OURS = {"", "localhost", "testserver", socket.gethostname(), None}


class NobodyOutside(RuntimeError):
    """A test must bring what it needs with it. No OSError: code that expects a network to fail must not hide it."""


def stays_here(host: Any) -> bool:
    host = host.decode() if isinstance(host, bytes) else host
    if host in OURS or str(host).endswith(".localhost"):
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def refuse_what_leaves(event: str, arguments: tuple[Any, ...]) -> None:
    if event in WATCHED:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # anything else is a path on this machine
    elif event in ASKED:
        host = arguments[0]
    else:
        return
    if not stays_here(host):
        raise NobodyOutside(f"A test wanted to reach {host}. Only this machine may be reached ({event}).")


def pytest_configure() -> None:
    sys.addaudithook(refuse_what_leaves)
