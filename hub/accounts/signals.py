"""What accounts ask of the apps above them, which they may not import: pages know who answers for which."""

from django.dispatch import Signal

# sender: None; user and partner. Each receiver returns how many things of that partner `user` answers for.
counting_what_is_hers = Signal()
# sender: None; user, partner, to. In the transaction that ends her access; returns how many things changed hands.
handing_over = Signal()


def how_many(signal: Signal, **about: object) -> int:
    """The sum of what the receivers answer."""
    return sum(int(number or 0) for _, number in signal.send(sender=None, **about))
