"""What do the processes that serve have in common? All that was loaded: once, before they are forked.

One page is made before that, so that no reader waits for templates, menus and drawings to be read for the first time.
Where processes cannot be forked (Python 3.14 begins them anew) each loads for itself, as it would without this.
"""

import gc
import importlib
import logging
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import connections
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

logger = logging.getLogger(__name__)
APPLICATION = "hub.wsgi:application"
THREADS = 6  # two for small forms, two for large ones, two for nobody but readers: hub/slow_senders.py
SLOWEST_HEADERS = 10_000  # ms; and as long does a line stay open that nobody uses
WAITING = 128  # requests that may wait for a thread


def workers(address: str, port: int, *, number: int, kill_after: int, **also: Any) -> Any:
    """The server, ready to `serve()`. What it warns of (so many threads) is meant; it says if a worker ends unasked."""
    return Server(
        APPLICATION, address=address, port=port, interface=Interfaces.WSGI, workers=number, blocking_threads=THREADS,
        http=HTTPModes.http1, http1_settings=HTTP1Settings(header_read_timeout=SLOWEST_HEADERS), backpressure=WAITING,
        respawn_failed_workers=True, workers_kill_timeout=kill_after, websockets=False, log_level=LogLevels.error,
        **also,
    )  # fmt: skip


def load_before_forking() -> None:
    """Loads the application into this process, makes one page, and lets go of every connection."""
    module, name = APPLICATION.split(":")
    application = getattr(importlib.import_module(module), name)
    try:
        _look_once(application)
    except Exception:  # whatever it is, the first reader meets it, and hears a sentence about it
        logger.exception("The first page could not be made.")
    connections.close_all()  # no two processes may share one
    gc.collect()
    gc.freeze()  # so that counting rubbish copies nothing of what all of them share


def _look_once(application: Any) -> None:
    address = urlsplit(settings.HUB_ADDRESS)
    environ: dict[str, Any] = {"HTTP_HOST": address.netloc, "wsgi.url_scheme": address.scheme or "http"}
    setup_testing_defaults(environ)
    if secure := getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        environ[secure[0]] = secure[1]
    answer = application(environ, lambda *said: None)
    try:
        for _ in answer:
            pass
    finally:
        if close := getattr(answer, "close", None):
            close()
