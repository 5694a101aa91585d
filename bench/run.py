"""How fast is the Hub beside its peers? Alternating rounds on one machine, medians, and ratios: only those carry over.

Installs the peers from Debian's packages where it may; a peer that is not there is missing in the results. Writes
results.md, and then lets stale.py add how many answers were stale. `--quick` proves that all of it works, and writes
nothing; `--tiny` does so in a few seconds, for what begins in a moment.
"""

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.load import CONNECTIONS, Measured, measured  # noqa: E402 - the folder has to be on the path first
from bench.machine import free_ports, install_peers, said_of_the_machine  # noqa: E402
from bench.wordpress import wordpress  # noqa: E402
from hub.workers import THREADS  # noqa: E402

BIN = Path(sys.executable).parent
RESULTS = ROOT / "bench" / "results.md"
HUB, BARE, STOCK, NGINX = free_ports(4)
STORY = re.compile(r'href="(/partners/[\w-]+/s-\w+/)"')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one short round of everything, and five withdrawals")
    parser.add_argument("--tiny", action="store_true", help="a moment for what begins in one: `make test` runs it")
    parser.add_argument("--times", type=int, default=1_000, help="how often a story goes dark under load")
    how = parser.parse_args()
    short = how.quick or how.tiny
    rounds, seconds = (1, 0.3 if how.tiny else 1) if short else (5, 4)
    if not short:
        install_peers()
        if not shutil.which("wrk"):
            sys.exit("Without wrk nothing can be measured. --quick shows that the rest works.")
    head = said_of_the_machine(rounds=rounds, seconds=seconds, connections=CONNECTIONS)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as made, targets_of(Path(made), tiny=how.tiny) as targets:
        table = as_table(measured(targets, rounds=rounds, seconds=seconds))
    sys.stdout.write(table)
    if not short:
        RESULTS.write_text(head + table + f"\n{(time.monotonic() - begun) / 60:.0f} minutes.\n")
    if not how.tiny:
        stale = ["--times", str(5 if short else how.times), *([] if short else ["--write"])]
        sys.exit(subprocess.run([sys.executable, ROOT / "bench" / "stale.py", *stale], check=False).returncode)


@contextmanager
def targets_of(made: Path, *, tiny: bool) -> Iterator[dict[str, str]]:
    """What is asked: everything, or what begins in a moment."""
    if not tiny:
        with everything(made) as targets:
            yield targets
        return
    page = f"<!doctype html><title>A page</title>{'<p>Some words.</p>' * 400}"
    with bare_function(made, page) as targets, nginx(made, page) as limit:
        yield {**limit, **targets}


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
        with (
            bare_function(made, page) as bare,
            stock_wagtail(made, words) as stock,
            nginx(made, page) as limit,
            wordpress(made, words) as peer,
        ):
            yield {
                **limit,
                **peer,
                **bare,
                **stock,
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
            }


@contextmanager
def bare_function(made: Path, page: str) -> Iterator[dict[str, str]]:
    """The page as a function of a few lines sends it, packed already: what a Python server can do at most."""
    body = made / "index.html.gz"  # nginx sends the very same
    body.write_bytes(gzip.compress(page.encode()))
    with served(granian("bench.bare:application", BARE), BARE, BARE_BODY=str(body)):
        yield {"bare function, granian": f"http://localhost:{BARE}/"}


@contextmanager
def stock_wagtail(made: Path, words: Path) -> Iterator[dict[str, str]]:
    stock = {"STOCK_DATABASE": str(made / "stock.sqlite3")}
    subprocess.run([sys.executable, "-m", "bench.stock.fill", words], cwd=ROOT, env=os.environ | stock, check=True)
    with served(granian("bench.stock.wsgi:application", STOCK), STOCK, **stock):
        yield {
            "stock Wagtail: a page": f"http://localhost:{STOCK}/section/page-1/",
            "stock Wagtail: a list of twelve": f"http://localhost:{STOCK}/section/",
        }


def granian(application: str, port: int) -> list[str]:
    """As the Hub itself is served: two workers, and as many threads."""
    return [
        *(str(BIN / "granian"), "--interface", "wsgi", "--port", str(port), "--workers", "2"),
        *("--blocking-threads", str(THREADS), "--no-ws", "--log-level", "error", application),
    ]


@contextmanager
def served(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """Runs a server until the block ends, from the moment it answers."""
    environment |= {"HUB_VAR_DIR": str(ROOT / "var" / "bench"), "PYTHONPATH": str(ROOT)}
    environment["LOG_LEVEL"] = "ERROR"  # a line for each address that is not there would be thousands
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


def as_table(found: dict[str, Measured]) -> str:
    bare, stock = found["bare function, granian"], found.get("stock Wagtail: a page")
    lines = ["| what | requests/s | of the bare function | × stock Wagtail | p99, ms |", "|---|---|---|---|---|"]
    for name, (rate, slowest) in found.items():
        times = f"{rate / stock[0]:,.1f}" if stock else ""
        lines.append(f"| {name} | {rate:,.0f} | {rate / bare[0]:.1%} | {times} | {slowest:,.1f} |")
    missing = "" if any("WordPress" in name for name in found) else "\nWordPress is not in this run.\n"
    return "\n".join(lines) + "\n" + missing


if __name__ == "__main__":
    main()
