"""How fast is the Hub beside its peers? Alternating rounds on one machine, medians, and ratios: only those carry over.

Needs wrk from the system's packages, and nginx for the limit of the machine: without it that line is missing.
`--quick` proves in a minute that all of it works, and writes nothing.
"""

import argparse
import gzip
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
RESULTS = ROOT / "bench" / "results.md"
CONNECTIONS = 16
HUB, BARE, STOCK, NGINX = 8461, 8462, 8463, 8464
STORY = re.compile(r'href="(/partners/[\w-]+/s-\w+/)"')
Measured = tuple[float, float]
"""Requests a second, and the time in ms within which 99 of 100 were answered."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round, for CI")
    quick = parser.parse_args().quick
    if not shutil.which("wrk"):
        sys.exit("Install wrk first, as in: apt-get install wrk nginx-light")
    rounds, seconds = (1, 1) if quick else (5, 4)
    with tempfile.TemporaryDirectory() as made, everything(Path(made)) as targets:
        found = measured(targets, rounds=rounds, seconds=seconds)
    table = as_table(found)
    sys.stdout.write(table)
    if not quick:
        RESULTS.write_text(said_of_the_machine(rounds, seconds) + table)


def made_demo() -> None:
    """The Hub's own database and demo under var/bench; a second time changes nothing."""
    environment = os.environ | {"HUB_VAR_DIR": str(ROOT / "var" / "bench")}
    command = [sys.executable, "-c", "from hub.local import prepare; prepare(demo=True)"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


@contextmanager
def everything(made: Path) -> Iterator[dict[str, str]]:
    """Hub, bare function, stock Wagtail and nginx, each on a port of its own; the addresses by what they are."""
    with served([sys.executable, "-m", "hub.local", "demo", "--port", str(HUB)], HUB):
        hub = f"http://localhost:{HUB}"
        story = STORY.search(read(f"{hub}/stories/"))
        guidance = re.search(r'href="(/partners/[\w-]+/(?!s-)[\w-]+/)"', read(f"{hub}/partners/clued-up/"))
        module = re.search(r'href="(/toolkit/[\w-]+/)"', read(f"{hub}/toolkit/"))
        if not (story and guidance and module):
            sys.exit("The demo shows no story, guidance or module.")
        page = read(f"{hub}{guidance[1]}")
        words = made / "words.html"
        words.write_text("".join(re.findall(r"<(?:p|h2|h3|li)[^>]*>[^<]+</(?:p|h2|h3|li)>", page)))
        body = made / "index.html.gz"
        body.write_bytes(gzip.compress(page.encode()))
        stock = {"STOCK_DATABASE": str(made / "stock.sqlite3")}
        subprocess.run([sys.executable, "-m", "bench.stock.fill", words], cwd=ROOT, env=os.environ | stock, check=True)
        bare = granian("bench.bare:application", BARE)
        with (
            served(bare, BARE, BARE_BODY=str(body)),
            served(granian("bench.stock.wsgi:application", STOCK), STOCK, **stock),
            nginx(made, page) as limit,
        ):
            yield {
                **limit,
                "bare function, granian": f"http://localhost:{BARE}/",
                "Hub, kept: home (no story on it)": f"{hub}/",
                "Hub, kept: guidance": f"{hub}{guidance[1]}",
                "Hub, kept: a story (one proof)": f"{hub}{story[1]}",
                "Hub, kept: stories (a proof each)": f"{hub}/stories/",
                "Hub, anew: home": f"{hub}/?anew=1",
                "Hub, anew: module": f"{hub}{module[1]}?anew=1",
                "Hub, anew: guidance": f"{hub}{guidance[1]}?anew=1",
                "Hub, anew: a story": f"{hub}{story[1]}?anew=1",
                "Hub, anew: stories": f"{hub}/stories/?anew=1",
                "Hub: search": f"{hub}/search/?q=stigma",
                "Hub: not there": f"{hub}/nowhere/",
                "stock Wagtail: a page": f"http://localhost:{STOCK}/section/page-1/",
                "stock Wagtail: a list of twelve": f"http://localhost:{STOCK}/section/",
            }


def granian(application: str, port: int) -> list[str]:
    """As the Hub itself is served: two workers, four threads each."""
    return [
        *(str(BIN / "granian"), "--interface", "wsgi", "--port", str(port), "--workers", "2"),
        *("--blocking-threads", "4", "--no-ws", "--log-level", "error", application),
    ]


@contextmanager
def served(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """Runs a server until the block ends, from the moment it answers."""
    environment |= {"HUB_VAR_DIR": str(ROOT / "var" / "bench"), "PYTHONPATH": str(ROOT)}
    environment["HUB_ADDRESS"] = f"http://localhost:{port}"  # under no other name is anything kept
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(1_200):
                if server.poll() is not None:
                    sys.exit(f"{command[0]} ended at once.")
                try:
                    read(f"http://localhost:{port}/")
                    break
                except OSError:
                    time.sleep(0.25)
            yield
        finally:
            server.terminate()


@contextmanager
def nginx(made: Path, page: str) -> Iterator[dict[str, str]]:
    """A file that nginx sends, packed already: the limit of this machine. Nothing when there is no nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        yield {}
        return
    (made / "index.html").write_text(page)
    settings = made / "nginx.conf"
    settings.write_text(
        f"worker_processes 2; daemon off; pid {made}/pid; error_log {made}/errors; events {{}}\n"
        f"http {{ access_log off; gzip_static on; default_type text/html; client_body_temp_path {made}/a;"
        f" proxy_temp_path {made}/b; fastcgi_temp_path {made}/c; uwsgi_temp_path {made}/d; scgi_temp_path {made}/e;"
        f" keepalive_requests 1000000; server {{ listen {NGINX}; root {made}; }} }}\n"
    )
    made.chmod(0o755)
    with served([program, "-c", str(settings)], NGINX):
        yield {"nginx, a file": f"http://localhost:{NGINX}/"}


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own fixed addresses
        return str(answer.read().decode(errors="replace"))


def measured(targets: dict[str, str], *, rounds: int, seconds: int) -> dict[str, Measured]:
    """Every target once in each round, so that what else the machine does falls on all of them; the medians."""
    found: dict[str, list[Measured]] = {name: [] for name in targets}
    for turn in range(rounds):
        for name, address in targets.items():
            found[name].append(load(name, address, seconds))
        sys.stderr.write(f"round {turn + 1} of {rounds} is done\n")
    return {
        name: (statistics.median(each for each, _ in all_of), statistics.median(each for _, each in all_of))
        for name, all_of in found.items()
    }


def load(name: str, address: str, seconds: int) -> Measured:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "--latency", "-H", "Accept-Encoding: gzip", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    if wrong and "not there" not in name:
        sys.exit(f"{name}: {wrong[1]} answers were errors.")
    rate, slowest = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"99%\s+([\d.]+)(us|ms|s|m)\s", said)
    if not (rate and slowest):
        sys.exit(f"wrk said something else than expected:\n{said}")
    return float(rate[1]), float(slowest[1]) * {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}[slowest[2]]


def as_table(found: dict[str, Measured]) -> str:
    bare = found["bare function, granian"]
    stock = found["stock Wagtail: a page"][0]
    lines = ["| what | requests/s | of the bare function | × stock Wagtail | p99, ms |", "|---|---|---|---|---|"]
    for name, (rate, slowest) in found.items():
        lines.append(f"| {name} | {rate:,.0f} | {rate / bare[0]:.1%} | {rate / stock:,.1f} | {slowest:,.1f} |")
    return "\n".join(lines) + "\n"


def said_of_the_machine(rounds: int, seconds: int) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("granian", "Django", "wagtail", "psycopg", "brotli"))
    load_now = os.getloadavg()[1]
    return (
        "# What was measured\n\n"
        f"{time.strftime('%-d %B %Y')}; {os.cpu_count()} cores shared with wrk, {CONNECTIONS} connections, gzip; "
        f"{platform.system()} {platform.machine()}; Python {platform.python_version()}; {libraries}. "
        f"{rounds} alternating rounds of {seconds} s, medians. Load of the machine at the end: {load_now:.1f}. "
        "Two workers with four threads for everything that is Python. Only the ratios carry over.\n\n"
        "“Kept” is answered before Django; “anew” is made from the database. WordPress is not in this run.\n\n"
    )


if __name__ == "__main__":
    main()
