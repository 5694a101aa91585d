"""What people bring as a picture, as we keep it: upright, in the colours it was seen in, with nothing hidden.

The face of this room. Reading happens in a process of its own; refuses with a sentence what cannot be read to its end,
and says what would be lost. Knows nothing of forms, storage or Django.
"""

from dataclasses import dataclass

from hub.bounded_process import Answer, Broke, Declined, LimitReached, Limits, run
from hub.pictures import losses
from hub.pictures.kinds import DAMAGED, TOO_SLOW, is_picture, too_large

__all__ = ["DAMAGED", "CannotUse", "Loss", "Remade", "is_picture", "losses", "remade"]

WIDEST = 6_000  # points on the longer side: three times what a large screen shows, and enough to print on A3
LIMITS = Limits(seconds=40, megabytes=900, answer_megabytes=60)


class CannotUse(Exception):
    """The sentence says why, to whoever brought the picture."""


@dataclass(frozen=True)
class Loss:
    """Something that is not kept, by its kind (see `hub/pictures/losses.py`), and the sentence that says so."""

    kind: str
    said: str


@dataclass(frozen=True)
class Remade:
    """The picture as it is kept, its extension, and what of it was lost."""

    data: bytes
    extension: str
    lost: tuple[Loss, ...] = ()


def remade(data: bytes, *, widest: int = WIDEST, as_photo: bool = False) -> Remade:
    """The same picture with nothing but what can be seen. `as_photo` makes it a JPEG on white, whatever it was.

    Raises CannotUse with a sentence when it is no picture, is damaged, or is larger than we can open.
    """
    try:
        answer = run(_remake, data, {"widest": widest, "as_photo": as_photo}, limits=LIMITS)
    except Declined as sentence:
        raise CannotUse(str(sentence)) from None
    except LimitReached as reached:
        raise CannotUse(TOO_SLOW if reached.limit == "seconds" else too_large()) from None
    except Broke:
        raise CannotUse(DAMAGED) from None
    lost = tuple(Loss(**loss) for loss in answer.value["lost"])
    return Remade(answer.blobs[0], answer.value["extension"], lost)


def _remake(data: bytes, *, widest: int, as_photo: bool) -> Answer:
    """The same, in that process."""
    from hub.pictures import remaking  # only there: the Hub's own processes read no stranger's picture

    return remaking.remake(data, widest=widest, as_photo=as_photo)
