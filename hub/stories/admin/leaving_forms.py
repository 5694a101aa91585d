"""The words that remain when somebody leaves, in one form, and beside them what could still point to them.

Each of these is ticked off by a person. What is typed comes back whatever is wrong with it.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from wagtail.blocks.stream_block import StreamBlockValidationError

from hub.pages.admin.references import foreign_references
from hub.stories.erasure import WORDS, Remaining, as_story
from hub.stories.models import StoryPage
from hub.stories.withdrawal import Pointer, leavers_in, open_wishes, pointers

LOOK = (
    "In the list at the end, look at each line and tick it. Change the words where they still point to somebody who "
    "left."
)
PICTURE_OF_THEIRS = "There is a picture here of somebody who wants to leave. It has to go, whoever else is in it."
IN_A_PASSAGE = "Something is missing or wrong in one of these passages. It says so beside it."
NO_WORDS = "Nothing is left. Write at least one passage, or erase the whole story."


def _field(name: str, **attributes: Any) -> Any:
    field = StoryPage._meta.get_field(name).formfield()
    for attribute, value in attributes.items():
        setattr(field, attribute, value)
    return field


class RemainingForm(forms.Form):
    """A story without them. `version` counts what was kept, so that nobody writes over a colleague unseen."""

    title = _field("title", help_text="No real name: it stays in logs.")
    summary = _field("summary", widget=forms.Textarea(attrs={"rows": 2}))
    told_by = _field("told_by")
    names_note = _field("names_note", label="Note about names")
    body = _field("body", label="Passages and pictures")
    content_note = _field("content_note")
    special_categories = _field("special_categories", label="Sensitive things it tells")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, remaining: Remaining, kept: dict[str, Any], version: int, typed: Any = None) -> None:
        draft = remaining.draft
        shown = {name: kept.get(name, getattr(draft, name)) for name in WORDS}
        stream = StoryPage._meta.get_field("body").stream_block
        raw = kept.get("body", remaining.as_raw)
        super().__init__(typed, initial={**shown, "body": stream.to_python(raw), "version": version})
        self.remaining, self.looked_before = remaining, set(kept.get("looked", []))

    @property
    def now(self) -> dict[str, Any]:
        """What stands in the form, right or wrong; a choice that is none is left out."""
        if not self.is_bound:
            return {name: self.initial[name] for name in (*WORDS, "body")}
        found = {}
        for name in (*WORDS, "body"):
            field: Any = self.fields[name]
            value = field.widget.value_from_datadict(self.data, MultiValueDict(), name)
            if isinstance(field, forms.MultipleChoiceField):
                value = [code for code in value if field.valid_value(code)]
            found[name] = "" if value is None else value
        return found

    @property
    def looked(self) -> set[str]:
        """What has been ticked off."""
        typed: Any = self.data
        return set(typed.getlist("looked")) if self.is_bound else self.looked_before

    def pointers(self) -> list[tuple[Pointer, bool]]:
        """What could still point to them in the words as they stand in the form, and whether it is ticked off."""
        story, looked = as_story(self.remaining, self.now), self.looked
        found = pointers(
            story,
            leavers=leavers_in(self.remaining.draft.pk),
            gone=self.remaining.gone,
            shared=self.remaining.shared,
        )
        found += open_wishes(self.remaining.draft.pk)
        return [(pointer, pointer.key in looked) for pointer in found]

    def kept(self) -> dict[str, Any]:
        """What is written so far, to be kept as it is."""
        now = self.now
        return {**now, "body": now["body"].get_prep_value(), "looked": sorted(self.looked)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if len(self.now["body"]) == 0:
            self.errors.pop("body", None)
            self.add_error("body", NO_WORDS)
        elif self.remaining.pictures & set(as_story(self.remaining, self.now).image_ids()):
            self.add_error("body", PICTURE_OF_THEIRS)
        return cleaned

    def check_all(self, user: Any) -> bool:
        """Whether a story may be made of it: everything looked at, and nothing in it that `user` may not use."""
        if not self.is_valid():
            return False
        for sentence in foreign_references(as_story(self.remaining, self.cleaned_data), user):
            self.add_error("body", ValidationError(sentence))
        if any(not is_ticked for _, is_ticked in self.pointers()):
            self.add_error(None, LOOK)
        return not self.errors

    @classmethod
    def can_read(cls, data: Any) -> bool:
        """Whether `data` is what our page sends. Anything else is no worker's words."""
        try:
            cls.base_fields["body"].widget.value_from_datadict(data, MultiValueDict(), "body")
        except (KeyError, TypeError, ValueError):
            return False
        return True

    @property
    def body_errors(self) -> list[str]:
        """What is wrong with the passages. What is wrong in one of them stands beside it."""
        found = [error for error in self["body"].errors.as_data() if not isinstance(error, StreamBlockValidationError)]
        said = [sentence for error in found for sentence in error.messages]
        return said or ([IN_A_PASSAGE] if self["body"].errors else [])

    @property
    def body_html(self) -> Any:
        """The blocks with what is wrong beside each, as Wagtail shows them."""
        bound: Any = self["body"]
        widget: Any = self.fields["body"].widget
        return widget.render_with_errors("body", bound.value(), errors=bound.errors)
