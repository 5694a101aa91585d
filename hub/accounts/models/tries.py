"""How often was something tried in this hour? In the database, which forgets nothing and counts one at a time."""

from django.db import models
from django.db.models.functions import Now


class Tries(models.Model):
    """Of one kind by one sender. The key is a keyed hash: it says nothing about either. Forgotten after a day."""

    key = models.CharField(primary_key=True, max_length=32)
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField(db_default=Now())
    last_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{self.number} tries"
