"""An organisation in the partnership. The four are data: a fifth is a row, not code."""

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Lower


class Partner(models.Model):
    class Strand(models.TextChoices):
        PANTILE = "pantile", "Pantile (red-orange)"
        HARBOUR = "harbour", "Harbour (blue)"
        KELP = "kelp", "Kelp (green)"
        GORSE = "gorse", "Gorse (yellow)"
        HEATHER = "heather", "Heather (purple)"
        HAAR = "haar", "Haar (grey)"

    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40)
    slug = models.SlugField(max_length=60, unique=True)
    strand = models.CharField(max_length=10, choices=Strand.choices)
    summary = models.TextField(blank=True, max_length=300)
    description = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    charity_number = models.CharField(max_length=20, blank=True)
    approval_required = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[Any]] = ["name"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                Lower("name"), name="partner_name_once", violation_error_message="There is a partner with this name."
            ),
            models.UniqueConstraint(
                Lower("short_name"),
                name="partner_short_name_once",
                violation_error_message="There is a partner with this short name. Its groups are named by it.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
