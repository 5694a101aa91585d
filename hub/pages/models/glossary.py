"""Words that stigmatise, what to say instead, and why. Toolkit editors keep the list; it hints and forbids nothing."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet

from hub.pages.models.belonging import BelongsToSomebody


@register_snippet
class GlossaryTerm(BelongsToSomebody):
    """One word or phrase that hurts, in every form it comes in."""

    term = models.CharField("word or phrase", max_length=80)
    other_forms = models.CharField(
        max_length=300, blank=True, help_text="With commas between. For example: addicts, addicted."
    )
    instead = models.CharField("say instead", max_length=200)
    why = models.CharField(max_length=300, help_text="One plain sentence.")
    is_active = models.BooleanField("hint at it", default=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("term"),
        FieldPanel("other_forms"),
        FieldPanel("instead"),
        FieldPanel("why"),
        FieldPanel("is_active"),
    ]

    class Meta:
        verbose_name = "word that hurts"
        verbose_name_plural = "words that hurt"
        ordering: ClassVar[list[Any]] = [Lower("term")]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(Lower("term"), name="one_entry_a_term", violation_error_message="It is there."),
        ]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        super().clean()
        if not any(form.strip() for form in self.forms):
            raise ValidationError({"term": "Write the word or phrase."})

    @property
    def forms(self) -> list[str]:
        """The term and its other forms."""
        return [form.strip() for form in [self.term, *self.other_forms.split(",")] if form.strip()]
