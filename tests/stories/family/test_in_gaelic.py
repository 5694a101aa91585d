"""A family's pages in Gaelic: chosen on the link and nowhere else, whole from the first page to after a withdrawal."""

from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation

from hub.law import AgeBand
from hub.stories.choices import Use
from hub.stories.consent.wordings import keep_up_to_date
from hub.stories.family import farewell
from hub.stories.family.asking import ask
from hub.stories.family.links import issue, language_of
from hub.stories.models import Consent, Farewell, PrivateLink, StoryPage
from hub.stories.rule import Decision, GivenBy
from tests import catalogues
from tests.factories import Tree, a_moderator, add_person, light, lit_story, make_story
from tests.stories.family.test_private_pages import answer, end_cooling_off

pytestmark = pytest.mark.django_db
USES = [Use.WEBSITE, Use.PRINT_PACK]
ENGLISH = {
    message.id
    for message in catalogues.catalogue("gd")
    if isinstance(message.id, str) and message.id != message.string and "%(" not in message.id
}


class Read(HTMLParser):
    """Each piece of text of a page that it does not say is English."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in {"meta", "link", "img", "input", "br"}:
            lang = dict(attrs).get("lang")
            self.open.append(lang == "en-GB" if lang else bool(self.open) and self.open[-1])

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.open[-1]:
            self.texts.append(" ".join(data.split()))


def english_left(page: Any) -> set[str]:
    read = Read()
    read.feed(page.content.decode())
    return ENGLISH & set(read.texts)


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    keep_up_to_date()
    return make_story(two_sections)


@pytest.fixture
def worker(db: None) -> User:
    return User.objects.create_user("worker")


@pytest.fixture(autouse=True)
def nothing_leaks() -> Iterator[None]:
    """The next request of the same thread is in English again, whatever this one said."""
    yield
    assert translation.get_language() == "en-gb"


def in_gaelic(story: StoryPage, worker: User, **how: Any) -> str:
    return f"/yours/{ask(story.participations.get(), uses=USES, by=worker, language='gd', **how).address}/"


def test_from_the_first_page_to_the_receipt_and_dark_again(client: Client, story: StoryPage, worker: User) -> None:
    at = in_gaelic(story, worker)
    for page in (client.get(at), client.get(at + "read/"), client.get(at + "question/name/")):
        assert '<html lang="gd">' in page.content.decode()
        assert english_left(page) == set()
    assert "Bu toil leinn an sgeulachd agad a chleachdadh." in client.get(at).content.decode()
    wrong = client.post(at + "question/website/", {})
    assert "Tagh aon fhreagairt" in wrong.content.decode()
    assert english_left(wrong) == set()
    assert english_left(answer(client, at)) == set()
    home = client.post(at + "check/")["Location"]
    done = client.get(home)
    assert english_left(done) == set()
    assert "(Gàidhlig)" in done.content.decode(), "the receipt says in which language it was read"
    yes = Consent.objects.get(use="website", decision="given")
    assert (yes.wording.language, yes.wording.text[:10]) == ("gd", "Bu toil le")

    end_cooling_off()
    light(story)
    assert client.get(story.url).status_code == 200, "a yes in Gaelic counts as one in English"
    words = home.removesuffix("done/") + "words/"
    assert english_left(client.get(words)) == set()
    assert english_left(client.get(words + "stop/")) == set()
    after = client.post(words + "stop/", follow=True)
    assert "Tha e air a thoirt sìos" in after.content.decode()
    assert english_left(after) == set()
    assert client.get(story.url).status_code == 404
    gone = client.get(words)
    assert english_left(gone) == set()
    assert "Duilleag na sgeulachd fhèin" in gone.content.decode()


def test_the_receipt_on_paper_is_in_gaelic_and_the_one_for_machines_says_so(
    client: Client, story: StoryPage, worker: User
) -> None:
    at = in_gaelic(story, worker)
    answer(client, at)
    home = client.post(at + "check/")["Location"].removesuffix("done/")
    pdf = pypdf.PdfReader(BytesIO(client.get(home + "my-answers.pdf").content))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Na freagairtean agad" in text
    assert "Your answers" not in text
    assert str(pdf.root_object["/Lang"]).startswith("gd")
    record = client.get(home + "my-answers.json").json()
    assert record["pii_processing"]["language"] == "gd"
    assert record["pii_processing"]["notice_version"].endswith("(Gàidhlig)")
    assert record["pii_processing"]["purposes"][0]["purpose"] == "Read on this website"


def test_english_is_what_everybody_gets_who_chose_nothing(client: Client, story: StoryPage, worker: User) -> None:
    at = f"/yours/{ask(story.participations.get(), uses=USES, by=worker).address}/"
    client.get(in_gaelic(story, worker))  # another link, on the same thread
    page = client.get(f"/yours/{ask(story.participations.get(), uses=USES, by=worker).address}/").content.decode()
    assert '<html lang="en-GB">' in page
    assert "May we use your words?" in page
    assert client.get(at).status_code == 404, "the links before it have ended"


def test_the_button_is_remembered_on_the_link_without_a_cookie(client: Client, story: StoryPage, worker: User) -> None:
    at = f"/yours/{ask(story.participations.get(), uses=USES, by=worker).address}/"
    assert ">Gàidhlig</button>" in client.get(at + "read/").content.decode()
    assert client.get(at + "language/", {"language": "gd"}).status_code == 404, "opening a link changes nothing"
    chosen = client.post(at + "language/", {"language": "gd", "back": at + "read/"})
    assert chosen["Location"] == at + "read/"
    assert not client.cookies
    assert "Seo na tha sinn airson sealltainn" in client.get(at + "read/").content.decode()
    assert PrivateLink.objects.get().wording.language == "gd"  # type: ignore[union-attr]
    assert "May we use your words?" not in Client().get(at).content.decode(), "on every telephone"
    client.post(at + "language/", {"language": "en-gb"})
    assert "May we use your words?" in client.get(at).content.decode()
    assert PrivateLink.objects.get().wording.language == "en"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/admin/", "", "/yours/another/"]
)
def test_it_leads_back_to_a_page_of_this_link_alone(client: Client, story: StoryPage, worker: User, back: str) -> None:
    at = f"/yours/{ask(story.participations.get(), uses=USES, by=worker).address}/"
    assert client.post(at + "language/", {"language": "gd", "back": back})["Location"] == at


@pytest.mark.parametrize("code", ["pl", "xx", "en-x-easyread", "../gd", ""])
def test_a_language_without_a_catalogue_is_english(client: Client, story: StoryPage, worker: User, code: str) -> None:
    at = f"/yours/{ask(story.participations.get(), uses=USES, by=worker).address}/"
    client.post(at + "language/", {"language": code})
    assert "May we use your words?" in client.get(at).content.decode()


def test_a_hub_in_english_alone_shows_no_switch(client: Client, story: StoryPage, worker: User, settings: Any) -> None:
    at = in_gaelic(story, worker)
    settings.LANGUAGES = [("en-gb", "English"), ("pl", "Polski")]
    page = client.get(at).content.decode()
    assert "private__languages" not in page
    assert "May we use your words?" in page
    assert "Gàidhlig" not in client.get("/yours/").content.decode()


def test_what_was_sent_stays_under_what_was_read(client: Client, story: StoryPage, worker: User) -> None:
    at = in_gaelic(story, worker)
    answer(client, at)
    client.post(at + "check/")
    client.post(at + "language/", {"language": "en-gb"})
    assert {c.wording.language for c in Consent.objects.filter(decision__in=["given", "refused"])} == {"gd"}


def test_whoever_was_asked_in_gaelic_is_asked_in_it_again(story: StoryPage, worker: User) -> None:
    participation = story.participations.get()
    assert language_of(participation) == ""
    in_gaelic(story, worker)
    assert language_of(participation) == "gd"


def test_the_pages_without_a_link_have_it_in_their_address(client: Client, two_sections: Tree) -> None:
    for path in ("/yours/", "/yours/nobody/", "/tell-yours/", "/ask-us/"):
        english, gaelic = client.get(path), client.get(path, {"language": "gd"})
        assert '<a href="?language=gd" lang="gd" hreflang="gd">Gàidhlig</a>' in english.content.decode(), path
        assert english_left(gaelic) == set(), path
        assert '<a href="?language=en-gb"' in gaelic.content.decode(), path
    wrong = client.post("/yours/?language=gd", {"code": "ACDEFGHJKLMN"})
    assert "Chan aithne dhuinn an còd sin." in wrong.content.decode()


def test_a_child_and_a_parent_are_spoken_to_in_their_own_manner(
    client: Client, two_sections: Tree, worker: User
) -> None:
    keep_up_to_date()
    story = make_story(two_sections, people=0)
    child = add_person(story, age_band=AgeBand.UNDER_12)
    for giver, words in ((GivenBy.SELF, "Cha bhi duine crosta."), (GivenBy.GUARDIAN, "faclan do phàiste")):
        issued = ask(child, uses=USES, by=worker, given_by=giver, language="gd")
        page = client.get(f"/yours/{issued.address}/")
        assert words in page.content.decode()
        assert english_left(page) == set()


def test_an_erased_storys_card_speaks_as_it_did(client: Client, two_sections: Tree) -> None:
    story = lit_story(two_sections)
    card = issue(story.participations.get(), PrivateLink.Purpose.KEEP, language="gd")
    farewell.remember_cards(story.pk, None)
    PrivateLink.objects.all().delete()
    assert Farewell.objects.get().language == "gd"
    page = client.get(f"/yours/{card.address}/")
    assert "Tha e air a sguabadh às" in page.content.decode()
    assert english_left(page) == set()
    assert "It is erased" in client.get(f"/yours/{card.address}/", {"language": "en-gb"}).content.decode()


def test_staff_go_on_in_english(client: Client, story: StoryPage, worker: User) -> None:
    at = in_gaelic(story, worker)
    answer(client, at)
    client.post(at + "check/")
    client.force_login(a_moderator())
    page = client.get("/admin/stories/consents/", follow=True).content.decode()
    assert '<html lang="en-GB"' in page or 'lang="en-gb"' in page
    assert "Ri leughadh" not in page
    assert Consent.objects.filter(decision=Decision.GIVEN).count() == 1
