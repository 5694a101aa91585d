"""Columns that identify a family: encrypted in the database by hub/encryption.py, plain in Python."""

from typing import Any

from django.db import models

from hub.encryption import lock_away, open_up


class EncryptedTextField(models.TextField):  # type: ignore[type-arg] # generic in the stubs only
    """Text that is encrypted in the database and plain in Python. It cannot be searched, by design."""

    def from_db_value(self, value: str | None, *args: Any) -> str | None:
        return None if value is None else open_up(value)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return None if prepared is None else lock_away(prepared)
