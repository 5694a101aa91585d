"""A brought file beside the draft made from it: what was lost, and which bold lines are meant as headings.

Shows the draft as it is now. Somebody who may not change it may look, and is refused a change.
"""

import re
from typing import Any

import nh3
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control

from hub.pages.admin.home_desk import sections_to_write_in
from hub.pages.imports import sentences as say
from hub.pages.imports.before import ATTRIBUTES, TAGS
from hub.pages.imports.bold_lines import bold_lines, with_headings
from hub.pages.models import HubImage, ImportFile

PICTURE = re.compile(r'<img data-picture="(\d{1,4})">')


@cache_control(private=True, no_store=True)
def review(request: HttpRequest, job_id: int, file_id: int) -> HttpResponse:
    """The file and the page side by side. A POST makes headings of the chosen lines."""
    files = ImportFile.objects.select_related("job__section", "page").defer("data")
    file = get_object_or_404(files, pk=file_id, job_id=job_id)
    if file.job.section not in sections_to_write_in(request.user) or file.page is None:
        raise Http404
    draft = file.page.specific.get_latest_revision_as_object()
    may = file.page.permissions_for_user(request.user)
    may_change = may.can_edit() and not may.page_locked()
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        _make_headings(request, draft, file)
        return redirect("import_review", job_id, file_id)
    lines = bold_lines(draft.body.get_prep_value()) if may_change else []
    context = {"file": file, "draft": draft, "before": _before(file), "lines": lines, "may_change": may_change}
    context["some_do_not"] = not all(line.looks_like_a_heading for line in lines)
    return render(request, "pages/admin/import_review.html", context)


def _make_headings(request: HttpRequest, draft: Any, file: ImportFile) -> None:
    kept = draft.body.get_prep_value()
    chosen = {line.key for line in bold_lines(kept)} if "all" in request.POST else set(request.POST.getlist("line"))
    made, found = with_headings(kept, chosen)
    if found:
        draft.body = draft._meta.get_field("body").to_python(made)
        draft.save_revision(user=request.user, log_action=True, clean=False)
        if not bold_lines(made) and say.BOLD_LINES in file.lost:
            file.lost.remove(say.BOLD_LINES)
            file.save(update_fields=["lost"])
        messages.success(request, "One line is a heading now." if found == 1 else f"{found} lines are headings now.")
    elif chosen:
        messages.error(request, "These lines are not in the draft any more: somebody has changed it. Look at it again.")
    else:
        messages.error(request, "Tick at least one line, or make all of them headings.")


def _before(file: ImportFile) -> SafeString:
    """The picture of the file, cleaned once more, with the pictures of the library in their places."""
    html = nh3.clean(file.before, tags=TAGS, attributes=ATTRIBUTES, link_rel=None)
    images = HubImage.objects.in_bulk([number for number in file.pictures if number])

    def shown(place: re.Match[str]) -> str:
        at = int(place[1])
        image = images.get(file.pictures[at]) if at < len(file.pictures) else None
        if image is None:
            return format_html('<span class="before__gone">(Picture {}, left out)</span>', at + 1)
        address = image.get_rendition("max-600x600|format-webp").url
        return format_html('<img src="{}" alt="{}">', address, image.default_alt_text)

    return mark_safe(PICTURE.sub(shown, html))  # noqa: S308 - nh3 cleaned it, format_html wrote the rest
