"""Whoever sends slowly waits by himself. What comes with a request is read before a view is asked, by a few at a time.

A server has so many threads, and one that waits for the next byte of a form does nothing else: a handful of people who
send a byte a second would stop the Hub for everybody. So small and large forms have so many places each, and some
threads are never theirs. Refuses, with a sentence and the numbers of help lines, when all places are taken.
"""

import threading
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
SMALL = 2 * 1024 * 1024  # bytes; a proxy in front hands these on when it has all of them (deploy/Caddyfile)
IN_MEMORY = 256 * 1024
AT_A_TIME = 64 * 1024
PLACES = 2  # each for small and for large ones, of six threads
WAIT = 0.2  # seconds for a place: whoever waits holds a thread, too
LARGEST = 60 * 1024 * 1024
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'; object-src 'none'"
)
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
    ("Retry-After", "60"),
]


class SlowSendersWait:
    """A WSGI application in front of another one."""

    def __init__(self, application: Application, busy: bytes, *, places: int = PLACES, wait: float = WAIT) -> None:
        self.application, self.busy, self.wait = application, busy, wait
        self.small, self.large = threading.BoundedSemaphore(places), threading.BoundedSemaphore(places)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = _length(environ)
        if not length:
            return self.application(environ, start_response)
        if length > LARGEST:
            return self._refuse("413 Content Too Large", start_response)
        places = self.small if length <= SMALL else self.large
        if not places.acquire(timeout=self.wait):
            return self._refuse("503 Service Unavailable", start_response)
        try:
            body = _whole(environ["wsgi.input"], length)
        finally:
            places.release()
        if body is None:
            return self._refuse("400 Bad Request", start_response)
        return _Closing(self.application({**environ, "wsgi.input": body}, start_response), body)

    def _refuse(self, status: str, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response(status, HEADERS)
        return [self.busy]


class _Closing:
    """The answer, and what was sent let go of afterwards."""

    def __init__(self, answer: Iterable[bytes], body: IO[bytes]) -> None:
        self.answer, self.body = answer, body

    def __iter__(self) -> Any:
        return iter(self.answer)

    def close(self) -> None:
        try:
            if close := getattr(self.answer, "close", None):
                close()
        finally:
            self.body.close()


def _length(environ: dict[str, Any]) -> int:
    try:
        return max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0


def _whole(sent: Any, length: int) -> IO[bytes] | None:
    """All that was sent. None when the line went dead before: half a form is none."""
    body = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - closed with the answer
    left = length
    try:
        while left and (piece := sent.read(min(AT_A_TIME, left))):
            left -= len(piece)
            body.write(piece)
    except OSError:
        left = max(left, 1)
    if left:
        body.close()
        return None
    body.seek(0)
    return body
