"""The search page, and the suggestions while somebody types. Its address is the whole search: it can be kept and sent.

Never an empty page: whatever was typed, there is a way on. Suggestions name no story.
"""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString

from hub.left_out import each
from hub.pages.models import HubPage
from hub.pages.models.routing import site_of
from hub.pages.words.languages import Language, languages
from hub.screen_languages import as_asked
from hub.search import marks
from hub.search.answering import Answer, look
from hub.search.facets import active_filters, in_languages, options, ways_on, without
from hub.search.form import LONGEST, MOST_WORDS, SearchForm
from hub.search.found import KIND_OF
from hub.search.known import what_is_known
from hub.search.named import asks_for_no_printing, kind_named, with_what_is_named
from hub.search.suggesting import suggestions
from hub.search.typed import with_typed_filters
from hub.spelling import words_in

PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class Result:
    """One page that was found, as the list shows it."""

    page: HubPage
    kind: str
    strand: str
    title: SafeString
    summary: SafeString
    piece: SafeString | None
    language: Language | None = None


class Counts:
    """What the paginator is told, so that it counts nothing again."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __len__(self) -> int:
        return self.answer.total

    def __getitem__(self, wanted: Any) -> list[HubPage]:
        answer = self.answer
        return answer.matches.best(answer.wanted, wanted.start, wanted.stop) if answer.total else []


@as_asked
def search(request: HttpRequest) -> HttpResponse:
    """The search page. Whoever keeps to what is in one language is spoken to in that one."""
    site = site_of(request)
    known = what_is_known(site)
    asked = with_what_is_named(with_typed_filters(request.GET))
    form = SearchForm(asked, known.partner_choices())
    problems = form.problems()
    whole = request.GET.get("q", "")[:LONGEST]
    typed = words_in(whole)[:MOST_WORDS]
    answer = look(form, typed, known, site, first=kind_named(form.query))
    counts: Any = Counts(answer)
    page: Page[Any] = Paginator(counts, PER_PAGE).get_page(request.GET.get("page"))
    stems = marks.looked_for(answer.matches.words, known)
    offered = options(form, answer)
    filters, numbers = active_filters(form, asked), known.numbers_about(typed)
    response = render(
        request,
        "pages/search.html",
        {
            "form": form,
            "problems": problems,
            "query": form.query,
            "page_obj": page,
            "results": list(each(page.object_list, lambda found: as_result(found, stems), of="the search")),
            "total": answer.total,
            "active_filters": filters,
            "options": offered,
            "in_languages": in_languages(offered["language"], asked),
            "ways_on": [] if answer.total else ways_on(filters, answer),
            "numbers": numbers,
            "has_exit": bool(numbers),
            "instead": answer.instead,
            "only_some": answer.only_some,
            "no_printing": asks_for_no_printing(whole),
            "suggestions": known.titles,
            "page_query": without(asked, "page"),
        },
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


def suggest(request: HttpRequest) -> HttpResponse:
    """Titles that begin like what is being typed, as JSON: at most a handful."""
    found = suggestions(request.GET.get("q", "")[:LONGEST], site_of(request))
    response = JsonResponse({"suggestions": found})
    patch_cache_control(response, private=True, no_store=True)
    return response


def as_result(page: Any, stems: frozenset[str]) -> Result:
    kind = KIND_OF[page.model]
    return Result(
        page=page,
        kind=kind,
        strand=page.paper or page.strand,
        title=marks.marked(page.title, stems),
        summary=marks.marked(page.summary, stems),
        piece=marks.piece_of(page.text or "", stems) if stems else None,
        language=languages().get(page.in_language),
    )
