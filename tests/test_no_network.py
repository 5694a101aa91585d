"""No test reaches anybody outside this machine: tests/no_network.py."""

import socket
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.no_network import NobodyOutside, stays_here


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "hub.example.org", "10.0.0.1", b"hub.example.org"])
def test_whoever_is_elsewhere_is_elsewhere(host: str | bytes) -> None:
    assert not stays_here(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "hub.localhost", b"localhost", "", None])
def test_this_machine_is_here(host: str | bytes | None) -> None:
    assert stays_here(host)


def test_an_address_a_name_and_a_packet_are_refused() -> None:
    with socket.socket() as wire, pytest.raises(NobodyOutside, match=r"reach 192\.0\.2\.1"):
        wire.connect(("192.0.2.1", 80))
    with pytest.raises(NobodyOutside, match=r"reach hub\.example\.org"):
        socket.getaddrinfo("hub.example.org", 443)
    with socket.socket(type=socket.SOCK_DGRAM) as wire, pytest.raises(NobodyOutside):
        wire.sendto(b"x", ("192.0.2.1", 53))
    with pytest.raises(NobodyOutside, match="Only this machine"):
        urllib.request.urlopen("https://hub.example.org/", timeout=1)


def test_this_machine_and_its_sockets_are_reached(tmp_path: Path) -> None:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, *words: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.handle_request).start()
        with urllib.request.urlopen(f"http://localhost:{server.server_port}/", timeout=5) as answer:
            assert answer.status == 204
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as wire:
        listener.bind(path)
        listener.listen()
        wire.connect(path)
