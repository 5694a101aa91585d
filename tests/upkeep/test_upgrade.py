"""A new version, and the one before, are one command each; a backup that fails leaves yesterday's as it was."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.imports import ROOT

FITTING = (ROOT / "deploy/journal_for_older.py").read_text()
DOCKER = """#!/bin/sh
# what `docker compose` was asked for, and the commit that lay there then
echo "$(git log -1 --format=%s): $*" | head -1 >> "$SAID"
case "$*" in
  *back_up*) printf '%s' "${BACKUP-all of it}"; [ -n "${BACKUP-x}" ] ;;
  *--services) printf 'owner\\nhub\\n' ;;
  *"restore -") cat >> "$SAID" ;;
  *up*--wait*) exit "${UNWELL:-0}" ;;
esac
"""


class Server:
    """A checkout with an older version, its newer one to be fetched, and a Docker that only notes what it is told."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.here, self.said = folder / "origin", folder / "hub", folder / "said"
        self.said.touch()
        (folder / "bin").mkdir()
        (folder / "bin/docker").write_text(DOCKER)
        (folder / "bin/docker").chmod(0o755)
        self.environment = {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "SAID": str(self.said),
            **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "somebody"),
            **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "somebody@example.org"),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        shutil.copytree(ROOT / "deploy", self.origin / "deploy")
        (self.origin / ".gitignore").write_text("backups/\n")
        self.run("git", "init", "--quiet", "--initial-branch=main", at=self.origin)
        self.commit("older")
        self.run("git", "clone", "--quiet", str(self.origin), str(self.here), at=folder)
        self.commit("newer")

    def commit(self, name: str) -> None:
        (self.origin / "version").write_text(name)
        self.run("git", "add", ".", at=self.origin)
        self.run("git", "commit", "--quiet", "--message", name, at=self.origin)

    def run(self, *command: str, at: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command, cwd=at or self.here, env=self.environment | more, capture_output=True, text=True, check=False
        )
        assert more or done.returncode == 0, done.stderr
        return done


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


def test_up_and_back_are_one_command_each(server: Server) -> None:
    assert "Upgraded from" in server.run("deploy/upgrade").stdout
    assert server.said.read_text().splitlines() == [
        "older: compose run --rm -T hub back_up -",
        "newer: compose build",
        "newer: compose up --detach --wait --wait-timeout 300",
    ]
    server.said.write_text("")
    server.run("deploy/go-back")
    assert server.said.read_text().splitlines() == [
        "newer: compose run --rm -T hub back_up -",
        "newer: compose stop hub jobs backup caddy",
        "older: compose build",
        "older: compose config --services",
        f"older: compose run --rm -T hub shell -c {FITTING.splitlines()[0]}",
        "older: compose run --rm -T owner restore -",
        "all of itolder: compose up --detach --wait --wait-timeout 300 --remove-orphans",
    ]
    assert (server.here / "version").read_text() == "older"
    server.run("deploy/upgrade")
    assert (server.here / "version").read_text() == "newer", "and up again"


def test_without_a_backup_there_is_no_upgrade_and_yesterdays_copy_stays(server: Server) -> None:
    yesterdays = server.here / "hub.tar"
    yesterdays.write_text("yesterday's")
    done = server.run("deploy/back-up", "hub.tar", BACKUP="")
    assert done.returncode != 0
    assert yesterdays.read_text() == "yesterday's"
    assert sorted(file.name for file in server.here.glob("hub.tar*")) == ["hub.tar"], "no half one is left"
    assert server.run("deploy/upgrade", BACKUP="").returncode != 0
    assert (server.here / "version").read_text() == "older"
    server.run("deploy/back-up", "hub.tar")
    assert yesterdays.read_text() == "all of it"
    assert yesterdays.stat().st_mode & 0o077 == 0


def test_one_that_does_not_get_well_says_how_to_go_back(server: Server) -> None:
    done = server.run("deploy/upgrade", UNWELL="1")
    assert done.returncode == 1
    assert "deploy/go-back brings back the version before" in done.stderr


def test_what_was_changed_by_hand_is_not_written_over(server: Server) -> None:
    (server.here / "version").write_text("mine")
    done = server.run("deploy/upgrade", UNWELL="0")
    assert done.returncode == 1
    assert "Nothing was done" in done.stderr
    assert server.said.read_text() == ""


def test_an_older_version_is_told_only_of_what_it_knows(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_JOURNAL = tmp_path / "journal.jsonl"
    known = '{"ledger": "a", "use": "website", "kind": "withdrawn"}\n{"flag": 1, "at": "x"}\n'
    newer = '{"ledger": "b", "use": "of_tomorrow", "kind": "withdrawn"}\n'
    settings.LEDGER_JOURNAL.write_text(known + newer + '{"cut')
    exec(compile(FITTING, "journal_for_older", "exec"), {})
    assert settings.LEDGER_JOURNAL.read_text() == known + '{"cut'
    assert (tmp_path / "journal.jsonl.of-a-newer-version").read_text() == newer
