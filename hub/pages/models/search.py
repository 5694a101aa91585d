"""What the public search looks in: one row per public page, with a stored, indexed text vector (ADR 007, ADR 037).

And the words that its pages use, so that a slip of the finger can be put right. No word of a story is among those.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F


class DictionaryField(models.CharField):  # type: ignore[type-arg] # generic in the stubs only
    """The name of one of PostgreSQL's dictionaries, as PostgreSQL itself keeps it: then an index may rest on it."""

    def db_type(self, connection: Any) -> str:
        return "regconfig"


def _vector(column: str, weight: str) -> SearchVector:
    return SearchVector(column, weight=weight, config=F("dictionary"))


class SearchEntry(models.Model):
    """The words of one public page. A row may be late; what is shown is always asked of `live()` as well.

    All but `text` are kept as hub/spelling.py compares them. `text` is what readers see a piece of.
    """

    page = models.OneToOneField(
        "pages.HubPage", primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    title = models.TextField()
    names = models.TextField(blank=True, help_text="What else the page is called: the short name of a partner.")
    summary = models.TextField(blank=True)
    words = models.TextField(blank=True)
    text = models.TextField(blank=True, help_text="Empty for a story: no piece of one is shown out of its place.")
    dictionary = DictionaryField(max_length=40, default="english", help_text="That of the language of its words.")
    vector = models.GeneratedField(
        expression=_vector("title", "A")
        + _vector("names", "A")
        + SearchVector("title", weight="A", config="simple")
        + SearchVector("names", weight="A", config="simple")
        + _vector("summary", "B")
        + _vector("words", "D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name_plural = "search entries"
        indexes: ClassVar[list[Any]] = [GinIndex(fields=["vector"], name="search_entry_vector")]

    def __str__(self) -> str:
        return f"search entry of page {self.page_id}"


class SearchWord(models.Model):
    """A word that a public page without a story uses, and the pieces by which words like it are found."""

    word = models.CharField(max_length=40, primary_key=True)
    pieces = ArrayField(models.CharField(max_length=6))

    class Meta:
        indexes: ClassVar[list[Any]] = [GinIndex(fields=["pieces"], name="search_word_pieces")]

    def __str__(self) -> str:
        return self.word
