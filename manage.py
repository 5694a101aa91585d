#!/usr/bin/env python
"""Runs the Hub's commands, those that change tables as their owner and all others as the web process.

A database that cannot be reached gets one sentence, not a stack trace.
"""

import os
import sys

OF_THE_OWNER = {
    "prepare_database",
    "restore",
    "give_journal",
    "keep_backup",
    "migrate",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    if OF_THE_OWNER.intersection(sys.argv[1:2]):
        os.environ["HUB_AS_OWNER"] = "yes"
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from hub.upkeep.health import unreachable_sentence

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        sentence = unreachable_sentence(error)
        if sentence is None:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
