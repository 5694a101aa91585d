"""Hubs as the image serves them, each as on a machine of its own: `python -m tests.one_machine` reads lines.

`begin FOLDER PORT` says the number of a process that serves there with the folder alone to itself, and `wait NUMBER`
how it ended. The code is loaded once and then forked. Settings are the Hub's own, from variables; only static files
are not packed, and the steps before serving are left out, since the database is a test's.
"""

import os
import sys
from pathlib import Path

import django
from django.conf import settings

from hub.image import serve
from hub.workers import load_before_forking


def begin(folder: Path, port: int) -> int:
    if number := os.fork():
        os.setpgid(number, number)  # so that its workers can be ended with it
        return number
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    settings.VAR_DIR, settings.MEDIA_ROOT = folder, folder / "media"
    settings.EVIDENCE_ROOT, settings.LEDGER_JOURNAL = folder / "evidence", folder / "ledger" / "journal.jsonl"
    try:
        serve(port, 1)
    except BaseException as error:  # noqa: BLE001 - a fork must not go on as what it was forked from
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)
    os._exit(0)


def main() -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    django.setup()
    load_before_forking()
    for line in sys.stdin:
        what, *told = line.split()
        said = begin(Path(told[0]), int(told[1])) if what == "begin" else ended(int(told[0]))
        print(said, flush=True)  # noqa: T201 - this is how it answers


def ended(number: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


if __name__ == "__main__":
    main()
