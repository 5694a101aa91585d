"""As people type it when they need something: in Scots, in American, in a hurry, with the letters in the wrong places.

The lists are those that every new Hub begins with. One database serves all of it, and what is wrong is said together.
"""

from datetime import date

import pytest
from django.test import Client

from hub.pages.models import HelpLine, ModulePage
from hub.pages.topics import HelpTopic
from hub.search.known import what_is_known
from hub.search.named import language_named
from hub.spelling import for_comparing, words_in
from tests.factories import Tree, put, words

pytestmark = pytest.mark.django_db

NEEDED = {
    HelpTopic.SUBSTANCE_USE: "OD'd|od’d|od`d|she's OD'd|he has oded|o.d.|overdosin|ma boy's od'ing|street vallies",
    HelpTopic.SUICIDE: "my son killed hisself|ma maw took her own life|took all my tablets"
    "|want to die|i wanna die|dont want to be here|do not want to be here|i dinnae want tae be here"
    "|didn´t want to live|suicide helpline|sucidal|cut masel|better aff deid",
    HelpTopic.MENTAL_HEALTH: "im feeling really low|canny cope wi the weans|ma heid's in bits"
    "|i cant cope|can't cope|cannot cope|can not cope|couldny cope|cannae go on"
    "|ma heid is mince|heid's burst|counseling|counsellor|greetin|scunnered wi life",
    HelpTopic.ABUSE: "hes hurting the weans|ma da batters ma mum|he keeps hitting us|afraid of my ex|leave my husband"
    "|he hits me|ma man skelps me|he's gonnae kill me|batters me|feart of him"
    "|isnae safe|hits the weans",
    HelpTopic.MONEY: "behind with the rent|sleeping in ma car|kicked out"
    "|losing our house|uc stopped|nothing in the fridge"
    "|no food till friday|nae food|skint|cannae pay the rent|broo|dole|diapers|food stamps|fud bank",
}
NOT_NEEDED = (
    "walk round a building|how do we challenge a colleague|i want a game about labels|first appointment"
    "|first visit|asking for help|search hits|who are the partners|hit the road|odd|odds and ends"
    "|the social model|unconscious bias|small group|wee room|behavior|one to one|crack on"
)
FOUND = {
    "How people behave": "behavior|behaviour|behaving|behavours",
    "With a wean in a nappy": "wean|weans|bairn|diaper|diapers|nappies|a bairn’s nappy",
    "When somebody is crying": "greetin|crying|cryin",
    "Asking about money": "how to ask about money|ask families about money",
    "Police at the door": "polis|the polis|police",
    "A mother comes to the counter": "mom|mum|mam|maw|mither|moms",
    "Neighbours in an organised centre": "neighbor|neighbours|nieghbours|organized center|organisd centre",
    "What nobody tells us": "whit naebody tells us|what nobody tells|nobdy tells",
    "Judged, and not heard": "isnae heard|isn’t heard|isn't heard|no heard|judgd",
    "Know your rights": "ken yer rights|know your rights|know yur rights",
}
# What somebody calls out, and the pages that are found for it.
CALLS = {
    "he hits me": [],
    "he put his hands round my throat": [],
    "i cut myself": [],
    "single mum, i cant cope": ["A cut hedge. Lone parents."],
    "food bank": ["A food bank is near."],
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


def test_whoever_calls_for_help_is_shown_no_page_for_a_word_of_it(client: Client, tree: Tree) -> None:
    for text in ("It hits hard.", "Hands on the table.", "A cut hedge. Lone parents.", "A food bank is near."):
        put(tree.toolkit, ModulePage(title=text, body=words(text)))
    found = {typed: [r.page.title for r in client.get("/search/", {"q": typed}).context["results"]] for typed in CALLS}
    assert found == CALLS


def test_whoever_tells_of_their_own_life_sees_whom_to_phone_in_whatever_words(tree: Tree) -> None:
    HelpLine.objects.create(name="Any", phone="0", when="Any time", topics=["health"], last_checked=date(2026, 11, 1))
    known = what_is_known(tree.home.get_site())
    typed = ("i am a wreck", "my dad chucks plates", "ma boy grumbles", "a shop", "my story", "i want a label game")
    assert [bool(known.numbers_about(words_in(one))) for one in typed] == [True, True, True, False, False, False]


def test_what_stands_round_a_subject_is_no_subject(tree: Tree) -> None:
    known = what_is_known(tree.home.get_site())
    for typed in ("what do we mean by privacy", "info about privacy", "privacy and cookies"):
        assert known.first_for(words_in(typed)) == ["/privacy/"], typed
    assert known.first_for(words_in("privacy xylophone")) == []


def test_a_name_of_one_short_word_is_that_name_only_by_itself(tree: Tree) -> None:
    HelpLine.objects.create(name="FIRST", phone="0", when="Any time", topics=["money"], last_checked=date(2026, 11, 1))
    known = what_is_known(tree.home.get_site())
    named = {typed: bool(known.numbers_about(words_in(typed))) for typed in ("first", "first number", "first visit")}
    assert named == {"first": True, "first number": True, "first visit": False}


def test_a_kind_of_page_that_is_named_comes_first_or_is_a_filter(client: Client, tree: Tree) -> None:
    put(tree.toolkit, ModulePage(title="Walking on labels", body=words("Label, label, label.")))
    answer = client.get("/search/", {"q": "an exercise about labels"})
    assert answer.context["results"][0].kind == "activity"
    assert len(answer.context["results"]) > 1
    for typed in ("group games", "activities with no handouts"):
        answer = client.get("/search/", {"q": typed})
        assert [one.label for one in answer.context["active_filters"]] == ["Activities"], typed
    assert "no_printing=on" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "code"), [("polski", "pl"), ("in Polish", "pl"), ("Gàidhlig", "gd"), ("polish up", "")]
)
def test_a_language_that_is_named_is_a_filter(typed: str, code: str) -> None:
    assert language_named(typed) == code


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
