"""What somebody keeps: page, PDF and JSON name every controller and every event, say “paused”, and tell the same."""

import json
from io import BytesIO
from typing import Any

import jsonschema
import pypdf
import pytest
from django.test import Client

from hub.pages import pieces
from hub.partners.models import Partner, Partnership
from hub.stories.choices import EventKind, Use
from hub.stories.family.happened import HAPPENED
from hub.stories.family.links import issue
from hub.stories.family.record import STATE
from hub.stories.models import PrivateLink, StoryParticipant
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal import looking_after
from tests.factories import CANARY, Tree, lit_story, yes
from tests.imports import ROOT

pytestmark = pytest.mark.django_db
SCHEMA = json.loads((ROOT / "tests" / "schemas" / "consent_receipt.json").read_text())
ABOUT_STORIES = {
    EventKind.AGE_NOTED,
    EventKind.LAW_CHANGED,
    EventKind.RETURNED,
    EventKind.ON_HOLD,
    EventKind.TAKEN_BACK,
    EventKind.SHOWN_AGAIN,
}


@pytest.fixture
def person(two_sections: Tree) -> StoryParticipant:
    story = lit_story(two_sections)
    found: StoryParticipant = story.participations.get()
    yes(found, Use.TRAINING)
    yes(found, Use.SOCIAL, decision=Decision.REFUSED)
    yes(found, Use.MEDIA, decision=Decision.DEFERRED)
    return found


def forms_of(client: Client, link: str) -> tuple[str, str, dict[str, Any]]:
    """The same receipt three times: page, words of the PDF, record. The record is as the schema says."""
    at = f"/yours/{link}/"
    pdf = pypdf.PdfReader(BytesIO(client.get(at + "my-answers.pdf").content))
    record = json.loads(client.get(at + "my-answers.json").content)
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER).validate(
        record
    )
    words = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    return client.get(at + "done/").content.decode(), words, record


def test_each_form_names_every_controller_and_tells_of_every_event(client: Client, person: StoryParticipant) -> None:
    issued = issue(person, PrivateLink.Purpose.KEEP)
    looking_after.pause(issued.link, uses=[Use.TRAINING])
    page, pdf, record = forms_of(client, issued.address)
    partners = list(Partner.objects.filter(is_open=True))
    assert len(partners) > 1
    for partner in partners:
        assert partner.name in page
        assert partner.name in pdf
    assert {party["party_name"] for party in record["party_identification"]} == {one.name for one in partners}
    assert record["party_identification"][0]["party_id"] == person.participant.partner.slug, "theirs comes first"
    for what in (
        "You said yes (Read on this website)",
        "You said no (On social media)",
        "Paused (Read out in training)",
    ):
        assert what in page
        assert what in pdf
    told = {(event["event_name"], event["purpose_type"]): event for event in record["events"]}
    assert {("given", "website"), ("refused", "social"), ("deferred", "media"), ("held", "training")} <= set(told)
    assert told["held", "training"]["event_state"] == "dpv:ConsentStatusInvalidForProcessing"
    assert told["given", "website"]["validity_duration"].startswith("P")
    assert told["held", "training"]["entity_id"] == person.participant.code
    answers = {
        one["purpose_type"]: (one["consent_status"], one["paused"]) for one in record["pii_processing"]["purposes"]
    }
    assert answers == {
        "website": ("dpv:ConsentGiven", False),
        "training": ("dpv:ConsentStatusInvalidForProcessing", True),
        "social": ("dpv:ConsentRefused", False),
        "media": ("dpv:ConsentRequestDeferred", False),
    }
    assert "<strong>Paused</strong>" in page
    assert "Read out in training Paused" in pdf
    assert CANARY not in pdf + json.dumps(record)
    looking_after.stop(issued.link)
    gone = forms_of(client, issued.address)[2]["places_gone_dark"]
    assert gone[0]["place"] == "This website"


def test_who_answers_for_what_is_kept_is_named_in_each_form(client: Client, person: StoryParticipant) -> None:
    """And nobody is made up for it while nobody is named: then each partner answers for what it keeps."""
    at = issue(person, PrivateLink.Purpose.KEEP).address
    _, _, record = forms_of(client, at)
    assert {party["party_id"] for party in record["party_identification"]} == {
        one.slug for one in Partner.objects.filter(is_open=True)
    }
    Partnership.objects.create(controller="The Valley Trust", email="data@valley.example")
    pieces.forget()  # one transaction is one generation
    page, pdf, record = forms_of(client, at)
    assert "The Valley Trust" in page
    assert "The Valley Trust, data@valley.example" in pdf
    last = record["party_identification"][-1]
    assert (last["party_name"], last["party_contact"]) == ("The Valley Trust", "data@valley.example")
    assert all(use["pii_controllers"][-1] == last["party_id"] for use in record["pii_processing"]["purposes"])


def test_a_parent_keeps_what_was_said_in_their_own_voice(client: Client, person: StoryParticipant) -> None:
    theirs = issue(person, PrivateLink.Purpose.KEEP, given_by=GivenBy.GUARDIAN)
    _, _, record = forms_of(client, theirs.address)
    assert (record["events"], record["pii_processing"]["purposes"]) == ([], [])


def test_every_kind_of_line_about_a_person_has_its_words_and_its_term() -> None:
    assert {kind.value for kind in EventKind} - set(HAPPENED) == ABOUT_STORIES
    known = set(SCHEMA["$defs"]["status"]["enum"])
    assert set(STATE.values()) <= known
