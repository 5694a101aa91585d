"""Where an administrator writes down that an address leads on. Wagtail's screens, which ask first where it ends.

Refused: an address at which a page stands, one that leads round in a circle, and one that leads to a story. A file of
many is not taken in: nobody would look where each of them ends.
"""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.views import CreateView, EditView

from hub.pages.serving.moved import leads_round, stands_there
from hub.pages.visibility import exempt_types

STANDS_THERE = "A page stands at this address. Move it first: that leaves a redirect by itself."
ROUND = "That leads round in a circle, or on without an end. Choose where it is to end."
A_STORY = "Nothing leads to a story: it must be gone at once when somebody takes it back."


class RedirectWithAnEnd(RedirectForm):
    """Wagtail's form, which also follows where it leads."""

    def clean(self) -> None:
        super().clean()
        old_path, page = self.cleaned_data.get("old_path"), self.cleaned_data.get("redirect_page")
        if not old_path:
            return
        if stands_there(old_path):
            self.add_error("old_path", forms.ValidationError(STANDS_THERE, code="stands_there"))
        if page and page.content_type_id not in exempt_types():
            self.add_error("redirect_page", forms.ValidationError(A_STORY, code="a_story"))
        if not page and leads_round(old_path, self.cleaned_data.get("redirect_link", "")):
            self.add_error("redirect_link", forms.ValidationError(ROUND, code="round"))


class Add(CreateView):
    form_class = RedirectWithAnEnd


class Change(EditView):
    form_class = RedirectWithAnEnd


def not_taken_in(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


# In front of Wagtail's own, under the same addresses.
redirect_urls = [
    path("redirects/add/", Add.as_view(), name="redirect_add"),
    path("redirects/<int:redirect_id>/", Change.as_view(), name="redirect_change"),
    path("redirects/import/", not_taken_in, name="redirect_import"),
    path("redirects/import/process/", not_taken_in, name="redirect_import_process"),
]
