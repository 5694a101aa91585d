"""Packs that were made: a code, and which part is on which page. Holds no word, no title and nothing about anybody.

A part that is a story is a number and a digest under the story's own key, so it may outlive the story.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone


class Pack(models.Model):
    """One set of words on paper or in a file, however often it was made."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        HTML = "html", "One file for a browser"

    code = models.CharField(max_length=12, unique=True)
    form = models.CharField(max_length=4, choices=Form.choices)
    is_big = models.BooleanField(default=False)
    parts = models.JSONField(help_text="Number of the page, digest, first page, last page; in their order.")
    pages = models.PositiveSmallIntegerField(default=0, help_text="How many pages it has; none for a browser.")
    made_on = models.DateField(default=timezone.localdate, help_text="The day it was first made.")

    class Meta:
        ordering: ClassVar[list[Any]] = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return f"pack {self.code}"
