"""Saving a page: refused once when somebody else saved it meanwhile, and when it points at what is not one's own.

Wagtail notices this for what it saves by itself; here it is noticed also when a person presses the button.
Each page type names this form itself: Wagtail puts its own on the page they all share. For a page that is not there yet
it says which opened form it is (create_screen.py).
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

AUTOSAVE_ON_ITS_WAY = timedelta(seconds=5)
SAVED_MEANWHILE = (
    "Somebody else has saved this page since you opened it. Nothing is lost: what you wrote is still here, and what "
    "they wrote is in the page’s history. Compare the two. If you save again, yours comes on top."
)

also_refused_by: list[Callable[[Any, Any], list[str]]] = []
"""Asked of a page as the form says it and of who saves it: a sentence for each thing that it may not point at.

Page types name this form, and whoever checks reads page types: so the checks are told to it (wiring.py)."""

TOKEN, TYPED_AT, WINDOW = "hub_opened", "hub_typed_at", "hub_window"
SAVED_BY = "saved-by-window-{}"  # in the cache: which window saved a page last, and when
A_DAY = 24 * 60 * 60


def token_of(data: Mapping[str, Any]) -> UUID | None:
    """Which opened form this is; None when it does not say so, or not in a way that can be read."""
    try:
        return UUID(str(data.get(TOKEN, "")))
    except ValueError:
        return None


class NameOfAWindow(forms.UUIDField):
    """Anew each time, and no change: whoever approves a page as it stands has not written in it."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class HubPageForm(WagtailAdminPageForm):
    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[WINDOW] = NameOfAWindow(required=False, widget=forms.HiddenInput)
        self.initial[WINDOW] = str(uuid4())
        if self.instance.pk is None:
            self._name_this_opening()
        if owners := self.fields.get("owned_with"):
            self._offer_open_partners(owners)

    def _offer_open_partners(self, owners: Any) -> None:
        """And those that are ticked already: to approve a page as it stands must not untick a partner that closed."""
        ticked = [one.pk for one in self.instance.owned_with.all()]
        owners.queryset = owners.queryset.filter(Q(is_open=True) | Q(pk__in=ticked))

    def _name_this_opening(self) -> None:
        """A form that comes back with a mistake in it is still the same one."""
        for name in (TOKEN, TYPED_AT):
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial[TOKEN] = str(uuid4())
        if self.is_bound and token_of(self.data) is None:
            self.data = self.data.copy()
            self.data[TOKEN] = self.initial[TOKEN]

    def clean(self) -> Any:
        """Refuses a save that was begun from an older version. The page then shown is begun from the newest one."""
        cleaned = super().clean()
        if self.was_begun_from_an_older_version():
            self.add_error(None, ValidationError(SAVED_MEANWHILE, code="saved_meanwhile"))
        self._check_the_days(cleaned)
        self._ask_its_owners_first(cleaned)
        return cleaned

    def _ask_its_owners_first(self, cleaned: dict[str, Any]) -> None:
        """What is owned together nobody publishes alone, and a form agrees only if it says to which words."""
        others = [one for one in cleaned.get("owned_with") or () if one.pk != self.instance.partner_id]
        if others and "action-publish" in self.data:
            names = " and ".join(str(one) for one in others)
            self.add_error("owned_with", f"{names} must agree first. Press “Save draft”, then “Submit”.")
        says_which = self.data.get("overwrite_revision_id") or self.data.get("loaded_revision_id")
        if "owned_with" in self.fields and "action-workflow-action" in self.data and not says_which:
            self.add_error(None, ValidationError(SAVED_MEANWHILE, code="saved_meanwhile"))

    def _check_the_days(self, cleaned: dict[str, Any]) -> None:
        """A day that cannot be meant: a check that was not done yet, or a next one that is over already."""
        today, checked, next_check = timezone.localdate(), cleaned.get("last_checked"), cleaned.get("next_check")
        if checked and checked > today and "last_checked" in self.changed_data:
            self.add_error("last_checked", f"{checked:%-d %B %Y} is still to come. Give the day it was last checked.")
        if next_check and checked and next_check <= checked and "next_check" in self.changed_data:
            self.add_error("next_check", f"{next_check:%-d %B %Y} is before it was checked. Give a day after that.")
        elif next_check and next_check < today and "next_check" in self.changed_data:
            self.add_error("next_check", f"{next_check:%-d %B %Y} is over. Give a day still to come.")

    def _post_clean(self) -> None:
        """Once the page is as the form says: refuses what it may not point at."""
        super()._post_clean()
        for refuses in also_refused_by if self.for_user else ():
            for sentence in refuses(self.instance, self.for_user):
                self.add_error(None, ValidationError(sentence, code="not_yours"))

    def add_error(self, field: str | None, error: Any) -> None:
        """A mistake in what this form does not show, such as an address, is said above it, and crashes nothing."""
        if field is None and hasattr(error, "error_dict"):
            hidden = [name for name in error.error_dict if name not in {*self.fields, NON_FIELD_ERRORS}]
            for name in hidden:
                super().add_error(None, error.error_dict.pop(name))
        super().add_error(field, error)

    def was_begun_from_an_older_version(self) -> bool:
        """Without a word in the form about the version it began from, nothing is known and nothing refused."""
        latest = self.instance.latest_revision
        began = self.data.get("overwrite_revision_id") or self.data.get("loaded_revision_id")
        if not latest or not began or self._is_her_own_of_a_moment_ago(latest) or self._is_of_this_window(latest):
            return False
        if began != str(latest.pk):
            return True
        saved = self.data.get("loaded_revision_created_at", "")
        return not self.data.get("overwrite_revision_id") and saved != latest.created_at.isoformat()

    def _is_her_own_of_a_moment_ago(self, revision: Any) -> bool:
        """Wagtail saves by itself while she types; she may press the button before the answer is in the form."""
        moment = timezone.now() - AUTOSAVE_ON_ITS_WAY
        return bool(self.for_user and revision.user_id == self.for_user.pk and revision.created_at > moment)

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Wagtail's signature
        """Saves as Wagtail does, and notes by which window: what it saves by itself is no conflict with itself."""
        page = super().save(commit=commit)
        if page.pk and (window := self.cleaned_data.get(WINDOW)):
            cache.set(SAVED_BY.format(page.pk), (str(window), timezone.now()), A_DAY)
        return page

    def _is_of_this_window(self, revision: Any) -> bool:
        """The answer to its last saving may never have reached it: the line was dead, or she was signed out."""
        window, at = cache.get(SAVED_BY.format(self.instance.pk)) or ("", revision.created_at)
        near = abs(revision.created_at - at) < AUTOSAVE_ON_ITS_WAY
        return bool(
            self.for_user and revision.user_id == self.for_user.pk and near and window == str(self.data.get(WINDOW))
        )
