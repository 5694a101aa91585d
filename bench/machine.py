"""On which machine, with which versions? And what has to be installed for the peers: Debian's packages, if we may."""

import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

# In this order: with nginx there, WordPress brings no web server of its own along.
PACKAGES = (
    ("wrk", "nginx-light", "php-fpm", "php-mysql", "mariadb-server-core", "mariadb-client-core"),
    ("wordpress", "wordpress-theme-twentytwentythree"),
)
PEERS = ("nginx", "php", "mariadb-server-core", "wordpress")


def free_ports(number: int) -> list[int]:
    """Ports of this machine that nobody listens on."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def install_peers() -> None:
    """What is missing, when this is Debian and we are root; otherwise a sentence says how."""
    missing = [package for some in PACKAGES for package in some if not _installed(package)]
    if not missing:
        return
    if os.getuid() != 0 or not shutil.which("apt-get"):
        sys.stderr.write("Some peers are missing. As root: apt-get install --no-install-recommends ")
        sys.stderr.write(f"{' '.join(missing)}\n")
        return
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    for some in PACKAGES:
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *some]
        subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)


def said_of_the_machine(*, rounds: int, seconds: float, connections: int) -> str:
    """The head of the results."""
    libraries = [f"{name} {version(name)}" for name in ("granian", "Django", "wagtail", "psycopg", "brotli")]
    peers = [f"{name} {found}" for name in PEERS if (found := _installed(name))]
    return (
        "# What was measured\n\n"
        f"{time.strftime('%-d %B %Y')}; {os.cpu_count()} cores shared with the load, {connections} connections, gzip; "
        f"{_processor()}; {platform.system()} {platform.machine()}; Python {platform.python_version()}; "
        f"{', '.join([*libraries, *peers])}. {rounds} alternating rounds of {seconds:g} s, medians. "
        f"Load of the machine before: {os.getloadavg()[1]:.1f}. Two workers for all that is Python. "
        "Only the ratios carry over.\n\n“Kept” is answered before Django; “anew” is made from the database.\n\n"
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", told.read_text()) if told.exists() else None
    return found[1].strip() if found else platform.processor() or "a processor without a name"


def _installed(package: str) -> str:
    """Its version, or nothing."""
    if not shutil.which("dpkg-query"):
        return ""
    for name in (package, f"{package}-light"):
        asked = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Version}", name]
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        if said.startswith("ii"):
            return said.split()[1]
    return ""
