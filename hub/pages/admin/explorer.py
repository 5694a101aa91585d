"""Whose names stand in the filters of the lists of pages? Only those of colleagues; administrators see all.

Wagtail offers everybody who owns or has edited any page on the site, other partners' people among them.
"""

from typing import Any

from django.contrib.auth.models import User
from django.forms import CheckboxSelectMultiple
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet

from hub.pages.admin.create_screen import CreateOnceView
from hub.pages.admin.staying_screens import saying_why_not
from hub.pages.models import HubPage
from hub.partners.people import colleagues_of


def _people(request: Any) -> Any:
    return User.objects.all() if request.user.is_superuser else colleagues_of(request.user)


class ColleaguesFilterSet(GenericPageFilterSet):
    owner = MultipleUserFilter(label="Owner", queryset=_people, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(label="Edited by", queryset=_people, widget=CheckboxSelectMultiple)

    class Meta(GenericPageFilterSet.Meta):
        pass


class HubPagesViewSet(PageViewSet):
    """Wagtail's screens for pages of every type: with those filters, why a page stays, and one page for each form."""

    model = HubPage
    filterset_class = ColleaguesFilterSet
    add_view_class = CreateOnceView

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        return saying_why_not(super().construct_view(view_class, **kwargs))


hub_pages = HubPagesViewSet("hub_pages", url_prefix="hub_pages")
