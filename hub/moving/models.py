"""What came in from elsewhere at one time, and what became of each page: a sentence each, and no word of a story.

It goes after a month. That a page came from elsewhere is kept with the page (hub.pages.models.CameFrom).
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Arrival(models.Model):
    """One zip that somebody brought. `rows` has for each page what it is called, what became of it and what to look at;
    `refused` says why nothing came in.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    section = models.ForeignKey("pages.PartnerSectionPage", null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField(default=list)
    refused = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[Any]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"arrival {self.pk}"
