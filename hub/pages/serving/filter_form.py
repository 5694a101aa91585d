"""What do forms that narrow a list have in common? Partners to choose from, and a sentence for what was not usable."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from hub.pages.pieces import kept
from hub.partners.models import Partner


def partner_choices() -> list[tuple[str, str]]:
    """The open partners, by the word that stands for each in an address."""
    partners = Partner.objects.filter(is_open=True).values_list("slug", "short_name")
    return kept("partners to choose", lambda: list(partners))


class FilterForm(forms.Form):
    """Each part optional: what cannot be used is left out and said, and never breaks the page."""

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Makes these the choices of the field `name`."""
        field: Any = self.fields[name]
        field.choices = choices

    def problems(self) -> list[str]:
        """A sentence for each part of the address that could not be used."""
        self.full_clean()
        return [
            _("We left out “%(label)s”: we did not understand what was asked for.") % {"label": self.fields[name].label}
            for name in self.errors
            if name in self.fields
        ]
