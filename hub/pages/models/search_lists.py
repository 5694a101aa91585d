"""What toolkit editors tell the search: which words ask for help, which mean the same, and what comes first for which.

Each is a short list in the admin. A page is named by its address, so that no list can show a draft's title.
"""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Site
from wagtail.snippets.models import register_snippet

from hub.pages.changes import marks_changes
from hub.pages.fields import ChoicesField
from hub.pages.models.base import HubPage
from hub.pages.topics import HelpTopic
from hub.pages.visibility import holds_nobody

WITH_COMMAS = "With commas between. Capitals, plurals and small slips make no difference."
BETWEEN = (
    " Little words between make no difference, and one of the family is another: “hits my mum” is found in “he hit our "
    "dad”."
)
ONLY = " In quotation marks, as in “help”: only when nothing else is typed."


class Phrases(models.Model):
    """A row that holds words or phrases with commas between."""

    words = models.TextField(max_length=5_000, help_text=WITH_COMMAS)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return ", ".join(self.phrases[:4])

    @property
    def phrases(self) -> list[str]:
        """Each word or phrase."""
        return phrases_of(self.words)

    def clean(self) -> None:
        super().clean()
        if not self.phrases:
            raise ValidationError({"words": "Write at least one word."})


@register_snippet
class SearchNeed(Phrases):
    """When somebody types one of these, telephone numbers stand above everything that is found."""

    name = models.CharField(max_length=80, unique=True, help_text="For the list here. Readers do not see it.")
    topics = ChoicesField(
        choices=HelpTopic.choices,
        verbose_name="numbers for",
        help_text="Help lines and partners that are there for any of these are shown. None ticked: all help lines.",
    )
    in_bsl_or_text = models.BooleanField("only those that answer in text or BSL", default=False)

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("words", help_text=WITH_COMMAS + BETWEEN + ONLY),
        FieldPanel("topics"),
        FieldPanel("in_bsl_or_text"),
    ]

    class Meta:
        verbose_name = "search: need for help"
        verbose_name_plural = "search: needs for help"
        ordering = ("name",)
        triggers: ClassVar[list[Any]] = [marks_changes()]  # what is known is kept: hub/search/known.py

    def __str__(self) -> str:
        return self.name


@register_snippet
class SearchSynonyms(Phrases):
    """Words and phrases that mean the same to whoever searches: any of them finds pages with any of the others."""

    panels: ClassVar[list[Any]] = [FieldPanel("words")]

    class Meta:
        verbose_name = "search: words that mean the same"
        verbose_name_plural = "search: words that mean the same"
        ordering = ("words",)
        triggers: ClassVar[list[Any]] = [marks_changes()]  # what is known is kept: hub/search/known.py

    def clean(self) -> None:
        super().clean()
        if len(self.phrases) < 2:
            raise ValidationError({"words": "Write at least two, with a comma between."})


@register_snippet
class SearchBestBet(Phrases):
    """For these words this page comes first."""

    address = models.CharField(
        "address of the page", max_length=500, help_text="As in the browser: /help/, or the whole address."
    )

    panels: ClassVar[list[Any]] = [FieldPanel("words"), FieldPanel("address")]

    class Meta:
        verbose_name = "search: what comes first"
        verbose_name_plural = "search: what comes first"
        ordering = ("words",)
        triggers: ClassVar[list[Any]] = [marks_changes()]  # what is known is kept: hub/search/known.py

    def clean(self) -> None:
        """Raises ValidationError when there is no public page at the address, and for a story."""
        super().clean()
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        path = "/" + urlsplit(self.address.strip()).path.strip("/")
        self.address = path if path == "/" else f"{path}/"
        at = (site.root_page.url_path if site else "/") + self.address[1:]
        if not HubPage.objects.live().filter(holds_nobody(), url_path=at).exists():
            raise ValidationError(
                {"address": "There is no public page at this address, or it is a story. Stories are never put first."}
            )


def phrases_of(text: str) -> list[str]:
    """Words or phrases with commas between, each once."""
    return list(dict.fromkeys(phrase.strip() for phrase in text.replace("\n", ",").split(",") if phrase.strip()))
