"""Answers what is kept before the application starts, and keeps what may be. Never uses what may no longer be shown.

On the way to each reader it is asked whether everything that the answer rests on still stands: has anything public
changed, may each story on it be shown at this moment, has it lapsed, are its files the same? A doubt, the database not
answering among them, sends the reader to the application, which asks everything itself.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from hub.kept import notes
from hub.kept.asked import Ask
from hub.kept.encodings import best
from hub.kept.generation import Generation
from hub.kept.kept import Headers, Kept, is_unchanged, keep
from hub.kept.requests import SAFE, Readers
from hub.kept.store import Address, Store
from hub.kept.turns import Turns

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class KeptAnswers:
    """A WSGI application in front of another one."""

    def __init__(
        self,
        application: Application,
        *,
        readers: Readers,
        ask: Ask,
        generation: Generation,
        good_until: Callable[[], float],
        store: Store | None = None,
    ) -> None:
        self.application, self.readers = application, readers
        self.ask, self.generation, self.good_until = ask, generation, good_until
        self.store, self.turns = Store() if store is None else store, Turns()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        address = self.readers.address(environ)
        if address is None:
            return self._pass_on(environ, start_response)
        if kept := self._good(address):
            return _send(kept, environ, start_response)
        with self.turns.turn(address) as somebody_made_it:
            if somebody_made_it and (kept := self._good(address)):
                return _send(kept, environ, start_response)
            return self._make(address, environ, start_response)

    def _pass_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answer = self.application(environ, start_response)
        if environ["REQUEST_METHOD"] not in SAFE:
            self.generation.may_have_changed()  # before whoever changed something hears that it is done
        return answer

    def _good(self, address: Address) -> Kept | None:
        kept = self.store.get(address)
        if kept is None or self._stands(kept):
            return kept
        self.store.forget(address, kept)
        return None

    def _stands(self, kept: Kept) -> bool:
        """Whether everything it rests on stands now. With stories on it, the database is asked each time."""
        if time.time() >= kept.good_until:
            return False
        if not kept.proofs:
            return self.generation.now() == kept.generation and kept.has_its_files()
        asked = self.ask(kept.stories)
        return (
            asked is not None
            and asked.generation == kept.generation
            and kept.proofs <= asked.standing
            and kept.has_its_files()
        )

    def _make(self, address: Address, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer, kept if it may be and nothing public changed while it was made."""
        begun = self.generation.asked()
        said = _Said(start_response)
        with notes.being_made() as noted:
            answer = self.application(environ, said)
        if begun is None or environ["REQUEST_METHOD"] != "GET" or not (noted.may_be_kept and said.may_be_kept()):
            return said.pass_on(answer)
        body = _whole(answer)
        noted.good_until = min(noted.good_until, self.good_until())
        kept = keep(body, said.headers, noted, begun)
        now = self.ask(kept.stories)
        if now and not kept.proofs <= now.standing:  # somebody stopped their story while this was made
            return self.application(environ, start_response)
        if now and now.generation == begun and kept.has_its_files():
            self.store.put(address, kept)
        return _send(kept, environ, start_response)


class _Said:
    """What the application said with its answer, held back until it is known what becomes of it."""

    def __init__(self, start_response: StartResponse) -> None:
        self.start_response = start_response
        self.status, self.headers, self.more = "", [], ()  # type: str, Headers, tuple[Any, ...]

    def __call__(self, status: str, headers: Headers, *more: Any) -> Callable[[bytes], Any]:
        self.status, self.headers, self.more = status, headers, more
        return _nobody_writes

    def may_be_kept(self) -> bool:
        """A good answer, that gives nobody a cookie and was not made for one reader alone."""
        names = {name.lower() for name, _ in self.headers}
        policy = next((value for name, value in self.headers if name.lower() == "content-security-policy"), "")
        ours = not names & {"set-cookie", "content-encoding", "content-range"} and "nonce-" not in policy
        return self.status.startswith("200 ") and ours

    def pass_on(self, answer: Iterable[bytes]) -> Iterable[bytes]:
        self.start_response(self.status, self.headers, *self.more)
        return answer


def _nobody_writes(data: bytes) -> None:
    raise NotImplementedError("The application's answer is what it returns.")


def _whole(answer: Iterable[bytes]) -> bytes:
    """All of it, and the application told that it was read."""
    try:
        return b"".join(answer)
    finally:
        if close := getattr(answer, "close", None):
            close()


def _send(kept: Kept, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    form = kept.forms[best(environ.get("HTTP_ACCEPT_ENCODING", ""))]
    if is_unchanged(form, environ.get("HTTP_IF_NONE_MATCH", "")):
        start_response("304 Not Modified", form.unchanged)
        return []
    start_response("200 OK", form.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]
