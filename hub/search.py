"""What can be found? Modules, activities, guidance and stories that are public now, by words and by filters.

Bad input never breaks it: an unknown filter is left out with a sentence, a long query is cut with a sentence.
"""

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from wagtail.models import Site

from hub.pages.filter_form import FilterForm, partner_choices
from hub.pages.models import HubPage
from hub.pages.search_index import KINDS
from hub.pages.topics import Audience
from hub.typed_filters import CHOICES, with_typed_filters

LONGEST = 200
PER_PAGE = 12
KIND_NAMES = {"module": "Modules", "activity": "Activities", "guidance": "Guidance", "story": "Stories"}
TIMES = {str(minutes): "An hour or less" if minutes == 60 else f"{minutes} minutes or less" for minutes in CHOICES}


class SearchForm(FilterForm):
    """The filters, each optional. `problems()` says in words what was left out and why."""

    q = forms.CharField(label="Search for", required=False, strip=True)
    kind = forms.MultipleChoiceField(
        label="What", required=False, choices=list(KIND_NAMES.items()), widget=forms.CheckboxSelectMultiple
    )
    partner = forms.ChoiceField(label="From", required=False)
    minutes = forms.ChoiceField(label="Time you have", required=False, choices=[("", "Any"), *TIMES.items()])
    people = forms.IntegerField(label="People in your group", required=False, min_value=1, max_value=500)
    audience = forms.ChoiceField(label="Who it is for", required=False, choices=[("", "Anyone"), *Audience.choices])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.offer("partner", [("", "Anyone"), *partner_choices()])

    def problems(self) -> list[str]:
        """A sentence for each part of the address that could not be used."""
        said = super().problems()
        if len(self.data.get("q", "")) > LONGEST:
            said.append(f"Your search was very long. We looked for its first {LONGEST} characters.")
        return said

    @property
    def query(self) -> str:
        """The words to look for: at most LONGEST characters, and none that a database cannot hold."""
        return str(self.cleaned_data.get("q", "")).replace("\x00", "")[:LONGEST].strip()


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter in force, and the address of the same search without it."""

    label: str
    remove_url: str


def find(form: SearchForm, site: Site | None) -> tuple[Any, bool]:
    """Public pages that match, best first, and whether they hold only some of the words, since none holds all.

    Asks `live()`, so a dark page is never found.
    """
    wanted = form.cleaned_data
    pages = HubPage.objects.live().filter(content_type__model__in=_models(wanted.get("kind") or KINDS))
    if site:
        pages = pages.descendant_of(site.root_page)
    if wanted.get("partner"):
        pages = pages.filter(partner__slug=wanted["partner"])
    if wanted.get("audience"):
        pages = pages.filter(audience=wanted["audience"])
    if wanted.get("minutes"):
        pages = pages.filter(activitypage__minutes__lte=int(wanted["minutes"]))
    if wanted.get("people"):
        people = wanted["people"]
        pages = pages.filter(activitypage__group_from__lte=people, activitypage__group_to__gte=people)
    if not form.query:
        return pages.order_by("title"), False
    with_all = _with(pages, SearchQuery(form.query, search_type="websearch", config="english"))
    words = re.findall(r"\w+", form.query)
    if len(words) < 2 or with_all.exists():
        return with_all, False
    some = (SearchQuery(word, search_type="plain", config="english") for word in words)
    return _with(pages, reduce(or_, some)), True


def _with(pages: Any, query: Any) -> Any:
    rank = SearchRank(F("search_entry__vector"), query)
    return pages.filter(search_entry__vector=query).annotate(rank=rank).order_by("-rank", "title")


def _models(kinds: Any) -> list[str]:
    return [f"{kind}page" for kind in kinds]


def search(request: HttpRequest) -> HttpResponse:
    """The search page. Its address is the whole search: it can be kept, sent and gone back to."""
    asked = with_typed_filters(request.GET)
    form = SearchForm(asked)
    problems = form.problems()
    pages, only_some = find(form, Site.find_for_request(request))
    paginator = Paginator(
        pages.select_related("partner", for_specific_subqueries=True).defer_streamfields().specific(),
        PER_PAGE,
    )
    page = paginator.get_page(request.GET.get("page"))
    filters = active_filters(form, asked)
    response = render(
        request,
        "pages/search.html",
        {
            "form": form,
            "problems": problems,
            "query": form.query,
            "page_obj": page,
            "results": list(page.object_list),
            "total": paginator.count,
            "active_filters": filters,
            "searched": what_was_searched(form, filters),
            "only_some": only_some,
            "asked": bool(form.query or filters),
            "page_query": _without(asked, "page"),
        },
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


def active_filters(form: SearchForm, data: QueryDict) -> list[ActiveFilter]:
    """One for each filter value in force, in the order of the form."""
    chosen = (
        (name, one)
        for name, value in form.cleaned_data.items()
        for one in (value if isinstance(value, list) else [value])
        if one and name != "q"
    )
    return [ActiveFilter(_words(form, name, one), "?" + _without(data, name, str(one))) for name, one in chosen]


def _words(form: SearchForm, name: str, value: Any) -> str:
    if name == "people":
        return f"{value} people"
    field: Any = form.fields[name]
    return str(dict(field.choices).get(value, value))


def _without(data: QueryDict, name: str, value: str | None = None) -> str:
    """The query string of `data` without one value of `name` (or all of them), from the first page."""
    copy = data.copy()
    copy.setlist(name, [v for v in copy.getlist(name) if value is not None and v != value])
    copy.pop("page", None)
    return copy.urlencode()


def what_was_searched(form: SearchForm, filters: list[ActiveFilter]) -> str:
    """One sentence that says what was looked for and where."""
    kinds = form.cleaned_data.get("kind") or list(KIND_NAMES)
    names = [KIND_NAMES[kind].lower() for kind in kinds]
    where = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    words = f" for “{form.query}”" if form.query else ""
    only = [f.label for f in filters if f.label not in KIND_NAMES.values()]
    return f"We looked in {where}{words}{', only: ' + ', '.join(only) if only else ''}."
