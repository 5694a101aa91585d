#!/usr/bin/env python
"""Runs the Hub's commands. A database that cannot be reached gets one sentence, not a stack trace."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from hub.health import unreachable_sentence

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        sentence = unreachable_sentence(error)
        if sentence is None:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
