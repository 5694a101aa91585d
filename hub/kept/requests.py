"""For which request could an answer be kept? A reader's, for one of our own hosts, with nothing in it but an address.

Everything else goes straight on: a form, somebody who is signed in, a host that is not ours, a query string that is not
listed, an address that is too long or written in an odd way. So nobody fills the memory with addresses of their making.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from hub.kept.store import Address

LONGEST_PATH = 300
SAFE = frozenset({"GET", "HEAD"})
LISTED = re.compile(r"page=[1-9][0-9]{0,3}|kind=activity")


@dataclass(frozen=True)
class Readers:
    """Who counts as a reader. `hosts` are whole names, with a port where one is written."""

    hosts: frozenset[str]
    session_cookies: Collection[str]
    secure_header: tuple[str, str] | None = None

    def address(self, environ: dict[str, Any]) -> Address | None:
        """Under which address the answer to this request lies; None for one that is never kept."""
        path, query, host = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""), environ.get("HTTP_HOST", "")
        if (
            environ["REQUEST_METHOD"] not in SAFE
            or host not in self.hosts
            or len(path) > LONGEST_PATH
            or "//" in path
            or (query and not LISTED.fullmatch(query))
            or self._may_be_signed_in(environ)
        ):
            return None
        return self._scheme(environ), host, path, query

    def _may_be_signed_in(self, environ: dict[str, Any]) -> bool:
        cookie = environ.get("HTTP_COOKIE", "")
        return bool(cookie) and any(name in cookie for name in self.session_cookies)

    def _scheme(self, environ: dict[str, Any]) -> str:
        if self.secure_header:
            name, value = self.secure_header
            return "https" if environ.get(name, "").split(",")[0].strip() == value else "http"
        return str(environ.get("wsgi.url_scheme", "http"))
