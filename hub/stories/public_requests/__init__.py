"""Others ask: to have a story changed or removed that they were never asked about, or to tell their own."""

from hub.stories.public_requests import offering, offers, requests, views
from hub.stories.public_requests.requests import close, requests_seen_by

__all__ = [
    "close",
    "offering",
    "offers",
    "requests",
    "requests_seen_by",
    "views",
]
