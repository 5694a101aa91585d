"""The page of activities: what can be done with this time, this group and what is at hand? Works by its address alone.

An activity holds nobody's story. What cannot be used of an address is left out with a sentence.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from hub.kept import notes
from hub.pages.models import ActivityPage
from hub.pages.serving.filter_form import FilterForm
from hub.pages.topics import Audience, Needed
from hub.screen_languages import as_asked, in_words

PER_PAGE = 24
TIMES = (
    *((15, _("15 minutes")), (20, _("20 minutes")), (30, _("Half an hour"))),
    *((45, _("45 minutes")), (60, _("An hour"))),
)
AT_HAND = [choice for choice in Needed.choices if choice[0] != Needed.PRINTING]


class ActivityForm(FilterForm):
    """Time, people, whom it is for and what there is. Each part is optional."""

    minutes = forms.IntegerField(
        label=_("Time you have"),
        required=False,
        min_value=1,
        max_value=480,
        widget=forms.Select(choices=[("", _("Any")), *TIMES]),
    )
    people = forms.IntegerField(label=_("People in your group"), required=False, min_value=1, max_value=500)
    audience = forms.ChoiceField(label=_("Who it is for"), required=False)
    have = forms.MultipleChoiceField(
        label=_("What you have there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    no_printing = forms.BooleanField(label=_("No printing needed"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.offer("audience", in_words([("", _("Anyone")), *Audience.choices]))
        self.offer("have", in_words(AT_HAND))

    @property
    def is_used(self) -> bool:
        """Whether anything narrows the list down."""
        return any(self.cleaned_data.values())

    def narrow(self, activities: Any) -> Any:
        """Those of `activities` that fit what was asked for."""
        wanted = self.cleaned_data
        if wanted.get("minutes"):
            activities = activities.filter(minutes__lte=wanted["minutes"])
        if wanted.get("people"):
            activities = activities.filter(group_from__lte=wanted["people"], group_to__gte=wanted["people"])
        if wanted.get("audience"):
            activities = activities.filter(audience__in={wanted["audience"], Audience.EVERYONE})
        if wanted.get("have"):
            activities = activities.filter(needed__contained_by=[*wanted["have"], Needed.PRINTING])
        if wanted.get("no_printing"):
            activities = activities.exclude(needed__contains=[Needed.PRINTING])
        return activities


@dataclass(frozen=True, slots=True)
class WithoutOne:
    """When nothing fits: one thing to leave out, how many would fit then, and the address of that."""

    label: str
    number: int
    url: str


@as_asked
def activities(request: HttpRequest) -> HttpResponse:
    """The page. The shortest comes first."""
    form = ActivityForm(request.GET)
    problems = form.problems()
    found = form.narrow(public_activities(Site.find_for_request(request)))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    response = render(
        request,
        "pages/activities.html",
        {
            "form": form,
            "problems": problems,
            "page_obj": page,
            "activities": list(page.object_list),
            "ways_on": [] if page.object_list else ways_on(request.GET, Site.find_for_request(request)),
            "page_query": _without(request.GET, "page"),
        },
    )
    patch_cache_control(response, private=True, no_cache=True)
    if not request.GET:
        notes.may_be_kept()
    return response


def public_activities(site: Site | None) -> Any:
    """Every activity that readers may see, the shortest first, without its words."""
    found = ActivityPage.objects.live().order_by("minutes", "title").defer_streamfields().select_related("partner")
    return found.descendant_of(site.root_page) if site else found


def ways_on(asked: QueryDict, site: Site | None) -> list[WithoutOne]:
    """Each thing that was asked for whose going would leave something."""
    ways = []
    for name, field in ActivityForm.base_fields.items():
        if not any(asked.getlist(name)):
            continue
        rest = _without(asked, name)
        form = ActivityForm(QueryDict(rest))
        form.full_clean()
        number = form.narrow(public_activities(site)).count()
        if number:
            ways.append(WithoutOne(str(field.label), number, f"?{rest}"))
    return ways


def _without(data: QueryDict, name: str) -> str:
    copy = data.copy()
    copy.pop(name, None)
    copy.pop("page", None)
    return copy.urlencode()
