"""Answers kept ready and given before Django starts, and only while nothing they rest on has changed (ADR 036).

Knows nothing of Django and of stories: what a page rests on is noted while it is made (`notes`), and whoever puts this
in front of an application says how that is asked (hub/wsgi.py).
"""

from hub.kept.asked import Asked, Proof
from hub.kept.generation import Generation, Nudge
from hub.kept.layer import KeptAnswers
from hub.kept.store import Store
from hub.kept.together import Together

__all__ = ["Asked", "Generation", "KeptAnswers", "Nudge", "Proof", "Store", "Together"]
