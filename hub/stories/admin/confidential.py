"""What identifies somebody: the evidence of an answer, and how to reach them. Each opening is noted, whoever opens.

Evidence is for the section's workers and for moderators, who have to be able to check it; personal details are for the
section's workers only. Everybody else gets a 404.
"""

from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST
from wagtail.admin.widgets import AdminDateInput

from hub.british_times import BritishDateField, BritishDateTimeField
from hub.law import AgeBand
from hub.partners.people import signed_in
from hub.security_headers import forbid_copies
from hub.stories.admin.ages_asked import ask_age
from hub.stories.admin.people import for_the_section, person_in
from hub.stories.admin.person_on_screen import LONGEST_NICKNAME
from hub.stories.admin.pictures import pictures_at
from hub.stories.consent import evidence, note_age
from hub.stories.light import is_hidden, sees_hidden, stories_seen_by
from hub.stories.models import EvidenceFile, Participant, PersonalDetails, RecordOpened, StoryPage, draft_of
from hub.stories.review import moderates


class AgeForm(forms.Form):
    """How old they are now: after a birthday they are asked in other words."""

    age_band = forms.ChoiceField(label="Age")
    reask_at = BritishDateTimeField(required=False, widget=AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_age(self)


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg] # generic in the stubs only
    """How to reach somebody safely. None of it is needed to ask them."""

    do_not_ask_until = BritishDateField(
        label="Do not ask them before",
        required=False,
        help_text="If they would rather not be asked for a while.",
    )

    class Meta:
        model = PersonalDetails
        fields = (
            "preferred_name",
            "safe_contact",
            "may_leave_message",
            "language",
            "reading_format",
            "guardian",
            "supporter",
            "note",
        )
        widgets = {
            "preferred_name": forms.TextInput(),
            "safe_contact": forms.Textarea(attrs={"rows": 2}),
            "language": forms.TextInput(),
            "guardian": forms.Textarea(attrs={"rows": 2}),
            "supporter": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "safe_contact": "How and when it is safe. For example: text only, before three o’clock.",
            "guardian": "For a child whose parent is asked too: who answers with them, and how to reach them.",
            "note": "What helps them to understand and decide, and any legal power somebody else holds.",
        }


def for_those_who_check(view: Any) -> Any:
    """Gives `view` the story, to whoever may edit it and to moderators; 404 to everybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, story_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        story = get_object_or_404(stories_seen_by(request.user), pk=story_id)
        if not (moderates(request.user) or story.permissions_for_user(request.user).can_edit()):
            raise Http404
        return forbid_copies(view(request, story, *args, **kwargs))

    return guarded


@for_those_who_check
def open_evidence(request: HttpRequest, story: StoryPage, evidence_id: int) -> HttpResponse:
    """The file, to save and never to run: under a name that says nothing, in a page that may do nothing."""
    found = EvidenceFile.objects.select_related("participation__participant")
    file = get_object_or_404(found, pk=evidence_id, participation__story=story)
    try:
        data = evidence.open_file(file, by=signed_in(request))
    except evidence.NotThere as gone:
        raise Http404 from gone
    response = HttpResponse(data, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{evidence.filename(file)}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@for_the_section
def nickname(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """What colleagues call somebody here, encrypted and read by this section alone. Empty takes it away."""
    participant = person_in(story, participation_id).participant
    typed = " ".join(request.POST.get("nickname", "").split())
    if len(typed) > LONGEST_NICKNAME:
        messages.error(request, f"That is too long: at most {LONGEST_NICKNAME} characters. You wrote: {typed}")
    else:
        PersonalDetails.objects.update_or_create(participant=participant, defaults={"nickname": typed})
        said = (
            f"Here {participant.code} is called what you wrote."
            if typed
            else f"{participant.code} has no other name here."
        )
        messages.success(request, said)
    return redirect(f"{reverse('story_people', args=[story.pk])}#p-{participation_id}")


@for_the_section
def details(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """How to reach this person, and who has looked. Nothing of it is in the title, in a mail or in a log."""
    participant = person_in(story, participation_id).participant
    _note_opening(participant, request)
    form = _details_form(participant, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        Participant.objects.filter(pk=participant.pk).update(do_not_ask_until=form.cleaned_data["do_not_ask_until"])
        messages.success(request, f"The details of {participant.code} are kept.")
        return redirect("story_people", story.pk)
    grown = AgeForm(initial={"age_band": participant.age_band, "reask_at": participant.reask_at})
    return _details_page(request, story, participation_id, form, grown)


def _details_form(participant: Participant, typed: Any = None) -> DetailsForm:
    kept = PersonalDetails.objects.filter(participant=participant).first()
    return DetailsForm(
        typed,
        instance=kept or PersonalDetails(participant=participant),
        initial={"do_not_ask_until": participant.do_not_ask_until},
    )


def _details_page(
    request: HttpRequest, story: StoryPage, participation_id: int, form: DetailsForm, age_form: AgeForm
) -> HttpResponse:
    participant = person_in(story, participation_id).participant
    openings = RecordOpened.objects.filter(what=RecordOpened.What.DETAILS, number=participant.pk)[:10]
    context = {
        "story": story,
        "participation_id": participation_id,
        "participant": participant,
        "form": form,
        "age": age_form,
        "openings": with_names(openings),
    }
    return render(request, "stories/admin/details.html", context)


@cache_control(private=True, no_store=True)
def disclosed_draft(request: HttpRequest, story_id: int) -> HttpResponse:
    """The words of a hidden draft, for safeguarding alone."""
    story = get_object_or_404(StoryPage, pk=story_id)
    if not (sees_hidden(request.user) and is_hidden(story.pk)):
        raise Http404
    RecordOpened.objects.create(
        what=RecordOpened.What.DRAFT, number=story.pk, participant_code="", by_user_id=signed_in(request).pk
    )
    context = {"story": story, "draft": draft_of(story), "pictures_at": pictures_at(story)}
    return render(request, "stories/admin/disclosed.html", context)


@require_POST
@for_the_section
def age(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """Notes how old they are now. A mistake is said beside its box, with what was typed still in it."""
    participant = person_in(story, participation_id).participant
    form = AgeForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            note_age(participant, age_band=AgeBand(said["age_band"]), reask_at=said["reask_at"], by=signed_in(request))
        except ValueError as refusal:
            form.add_error("reask_at", str(refusal))
        else:
            messages.success(request, f"The age of {participant.code} is noted. Ask them next.")
            return redirect("story_people", story.pk)
    _note_opening(participant, request)
    return _details_page(request, story, participation_id, _details_form(participant), form)


def with_names(openings: Any) -> list[tuple[Any, str]]:
    """When each opening was, and who opened; a number when the account is gone."""
    rows = list(openings)
    names = dict(User.objects.filter(pk__in=[row.by_user_id for row in rows]).values_list("pk", "username"))
    return [(row.at, names.get(row.by_user_id, f"account {row.by_user_id}")) for row in rows]


def _note_opening(participant: Participant, request: HttpRequest) -> None:
    RecordOpened.objects.create(
        what=RecordOpened.What.DETAILS,
        number=participant.pk,
        participant_code=participant.code,
        by_user_id=signed_in(request).pk,
    )
