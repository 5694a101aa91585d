"""Has any library of the lock file a hole that is known? Asks pip-audit, which asks PyPI's list of advisories.

Ends with 0 when none has, with 1 and each hole when one has, and with 2 and a loud sentence when nobody could be asked:
that is not the same as none.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK, PLACE = "requirements.txt", Path("var/audit")
NOT_ASKED = """
*** NOT LOOKED THROUGH ***
Whether a library of the Hub has a known hole could not be asked: {}
Run `make audit` where there is a network, and at least once a month.
"""


def program() -> str:
    """pip-audit in a virtual environment of its own: it is no part of the Hub."""
    if given := os.environ.get("PIP_AUDIT"):
        return given
    found = PLACE / "bin" / "pip-audit"
    if not found.exists():
        subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)  # noqa: S603 - our own words
        subprocess.run([PLACE / "bin" / "pip", "install", "--quiet", "pip-audit>=2.9,<3"], check=True)  # noqa: S603
    return str(found)


def said_by(audit: str) -> list[dict[str, Any]]:
    """What it found of each library. Raises ValueError when it said nothing that is an answer."""
    asked = [audit, "--requirement", LOCK, "--disable-pip", "--require-hashes", "--format", "json"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=600)  # noqa: S603 - the same
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        raise ValueError((done.stderr.strip().splitlines() or ["it said nothing"])[-1]) from None
    left_out = sum("skip_reason" in each for each in found)  # pip-audit says “none known” of these, too
    if left_out or not found:
        raise ValueError(f"{left_out} of {len(found)} libraries were left out, since PyPI's list was not to be had")
    return found


def main() -> int:
    try:
        found = said_by(program())
    except (ValueError, OSError, subprocess.SubprocessError) as problem:
        sys.stderr.write(NOT_ASKED.format(problem))
        return 2
    holes = [(each, hole) for each in found for hole in each["vulns"]]
    for each, hole in holes:
        mended = ", ".join(hole["fix_versions"]) or "no version yet"
        sys.stdout.write(f"{each['name']} {each['version']}: {hole['id']}, mended in {mended}\n")
    sys.stdout.write(f"{len(found)} libraries, {len(holes)} known holes.\n")
    return bool(holes)


if __name__ == "__main__":
    sys.exit(main())
