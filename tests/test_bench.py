"""The measurements can be made: tried for a moment, with what is on every machine. Nothing here looks at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import load
from bench.run import RESULTS, as_table

ROOT = Path(__file__).resolve().parent.parent


def test_the_bench_runs_for_a_moment_and_writes_nothing() -> None:
    before = RESULTS.stat().st_mtime_ns if RESULTS.exists() else None
    ran = subprocess.run(
        [sys.executable, "bench/run.py", "--tiny"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "| bare function, granian |" in ran.stdout
    assert (RESULTS.stat().st_mtime_ns if RESULTS.exists() else None) == before


def test_what_the_load_says_is_read_and_errors_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["     99%    1.50ms\nRequests/sec:  20000.00\n", "     99%    2.00s \nRequests/sec:    10.00\n"]
    monkeypatch.setattr(load, "command", lambda address, seconds: ["printf", "%s", said.pop(0)])
    monkeypatch.setattr(load, "warm", lambda address, may_fail: None)
    found = load.measured({"bare function, granian": "", "stock Wagtail: a page": ""}, rounds=1, seconds=1)
    assert "| bare function, granian | 20,000 | 100.0% | 2,000.0 | 1.5 |" in as_table(found)
    assert "| stock Wagtail: a page | 10 | 0.1% | 1.0 | 2,000.0 |" in as_table(found)
    said += ["Non-2xx or 3xx responses: 3\n     99%    1.50ms\nRequests/sec:  20000.00\n"] * 2
    with pytest.raises(SystemExit, match="3 answers were errors"):
        load.load("Hub, kept: home", "", 1)
    assert load.load("Hub: not there", "", 1)
