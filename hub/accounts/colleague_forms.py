"""The forms of “Colleagues”, and of the page behind an invitation. A mistake loses nothing typed but a password."""

from difflib import get_close_matches
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password

from hub.accounts.colleagues import OF_PARTNER, people_of, roles_at
from hub.email_addresses import AddressField
from hub.partners.models import Partner
from hub.partners.roles import AUTHOR, Role

OFTEN = ("gmail.com", "hotmail.co.uk", "hotmail.com", "icloud.com", "outlook.com", "yahoo.co.uk", "yahoo.com")
NOT_AN_ADDRESS = "This is not a whole e-mail address. It should look like name@example.org."


def said(role: Role) -> str:
    """A role with what it means, for whoever ticks it."""
    return f"{role.of_one}. {role.means}"


class InviteForm(forms.Form):
    """To whom, and as what. An address that looks like a slip of the finger is asked about once."""

    email = AddressField(
        label="Your colleague’s e-mail address",
        help_text="The link goes there, and whoever reads it can join. Look at each letter.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Write your colleague’s e-mail address.", "invalid": NOT_AN_ADDRESS},
    )
    role = forms.ChoiceField(
        label="What will they do here?",
        widget=forms.RadioSelect,
        choices=[(role.name, said(role)) for role in OF_PARTNER],
        initial=AUTHOR.name,
        error_messages={"required": "Choose what they will do."},
    )

    def __init__(self, partner: Partner, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner = partner
        self.doubtful = ""

    def full_clean(self) -> None:
        """Offers, beside an address that is doubted, to say that it is right."""
        super().full_clean()
        if self.doubtful:
            box = forms.CharField(required=False, label=f"{self.doubtful} is right as it stands")
            box.widget = forms.CheckboxInput(attrs={"value": self.doubtful}, check_test=lambda typed: False)
            self.fields["sure"] = box
            self.order_fields(["email", "sure", "role"])

    def clean_email(self) -> str:
        """Refuses an address at a place that is nearly, and not quite, one that people here use."""
        email = str(self.cleaned_data["email"])
        name, _, place = email.rpartition("@")
        meant = self._nearly(place.lower())
        if meant and self.data.get("sure") != email:
            self.doubtful = email
            raise forms.ValidationError(f"Did you mean {name}@{meant}? If it is right as it stands, tick below.")
        return email

    def _nearly(self, place: str) -> str | None:
        addresses = people_of(self.partner).exclude(email="").values_list("email", flat=True)
        known = {address.rpartition("@")[2].lower() for address in addresses} | set(OFTEN)
        return None if place in known else next(iter(get_close_matches(place, sorted(known), n=1, cutoff=0.85)), None)


class RolesForm(forms.Form):
    """Which roles somebody holds. What may not be is said beside them."""

    roles = forms.MultipleChoiceField(label="Roles", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, user: User, partner: Partner | None, offered: tuple[Role, ...], *args: Any) -> None:
        super().__init__(*args)
        self.initial = {"roles": [role.name for role in roles_at(user, partner)]}
        roles: Any = self.fields["roles"]
        roles.choices = [(role.name, said(role)) for role in offered]


class EndForm(forms.Form):
    """Who takes over the pages, if there are any."""

    pages_to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label="Who answers for their pages from now on?",
        help_text="Only guidance. Stories keep the name of whoever gathered them.",
        empty_label="Nobody yet: reminders go to the leads",
        error_messages={"invalid_choice": "Choose somebody who works here."},
    )

    def __init__(self, user: User, partner: Partner, *args: Any, pages: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pages_to"]
        field.queryset = people_of(partner).filter(is_active=True).exclude(pk=user.pk)
        field.label_from_instance = name_of
        if not pages:
            del self.fields["pages_to"]


class JoinForm(forms.Form):
    """A name and a password. The password is never sent back to the page."""

    name = forms.CharField(
        label="Your name",
        help_text="Your colleagues see it beside what you write. Readers do not.",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "field"}),
        error_messages={"required": "Write your name. Your colleagues see it beside what you write."},
    )
    password = forms.CharField(
        label="A password",
        strip=False,
        max_length=4_096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "field"}),
        error_messages={"required": "Choose a password."},
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        max_length=4_096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "field"}),
        error_messages={"required": "Write the password a second time."},
    )

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Both the same, and not easily guessed by somebody who knows her name and her address."""
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", "The two passwords are not the same. Write both again.")
        elif password:
            try:
                validate_password(password, User(email=self.email, first_name=cleaned.get("name", "")))
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return cleaned


def name_of(user: User) -> str:
    """How colleagues call her: by her name, else by her address."""
    return user.get_full_name() or user.email or user.get_username()
