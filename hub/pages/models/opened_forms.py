"""Which page did this form for a new page make? When it is sent again, that page is saved again, and no other made.

Wagtail saves by itself while somebody types; a press of the button in the same half second sends the form once more.
"""

from typing import Any, ClassVar

from django.db import models


class OpenedForm(models.Model):
    """A form that was opened once, and has made a page. Goes with the page: nothing of an erased story points here."""

    user = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="+")
    token = models.UUIDField(help_text="Of the form, its type of page and its place.")
    page = models.OneToOneField("pages.HubPage", on_delete=models.CASCADE, related_name="opened_form")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    revision_at = models.DateTimeField(null=True)
    typed_at = models.BigIntegerField(help_text="By the clock of the browser, in milliseconds: only to be compared.")
    sent = models.CharField(max_length=64, help_text="The SHA-256 of what was sent last.")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "token"], name="opened_form_makes_one_page"),
        ]

    def __str__(self) -> str:
        return f"form that made page {self.page_id}"
