"""Each private page says which story it is about, and who says no hears what happens; a child in words for one."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.law import AgeBand
from hub.stories.choices import PartInStory, Use
from hub.stories.consent.answers import add_participant
from hub.stories.family.asking import ask
from hub.stories.family.links import issue
from hub.stories.models import PrivateLink, StoryParticipant
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, add_person, lit_story, make_story, wording

pytestmark = pytest.mark.django_db
USES = [Use.WEBSITE, Use.PRINT_PACK]


@pytest.fixture
def worker(db: None) -> User:
    return User.objects.create_user("worker")


def test_each_page_names_its_own_story_and_no_other(client: Client, tree: Tree, worker: User) -> None:
    first, second = make_story(tree, text="blue door"), make_story(tree, text="cup of tea")
    wording()
    person = first.participations.get()
    also = StoryParticipant(story=second, participant=person.participant, role=PartInStory.TELLER)
    add_participant(also)
    for participation, own, other in ((person, "blue door", "cup of tea"), (also, "cup of tea", "blue door")):
        at = f"/yours/{ask(participation, uses=USES, by=worker).address}/"
        kept = f"/yours/{issue(participation, PrivateLink.Purpose.KEEP).address}/words/"
        pages = at, f"{at}read/", f"{at}question/name/", kept, f"{kept}stop/", f"{kept}wish/", f"{kept}first-day/"
        for page in pages:
            html = client.get(page).content.decode()
            assert f"“The counter {own}”" in html, page
            assert other not in html, page
            title = html.split("<title>")[1].split("</title>")[0]
            assert own not in title, "the tab and the history say nothing"


def test_while_somebody_else_has_stopped_it_a_day_stands_for_its_title(client: Client, tree: Tree) -> None:
    story = lit_story(tree, people=2)
    one, other = story.participations.order_by("pk")
    at = f"/yours/{issue(one, PrivateLink.Purpose.KEEP).address}/words/"
    assert f"“{story.title}”" in client.get(at).content.decode()
    withdraw(other)
    page = client.get(at).content.decode()
    assert "The story we asked you about on" in page
    assert f"“{story.title}”" not in page


@pytest.mark.parametrize(
    ("band", "words"),
    [
        (AgeBand.UNDER_12, "Nobody is cross with you. You and your family get the same"),
        (AgeBand.AGE_12_15, "Nobody is cross with you, and nobody asks why."),
        (AgeBand.ADULT, "You do not have to do anything, and you get the same help from us."),
    ],
)
def test_whoever_says_no_is_told_what_happens(
    client: Client, tree: Tree, worker: User, band: AgeBand, words: str
) -> None:
    story = make_story(tree, people=0)
    person = add_person(story, age_band=band)
    wording(band)
    at = f"/yours/{ask(person, uses=USES, by=worker).address}/"
    for name, said in {"name": person.named_as, "website": "no", "print_pack": "no", "change": "no"}.items():
        client.post(f"{at}question/{name}/", {"answer": said})
    page = client.get(client.post(at + "check/")["Location"]).content.decode()
    assert words in page
    assert "That is your time to think" not in page
