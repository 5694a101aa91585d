"""Asks one address as fast as it is answered, and reads how fast that was. With wrk.

Without it threads of our own ask: they prove that all of it works, and are too slow to measure anything.
"""

import http.client
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

CONNECTIONS = 16
WARM = 6
PAUSE = 0.25  # of the time that was measured: whoever was asked finishes what was begun
UNITS = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}
Measured = tuple[float, float]
"""Requests a second, and the time in ms within which 99 of 100 were answered."""


def measured(targets: dict[str, str], *, rounds: int, seconds: float) -> dict[str, Measured]:
    """Every target once in each round, so that what else the machine does falls on all of them; the medians."""
    found: dict[str, list[Measured]] = {name: [] for name in targets}
    for name, address in targets.items():
        warm(address, may_fail="not there" in name)
    for turn in range(rounds):
        for name, address in targets.items():
            found[name].append(load(name, address, seconds))
            time.sleep(PAUSE * seconds)
        sys.stderr.write(f"round {turn + 1} of {rounds} is done\n")
    return {
        name: (statistics.median(each for each, _ in all_of), statistics.median(each for _, each in all_of))
        for name, all_of in found.items()
    }


def warm(address: str, *, may_fail: bool) -> None:
    """So that each worker has made it once."""
    for _ in range(WARM):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own fixed addresses
                answer.read()
        except urllib.error.HTTPError:
            if not may_fail:
                raise


def load(name: str, address: str, seconds: float) -> Measured:
    said = subprocess.run(command(address, seconds), capture_output=True, text=True, check=True).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    if wrong and "not there" not in name:
        sys.exit(f"{name}: {wrong[1]} answers were errors.")
    rate, slowest = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"99%\s+([\d.]+)(us|ms|s|m)\s", said)
    if not (rate and slowest):
        sys.exit(f"The load said something else than expected:\n{said}")
    return float(rate[1]), float(slowest[1]) * UNITS[slowest[2]]


def command(address: str, seconds: float, connections: int = CONNECTIONS) -> list[str]:
    """What asks `address` for so long and then says how it was, in the words of wrk."""
    if wrk := shutil.which("wrk"):
        own = ["-t1", f"-c{connections}", f"-d{max(1, round(seconds))}", "--latency", "-H", "Accept-Encoding: gzip"]
        return [wrk, *own, address]
    return [sys.executable, "-m", "bench.load", address, str(seconds), str(connections)]


def ask(address: str, seconds: float, connections: int) -> str:
    """The same without wrk."""
    times: list[float] = []
    errors: list[int] = []
    until = time.monotonic() + seconds

    def reader() -> None:
        parts = urlsplit(address)
        line = http.client.HTTPConnection(parts.netloc, timeout=60)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        while time.monotonic() < until:
            begun = time.monotonic()
            line.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = line.getresponse()
            answer.read()
            times.append(time.monotonic() - begun)
            if answer.status >= 400:
                errors.append(answer.status)

    readers = [threading.Thread(target=reader, daemon=True) for _ in range(connections)]
    for each in readers:
        each.start()
    for each in readers:
        each.join(seconds + 60)
    times.sort()
    slowest = times[int(len(times) * 0.99)] if times else seconds
    wrong = f"  Non-2xx or 3xx responses: {len(errors)}\n" if errors else ""
    return f"     99%  {slowest * 1000:.2f}ms \n{wrong}Requests/sec:  {len(times) / seconds:.2f}\n"


if __name__ == "__main__":
    sys.stdout.write(ask(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))
