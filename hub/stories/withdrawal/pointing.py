"""What is still there that could point to somebody whose words were taken out? A list, for a worker to look at.

Names, places and dates come from review/jigsaw.py. Here are those the jigsaw leaves to other eyes: first names, "my
son", "the two of us", what stands with pictures, and their own sentences said again. Too many rather than too few:
refuses to decide, and leaves out only what was found twice in the same place.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hub.stories.choices import NamedAs, SpecialCategory
from hub.stories.models import ChangeWanted, PersonalDetails, StoryPage, StoryParticipant
from hub.stories.review import BEGINNERS, NOT_NAMES, Passage, details_in, known_names, passages_of
from hub.stories.withdrawal.who_leaves import who_stays
from hub.stories.withdrawal.whose_words import Part, picture_in, words_in

READ_WHOLE = {"Title", "Summary", "Told by", "Note about names", "Content note"}
NOT_WORDS = {"Partner", "Web address", "Made up as an example", "Content note"}
RUN = 5  # so many words in a row of somebody's are their words said again
FEW = 14  # words of a passage that tell which it is

KIN = (
    "ex-(?:husband|wife|partner|boyfriend|girlfriend)|(?:step|half|foster|grand)[ -]?(?:mum|dad|mother|father|son|"
    "daughter|brother|sister|child|parent)|(?:mother|father|sister|brother|son|daughter)-in-law|son|daughter|child|children|bairn|wean|baby|babies|boy|girl|lad|lass|lassie|kid|toddler|teenager|twin|triplet|"
    "mum|mummy|mam|mammy|mother|dad|daddy|da|father|parent|gran|granny|nana|nan|grandma|grandmother|grandad|granda|grandpa|"
    "grandfather|grandson|granddaughter|grandchild|grandchildren|brother|sister|sibling|husband|wife|partner|boyfriend|"
    "girlfriend|fiancée?|ex|aunt|auntie|aunty|uncle|cousin|niece|nephew|friend|pal|neighbour|carer"
)
RELATION = re.compile(rf"(?<!\w)(?:{KIN})s?\b", re.IGNORECASE)
WHOSE = {"my", "our", "his", "her", "their", "your", "the", "this", "that", "a", "an", "both", "two", "three", "four"}
TOGETHER = re.compile(
    r"\b(?:both|all|two|three|four|five|six|the rest) of (?:us|them|you)\b|\bus (?:both|two|three|all)\b"
    r"|\b(?:my|our|his|her|their|the) (?:whole |wee )?family\b|\beach other\b",
    re.IGNORECASE,
)
WORD = r"[A-ZÀ-ÖØ-Þ][\w’'-]{1,40}"
FIRST_NAME = re.compile(rf"(?<=[\w,;:“‘(–—-]\s){WORD}|(?<=[“‘(]){WORD}")
SPEAKER = re.compile(
    rf"(?<![\w’'-]){WORD}(?=(?:[’']s)?\s(?:said|says|told|asked|was|is|had|has|and|went|came|cried|laughed|would|could|never|always)\b)"
    rf"|(?<![\w’'-]){WORD}(?=[’']s\s)"
)


class Pointer(NamedTuple):
    """One thing to look at: what sort, the words, and where they stand."""

    sort: str
    text: str
    where: str

    @property
    def key(self) -> str:
        """The same for the same thing in the same place, so that a tick stays with it."""
        return hashlib.sha256("\0".join(self).encode()).hexdigest()[:16]


def pointers(
    words: StoryPage, *, leavers: Iterable[StoryParticipant], gone: Iterable[Part], shared: Iterable[Part] = ()
) -> list[Pointer]:
    """Everything in `words` that could still point to `leavers`, whose parts of the story, `gone`, are out already."""
    leaving, out = list(leavers), list(gone)
    passages = [passage for passage in _numbered(words) if passage.name not in NOT_WORDS]
    found = [*_about_them(leaving, out), *_said_again(passages, out), *_kept_names(passages, leaving)]
    found += [Pointer("Theirs, and somebody’s who stays", _few(part.text), part.kind) for part in shared]
    found += _read_whole(words)
    found += _details([passage for passage in passages if passage.name not in READ_WHOLE])
    found += _with_pictures(words)
    return list(dict.fromkeys(found))


def open_wishes(story_number: int) -> list[Pointer]:
    """What those who stay asked us to change. It is not carried along: it may speak of whoever left."""
    wishes = ChangeWanted.objects.filter(participation__in=who_stays(story_number), done_at__isnull=True).order_by("pk")
    return [
        Pointer("Somebody who stays asked for this. Do it now", wish.wanted, wish.participation.participant.code)
        for wish in wishes.select_related("participation__participant")
    ]


def _numbered(words: StoryPage) -> list[Passage]:
    """What is read, place by place; text and the like with their number in the story."""
    count, found = 0, []
    for passage in passages_of(words):
        if passage.name in {"Text", "Heading", "Quotation", "Picture"}:
            count += 1
            found.append(Passage(f"part {count}, {passage.name.lower()}", passage.text, passage.exact))
        else:
            found.append(passage)
    return found


def _about_them(leavers: list[StoryParticipant], gone: list[Part]) -> Iterator[Pointer]:
    """Who they are in it: a mother is told apart by other words than somebody in a picture."""
    for person in leavers:
        code = person.participant.code
        facts = [str(person.get_role_display()), f"named: {NamedAs(person.named_as).label.lower()}"]
        facts.append(f"place: {str(person.get_place_level_display()).lower()}")
        yield Pointer("Who they are in it", "; ".join(facts), code)
        if person.passages:
            yield Pointer("Noted as theirs", person.passages, code)
    if leavers and not gone:
        yield Pointer("No passage is marked as theirs", "Take their words out by hand, below.", "all of it")


def _read_whole(words: StoryPage) -> Iterator[Pointer]:
    """The few lines that speak of everybody in it."""
    for passage in passages_of(words):
        if passage.name in READ_WHOLE and passage.text:
            yield Pointer(passage.name, passage.text, "at the top")
    if words.special_categories:
        labels = ", ".join(str(SpecialCategory(code).label) for code in words.special_categories)
        yield Pointer("Sensitive things it tells", labels, "at the top")


def _details(passages: list[Passage]) -> Iterator[Pointer]:
    known = known_names()
    for passage in passages:
        for sort, text in details_in(passage.text, known):
            yield Pointer(sort, text, passage.name)
        for sort, pattern in (("Relation", RELATION), ("Together", TOGETHER)):
            for match in pattern.finditer(passage.text):
                yield Pointer(sort, with_whose(match), passage.name)
        for name in first_names_in(passage.text):
            if name.lower() not in known and not RELATION.fullmatch(name):
                yield Pointer("Name", name, passage.name)


def with_whose(match: re.Match[str]) -> str:
    """The words found, and before them whose: my son, her wee brother, Moira’s mother."""
    before = match.string[max(0, match.start() - 60) : match.start()].split()[-2:]
    for place, word in enumerate(before):
        if word.lower() in WHOSE or word.endswith(("’s", "'s")):
            return " ".join([*before[place:], match[0]])
    return match[0]


def first_names_in(text: str) -> Iterator[str]:
    """Single words that look like a name: with a capital inside a sentence, or at its beginning before "said"."""
    for pattern in (FIRST_NAME, SPEAKER):
        for match in pattern.finditer(text):
            word = re.sub(r"[’']s$", "", match[0])
            if word not in BEGINNERS and word not in NOT_NAMES and not word.startswith(("I’", "I'")):
                yield word


def _kept_names(passages: list[Passage], leavers: list[StoryParticipant]) -> Iterator[Pointer]:
    """The name that is kept for them, however it is written. Shows only words that stand in the story already."""
    kept = PersonalDetails.objects.filter(participant__in=[person.participant_id for person in leavers])
    names = {word for details in kept for word in re.findall(r"[\w’'-]{2,}", details.preferred_name)}
    for passage in passages:
        for name in sorted(names):
            for match in re.finditer(rf"\b{re.escape(name)}\b", passage.text, re.IGNORECASE):
                yield Pointer("The name you keep for them", match[0], passage.name)


def _said_again(passages: list[Passage], gone: list[Part]) -> Iterator[Pointer]:
    """Words of theirs that somebody else, the summary or a quotation repeats."""
    runs = {run for part in gone for run in _runs(part.text)}
    for passage in passages:
        held = _plain_words(passage.text)
        at = 0
        while at <= len(held) - RUN:
            end = at
            while end <= len(held) - RUN and tuple(held[end : end + RUN]) in runs:
                end += 1
            if end > at:
                yield Pointer("Their own words, said again", " ".join(held[at : end + RUN - 1]), passage.name)
            at = end + 1


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    held = _plain_words(text)
    for at in range(len(held) - RUN + 1):
        yield tuple(held[at : at + RUN])


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text.lower())


def _with_pictures(words: StoryPage) -> Iterator[Pointer]:
    """What is said about each picture: here, and in the library, where it stays."""
    for block in words.body:
        picture = picture_in(block)
        if picture is None:
            continue
        yield Pointer("Words with a picture", words_in(block) or "(none)", f"picture {picture.pk}")
        library = "; ".join(dict.fromkeys(text for text in (picture.title, picture.default_alt_text) if text))
        yield Pointer("What the picture is called among your images", library, f"picture {picture.pk}")


def _few(text: str) -> str:
    words = text.split()
    return " ".join(words[:FEW]) + (" …" if len(words) > FEW else "")
