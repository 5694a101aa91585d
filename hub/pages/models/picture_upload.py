"""From the bytes that somebody brings to the picture that we keep. Each way in goes through here, forms and code alike.

Refuses with a sentence (`CannotUse`) what is no picture of ours. What we made ourselves lately is taken as it is.
"""

import hashlib

from hub.malware import NotKept, check_for_harm
from hub.pages.models.remade import RemadePicture
from hub.pictures import CannotUse, Loss, Remade, remade

__all__ = ["CannotUse", "Loss", "Remade", "losses_of", "take_in"]


def take_in(data: bytes) -> Remade:
    """The same picture with nothing but what can be seen, and what of it was lost. Raises CannotUse."""
    known = _known(data)
    if known:
        return Remade(data, known.extension, _losses(known))
    try:
        check_for_harm(data)
    except NotKept as sentence:
        raise CannotUse(str(sentence)) from None
    made = remade(data)
    lost = [[loss.kind, loss.said] for loss in made.lost]
    row, new = RemadePicture.objects.get_or_create(
        sha256=hashlib.sha256(made.data).hexdigest(), defaults={"extension": made.extension, "lost": lost}
    )
    if not new and lost and row.lost != lost:
        row.lost = lost
        row.save(update_fields=["lost"])
    return made


def losses_of(data: bytes) -> tuple[Loss, ...]:
    """What has to be said of a picture that we made lately."""
    known = _known(data)
    return _losses(known) if known else ()


def _known(data: bytes) -> RemadePicture | None:
    return RemadePicture.objects.filter(sha256=hashlib.sha256(data).hexdigest()).first()


def _losses(known: RemadePicture) -> tuple[Loss, ...]:
    return tuple(Loss(kind, said) for kind, said in known.lost)
