"""Files on their way to becoming drafts: what was brought, what became of each, and what could not be kept.

A file's bytes are kept only until it is done or refused; the picture of the file goes with its job, after a month.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class CameFrom(models.Model):
    """Where a page came from, so that it is known again when the same comes once more. Goes with the page."""

    page = models.OneToOneField("pages.HubPage", on_delete=models.CASCADE, related_name="came_from")
    origin = models.CharField(max_length=64, db_index=True, help_text="The SHA-256 of what it was there.")

    def __str__(self) -> str:
        return f"where page {self.page_id} came from"


class ImportJob(models.Model):
    """What one person brought at one time, into one section."""

    section = models.ForeignKey("pages.PartnerSectionPage", on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[Any]] = ["-started_at"]

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportFile(models.Model):
    """One file. `lost` holds a sentence for each thing that could not be kept; `before` the file as it was read, as
    HTML, and `pictures` the numbers of its pictures in the library, to see it beside the page.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        REFUSED = "refused", "Not brought in"
        READ = "read", "Read"  # what held other pages, each of which has a row of its own

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    data = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.TextField(blank=True)
    lost = models.JSONField(default=list)
    before = models.TextField(blank=True)
    pictures = models.JSONField(default=list)
    page = models.ForeignKey("pages.HubPage", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[Any]] = ["pk"]

    def __str__(self) -> str:
        return f"file {self.pk} of import {self.job_id}"
