"""What leaves with a partner, for whom, and what stays: pages in forms that others read, stories only as agreed."""

import csv
import io
import json
import zipfile
from typing import Any

import jsonschema
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import PageLogEntry

from hub.moving.kinds import KINDS
from hub.moving.leaving import taking
from hub.moving.leaving.archive import SCHEMA_FILE, TooMuch, write
from hub.moving.leaving.gathering import NO_RECORDS, NOT_YOURS, UNREADABLE, Wanted
from hub.moving.leaving.readable import BLOCKS
from hub.moving.leaving.stories import STAYS, USE
from hub.moving.leaving.taking import TAKEN_ALONG, ChangedMeanwhile, take_along
from hub.moving.leaving.who_may import MayNotTake
from hub.pages.blocks import BodyBlock
from hub.pages.models import GuidancePage, HubPage
from hub.pages.partner_operations import close_partner, reopen_partner
from hub.partners.models import Partner
from hub.stories.choices import LegalReason, Use
from hub.stories.models import PersonalDetails, RecordOpened, StoryUse
from hub.stories.review.flags import raise_legal_flag
from hub.stories.withdrawal.stopping import withdraw
from tests.bad_pages import GOOD, WAYS, good_and_bad
from tests.factories import CANARY, Tree, lit_story, make_story, put, words, yes
from tests.pages.test_media import image_block, stored_image

pytestmark = pytest.mark.django_db
SCREEN = "/admin/moving/take-along/"
SCHEMA = json.loads(SCHEMA_FILE.read_text())


def clued_up() -> Partner:
    return Partner.objects.get(slug="clued-up")


def taken(by: User, partner: Partner | None, **what: bool) -> dict[str, str]:
    """Every file by its name, as text."""
    out, _ = take_along(Wanted(partner, **what), by=by)
    with out, zipfile.ZipFile(out) as files:
        return {name: files.read(name).decode(errors="replace") for name in files.namelist()}


def agreed(tree: Tree) -> Any:
    """A story whose words may leave."""
    story = lit_story(tree, people=2)
    for person in story.participations.all():
        yes(person, USE)
    return story


def test_a_page_leaves_in_every_form(two_sections: Tree, clued_up_lead: User) -> None:
    page, image = two_sections.guidance, stored_image()
    page.body = [
        ("heading", {"text": "First", "level": "h2"}),
        ("text", f'<p>See <a linktype="page" id="{two_sections.module.pk}">it</a> and <b>wait</b>.</p>'),
        image_block(image),
        ("quote", {"text": "Two\nlines", "who": "A mum", "made_up": True}),
        (
            "film",
            {"title": "About stigma", "url": "https://example.org/film", "who": "We", "what": "It", "transcript": ""},
        ),
    ]
    page.save_revision()
    files = taken(clued_up_lead, clued_up())
    data = json.loads(files["hub.json"])
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    (found,) = (one for one in data["pages"] if one["kind"] == "guidance")
    assert (found["title"], found["partner"], found["is_public"]) == ("The first five minutes", "clued-up", True)
    assert found["fields"]["modules"] == [two_sections.module.pk]
    assert f'<a href="page:{two_sections.module.pk}">it</a>' in found["fields"]["body"][1]["value"]
    assert found["fields"]["body"][2]["value"]["image"] == data["pictures"][0]["number"] == image.pk
    name = f"pages/guidance-{page.pk}-the-first-five-minutes"
    assert f'<img src="../{data["pictures"][0]["file"]}" alt="A kettle">' in files[f"{name}.html"]
    assert "## First" in files[f"{name}.md"]
    assert "**wait**" in files[f"{name}.md"]
    assert "> Two  \n> lines" in files[f"{name}.md"]
    assert data["pictures"][0]["file"] in files
    module = data["elsewhere"][0]
    assert (module["number"], module["kind"], module["slug"]) == (two_sections.module.pk, "module", "words-and-labels")
    assert f'<a href="{module["address"]}">it</a>' in files[f"{name}.html"]
    assert f"- [Words and labels]({module['address']})" in files[f"{name}.md"]
    assert json.loads(files["hub.schema.json"]) == SCHEMA
    assert "The first five minutes" in files["read-me.html"]
    assert [row["title"] for row in csv.DictReader(io.StringIO(files["pages.csv"]))] == ["Clued Up", found["title"]]


def test_nothing_of_another_partner_leaves(two_sections: Tree, clued_up_lead: User, carf_author: User) -> None:
    carf = HubPage.objects.get(slug="carf")
    put(carf, GuidancePage(title="Theirs alone", partner=carf.partner, body=words("Zilpzalp")))
    files = taken(clued_up_lead, clued_up(), records=True)
    assert not [name for name, text in files.items() if "Zilpzalp" in text or "Theirs alone" in text or "CARF" in text]
    for who, partner in ((clued_up_lead, carf.partner), (clued_up_lead, None), (carf_author, carf.partner)):
        with pytest.raises(MayNotTake, match=NOT_YOURS[:20]):
            take_along(Wanted(partner), by=who)


def test_words_leave_only_while_everybody_agrees_to_it(two_sections: Tree, clued_up_lead: User) -> None:
    story = make_story(two_sections)
    for before in (story, lit_story(two_sections, text="Rotkehlchen")):
        files = taken(clued_up_lead, clued_up())
        assert not [name for name, text in files.items() if "I stood at the" in text]
        assert {"number": before.pk, "partner": "clued-up", "page": None, "instead": STAYS} in json.loads(
            files["hub.json"]
        )["stories"]
    assert not StoryUse.objects.exists()
    given = agreed(two_sections)
    files = taken(clued_up_lead, clued_up())
    assert f"I stood at the {CANARY}." in files[f"pages/story-{given.pk}.md"]
    used = StoryUse.objects.get()
    assert (used.story_id, used.use, used.recorded_by) == (given.pk, Use.PARTNER_SITES, clued_up_lead)
    assert PageLogEntry.objects.filter(action=TAKEN_ALONG, page=two_sections.section, user=clued_up_lead).count() == 3
    close_partner(clued_up())
    admin = User.objects.create_superuser("admin")
    assert not [name for name, text in taken(admin, clued_up()).items() if "I stood at the" in text]
    reopen_partner(clued_up())
    withdraw(given.participations.last())
    assert not [name for name, text in taken(clued_up_lead, clued_up()).items() if "I stood at the" in text]


def test_a_story_taken_back_while_the_files_are_written_is_not_in_them(
    two_sections: Tree, clued_up_lead: User, monkeypatch: Any
) -> None:
    story, written = agreed(two_sections), []

    def slowly(everything: Any, out: Any) -> None:
        written.append(everything)
        if len(written) == 1:
            withdraw(story.participations.last())
        write(everything, out)

    monkeypatch.setattr(taking, "write", slowly)
    files = taken(clued_up_lead, clued_up())
    assert len(written) == 2
    assert not [name for name, text in files.items() if CANARY in text]
    assert not StoryUse.objects.exists()


def test_one_that_is_changed_each_time_takes_nothing(two_sections: Tree, clued_up_lead: User, monkeypatch: Any) -> None:
    agreed(two_sections)
    monkeypatch.setattr(taking, "may_leave", lambda story: False)
    with pytest.raises(ChangedMeanwhile):
        take_along(Wanted(clued_up()), by=clued_up_lead)


def test_records_go_with_the_partners_own_lead_alone(two_sections: Tree, clued_up_lead: User) -> None:
    story, admin = agreed(two_sections), User.objects.create_superuser("admin")
    person = story.participations.first()
    PersonalDetails.objects.create(participant=person.participant, preferred_name="Isla", safe_contact="07700")
    files = taken(clued_up_lead, clued_up(), records=True)
    answers = list(csv.DictReader(io.StringIO(files["records/answers.csv"])))
    assert {(row["story"], row["decision"]) for row in answers} == {(str(story.pk), "Given")}
    assert {row["use"] for row in answers} == {"Read on this website", "On the partners' own websites"}
    assert {row["person"] for row in csv.DictReader(io.StringIO(files["records/ledger.csv"]))} == {"P-0001", "P-0002"}
    assert not [name for name, text in files.items() if "Isla" in text or "07700" in text]
    assert not RecordOpened.objects.exists()
    files = taken(clued_up_lead, clued_up(), details=True)
    assert "Isla" in files["records/how_to_reach_people.csv"]
    assert "records/answers.csv" not in files
    assert list(RecordOpened.objects.values_list("participant_code", "by_user_id")) == [("P-0001", clued_up_lead.pk)]
    for what in ({"records": True}, {"details": True}):
        with pytest.raises(MayNotTake, match=NO_RECORDS[:20]):
            take_along(Wanted(clued_up(), **what), by=admin)
    assert "records" not in json.loads(taken(admin, None)["hub.json"])


def test_nothing_tells_of_a_story_that_is_hidden(two_sections: Tree, clued_up_lead: User, safeguarding: User) -> None:
    story = agreed(two_sections)
    raise_legal_flag(story, LegalReason.SAFEGUARDING, by=safeguarding, hides=True)
    files = taken(clued_up_lead, clued_up(), records=True)
    data = json.loads(files["hub.json"])
    assert (data["stories"], data["records"]["answers"], data["records"]["people"]) == ([], [], [])


def test_the_screen_gives_a_file(client: Client, two_sections: Tree, clued_up_lead: User) -> None:
    story = agreed(two_sections)
    client.force_login(clued_up_lead)
    screen = client.get(SCREEN).content.decode()
    assert "CARF" not in screen
    assert "Everything of the Hub" not in screen
    sent = {"partner": clued_up().pk, "understood": "on", "sent_once": "5f0c6a0e-7a4e-4a43-9a0e-52e4cbb3a3b0"}
    for _ in range(2):  # a button pressed twice
        response: Any = client.post(SCREEN, sent)
        assert response["Content-Disposition"].startswith('attachment; filename="clued-up-')
        assert "no-store" in response["Cache-Control"]
        with zipfile.ZipFile(io.BytesIO(b"".join(response))) as files:
            assert f"pages/story-{story.pk}.md" in files.namelist()
    assert StoryUse.objects.count() == 1
    assert "Stories with their words: 1" in client.get(SCREEN).content.decode()
    assert "Taken along as files" in client.get(f"/admin/pages/{two_sections.section.pk}/history/").content.decode()


def test_the_screen_refuses_with_a_sentence(
    client: Client, two_sections: Tree, clued_up_lead: User, clued_up_author: User, monkeypatch: Any
) -> None:
    carf, mine = Partner.objects.get(slug="carf"), clued_up()
    client.force_login(clued_up_author)
    assert client.get(SCREEN, follow=True).request["PATH_INFO"] == "/admin/"
    client.force_login(clued_up_lead)

    def said(**sent: Any) -> str:
        return client.post(SCREEN, {"understood": "on", **sent}).content.decode()

    assert "You may not take what is this partner" in said(partner=carf.pk)
    assert "This field is required" in said(partner="")
    assert "Tick this once you have read it" in said(partner=mine.pk, understood="")
    monkeypatch.setattr(taking, "size_of", lambda everything: 501 * 1024 * 1024)
    assert "more than the 500 MB" in said(partner=mine.pk)
    with pytest.raises(TooMuch):
        take_along(Wanted(mine), by=clued_up_lead)
    client.force_login(User.objects.create_superuser("admin"))
    screen = client.get(SCREEN).content.decode()
    assert "Everything of the Hub" in screen
    assert "With your records of consent" not in screen


def test_a_file_that_is_gone_is_said(two_sections: Tree, clued_up_lead: User) -> None:
    image = stored_image()
    two_sections.guidance.body = [image_block(image)]
    two_sections.guidance.save_revision()
    image.file.storage.delete(image.file.name)
    data = json.loads(taken(clued_up_lead, clued_up())["hub.json"])
    assert data["pictures"][0]["file"] is None
    assert f"The file of picture {image.pk} is not where it should be" in data["notes"][1]


def test_the_form_describes_every_kind_of_page_and_block() -> None:
    assert set(SCHEMA["$defs"]["page"]["properties"]["kind"]["enum"]) == set(KINDS.values())
    kinds = {model for model in apps.get_models() if issubclass(model, HubPage) and not model._meta.proxy}
    assert KINDS.keys() == kinds - {HubPage}
    described = {name.removeprefix("block_") for name in SCHEMA["$defs"] if name.startswith("block_")}
    assert described == BLOCKS.keys() >= BodyBlock().child_blocks.keys()


def test_the_command_asks_the_same_rights(two_sections: Tree, clued_up_lead: User, tmp_path: Any) -> None:
    agreed(two_sections)
    who, place = ["--as", clued_up_lead.username], tmp_path / "along.zip"
    call_command("take_along", place, *who, "--partner", "clued-up", "--records", stdout=io.StringIO())
    assert place.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(place) as files:
        assert "records/answers.csv" in files.namelist()
    other = tmp_path / "other.zip"
    for wrong, sentence in (
        ([place, *who, "--partner", "clued-up"], "already"),
        ([other, *who], "You may not take this along"),
        ([other, *who, "--partner", "carf"], "You may not take this along"),
        ([other, *who, "--partner", "carff"], "There are: carf, clued-up"),
        ([other, "--as", "nobody"], "Nobody signs in as"),
        ([tmp_path / "no" / "where.zip", *who, "--partner", "clued-up"], "Nothing was written"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("take_along", *wrong, stdout=io.StringIO())
    assert not other.exists()


@pytest.mark.leaves_out
def test_one_bad_page_takes_no_other_with_it(two_sections: Tree, clued_up_lead: User, monkeypatch: Any) -> None:
    (bad,) = good_and_bad(two_sections, "guidance")
    WAYS["words that are no list of blocks"](bad, monkeypatch)
    files = taken(clued_up_lead, clued_up())
    data = json.loads(files["hub.json"])
    assert {page["title"] for page in data["pages"]} >= {"The first five minutes", "Clued Up", GOOD}
    assert data["notes"][1] == UNREADABLE
