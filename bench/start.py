"""How long until the first page, and how much memory? Starts the Hub as `make demo` does, reads it, and ends it.

    python bench/start.py

From var/bench, whose demo is made first if there is none. Memory is what each process has for itself, with its part of
what they share (PSS); the database is not counted.
"""

import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.machine import free_ports  # noqa: E402 - the folder has to be on the path first
from bench.run import made_demo, read  # noqa: E402

PAGES = ("/", "/toolkit/", "/partners/", "/partners/clued-up/", "/stories/", "/search/?q=language", "/admin/login/")
ROUNDS = 20  # so that each worker has made everything


def main() -> None:
    made_demo()
    (port,) = free_ports(1)
    environment = os.environ | {"HUB_VAR_DIR": str(ROOT / "var" / "bench")}
    begun = time.monotonic()
    command = [sys.executable, "-m", "hub.local", "demo", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            first = _first_page(f"http://localhost:{port}/", server)
            for address in PAGES * ROUNDS:
                read(f"http://localhost:{port}{address}")
            parts = [_own_memory(pid) for pid in (server.pid, *_children(server.pid))]
        finally:
            server.terminate()
    sys.stdout.write(
        f"First page {first - begun:.1f} s after it was started. {len(parts)} processes, "
        f"{' + '.join(f'{part:.0f}' for part in parts)} = {sum(parts):.0f} MB. "
        f"Load of the machine {os.getloadavg()[0]:.1f}.\n"
    )


def _first_page(address: str, server: "subprocess.Popen[bytes]") -> float:
    while server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=60):  # noqa: S310 - our own fixed address
                return time.monotonic()
        except OSError:
            time.sleep(0.05)
    sys.exit("The Hub ended at once.")


def _children(pid: int) -> list[int]:
    """The workers; not the database, which is a process of its own."""
    numbers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(number) for number in numbers if b"python" in Path(f"/proc/{number}/cmdline").read_bytes()]


def _own_memory(pid: int) -> float:
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
