"""A file that somebody brings is read in a process of its own; whatever stops that becomes one sentence for them.

Refuses everything that was not read to its end, and logs only what nobody meant, without a word of the file.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from hub.bounded_process import Answer, Broke, Declined, LimitReached, Limits, run
from hub.pages.files.opening import Refused

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sentences:
    """What is said when the work is too much, when reading breaks, and when parts lie too deep within each other."""

    what: str  # for the log: “A Word file”
    too_much: str
    broken: str
    too_deep: str = ""  # empty: as when it breaks


def read_apart(take_apart: Callable[[bytes], Answer], data: bytes, *, limits: Limits, say: Sentences) -> Answer:
    """What `take_apart`, which stands at the top of a module, says of `data`. Raises Refused."""
    try:
        return run(take_apart, data, limits=limits)
    except Declined as sentence:
        raise Refused(str(sentence)) from sentence
    except LimitReached as reached:
        raise Refused(say.too_much) from reached
    except Broke as broke:
        logger.warning("%s could not be read: %s", say.what, broke)
        is_deep = "RecursionError" in str(broke)
        raise Refused((is_deep and say.too_deep) or say.broken) from broke
