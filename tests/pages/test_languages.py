"""Pages in other languages and formats: the switch, the age, the search, and that no story is one of them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction, ParentNotTranslatedError
from wagtail.models import Locale
from wagtail.rich_text import RichText

from hub.pages import pieces
from hub.pages.models import HubPage, InfoPage, LanguagePage, SearchEntry, SearchWord, TranslationPage
from hub.pages.models.staying import ItStays
from hub.pages.words.languages import Language, languages
from tests.factories import Tree, lit_story, put, words

pytestmark = pytest.mark.django_db


def language(tree: Tree, code: str, title: str) -> LanguagePage:
    return LanguagePage.objects.filter(code=code).first() or put(tree.toolkit, LanguagePage(title=title, code=code))


def translation(tree: Tree, code: str, title: str, text: str = "Tekst.", **fields: Any) -> TranslationPage:
    page = TranslationPage(title=title, **{"translates": tree.module, "body": words(text), **fields})
    return put(language(tree, code, code), page)


def text(client: Client, page: Any) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_and_its_translations_lead_to_each_other_in_their_own_names(client: Client, tree: Tree) -> None:
    polish = translation(tree, "pl", "Słowa i etykiety", slug="slowa-i-etykiety")
    easy = translation(tree, "en-x-easyread", "Words")
    assert polish.url == "/toolkit/pl/slowa-i-etykiety/"
    english = text(client, tree.module)
    assert f'<a href="{polish.url}" lang="pl" hreflang="pl" dir="ltr">Polski</a>' in english
    assert f'<a href="{easy.url}" lang="en-GB" hreflang="en-GB" dir="ltr">Easy read</a>' in english
    assert f'<link rel="alternate" hreflang="pl" href="http://localhost:8000{polish.url}">' in english
    shown = text(client, polish)
    assert '<html lang="pl">' in shown
    assert f'<a href="{tree.module.url}" lang="en-GB"' in shown
    assert '<strong lang="pl" dir="ltr" aria-current="page">Polski</strong>' in shown
    assert '<header class="masthead" lang="en-GB"' in shown
    assert set(HubPage.objects.get(pk=tree.module.pk).get_translations()) == {
        HubPage.objects.get(pk=page.pk) for page in (polish, easy)
    }, "by Wagtail's own number"
    assert "versions" not in text(client, tree.guidance), "a page without another language has no switch"
    assert "Słowa i etykiety" in text(client, polish.get_parent())
    polish.unpublish()
    pieces.forget()  # one transaction is one change
    assert "Polski</a></li>" not in text(client, tree.module).split("<footer")[0]


def test_readers_are_told_how_old_it_is_and_that_nobody_has_checked_it(client: Client, tree: Tree) -> None:
    page = translation(tree, "pl", "Słowa")
    assert "nikt jeszcze nie sprawdził" in text(client, page)
    assert "zmieniła się" not in text(client, page)
    tree.module.save_revision().publish()
    changed = timezone.localtime(HubPage.objects.get(pk=tree.module.pk).last_published_at)
    assert "zmieniła się po przetłumaczeniu tego tekstu. Data zmiany: <time" in text(client, page)
    assert f"{changed:%d.%m.%Y}" in text(client, page)
    assert "zmieniła się" in text(client, page.get_parent())
    page.read_at, page.checked_by = timezone.now(), "a Polish speaker at CARF"
    page.save_revision().publish()
    assert "zmieniła się" not in text(client, page)
    assert "Sprawdził(a): <span" in text(client, page)
    tree.module.unpublish()
    assert "w tej chwili tu nie ma" in text(client, page)


def test_a_language_read_from_the_right_says_so(client: Client, tree: Tree, settings: Any) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    languages.cache_clear()
    try:
        page = translation(tree, "ar", "كلمات", "كلمات")
        shown = text(client, page)
        assert '<html lang="ar" dir="rtl">' in shown
        assert 'lang="en-GB" dir="ltr"' in shown
        assert '<p lang="en-GB" dir="ltr"><strong>This translation has been checked by nobody yet.' in shown
        assert SearchEntry.objects.get(page=page).dictionary == "arabic"
    finally:
        languages.cache_clear()


@pytest.mark.parametrize("typed", ["zasiłki", "ZASIŁKI", "slowa zasilki", "zasiłek", "słowo"])
def test_each_language_is_searched_as_it_is_written(client: Client, tree: Tree, typed: str) -> None:
    translation(tree, "pl", "Słowa", "Pieniądze i zasiłki. Zasiłek.")
    shown = client.get("/search/", {"q": typed}).content.decode()
    assert re.search(r'<h3 lang="pl" dir="ltr">.*Słowa', shown)
    assert SearchEntry.objects.get(title="slowa").dictionary == "simple"
    assert not SearchWord.objects.filter(word__startswith="zasi").exists(), "no English word is a slip of it"


def test_ukrainian_is_found_and_shown_in_its_language(client: Client, tree: Tree) -> None:
    body = [*words("Допомога родинам."), ("heading", {"text": "Слова", "level": "h2"})]
    body += [("heading", {"text": "Ярлики", "level": "h3"})]
    page = translation(tree, "uk", "Слова та ярлики", slug="slova", body=body)
    for anchor in ("слова", "ярлики"):
        assert f'id="{anchor}"' in text(client, page), "no two headings have one address"
    assert "heading" not in SearchEntry.objects.get(page=page).words, "the size of a heading is no word of the page"
    shown = client.get("/search/", {"q": "допомога", "kind": "translation"}).content.decode()
    assert '<h3 lang="uk" dir="ltr"><a href="/toolkit/uk/slova/">Слова та ярлики</a></h3>' in shown


def test_a_translated_activity_has_its_steps_and_their_clock(client: Client, tree: Tree) -> None:
    steps = [("step", {"minutes": 7, "title": "Zamień", "text": RichText("<p>W parze.</p>"), "say": "Tak?"})]
    page = translation(tree, "pl", "Zamiana", translates=tree.activity, steps=steps, after_steps=words("Potem."))
    shown = text(client, page)
    assert '<li class="step" data-step data-from="0" data-until="7">' in shown
    for words_there in ("Minuty 0–7 z 7", "Możesz powiedzieć:", 'data-start="Włącz zegar"', "js/clock"):
        assert words_there in shown
    assert f"<dd>{tree.activity.group_from}–{tree.activity.group_to}</dd>" in shown
    assert shown.index("Tekst.") < shown.index("Zamień") < shown.index("Potem.")
    assert "W parze" in SearchEntry.objects.get(page=page).text
    assert "data-clock" not in text(client, translation(tree, "pl", "Słowa")), "another page has no clock"
    with pytest.raises(ValidationError, match="Only an activity has steps"):
        translation(tree, "gd", "Faclan", steps=steps)


def test_whoever_searches_can_keep_to_one_language(client: Client, tree: Tree) -> None:
    translation(tree, "pl", "Słowa", "Label swap po polsku.", slug="slowa")
    shown = client.get("/search/", {"q": "label"}).content.decode()
    assert '<a href="?q=label&amp;language=pl" lang="pl">Polski (1)</a>' in shown
    assert '<option value="pl" lang="pl">Polski (1)</option>' in shown
    polish = client.get("/search/", {"q": "label", "language": "pl"})
    assert [found.page.title for found in polish.context["results"]] == ["Słowa"]
    assert '<span lang="pl" dir="ltr">Polski</span> (Polish)' in polish.content.decode()
    english = client.get("/search/", {"q": "label", "language": "en-gb"})
    assert "Słowa" not in [found.page.title for found in english.context["results"]]
    nothing = client.get("/search/", {"q": "label", "language": "gd"}).content.decode()
    assert "Às aonais “Gàidhlig”" in nothing, "there is a way on, in the language that was asked for"
    assert "We left out “Language or format”" in client.get("/search/", {"language": "tlh"}).content.decode()
    assert "Languages and formats of what was found" not in client.get("/search/", {"q": "xyz"}).content.decode()


def test_no_story_is_translated_by_a_page_a_row_or_wagtails_own_actions(tree: Tree) -> None:
    story = lit_story(tree)
    with pytest.raises((ValidationError, IntegrityError), match="a story of its own"), transaction.atomic():
        translation(tree, "pl", "Historia", translates=HubPage.objects.get(pk=story.pk))
    page = translation(tree, "pl", "Słowa")
    with pytest.raises(IntegrityError, match="translation refused"), transaction.atomic():
        TranslationPage.objects.filter(pk=page.pk).update(translates=story.pk)
    polish = Locale.objects.get(language_code="pl")
    for alias in (False, True):
        with pytest.raises((ItStays, ParentNotTranslatedError)):
            story.copy_for_translation(polish, copy_parents=True, alias=alias)
        action = CopyPageForTranslationAction(tree.home, polish, include_subtree=True, alias=alias)
        with pytest.raises(ItStays):
            action.execute(skip_permission_checks=True)
    assert not type(story).objects.exclude(pk=story.pk).exists()


def test_a_translation_is_of_an_english_page_and_once_in_each_language(tree: Tree) -> None:
    page = translation(tree, "pl", "Słowa")
    with pytest.raises(ValidationError, match="already"):
        translation(tree, "pl", "Słowa jeszcze raz")
    with pytest.raises(ValidationError, match="not another translation"):
        translation(tree, "gd", "Faclan", translates=page)


def test_what_django_and_postgresql_know_of_a_language() -> None:
    assert [Language(code, "", "").dictionary for code in ("gd", "pl", "uk", "en-x-easyread", "ro", "bfi")] == [
        "simple", "simple", "simple", "english", "romanian", "english",
    ]  # fmt: skip
    assert Language("gd", "", "").says("unchecked").lang == "gd"
    assert Language("bfi", "", "").says("read_english").lang == "en-GB"


def test_an_old_translation_is_older_only_by_what_was_published(tree: Tree) -> None:
    page = translation(tree, "gd", "Faclan", read_at=timezone.now() - timedelta(days=3))
    assert page.english_changed_at == tree.module.last_published_at
    tree.module.save_revision()
    assert TranslationPage.objects.get(pk=page.pk).english_changed_at == tree.module.last_published_at


def test_what_nobody_keeps_is_packed_for_readers_and_not_on_private_pages(client: Client, tree: Tree) -> None:
    taken = {"Accept-Encoding": "gzip"}
    for address, packed in (("/search/?q=label", "gzip"), ("/activities/?minutes=30", "gzip"), ("/yours/", "")):
        assert client.get(address, headers=taken).headers.get("Content-Encoding", "") == packed, address
    client.cookies["sessionid"] = "x"
    assert "Content-Encoding" not in client.get("/search/?q=label", headers=taken).headers


def test_around_a_page_in_gaelic_the_site_speaks_gaelic_and_marks_what_is_english(client: Client, tree: Tree) -> None:
    page = translation(tree, "gd", "Faclan")
    about = put(tree.home, InfoPage(title="About us", menu_place=InfoPage.MenuPlace.FOOTER_ABOUT))
    for shown in (text(client, page), text(client, page.get_parent())):
        assert '<html lang="gd">' in shown
        assert '<header class="masthead" lang="gd"' in shown
        assert "Leum gu prìomh shusbaint na duilleige" in shown
        assert "Gun bhriosgaidean." in shown
        assert ">Ionnsaich</a>" in shown
        assert f'<a href="{about.url}" lang="en-GB">About us</a>' in shown, "a title is as it is written"
    assert '<a href="/toolkit/gd/" lang="gd">gd</a>' in text(client, page), "also in its own language"
    assert "Skip to main content" in text(client, tree.module), "and the next page is in English"
    assert "Skip to main content" in text(client, translation(tree, "pl", "Słowa")), "nobody has written Polish yet"


def test_menus_that_were_made_for_one_language_are_not_those_of_another(client: Client, tree: Tree) -> None:
    page = translation(tree, "gd", "Faclan")
    with pieces.being_made():
        assert ">Ionnsaich</a>" in text(client, page)
        assert ">Learn</a>" in text(client, tree.module)
        assert ">Ionnsaich</a>" in text(client, page)
