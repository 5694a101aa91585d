"""A new page is made once. The same form sent again, also at the same moment to another process, saves that page again.

Wagtail saves while somebody types, and half a second later she presses the button: two pages, and erasing one left the
other. So each opened form has a token, and the page it made stands beside that. The words that were typed last win,
whichever request comes first. Refuses nothing; what cannot be saved is shown on the page's own screen, with her words.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Comment

from hub.pages.models import HubPage, OpenedForm
from hub.pages.page_form import TOKEN, TYPED_AT, WINDOW, token_of
from hub.pages.visibility import is_exempt

NOT_WORDS = {"csrfmiddlewaretoken", TOKEN, TYPED_AT, WINDOW}


@dataclass(frozen=True, slots=True)
class Sent:
    """What came: from which form, when it was typed, and everything that was in it."""

    token: uuid.UUID
    typed_at: int | None
    digest: str


class CreateOnceView(CreateView):
    """Wagtail's screen for a new page of any type."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = what_was_sent(request, "/".join(str(kwargs[name]) for name in sorted(kwargs)))
        if sent is None:
            return self._create(request, *args, **kwargs)
        user: Any = request.user
        with transaction.atomic():
            _wait_for_turn(user, sent)
            opened = OpenedForm.objects.filter(user=user, token=sent.token).select_related("page").first()
            if opened is not None:
                return _save_again(request, opened, sent)
            response = self._create(request, *args, **kwargs)
            made = getattr(self, "page", None)
            if made is not None and made.pk:
                _remember(OpenedForm(user=user, token=sent.token, page_id=made.pk), sent)
            return response

    @cached_property
    def action_name_and_method(self) -> Any:
        """A page that nobody publishes by hand is a draft first, whichever button was sent."""
        if is_exempt(self.page_class):
            return super().action_name_and_method
        return "save", self.save_action

    def _create(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


def what_was_sent(request: HttpRequest, place: str) -> Sent | None:
    """None for a form that is only opened, and for one without a token, which no browser of ours sends."""
    token = token_of(request.POST) if request.method == "POST" else None
    if token is None:
        return None
    typed = request.POST.get(TYPED_AT, "")
    words = sorted((name, request.POST.getlist(name)) for name in request.POST if name not in NOT_WORDS)
    return Sent(
        token=uuid.uuid5(token, place),
        typed_at=int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else None,
        digest=hashlib.sha256(json.dumps(words).encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _wait_for_turn(user: Any, sent: Sent) -> None:
    """Of two that come at once, the second waits here until the first has made its page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"new page {user.pk} {sent.token}"])


def _save_again(request: HttpRequest, opened: OpenedForm, sent: Sent) -> HttpResponse:
    """Her words go on the page that is there. Older ones, and the very same, are there already."""
    wants_json = not request.accepts("text/html")
    is_older = sent.typed_at is not None and sent.typed_at < opened.typed_at
    if is_older or (sent.digest == opened.sent and not request.FILES):
        return _is_there_already(request, opened, wants_json=wants_json)
    before = _version_of(opened.page_id)
    request.POST = _as_an_edit(request, opened)  # type: ignore[assignment]
    response: HttpResponse = EditView.as_view()(request, page_id=opened.page_id)
    if _version_of(opened.page_id) == before:
        return response
    _remember(opened, sent)
    if wants_json and response.headers.get("Content-Type") == "application/json":
        return JsonResponse(json.loads(response.content) | _where_it_goes_on(opened))
    return response


def _as_an_edit(request: HttpRequest, opened: OpenedForm) -> QueryDict:
    """What the page's own screen would have sent: begun from what this form saved last, so nobody is overwritten."""
    data = request.POST.copy()
    data.pop("overwrite_revision_id", None)
    if opened.revision_id and opened.revision_at:
        data["loaded_revision_id"] = str(opened.revision_id)
        data["loaded_revision_created_at"] = opened.revision_at.isoformat()
    _leave_out_comments_that_are_there(request, data, opened.page_id)
    return data


def _leave_out_comments_that_are_there(request: HttpRequest, data: QueryDict, page_id: int) -> None:
    there = list(Comment.objects.filter(page_id=page_id, user=request.user).values_list("contentpath", "text"))
    total = str(data.get("comments-TOTAL_FORMS", "0"))
    for number in range(int(total) if total.isdecimal() else 0):
        comment = (data.get(f"comments-{number}-contentpath"), data.get(f"comments-{number}-text"))
        if comment in there and not data.get(f"comments-{number}-id"):
            there.remove(comment)
            data[f"comments-{number}-DELETE"] = "on"


def _is_there_already(request: HttpRequest, opened: OpenedForm, *, wants_json: bool) -> HttpResponse:
    if not wants_json:
        title = HubPage.objects.get(pk=opened.page_id).get_admin_display_title()
        messages.success(request, f"Page '{title}' has been updated.")  # Wagtail's words for the same
        return redirect("wagtailadmin_pages:edit", opened.page_id)
    revision = HubPage.objects.get(pk=opened.page_id).latest_revision
    saved = {"revision_id": revision.pk, "revision_created_at": revision.created_at.isoformat()} if revision else {}
    return JsonResponse({"success": True, "pk": opened.page_id, **saved, **_where_it_goes_on(opened)})


def _where_it_goes_on(opened: OpenedForm) -> dict[str, str]:
    """Where Wagtail's editor sends the form from now on, and where it fetches what is new on that screen."""
    url = reverse("wagtailadmin_pages:edit", args=[opened.page_id])
    return {"url": url, "hydrate_url": set_query_params(url, {"_w_hydrate_create_view": "1"})}


def _version_of(page_id: int) -> tuple[Any, ...] | None:
    return HubPage.objects.filter(pk=page_id).values_list("latest_revision", "latest_revision__created_at").first()


def _remember(opened: OpenedForm, sent: Sent) -> None:
    version = _version_of(opened.page_id)
    if version is None:
        return
    opened.revision_id, opened.revision_at = version
    opened.typed_at, opened.sent = max(sent.typed_at or 0, opened.typed_at or 0), sent.digest
    opened.save()
