"""Does this hub take more readers? Before it stops it says no for some seconds, and goes on answering meanwhile.

Whoever hands readers to several hubs (Caddy, a balancer) asks each second, and has stopped sending any by the time the
hub stops. So an upgrade of one after the other loses no request, not even a form. Refuses nobody: whoever comes all the
same is answered. It asks no database, which may be gone: then the Hub's own page is what readers should see.
"""

import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

ADDRESS = "/takes-readers"


def mark(server: int) -> Path:
    """A file of this machine's, since the process that is told to stop (its number) is not one that answers."""
    return Path(tempfile.gettempdir()) / f"hub-{server}-leaves"


class SaysWhetherItStays:
    """Answers ADDRESS itself, with 200 or 503, and hands everything else on."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != ADDRESS:
            return self.application(environ, start_response)
        leaves = mark(os.getppid()).exists()
        headers = [("Content-Type", "text/plain"), ("Content-Length", "0"), ("Cache-Control", "no-store")]
        start_response("503 Service Unavailable" if leaves else "200 OK", headers)
        return [b""]


def tell_before_stopping(server: Any, seconds: float) -> None:
    """On a TERM signal `server` (granian's) goes on for `seconds` before it ends what it began, and itself."""
    ours = mark(os.getpid())
    ours.unlink(missing_ok=True)  # of one that was killed

    def leave(*signal: Any) -> None:
        with suppress(OSError):  # a full disk holds nobody up
            ours.touch()
        later = threading.Timer(seconds, server.signal_handler_interrupt)
        later.daemon = True
        later.start()

    @server.on_startup
    def listen() -> None:
        signal.signal(signal.SIGTERM, leave)

    @server.on_shutdown
    def forget() -> None:
        ours.unlink(missing_ok=True)
