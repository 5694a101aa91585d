"""A list of choices kept in one column and edited as tick boxes. Refuses a value that is not on its list."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models


class ChoicesField(ArrayField):  # type: ignore[type-arg] # generic in the stubs only
    """Several of `choices`, in one array column; an empty list when none is ticked."""

    def __init__(self, *, choices: Any = (), base_field: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(base_field or models.CharField(max_length=40, choices=choices), **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """Tick boxes in place of a comma-separated text box."""
        return forms.MultipleChoiceField(
            choices=list(self.base_field.choices or []),
            required=not self.blank,
            widget=forms.CheckboxSelectMultiple,
            label=str(self.verbose_name).capitalize(),
            help_text=str(self.help_text),
        )
