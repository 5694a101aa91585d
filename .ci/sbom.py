"""What is the Hub made of? Each library of the lock file, with version, hashes and licence, as CycloneDX 1.6.

Reads the lock file and what is installed, and asks no network. A scanner of known holes reads its output.
"""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

NAMED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==([^ ;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def parts_of(lock: str) -> list[dict[str, Any]]:
    """One for each library."""
    parts: list[dict[str, Any]] = []
    for line in lock.splitlines():
        if found := NAMED.match(line):
            name, version = found.groups()
            purl = f"pkg:pypi/{re.sub('[-_.]+', '-', name).lower()}@{version}"
            parts.append(
                {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "hashes": []}
            )
            if licence := licence_of(name):
                parts[-1]["licenses"] = [{"license": {"name": licence}}]
        elif parts and (found := HASH.search(line)):
            parts[-1]["hashes"].append({"alg": "SHA-256", "content": found[1]})
    return parts


def licence_of(name: str) -> str:
    try:
        about = metadata(name)
    except PackageNotFoundError:  # for another system than this one
        return ""
    said = about.get("License-Expression") or about.get("License") or ""
    kinds = [kind.rpartition(" :: ")[2] for kind in about.get_all("Classifier", []) if kind.startswith("License ::")]
    return (said.splitlines() or [""])[0][:100] or ", ".join(kinds)


def main() -> None:
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "making-it-work-hub", "bom-ref": "hub"}},
        "components": parts_of(Path(sys.argv[1]).read_text()),
    }
    json.dump(bom, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
