"""One piece of feedback: what they wrote, what could tell who they are, and the answer that readers will see.

Somebody else's is a 404. Of two who answer at once the second is told, sees the other's answer, and loses nothing.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from hub.feedback import operations
from hub.feedback.forms import AnswerForm
from hub.feedback.models import Feedback
from hub.feedback.operations import CannotDo, ChangedMeanwhile
from hub.feedback.queue import feedback_seen_by
from hub.pages.models import HubPage
from hub.partners.people import signed_in
from hub.stories.review import details_in, known_names

STILL_THERE = "What you typed is still in the form. If you publish it, it takes the place of theirs."
WHAT_IS_DONE: dict[str, tuple[Callable[..., Feedback], str]] = {
    "note": (operations.note, "It is noted, and no answer is published."),
    "spam": (operations.call_it_spam, "It is out of the queue. Spam is deleted a month after it came."),
    "queue": (operations.put_in_the_queue, "It waits in the queue."),
    "take_back": (
        operations.take_back,
        "The answer is off the site, and kept here as a draft. It waits in the queue again.",
    ),
}


@cache_control(private=True, no_store=True)
def one(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """Shows it; a POST previews an answer or publishes it."""
    found = get_object_or_404(feedback_seen_by(request.user), pk=feedback_id)
    form = AnswerForm(request.POST) if request.method == "POST" else AnswerForm(initial=_begun(found))
    preview = None
    if request.method == "POST" and form.is_valid():
        version = _version(request)
        try:
            if "publish" in request.POST:
                operations.publish_answer(found, form.answer, by=signed_in(request), version=version)
                messages.success(request, _published(found))
                return redirect("feedback_queue")
            operations.check_version(found, version)
        except ChangedMeanwhile as refusal:
            messages.error(request, f"{refusal} {STILL_THERE}")
            found = get_object_or_404(feedback_seen_by(request.user), pk=feedback_id)
        except CannotDo as refusal:
            messages.error(request, str(refusal))
        else:
            preview = _as_readers_would_see(form, found)
    return _show(request, found, form, preview)


@require_POST
@cache_control(private=True, no_store=True)
def do(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """Everything that is one click: note it, call it spam, put it in the queue, take an answer or words back."""
    found = get_object_or_404(feedback_seen_by(request.user), pk=feedback_id)
    what, by, version = request.POST.get("do", ""), signed_in(request), _version(request)
    try:
        if what == "blank":
            pieces = [*request.POST.getlist("piece"), request.POST.get("other", "")]
            operations.blank_out(found, pieces, by=by, version=version)
            messages.success(request, "It is taken out for good.")
            return redirect("feedback_one", found.pk)
        if what not in WHAT_IS_DONE:
            raise Http404
        operation, said = WHAT_IS_DONE[what]
        operation(found, by=by, version=version)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        found = get_object_or_404(feedback_seen_by(request.user), pk=feedback_id)
        return _show(request, found, AnswerForm(initial=_begun(found)), None)
    messages.success(request, said)
    return redirect("feedback_queue")


def _show(request: HttpRequest, found: Feedback, form: AnswerForm, preview: Feedback | None) -> HttpResponse:
    words = found.words
    context: dict[str, Any] = {
        "found": found,
        "form": form,
        "preview": preview,
        "details": list(dict.fromkeys(details_in(words, known_names()))) if words else [],
        "is_public": found.page_id is not None and HubPage.objects.live().filter(pk=found.page_id).exists(),
        "typed_piece": request.POST.get("other", ""),
    }
    if preview:
        answer = f"{preview.you_said}\n{preview.our_words}"
        context["details_of_answer"] = list(dict.fromkeys(details_in(answer, known_names())))
    return render(request, "feedback/admin/one.html", context)


def _begun(found: Feedback) -> dict[str, Any]:
    """What the form begins with: the answer there is, and of a new one nothing but today."""
    return {
        "you_said": found.you_said,
        "outcome": found.outcome,
        "our_words": found.our_words,
        "answered_on": found.answered_on or timezone.localdate(),
    }


def _as_readers_would_see(form: AnswerForm, found: Feedback) -> Feedback:
    """An answer that is not kept."""
    answer = form.answer
    return Feedback(
        you_said=answer.you_said,
        outcome=answer.outcome,
        our_words=answer.our_words,
        answered_on=answer.day,
        is_example=found.is_example,
    )


def _published(found: Feedback) -> str:
    live = HubPage.objects.live().filter(pk=found.page_id).exists()
    where = "on the page and under “You said, we did”" if live else "as soon as its page is public again"
    return f"The answer about “{found.page.title if found.page else found.about}” is published. Readers see it {where}."


def _version(request: HttpRequest) -> int:
    """Which version was on the screen; -1, which none ever is, when the form does not say."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1
