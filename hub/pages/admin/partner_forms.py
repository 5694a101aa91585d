"""The one form that opens a partner and the one that changes it. A picture that is too big gets a sentence, no more."""

from typing import Any, ClassVar

from django import forms

from hub.pages.admin.image_form import ReadableImageField
from hub.pages.admin.picture_asking import AsksBeforeTaking
from hub.pages.topics import HelpTopic
from hub.partners.models import Partner, Strand

DETAILS = (
    "name",
    "short_name",
    "slug",
    "strand",
    "summary",
    "place",
    "phone",
    "help_topics",
    "email",
    "website",
    "charity_number",
    "approval_required",
)

NOT_AN_ADDRESS = "Use small letters, numbers and hyphens only, with no spaces, as in “hill-street”."


class ColourSelect(forms.RadioSelect):
    """Radio buttons, each with a sample of its colour."""

    option_template_name = "partners/admin/colour.html"


class PartnerForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's has no brackets when it runs
    """A partner's details. Says which colours are taken; two may share one, since there are six."""

    website = forms.URLField(required=False, assume_scheme="https")
    help_topics = forms.MultipleChoiceField(
        label="People may phone about",
        required=False,
        choices=HelpTopic.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="The partner’s phone number then stands among the help lines for it.",
    )

    class Meta:
        model = Partner
        fields = DETAILS
        labels = {"slug": "Address", "strand": "Colour", "approval_required": "A lead approves what authors publish"}
        help_texts = {
            "short_name": "Its groups are called by it, for example “Hill Street: authors”.",
            "slug": "The last part of the section’s address: small letters, numbers and hyphens.",
            "strand": "Its strand in the plait and the colour of its section.",
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "name": {"required": "Give the partner’s name."},
            "short_name": {"required": "Give a short name. It can be the same as the name."},
            "slug": {"invalid": NOT_AN_ADDRESS, "required": "Give the last part of the section’s address."},
            "strand": {"required": "Choose a colour."},
        }
        widgets = {"strand": ColourSelect, "summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Partner.objects.filter(is_open=True).exclude(pk=self.instance.pk)
        taken: dict[str, list[str]] = {}
        for strand, name in others.values_list("strand", "short_name"):
            taken.setdefault(strand, []).append(name)
        colours: Any = self.fields["strand"]
        colours.choices = [
            (value, f"{label}, taken by {' and '.join(taken[value])}" if value in taken else label)
            for value, label in Strand.choices
        ]

    def clean_name(self) -> str:
        """A name in use, in capitals or not, is refused here, where it was typed."""
        return self._once("name", "There is a partner with this name.")

    def clean_short_name(self) -> str:
        return self._once("short_name", "There is a partner with this short name.")

    def _once(self, field: str, sentence: str) -> str:
        value = str(self.cleaned_data[field]).strip()
        if Partner.objects.filter(**{f"{field}__iexact": value}).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(sentence)
        return value


class OpenPartnerForm(AsksBeforeTaking, PartnerForm):
    """The same with a logo, brought by `user`."""

    picture_field = "logo"
    logo = ReadableImageField(required=False, label="Logo", help_text="A picture of at most 10 MB. It can wait.")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.who_brings = user
        super().__init__(*args, **kwargs)
        self.ask_before_taking()
