"""Why may a PDF not be taken? Asked of evidence and of what readers are offered.

Read in a process of its own. Nothing is mended: what is kept are the bytes that were read, without a repair that
another viewer might make in another way.
"""

from hub.bounded_process import Answer, Broke, LimitReached, Limits, run
from hub.pdf_findings import Finding

LIMITS = Limits(seconds=20, megabytes=600, answer_megabytes=1)


def why_not(data: bytes) -> Finding | None:
    """What speaks against keeping this PDF; None when it can do nothing by itself."""
    try:
        found = run(look_through, data, limits=LIMITS).value
    except LimitReached:
        return Finding.TOO_MUCH
    except Broke:
        return Finding.DAMAGED
    return Finding(found) if found else None


def look_through(data: bytes) -> Answer:
    """The same, in that process."""
    from hub import pdf_contents  # only there: the Hub's own processes never load a reader of PDFs

    return Answer(pdf_contents.what_it_can_do(data))
