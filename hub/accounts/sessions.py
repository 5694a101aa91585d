"""Where is somebody signed in, and how does that end? At once and everywhere, without waiting for one to run out.

Refuses to keep a list of its own: the table of sessions is the only one, and staff are few enough to read it whole.
"""

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone


def sessions_of(user: User) -> list[Session]:
    """Every session in which `user` is signed in and which has not run out."""
    open_sessions = Session.objects.filter(expire_date__gt=timezone.now())
    return [session for session in open_sessions if session.get_decoded().get(SESSION_KEY) == str(user.pk)]


def sign_out_everywhere(user: User, *, but: str | None = None) -> int:
    """Ends every session of `user`, but the one with the key `but`. Returns how many there were."""
    keys = [session.session_key for session in sessions_of(user) if session.session_key != but]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)
