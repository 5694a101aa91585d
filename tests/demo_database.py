"""The demo, built once by `hub.local` into a template and a folder beside it; browser tests run on copies of both.

Anything that the demo could be made of changes its mark: then it is built anew, by the first process that asks.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.db import connection

from hub.demo.folders import FIRST
from tests.database import Server

ROOT = Path(__file__).parent.parent
PREPARE = "from hub.local import prepare; prepare(demo=True, which={which!r})"
MADE_OF = ("hub/**/*", "templates/**/*", "static/**/*", "requirements.txt")
Template = tuple[str, Path]
TemplateOf = Callable[[str], Template]
BUILT = {"__pycache__", "build", "fonts"}
PACKED, SAID = "static", "said"


@dataclass(frozen=True)
class Demo:
    """A demo of one's own: its files, and what a process needs to work on it and on nothing else."""

    which: str
    var: Path
    environment: dict[str, str]


@pytest.fixture(scope="session")
def demo_template(template_of: TemplateOf) -> Template:
    """That of the demo that is loaded when nobody says which."""
    return template_of(FIRST)


@pytest.fixture(scope="session")
def template_of(database_server: Server, migrated: str) -> TemplateOf:
    """By the name of a demo its template, and the folder of its files. What the building said is there in `said`."""

    def template(which: str) -> Template:
        mark = hashlib.sha256(f"{migrated} {_what_it_is_made_of()}".encode()).hexdigest()[:16]
        folder = Path(settings.VAR_DIR, f"test_{which}_{mark}")

        def build(name: str) -> None:
            for old in folder.parent.glob(f"test_{which}_*"):
                shutil.rmtree(old)
            database_server.create(name, migrated)
            environment = {**environment_of(name, folder), "HUB_STATIC_DIR": str(folder / PACKED)}
            done = subprocess.run(
                [sys.executable, "-c", PREPARE.format(which=which)],
                cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            (folder / SAID).write_text(done.stdout)

        return database_server.template(which, mark, build, anew=lambda: not folder.exists()), folder

    return template


@contextmanager
def copy_of_demo(server: Server, template: Template, var: Path, *, which: str = FIRST) -> Iterator[Demo]:
    """The packed static files are shared, and everything else in `var` is a copy."""
    database, folder = template
    shutil.copytree(folder, var, ignore=shutil.ignore_patterns(PACKED, SAID))
    copy = server.copy(database)
    yield Demo(which, var, {**environment_of(copy, var), "HUB_STATIC_DIR": str(folder / PACKED)})
    server.drop(copy)


def environment_of(database: str, var: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "DJANGO_", "DATABASE_"))}
    own = {"DATABASE_URL": _address(database), "HUB_VAR_DIR": str(var), "PYTHONUNBUFFERED": "1"}
    return {**kept, **own, "DJANGO_SETTINGS_MODULE": "hub.settings"}


def _address(database: str) -> str:
    """The address of `database` on the server of the tests: the one that DATABASE_URL names, or our own."""
    if given := os.environ.get("DATABASE_URL"):
        return urlsplit(given)._replace(path=f"/{database}").geturl()
    own = connection.settings_dict
    return f"postgres://{own['USER']}@:{own['PORT']}/{database}?host={quote(str(own['HOST']))}"


def _what_it_is_made_of() -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(file for pattern in MADE_OF for file in ROOT.glob(pattern)):
        if file.is_file() and not BUILT & set(file.relative_to(ROOT).parts):
            digest.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return digest.hexdigest()
