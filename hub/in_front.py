"""What stands in front of Django: places for those who send something, and answers kept ready (hub/kept).

It says how those are asked whether they still stand."""

import os
import time
from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.template.loader import render_to_string

from hub.kept import Asked, Generation, KeptAnswers, Nudge, Together
from hub.kept.generation import BELIEVED_FOR
from hub.kept.requests import Readers
from hub.last_heard import without_asking
from hub.pages.serving import proofs
from hub.slow_senders import SlowSendersWait
from hub.upkeep import unfinished

A_MOMENT = 60.0  # seconds that an answer is good for when the database does not say when something lapses


def with_kept_answers(application: Callable[..., Any]) -> KeptAnswers:
    """`application`, with the answers to readers kept ready in this process."""
    nudge = None if settings.HUB_SEVERAL_MACHINES else Nudge(settings.VAR_DIR / "kept" / "nudge")
    believed_for = 0.0 if settings.HUB_SEVERAL_MACHINES else BELIEVED_FOR
    mark = str(unfinished.mark_beside())

    def ask(stories: Collection[int]) -> Asked | None:
        """What the database says; nothing while a restore is not finished."""
        return None if os.path.exists(mark) else proofs.ask(stories)  # noqa: PTH110 - asked for each reader

    def generation() -> int | None:
        asked = ask([])
        return asked.generation if asked else None

    return KeptAnswers(
        application,
        readers=readers(),
        ask=Together(ask),
        generation=Generation(generation, nudge, believed_for),
        good_until=good_until,
    )


def with_places_for_senders(application: Callable[..., Any]) -> SlowSendersWait:
    """`application`, for which nobody has to wait who sends nothing."""
    page = render_to_string("errors/503.html", {**without_asking(), "posted": True})
    return SlowSendersWait(application, page.encode())


def good_until() -> float:
    try:
        return proofs.next_lapse()
    except DatabaseError:
        return time.time() + A_MOMENT


def readers() -> Readers:
    """Whoever comes to one of our names, whole and with no port but ours, and is not signed in."""
    ours = urlsplit(settings.HUB_ADDRESS)
    names = {host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))}
    ports = {"", f":{ours.port}"} if ours.port else {""}
    secure: tuple[str, str] | None = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    return Readers(
        hosts=frozenset({ours.netloc} | {name + port for name in names for port in ports}),
        session_cookies=(settings.SESSION_COOKIE_NAME,),
        secure_header=secure,
    )
