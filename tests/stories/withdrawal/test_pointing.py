"""What could still point to somebody who left: names, "my son", the two of us, their own sentences said again."""

import pytest

from hub.stories.models import Participant, PersonalDetails, StoryPage, StoryParticipant
from hub.stories.withdrawal.pointing import RELATION, TOGETHER, Pointer, first_names_in, pointers, with_whose
from hub.stories.withdrawal.whose_words import Part
from tests.factories import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Then Morag said no.", ["Morag"]),
        ("Morag said no.", ["Morag"]),
        ("Jean’s boy laughed.", ["Jean"]),
        ("I asked “Ewan, are you in?”", ["Ewan"]),
        ("We met in Lochgelly, and Eilidh-Mae came.", ["Lochgelly", "Eilidh-Mae"]),
        ("And then Éilis went home.", ["Éilis"]),
    ],
)
def test_a_first_name_is_found(text: str, found: list[str]) -> None:
    assert set(found) <= set(first_names_in(text))


@pytest.mark.parametrize("text", ["Walking home was slow.", "I’m fine. It was ours.", "on a Monday in May", "The end."])
def test_an_ordinary_word_is_no_name(text: str) -> None:
    assert list(first_names_in(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my son was out", "my son"),
        ("our wee boy", "our wee boy"),
        ("HIS MUM", "HIS MUM"),
        ("her ex-husband rang", "her ex-husband"),
        ("Granny said so", "Granny"),
        ("the oldest of the twins", "the twins"),
        ("my mother-in-law", "my mother-in-law"),
        ("Jean’s step-dad", "Jean’s step-dad"),
        ("two bairns", "two bairns"),
    ],
)
def test_a_relation_is_found(text: str, found: str) -> None:
    assert found in [with_whose(match) for match in RELATION.finditer(text)]


@pytest.mark.parametrize("text", ["a season of reason", "the person", "grandeur", "partnership and friendship"])
def test_part_of_a_word_is_no_relation(text: str) -> None:
    assert not RELATION.search(text)


@pytest.mark.parametrize("text", ["both of us", "All four of us went", "the two of them", "my whole family", "us both"])
def test_together_is_found(text: str) -> None:
    assert TOGETHER.search(text) or RELATION.search(text)


def story(*paragraphs: str, **fields: str) -> StoryPage:
    body = [block for text in paragraphs for block in words(text)]
    return StoryPage(**{"title": "Tea", "summary": "", "told_by": "a parent", "names_note": "", **fields}, body=body)


def of(sort: str, found: list[Pointer]) -> list[tuple[str, str]]:
    return [(one.text, one.where) for one in found if one.sort == sort]


GONE = [Part("x", "Text", "She put the kettle on before she asked me anything.", None)]


@pytest.mark.django_db
def test_their_sentence_said_again_is_found_wherever_it_stands() -> None:
    again = story("I always say: Put the kettle on BEFORE she asked. Ever.", summary="She put the kettle on before …")
    found = of("Their own words, said again", pointers(again, leavers=[], gone=GONE))
    assert found == [
        ("she put the kettle on before", "Summary"),
        ("put the kettle on before she asked", "part 1, text"),
    ]
    assert not of("Their own words, said again", pointers(story("The kettle was on."), leavers=[], gone=GONE))


@pytest.mark.django_db
def test_the_lines_about_everybody_are_always_read_and_each_has_a_key_of_its_own() -> None:
    found = pointers(story("Hello."), leavers=[], gone=GONE)
    assert of("Title", found) == [("Tea", "at the top")]
    assert of("Told by", found) == [("a parent", "at the top")]
    assert len({one.key for one in found}) == len(found)
    twice = pointers(story("My son. My son.", "My son."), leavers=[], gone=GONE)
    assert of("Relation", twice) == [("My son", "part 1, text"), ("My son", "part 2, text")]


@pytest.mark.django_db
def test_who_they_are_and_the_name_that_is_kept_for_them(tree: object) -> None:
    from hub.partners.models import Partner

    person = Participant.objects.create(code="P-0009", partner=Partner.objects.get(), age_band="adult")
    PersonalDetails.objects.create(participant=person, preferred_name="Rose Blackbird")
    part = StoryParticipant(participant=person, role="mentioned", named_as="first_name", passages="the last one")
    found = pointers(story("a rose by the door", "Roses."), leavers=[part], gone=[])
    assert of("The name you keep for them", found) == [("rose", "part 1, text")]
    assert of("Who they are in it", found) == [("Mentioned; named: first name; place: no place", "P-0009")]
    assert of("Noted as theirs", found) == [("the last one", "P-0009")]
    assert of("No passage is marked as theirs", found)
    assert not of("No passage is marked as theirs", pointers(story("x"), leavers=[part], gone=GONE))
