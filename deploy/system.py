"""Which files of the system does the Hub need? Copies them, and nothing else, into the folder that becomes the image.

Python and its own library, what the compiled libraries ask the linker for, the time zones, the certificates that a
mail server's is compared with, and a few commands for entrypoint.sh and whoever looks inside. No package manager, no
Perl, no compiler: what is not there has no holes. Refuses an image in which a library is missing.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

COMMANDS = ("sh", "cat", "cp", "df", "dirname", "env", "id", "ls", "mkdir", "mv", "rm", "sleep", "tail")
OF_PYTHON_NOT = (
    "test",
    "idlelib",
    "tkinter",
    "turtledemo",
    "ensurepip",
    "lib2to3",
    "pydoc_data",
    "site-packages",
    "dist-packages",
)
WHOLE = (
    *("/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/os-release", "/usr/lib/os-release", "/etc/localtime"),
    *("/etc/ssl/openssl.cnf", "/etc/ssl/certs/ca-certificates.crt", "/usr/lib/ssl", "/usr/share/zoneinfo"),
)
MISSING = re.compile(r"(\S+) => not found")
LINKED = re.compile(r"(?:=> )?(/\S+) \(0x")
OPENED_LATER = ("libgcc_s.so.1", "libnss_dns.so.2", "libnss_files.so.2")  # by name, so that no linker tells of them


def main(root: Path, *folders: str) -> None:
    """`folders` hold the compiled libraries that must find what they ask for."""
    for name in ("bin", "sbin", "lib", "lib64"):
        (root / "usr" / name).mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(f"usr/{name}")
    for name in ("tmp", "var/tmp"):
        (root / name).mkdir(parents=True)
        (root / name).chmod(0o1777)
    python = Path(sys.executable).resolve()
    commands = [Path(found) for name in COMMANDS if (found := shutil.which(name))]
    library = Path(sysconfig.get_path("stdlib"))
    for place in [python, *commands, *map(Path, WHOLE), *licences()]:
        take(place, root)
    for name in ("python3", "python"):
        link = root / "usr/local/bin" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.exists():
            link.symlink_to(python)
    shutil.copytree(library, under(root, library), dirs_exist_ok=True, ignore=not_needed)
    asking = [python, *commands, *library.glob("lib-dynload/*.so")]
    for folder in folders:
        asking += [file for file in Path(folder).rglob("*") if is_compiled(file)]
    brought = {file.name for file in asking}
    for file in sorted(set(linked_with(asking, brought))):
        take(file, root)


def take(file: Path, root: Path) -> None:
    """`file`, and what a link leads to, each under its own name."""
    there = under(root, file)
    if file.is_symlink():
        there.parent.mkdir(parents=True, exist_ok=True)
        if not there.is_symlink():
            there.symlink_to(file.readlink())
        take(file.parent / file.readlink() if not file.readlink().is_absolute() else file.readlink(), root)
    elif file.is_dir():
        shutil.copytree(
            file, there, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns("right", "private")
        )
    elif file.exists():
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, there)


def under(root: Path, file: Path) -> Path:
    """Where it stands in the image, in which /lib is /usr/lib."""
    return root / file.parent.resolve().relative_to("/") / file.name


def not_needed(folder: str, names: list[str]) -> set[str]:
    return {
        name
        for name in names
        if name in OF_PYTHON_NOT or name == "__pycache__" or name.startswith("config-") or name.endswith(".a")
    }


def is_compiled(file: Path) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def linked_with(files: list[Path], brought: set[str]) -> Iterator[Path]:
    """The system's libraries that the linker finds for them. Ends the build when one is neither there nor `brought`:
    a library of a wheel finds its neighbours through whoever opens it."""
    for file in files:
        said = subprocess.run(["ldd", file], capture_output=True, text=True, check=False).stdout
        if missing := set(MISSING.findall(said)) - brought:
            sys.exit(f"{file} asks for what is not there: {', '.join(sorted(missing))}")
        yield from (Path(found) for found in LINKED.findall(said) if not found.startswith("/opt/"))
    known = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    for name in OPENED_LATER:
        yield from (
            Path(line.rpartition("=> ")[2]) for line in known.splitlines() if line.strip().startswith(f"{name} ")
        )


def licences() -> Iterator[Path]:
    return Path("/usr/share/doc").glob("*/copyright")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
