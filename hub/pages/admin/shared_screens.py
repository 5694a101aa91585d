"""Who changed what is shared: pictures and files of “Shared by all”, words that hurt, help lines, lists of the search.

For toolkit editors and administrators, who look after it together. Nothing of any partner's own stands here.
"""

from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.models import Collection, ModelLogEntry
from wagtail.snippets.models import get_snippet_models

from hub.pages.models import HubDocument, HubImage
from hub.pages.models.belonging import partner_who_brings, why_not
from hub.pages.models.glossary import GlossaryTerm
from hub.partners.people import known_as
from hub.partners.roles import SHARED_COLLECTION
from hub.security_headers import forbid_copies

MOST = 100
IN_WORDS = {
    "wagtail.create": "brought in",
    "wagtail.edit": "changed",
    "wagtail.delete": "deleted",
}


def looks_after_what_is_shared(user: Any) -> bool:
    return bool(user.has_perm("pages.change_glossaryterm"))


def changes(request: HttpRequest) -> HttpResponse:
    """The last hundred, the newest first."""
    if not looks_after_what_is_shared(request.user):
        raise PermissionDenied
    lines = ModelLogEntry.objects.filter(content_type__in=_kinds(), action__in=IN_WORDS)
    hidden = [line.pk for line in lines if not _is_shared(line)]
    shown = lines.exclude(pk__in=hidden).select_related("user", "content_type").order_by("-timestamp")[:MOST]
    rows = [(line, IN_WORDS[line.action], known_as(line.user)) for line in shown]
    return forbid_copies(render(request, "pages/admin/shared_changes.html", {"rows": rows}))


def _kinds() -> list[ContentType]:
    of_all = [GlossaryTerm, *(model for model in _snippets() if model is not GlossaryTerm)]
    return list(ContentType.objects.get_for_models(HubImage, HubDocument, *of_all).values())


def _snippets() -> list[Any]:
    return [model for model in get_snippet_models() if model._meta.app_label == "pages"]


def _is_shared(line: Any) -> bool:
    """Of pictures and files those alone that stand in “Shared by all” now; what is deleted stands nowhere."""
    model = line.content_type.model_class()
    if model not in (HubImage, HubDocument):
        return True
    return bool(model.objects.filter(pk=line.object_id, collection__in=_shared()).exists())


def _shared() -> Any:
    root = Collection.objects.filter(name=SHARED_COLLECTION).first()
    return root.get_descendants(inclusive=True) if root else Collection.objects.none()


def note_who_brings(request: HttpRequest, thing: Any) -> None:
    """After something shared is made: it belongs to the partner of whoever made it."""
    if isinstance(thing, GlossaryTerm):
        GlossaryTerm.objects.filter(pk=thing.pk).update(belongs_to=partner_who_brings(request.user))


def refuse_another_partners(request: HttpRequest, things: Any) -> HttpResponse | None:
    """Before something shared is changed or deleted, by whichever screen."""
    some = list(things) if isinstance(things, (list, tuple)) or hasattr(things, "iterator") else [things]
    sentence = why_not(request.user, some)
    if not sentence:
        return None
    messages.error(request, sentence)
    return redirect("shared_changes" if looks_after_what_is_shared(request.user) else "wagtailadmin_home")


def refuse_many(request: HttpRequest, action: str, things: Any, action_class: Any) -> HttpResponse | None:
    return refuse_another_partners(request, list(things))


class SharedChangesMenuItem(MenuItem):
    """“What is shared”, for those who look after it."""

    def __init__(self) -> None:
        super().__init__("What is shared", reverse("shared_changes"), name="shared", icon_name="history", order=720)

    def is_shown(self, request: HttpRequest) -> bool:
        return looks_after_what_is_shared(request.user)
