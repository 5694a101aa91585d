"""As people type it when they need something: in Scots, in American, in a hurry, with the letters in the wrong places.

The lists are those that every new Hub begins with. One database serves all of it, and what is wrong is said together.
"""

from datetime import date

import pytest
from django.test import Client

from hub.pages.models import HelpLine, ModulePage
from hub.pages.topics import HelpTopic
from hub.search.known import what_is_known
from hub.spelling import for_comparing, words_in
from tests.factories import Tree, put, words

pytestmark = pytest.mark.django_db

NEEDED = {
    HelpTopic.SUBSTANCE_USE: "OD'd|od’d|od`d|she's OD'd|he has oded|o.d.|overdosin|ma boy's od'ing|street vallies",
    HelpTopic.SUICIDE: "want to die|i wanna die|dont want to be here|do not want to be here|i dinnae want tae be here"
    "|didn´t want to live|suicide helpline|sucidal|cut masel|better aff deid",
    HelpTopic.MENTAL_HEALTH: "i cant cope|can't cope|cannot cope|can not cope|couldny cope|cannae go on"
    "|ma heid is mince|heid's burst|counseling|counsellor|greetin|scunnered wi life",
    HelpTopic.ABUSE: "he hits me|ma man skelps me|he's gonnae kill me|batters me|feart of him"
    "|isnae safe|hits the weans",
    HelpTopic.MONEY: "no food till friday|nae food|skint|cannae pay the rent|broo|dole|diapers|food stamps|fud bank",
}
NOT_NEEDED = "odd|odds and ends|the social model|unconscious bias|small group|wee room|behavior|one to one|crack on"
FOUND = {
    "How people behave": "behavior|behaviour|behaving|behavours",
    "With a wean in a nappy": "wean|weans|bairn|diaper|diapers|nappies|a bairn’s nappy",
    "When somebody is crying": "greetin|crying|cryin",
    "Police at the door": "polis|the polis|police",
    "A mother comes to the counter": "mom|mum|mam|maw|mither|moms",
    "Neighbours in an organised centre": "neighbor|neighbours|nieghbours|organized center|organisd centre",
    "What nobody tells us": "whit naebody tells us|what nobody tells|nobdy tells",
    "Judged, and not heard": "isnae heard|isn’t heard|isn't heard|no heard|judgd",
    "Know your rights": "ken yer rights|know your rights|know yur rights",
}


def test_who_needs_help_sees_numbers_and_nobody_else(tree: Tree) -> None:
    for topic in HelpTopic:
        HelpLine.objects.create(name=topic, phone="0", when="Any time", topics=[topic], last_checked=date(2026, 11, 1))
    known = what_is_known(tree.home.get_site())
    asked = {typed: topic for topic, several in NEEDED.items() for typed in several.split("|")}
    first = {typed: [number.name for number in known.numbers_about(words_in(typed))][:1] for typed in asked}
    assert {typed: first[typed] for typed, topic in asked.items() if first[typed] != [topic]} == {}
    assert [typed for typed in NOT_NEEDED.split("|") if known.numbers_about(words_in(typed))] == []


def test_what_is_meant_is_found(client: Client, tree: Tree) -> None:
    for title in FOUND:
        put(tree.toolkit, ModulePage(title=title, body=words("Hello.")))
    asked = {typed: title for title, several in FOUND.items() for typed in several.split("|")}
    found = {typed: [r.page.title for r in client.get("/search/", {"q": typed}).context["results"]] for typed in asked}
    assert {typed: found[typed] for typed, title in asked.items() if found[typed][:1] != [title]} == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("can`t", "can’t"),
        ("don´t", "dont"),
        ("wouldny", "wouldn't"),
        ("N.H.S.", "nhs"),
        ("he’d", "hed"),
        ("OD’d", "od'd"),
    ],
)
def test_marks_in_a_word_make_no_difference(one: str, other: str) -> None:
    assert for_comparing(one) == for_comparing(other)


@pytest.mark.parametrize("word", ["canny", "many", "notion", "botany", "odd", "shed", "dinner", "county"])
def test_a_word_that_only_looks_like_a_no_is_itself(word: str) -> None:
    assert for_comparing(word) == word
