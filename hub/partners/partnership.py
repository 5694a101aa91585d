"""What is the partnership called, where is it, and who answers for it? One row; whoever says any of it asks here.

Wagtail's own settings page for the whole Hub. Nothing filled in reads well too: the words below name nobody. Refuses
colours in which somebody could not read.
"""

import hashlib
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from hub.contrast import readable_as_ground, readable_as_words
from hub.partners.sign import PartnershipForm

UNNAMED = "The Hub"
LONGEST_IN_ONE_LINE = 15  # signs of a name beside the sign
LINES = (
    "<p>Telephone numbers for everybody are <a href='/admin/snippets/pages/helpline/'>help lines</a>, under Snippets:"
    " the first of them are also said when nothing else works. The partners’ own stand with each"
    " <a href='/admin/partners/'>partner</a>.</p>"
)


@register_setting(icon="home", order=10)
class Partnership(BaseGenericSetting):
    """The one row. Who reads it for a page of readers takes it from the context: hub/pages/serving/navigation.py."""

    name = models.CharField(
        max_length=60, default=UNNAMED, help_text="In the title of every page, on top of it, and in mails."
    )
    sentence = models.CharField(
        max_length=200,
        default="Charities and families, working together.",
        help_text="Who you are, in one sentence. At the foot of every page.",
    )
    place = models.CharField(
        max_length=60, blank=True, help_text="Where you work, as after “in”: a town, a county, the north of an island."
    )
    toolkit_name = models.CharField(
        "what you call the toolkit", max_length=60, default="the toolkit", help_text="As in “Search the toolkit”."
    )
    strap = models.CharField(
        "the toolkit in one sentence",
        max_length=120,
        default="A toolkit on stigma, made with families.",
        help_text="On the cover of each pack.",
    )
    controller = models.CharField(
        "who answers for what is kept about people",
        max_length=160,
        blank=True,
        help_text="In law, the controller. Leave it empty when each partner answers for what it keeps.",
    )
    email = models.EmailField(
        "mail address for everybody", blank=True, help_text="At the foot of every page, and on receipts."
    )
    phone = models.CharField("telephone for everybody", max_length=30, blank=True)
    emergency = models.CharField(
        "emergency number",
        max_length=15,
        default="999",
        validators=[RegexValidator(r"^[0-9 ]+$", "Only digits and spaces.")],
        help_text="Whom to phone when somebody is in danger.",
    )
    colour = models.CharField(
        "colour of links and buttons",
        max_length=7,
        blank=True,
        validators=[readable_as_words],
        help_text="Six digits after a number sign, as in #0f4c75. Dark enough to be read; dark screens get a lighter"
        " one by themselves. Empty: blue.",
    )
    band = models.CharField(
        "colour of the band at the foot",
        max_length=7,
        blank=True,
        validators=[readable_as_ground],
        help_text="Dark enough for light words. Empty: the colour of slate.",
    )

    sign = models.BinaryField(default=b"", editable=False)
    sign_kind = models.CharField(max_length=4, blank=True, editable=False)
    sign_digest = models.CharField(max_length=20, blank=True, editable=False)

    base_form_class = PartnershipForm
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("sentence"), FieldPanel("place")], heading="Name and place"),
        MultiFieldPanel([FieldPanel("toolkit_name"), FieldPanel("strap")], heading="The toolkit"),
        MultiFieldPanel(
            [FieldPanel("controller"), FieldPanel("email"), FieldPanel("phone"), FieldPanel("emergency")],
            heading="Who answers, and how to reach them",
        ),
        HelpPanel(content=LINES, heading="Help lines"),
        MultiFieldPanel([FieldPanel("new_sign"), FieldPanel("no_sign")], heading="Your own sign"),
        MultiFieldPanel([FieldPanel("colour"), FieldPanel("band")], heading="Colours"),
    ]

    class Meta:
        verbose_name = "name, place and colours"

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude: Any = None) -> None:
        """Colours are kept in small letters, so that one colour is written in one way."""
        self.colour, self.band = self.colour.strip().lower(), self.band.strip().lower()
        super().clean_fields(exclude=exclude)

    def take_sign(self, data: bytes, kind: str) -> None:
        """Puts what hub/partners/sign.py made in the place of the sign that is drawn; nothing brings that one back."""
        self.sign, self.sign_kind = data, kind
        self.sign_digest = hashlib.sha256(data).hexdigest()[:16] if data else ""

    @property
    def sign_address(self) -> str:
        """Where its own sign is; nothing while there is none. Other points have another address."""
        return reverse("own_sign", args=[self.sign_digest, self.sign_kind]) if self.sign_digest else ""

    @property
    def is_named(self) -> bool:
        return self.name != UNNAMED

    @property
    def in_two_lines(self) -> tuple[str, str]:
        """The name as it stands beside the sign: a long one breaks near its middle."""
        words = self.name.split()
        if len(self.name) <= LONGEST_IN_ONE_LINE or len(words) == 1:
            return self.name, ""
        breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
        return min(breaks, key=lambda lines: abs(len(lines[0]) - len(lines[1])))

    @property
    def at_place(self) -> str:
        """“ in …”, or nothing: for the middle of a sentence."""
        return f" in {self.place}" if self.place else ""


def the_partnership() -> Partnership:
    """As it is now. Nobody has filled anything in: a row that is not kept, with the words that name nobody."""
    return Partnership.objects.defer("sign").order_by("pk").first() or Partnership()
