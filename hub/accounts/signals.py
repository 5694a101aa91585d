"""What accounts ask of the apps above them, which they may not import: pages know who answers for which."""

from django.dispatch import Signal

# sender: User; user and partner. Each receiver returns how many things of that partner `user` answers for.
counting_what_is_hers = Signal()
# sender: User; user, partner, to. In the transaction that ends her access; returns how many things changed hands.
handing_over = Signal()


def how_many(signal: Signal, **about: object) -> int:
    """The sum of what the receivers answer."""
    from django.contrib.auth.models import User

    return sum(int(number or 0) for _, number in signal.send(sender=User, **about))
