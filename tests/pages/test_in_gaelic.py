"""Readers' pages in Gaelic: those that are written in it, and those about no text of anybody's, by their address."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation

from hub import errors
from hub.pages.models import LanguagePage, TranslationPage
from hub.partners.models import Partner
from hub.partners.partnership import the_partnership
from hub.screen_languages import spoken
from tests.factories import Tree, light, lit_story, make_story, put, words
from tests.feedback.test_you_said import answered
from tests.stories.family.test_in_gaelic import Read, english_left

pytestmark = pytest.mark.django_db
A_WORD = re.compile(r"[^\W\d_]{3}")
BY_THEIR_ADDRESS = (
    *(
        "/search/?{}",
        "/search/?q=leubail&{}",
        "/search/?q=zzzz&minutes=25&people=8-10&kind=module&{}",
        "/search/?q=♥&{}",
    ),
    *(
        "/search/?q=suicide&people=x&{}",
        "/activities/?{}",
        "/activities/?minutes=15&people=400&{}",
        "/activities/?people=x&{}",
    ),
    *(
        "/you-said/?{}",
        "/you-said/?outcome=could_not&{}",
        "/you-said/?module=x&{}",
        "/what-uses-mean/?{}",
        "/numbers/?{}",
    ),
    *("/pack/?{}", "/pack/?do=add-99999999&{}", "/pack/?items=1&signed=x&{}", "/pack/ABCD-EFGH/?{}", "/nowhere/?{}"),
)


def gaelic_page(tree: Tree) -> TranslationPage:
    below = put(tree.toolkit, LanguagePage(title="Gàidhlig", code="gd"))
    page = TranslationPage(title="Faclan is leubailean", translates=tree.module, body=words("Leubail."))
    return put(below, page)


def texts(page: Any) -> set[str]:
    read = Read()
    read.feed(page.content.decode())
    return {text for text in read.texts if A_WORD.search(text)}


def names() -> set[str]:
    """What is called the same in each language."""
    ours = the_partnership()
    partners = Partner.objects.values_list("name", "short_name")
    return {*ours.in_two_lines, ours.name, "Gàidhlig", "English", *(name for both in partners for name in both)}


@pytest.mark.parametrize("address", BY_THEIR_ADDRESS)
def test_a_page_speaks_the_language_in_its_address_and_says_what_else_is_english(
    client: Client, tree: Tree, address: str
) -> None:
    gaelic_page(tree)
    gaelic, english = (client.get(address.format(f"language={code}")) for code in ("gd", "en-gb"))
    assert '<html lang="gd">' in gaelic.content.decode()
    assert '<html lang="en-GB">' in english.content.decode()
    assert {text for text in texts(gaelic) & texts(english) if re.sub(r" \(\d+\)$", "", text) not in names()} == set()
    assert english_left(gaelic) == set()
    assert not gaelic.cookies
    assert "Accept-Language" not in gaelic.headers.get("Vary", "")
    assert translation.get_language() == "en-gb", "nothing of it reaches the next reader"


def test_a_header_chooses_nothing(client: Client, tree: Tree) -> None:
    shown = client.get("/activities/", headers={"accept-language": "gd"}).content.decode()
    assert '<html lang="en-GB">' in shown
    assert "language=" not in shown


def test_a_gaelic_page_leads_on_in_gaelic_where_it_can(client: Client, tree: Tree) -> None:
    shown = client.get(gaelic_page(tree).url).content.decode()
    for address in ("/search/", "/activities/", "/you-said/"):
        assert f'href="{address}?language=gd"' in shown
    assert f'href="{tree.toolkit.url}"' in shown, "that one is written in English"
    found = client.get("/search/?language=gd&q=leubail").content.decode()
    assert "1 toradh airson “leubail”" in found
    assert "Cha do rinn duine cinnteach fhathast" in found
    assert '<a class="inline" href="/search/?q=leubail" lang="en-GB" hreflang="en-GB">English</a>' in found, "and back"
    assert '<input type="hidden" name="language" value="gd">' in client.get("/activities/?language=gd").content.decode()


def test_feedback_and_packs_stay_in_gaelic_from_step_to_step(client: Client, tree: Tree) -> None:
    address = f"/feedback/{tree.activity.pk}/?language=gd"
    form = client.get(address)
    assert english_left(form) == set()
    stamp = form.context["stamp"]
    empty = client.post(address, {"stamp": stamp})
    assert "no sgrìobh beagan fhaclan" in empty.content.decode()
    assert english_left(empty) == set()
    sent = client.post(address, {"stamp": stamp, "useful": "yes"}, follow=True)
    assert sent.redirect_chain[-1][0].endswith("/sent/?language=gd")
    assert english_left(sent) == set()
    pack = client.get(f"/pack/?pack=&do=add-{tree.module.pk}&language=gd", follow=True)
    assert pack.redirect_chain[-1][0].endswith("language=gd")
    assert english_left(pack) == set()
    assert 'formaction="/pack/make/?language=gd"' in pack.content.decode()


def test_what_is_printed_is_the_same_whoever_asks_for_it_in_which_language(client: Client, tree: Tree) -> None:
    made = [client.get(f"{tree.module.url}pack.html{asked}") for asked in ("", "?language=gd")]
    pack = client.get(f"/pack/?pack=&do=add-{tree.activity.pk}&language=gd", follow=True)
    fields = {"pack": pack.context["wish"].query(), "once": pack.context["once"], "form": "html"}
    gaelic, english = (client.post(f"/pack/make/{asked}", fields) for asked in ("?language=gd", ""))
    assert gaelic.content == english.content, "its code is made of its words"
    assert made[0].content == made[1].content
    code = re.findall(r"pack-(\w{4}-\w{4})", gaelic["Content-Disposition"])[0]
    check = client.get(f"/pack/{code}/?language=gd")
    assert "tha a’ phacaid seo fhathast ceart" in check.content.decode()
    assert english_left(check) == set()


@pytest.mark.parametrize("place", ["home", "toolkit", "module", "activity", "section", "guidance", "stories"])
def test_a_part_that_was_made_in_one_language_is_shown_in_no_other(client: Client, tree: Tree, place: str) -> None:
    """These pages are in English. Where they would be Gaelic, no word of the site's would be left in English."""
    lit_story(tree)
    page = getattr(tree, place)
    english = client.get(page.url)
    with spoken("gd"):
        gaelic = client.get(page.url)
    assert english_left(gaelic) - {page.title} == set()
    assert client.get(page.url).content == english.content
    with spoken("gd"):
        assert client.get(page.url).content == gaelic.content


def test_an_answer_to_feedback_says_that_it_is_in_english(client: Client, tree: Tree, toolkit_editor: User) -> None:
    answered(tree.module, toolkit_editor)
    shown = client.get("/you-said/?language=gd").content.decode()
    assert "1 fhreagairt" in shown
    assert re.search(r'<dd lang="en-GB">', shown)


def test_a_story_in_gaelic_has_gaelic_words_around_it_and_one_in_english_has_none(client: Client, tree: Tree) -> None:
    gaelic = light(make_story(tree, text="Dachaigh.", written_in="gd"))
    shown = client.get(gaelic.url)
    assert '<html lang="gd">' in shown.content.decode()
    assert english_left(shown) == set()
    assert "Ceadaichte:" in shown.content.decode()
    assert '<html lang="en-GB">' in client.get(lit_story(tree).url).content.decode()


def test_an_error_speaks_the_language_in_its_address(rf: Any) -> None:
    broken = errors.server_error(rf.get("/nowhere/?language=gd")).content.decode()
    assert '<html lang="gd">' in broken
    assert "Chaidh rudeigin ceàrr an seo" in broken
    assert "Something went wrong here" in errors.server_error(rf.get("/nowhere/")).content.decode()
