"""Thirty people who send a byte a second keep nobody else waiting, and half a form is none."""

import threading
import time
from io import BytesIO
from typing import Any

import pytest

from hub.slow_senders import IN_MEMORY, LARGEST, SMALL, SlowSendersWait


class Slow:
    """Sends nothing until it may."""

    def __init__(self) -> None:
        self.may_go_on, self.is_waited_for = threading.Event(), threading.Event()

    def read(self, most: int) -> bytes:
        self.is_waited_for.set()
        self.may_go_on.wait(30)
        return b"a" * most


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()[:5] if environ.get("CONTENT_LENGTH") else b"a page"]


def ask(layer: SlowSendersWait, sent: Any = None, length: Any = "") -> tuple[str, bytes]:
    said: list[str] = []
    answer: Any = layer({"wsgi.input": sent, "CONTENT_LENGTH": length}, lambda status, headers: said.append(status))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return said[0][:3], body


@pytest.mark.parametrize(("length", "other"), [(SMALL, SMALL + 1), (SMALL + 1, SMALL)])
def test_slow_senders_take_their_own_places_and_no_others(length: int, other: int) -> None:
    layer = SlowSendersWait(application, b"busy", places=2, wait=0.01)
    slow = [Slow() for _ in range(2)]
    threads = [threading.Thread(target=ask, args=(layer, sender, str(length))) for sender in slow]
    for thread, sender in zip(threads, slow, strict=True):
        thread.start()
        assert sender.is_waited_for.wait(10)
    began = time.monotonic()
    assert [ask(layer, Slow(), str(length)) for _ in range(28)] == [("503", b"busy")] * 28
    assert ask(layer) == ("200", b"a page")
    assert ask(layer, BytesIO(b"x" * other), str(other)) == ("200", b"xxxxx")
    assert time.monotonic() - began < 5
    for sender in slow:
        sender.may_go_on.set()
    for thread in threads:
        thread.join(10)
    assert ask(layer, BytesIO(b"x" * length), str(length)) == ("200", b"xxxxx"), "a place is given back"


def test_half_a_form_is_no_form_and_too_much_is_not_read() -> None:
    layer = SlowSendersWait(application, b"busy")
    assert ask(layer, BytesIO(b"wanted=rem"), "20") == ("400", b"busy")
    assert ask(layer, None, str(LARGEST + 1)) == ("413", b"busy")
    assert ask(layer, BytesIO(b"y" * (IN_MEMORY + 9)), str(IN_MEMORY + 9)) == ("200", b"yyyyy")
    assert ask(layer, BytesIO(b""), "nonsense")[0] == "200"
    for _ in range(5):
        assert ask(layer, BytesIO(b"ok"), "2") == ("200", b"ok"), "nobody keeps a place that he gave up"
