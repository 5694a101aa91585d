"""`make audit` says of each library whether it has a known hole, and never that there is none when nobody was asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ONE = '{"dependencies": [{"name": "django", "version": "5.2.1", "vulns": [%s]}]}'
HOLE = '{"id": "PYSEC-2026-1", "fix_versions": ["5.2.9"], "aliases": [], "description": "x"}'


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (ONE % "", 0, "1 libraries, 0 known holes."),
        (ONE % HOLE, 1, "django 5.2.1: PYSEC-2026-1, mended in 5.2.9"),
        ("", 2, "NOT LOOKED THROUGH"),
        ('{"dependencies": []}', 2, "NOT LOOKED THROUGH"),
        ('{"dependencies": [{"name": "a", "skip_reason": "not found"}]}', 2, "1 of 1 libraries were left out"),
    ],
)
def test_a_library_with_a_hole_is_named_and_silence_is_no_answer(
    tmp_path: Path, answer: str, code: int, said: str
) -> None:
    stand_in = tmp_path / "pip-audit"
    stand_in.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n")
    stand_in.chmod(0o700)
    environment = os.environ | {"PIP_AUDIT": str(stand_in)}
    command = [sys.executable, ".ci/audit.py"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
