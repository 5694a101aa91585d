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
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, editable=False, on_delete=models.SET_NULL, related_name="partner"
    )
    workflow = models.OneToOneField(
        "wagtailcore.Workflow", null=True, editable=False, on_delete=models.SET_NULL, related_name="partner"
    )

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


class PartnerGroup(models.Model):
    """Which group of people holds which role for a partner. A link, so that a new name takes nobody's access away."""

    class Roles(models.TextChoices):
        AUTHORS = "authors", "Authors"
        LEADS = "leads", "Leads"

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="role_groups")
    role = models.CharField(max_length=20, choices=Roles.choices)
    group = models.OneToOneField("auth.Group", on_delete=models.CASCADE, related_name="partner_link")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("partner", "role", name="partner_role_held_by_one_group"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of partner {self.partner_id}"
