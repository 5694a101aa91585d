"""What people see when something is not there or has broken. Never a stack trace, never a clue about what was there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from hub.pages.models import HelpLine


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A kind page with help lines: the same for an address that never was and for one that has gone dark."""
    context = {"help_lines": HelpLine.for_topics([])[:4], "has_exit": True}  # it may have been a story a minute ago
    return render(request, "errors/404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs nothing: no database, no context, since any of them may be what broke."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)
