"""The buttons that bring the example in and take it out again. For administrators; anybody else is refused."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hub.pages.admin.partner_screens import for_administrators
from hub.pages.first_pages import example
from hub.pages.models import ToolkitPage


@require_POST
@for_administrators
def bring_in(request: HttpRequest) -> HttpResponse:
    """Leads to the example, as readers see it. Raises Http404 when there is no toolkit to put it in."""
    toolkit = ToolkitPage.objects.order_by("path").first()
    if toolkit is None:
        raise Http404
    return redirect(example.bring_in(toolkit).get_url(request) or "wagtailadmin_home")


@require_POST
@for_administrators
def take_out(request: HttpRequest) -> HttpResponse:
    try:
        gone = example.take_out()
    except example.CannotGo as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "The example is gone." if gone else "There was no example.")
    return redirect("wagtailadmin_home")
