"""What the search knows: help first, words that mean the same, what comes first, slips put right, and never an end."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.pages import pieces
from hub.pages.models import (
    GuidancePage,
    HelpLine,
    InfoPage,
    ModulePage,
    SearchBestBet,
    SearchEntry,
    SearchNeed,
    SearchSynonyms,
    SearchWord,
)
from hub.pages.serving.search_index import put_right
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, activity, lit_story, put, words
from tests.search.test_search import found


def searched(client: Client, typed: str, **filters: Any) -> Any:
    response = client.get("/search/", {"q": typed, **filters})
    assert response.status_code == 200
    return response


@pytest.fixture
def lines(tree: Tree) -> None:
    for name, topics in (("Samaritans", ["suicide", "mental_health"]), ("Breathing Space", ["mental_health"])):
        HelpLine.objects.create(
            name=name, phone=f"0808 {len(name)}", when="Any time", topics=topics, last_checked=date(2026, 11, 1)
        )


class TestHelpComesFirst:
    @pytest.mark.parametrize(
        "typed",
        [
            "suicidal",
            "I want to die",
            "sucidal",
            "Samaritans",
            "samaritens",
            "Samari tans",
            "self-harm",
            "help",
            "can’t cope",
            "wish i wisnae here",
            "cannae go on",
            "080810",
            "0808 10",
            "potrzebuję pomocy",
            "самогубство",
        ],
    )
    def test_numbers_stand_above_the_results(self, client: Client, lines: None, typed: str) -> None:
        page = searched(client, typed).content.decode()
        assert 0 < page.index('href="tel:08081') < page.index("results-title")
        assert "<title>Search –" in page, "what was typed is in no tab"
        assert 0 < page.index("Exit this page") < page.index("results-title")

    @pytest.mark.parametrize("typed", ["labels", "what helps what hurts", "helpful", "debate", ""])
    def test_and_only_when_somebody_asks_for_it(self, client: Client, lines: None, typed: str) -> None:
        page = searched(client, typed)
        assert page.context["numbers"] == []
        assert "Exit this page" not in page.content.decode()

    def test_a_name_written_apart_or_together_is_that_name(self, client: Client, lines: None) -> None:
        for typed in ("breathingspace", "Samari tans"):
            assert searched(client, typed).context["numbers"], typed

    def test_the_line_that_is_named_comes_first(self, client: Client, lines: None) -> None:
        names = [number.name for number in searched(client, "breathing space").context["numbers"]]
        assert names == ["Breathing Space", "Samaritans"]

    def test_a_partner_that_is_there_for_it_comes_first(self, client: Client, tree: Tree, lines: None) -> None:
        partner = tree.section.organisation
        partner.phone, partner.help_topics, partner.place = "01632 960373", ["money"], "Leven"
        partner.save()
        assert [number.name for number in searched(client, "foodbank").context["numbers"]] == ["Clued Up"]
        partner.is_open = False
        partner.save()
        pieces.forget()  # one transaction is one change
        assert searched(client, "foodbank").context["numbers"] == []

    def test_deaf_people_see_those_that_answer_in_bsl_or_text(self, client: Client, lines: None) -> None:
        HelpLine.objects.filter(name="Samaritans").update(bsl="by video")
        page = searched(client, "BSL")
        assert [number.name for number in page.context["numbers"]] == ["Samaritans"]
        assert "In British Sign Language: by video" in page.content.decode()

    def test_a_need_added_in_the_admin_counts_at_the_next_search(self, client: Client, lines: None) -> None:
        SearchNeed.objects.create(name="Worn out", words="done in, wabbit", topics=["mental_health"])
        assert searched(client, "I am fair wabbit").context["numbers"]


class TestEverythingIsFound:
    def test_partners_and_information_too(self, client: Client, tree: Tree) -> None:
        put(tree.home, InfoPage(title="My story is on this site", slug="my-story", body=words("You can stop it.")))
        assert found(client, "q=my+story")[0] == "My story is on this site"
        assert found(client, "q=clued+up")[0] == "Clued Up"
        assert found(client, "q=cluedup") == ["Clued Up"]

    def test_a_partner_named_comes_before_pages_that_speak_of_it(self, client: Client, tree: Tree) -> None:
        put(tree.toolkit, ModulePage(title="What Clued Up Clued Up does", body=words("Clued Up, Clued Up.")))
        assert found(client, "q=Clued-Up")[0] == "Clued Up"

    def test_what_comes_first_is_said_in_the_admin(self, client: Client, tree: Tree) -> None:
        bet = SearchBestBet(words="biscuits, tea", address=tree.guidance.url)
        bet.full_clean()
        bet.save()
        assert found(client, "q=Biscuit") == ["The first five minutes"]
        SearchBestBet.objects.create(words="custard creams", address=tree.module.url)
        pieces.forget()  # one transaction is one change
        assert found(client, "q=where+are+the+custard+creams")[0] == "Words and labels"
        assert "The first five minutes" not in found(client, "q=tea+xylophone")
        several = searched(client, "tea xylophones, where are the custard creams, label")
        assert [one.page.title for one in several.context["results"]] == ["Words and labels", "Label swap"]
        assert "These have some of them" in several.content.decode()

    @pytest.mark.parametrize("of", ["story", "nothing"])
    def test_a_story_and_what_is_not_there_are_never_put_first(self, tree: Tree, of: str) -> None:
        address = lit_story(tree).url if of == "story" else "/toolkit/nothing/"
        with pytest.raises(ValidationError, match="no public page"):
            SearchBestBet(words="counter", address=address).full_clean()

    def test_words_that_mean_the_same(self, client: Client, tree: Tree) -> None:
        SearchSynonyms.objects.create(words="kingfisher, blue bird")
        put(tree.toolkit, ModulePage(title="Birds", body=words("We saw a blue bird.")))
        assert found(client, "q=kingfishers") == ["Birds"]
        with pytest.raises(ValidationError, match="at least two"):
            SearchSynonyms(words="alone,").full_clean()

    def test_a_word_between_quotation_marks(self, client: Client, tree: Tree) -> None:
        put(tree.toolkit, ModulePage(title="Names", body=words("They say “zebra” – “giraffe”, and that’s that.")))
        assert found(client, "q=zebra") == found(client, "q=“giraffe”") == ["Names"]

    def test_a_title_with_a_time_in_it_is_found_as_a_title(self, client: Client, tree: Tree) -> None:
        assert found(client, "q=the+first+five+minutes") == ["The first five minutes"]


class TestSlips:
    def test_a_slip_is_put_right_and_said(self, client: Client, tree: Tree) -> None:
        page = searched(client, "lables")
        assert page.context["results"][0].page.title in {"Words and labels", "Label swap"}
        assert "We looked for “labels” instead" in page.content.decode()

    def test_two_words_written_as_one(self, client: Client, tree: Tree) -> None:
        put(tree.toolkit, ModulePage(title="Here", body=words("A quiet waiting corner.")))
        assert found(client, "q=waitingcorner") == ["Here"]

    def test_a_word_that_is_right_is_left_alone(self, client: Client, tree: Tree) -> None:
        assert searched(client, "labels").context["instead"] == ""

    def test_no_word_of_a_story_is_ever_offered(self, client: Client, tree: Tree) -> None:
        story = lit_story(tree)
        assert not SearchWord.objects.filter(word=CANARY.lower()).exists()
        assert found(client, "q=zaunkonig") == []
        withdraw(story.participations.get())
        assert "aunkoenig" not in searched(client, "zaunkoenik").content.decode()

    def test_a_word_that_is_on_no_page_any_more_is_forgotten(self, tree: Tree) -> None:
        page = put(tree.section, GuidancePage(title="Kingfisher", partner=tree.section.organisation, body=words("x")))
        assert SearchWord.objects.filter(word="kingfisher").exists()
        GuidancePage.objects.filter(pk=page.pk).update(live=False)
        put_right()
        assert not SearchWord.objects.filter(word="kingfisher").exists()
        assert SearchWord.objects.filter(word="labels").exists()


class TestWhatIsShown:
    def test_the_words_are_marked_and_a_piece_is_shown(self, client: Client, tree: Tree) -> None:
        page = searched(client, "matter").content.decode()
        assert "Language <mark>matters</mark>." in page

    def test_of_a_story_no_piece_is_shown(self, client: Client, tree: Tree) -> None:
        lit_story(tree)
        page = searched(client, CANARY).content.decode()
        assert f"<mark>{CANARY}</mark>" in page
        assert "I stood at the" not in page
        assert SearchEntry.objects.get(page__content_type__model="storypage").text == ""

    def test_what_is_marked_is_never_markup(self, client: Client, tree: Tree) -> None:
        put(tree.toolkit, ModulePage(title="<b>Bold</b> & more", body=words("1 &lt; 2")))
        page = searched(client, "bold").content.decode()
        assert "&lt;b&gt;" not in page.split("<main")[0]
        assert "<b><mark>" not in page

    def test_numbers_stand_beside_the_filters(self, client: Client, tree: Tree) -> None:
        put(tree.module, activity("Label walk", minutes=90))
        page = searched(client, "label")
        kinds = {option.value: option.number for option in page.context["options"]["kind"]}
        assert (kinds["module"], kinds["activity"], kinds["story"]) == (1, 2, 0)
        times = {option.value: option.number for option in page.context["options"]["minutes"]}
        assert (times["15"], times["30"], times[""]) == (0, 1, 3)

    def test_a_dark_story_is_in_no_number(self, client: Client, tree: Tree) -> None:
        story = lit_story(tree)
        count = lambda: {o.value: o.number for o in searched(client, CANARY).context["options"]["kind"]}["story"]  # noqa: E731
        assert count() == 1
        withdraw(story.participations.get())
        assert count() == 0

    def test_a_time_that_is_typed_joins_the_list(self, client: Client, tree: Tree) -> None:
        assert '<option value="25" selected>25 minutes or less (' in searched(client, "25 minutes").content.decode()


class TestAWayOn:
    def test_a_filter_that_leaves_nothing_can_be_taken_off(self, client: Client, tree: Tree) -> None:
        page = searched(client, "label", kind="activity", minutes="5").content.decode()
        assert "Without “5 minutes or less”: 1" in page

    @pytest.mark.parametrize("typed", ["xylophone", "?!", "😀", "x" * 5_000, "' OR 1=1 --", "\x00", "the of and"])
    def test_nothing_found_leads_on(self, client: Client, tree: Tree, typed: str) -> None:
        page = searched(client, typed)
        assert "See all the modules" in page.content.decode() or page.context["results"]

    def test_suggestions_while_typing_name_no_story(self, client: Client, tree: Tree) -> None:
        lit_story(tree)
        assert client.get("/search/suggestions/?q=lab").json() == {"suggestions": ["Words and labels", "Label swap"]}
        for typed in ("the+count", "zaun", "", "%00", "'%20OR", "x" * 5_000):
            assert client.get(f"/search/suggestions/?q={typed}").json() == {"suggestions": []}

    def test_without_script_titles_are_offered(self, client: Client, tree: Tree) -> None:
        lit_story(tree)
        offered = client.get("/search/").content.decode().split("<datalist")[1].split("</datalist>")[0]
        assert "Words and labels" in offered
        assert CANARY not in offered


@pytest.mark.parametrize("typed", ["language", "30 minutes, 8 people", "single parents", ""])
def test_a_search_asks_the_database_five_times(client: Client, tree: Tree, typed: str) -> None:
    put(tree.toolkit, ModulePage(title="Lone parents", body=words("At home.")))
    searched(client, typed)
    with CaptureQueriesContext(connection) as asked:
        searched(client, typed)
    assert len(asked) <= 5, [query["sql"][:120] for query in asked]
