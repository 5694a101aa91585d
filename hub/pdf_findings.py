"""What can speak against a PDF: one word each for hub/pdf_file.py and for the process that reads it."""

from enum import StrEnum


class Finding(StrEnum):
    """What speaks against it. Each place that takes files has a sentence for each."""

    PROGRAM = "program"
    FILES_INSIDE = "files inside"
    STARTS_BY_ITSELF = "starts by itself"
    LOCKED = "locked"
    DAMAGED = "damaged"
    NOT_UNDERSTOOD = "not understood"
    TOO_MUCH = "too much"
