"""Every form of a worker, a moderator, a lead, a family and the public: empty, twice, stale, in other signs, too long.

Each answers with a sentence, breaks nothing, still holds what was typed, and from another partner's tab writes nothing.
One walk of one table: what a form asks beyond that has tests of its own.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from hub.feedback.models import Feedback
from hub.feedback.stamps import stamp_for
from hub.partners.models import Partner
from hub.stories.choices import Use
from hub.stories.family.asking import ask
from hub.stories.family.links import issue
from hub.stories.models import PrivateLink, draft_of
from hub.stories.public_requests import offers
from hub.stories.public_requests.requests import receive
from tests.factories import Tree, handed_in, lit_story, make_story
from tests.partners.test_admin_posts import KEPT_OF_WHOEVER_ASKS, written
from tests.word_files import paragraph, run, word_file

pytestmark = pytest.mark.django_db

SIGNS = {
    "emoji and right to left": "🫖 مرحبا, שלום 👩‍👧 <b>{{ 7 }}",
    "too long": "Kettle on the stove. " * 480,
    "control": "Tea\x00 and\x0b \x1b[31mtoast\ufffe",
    "half a character": b"Tea \xed\xa0\xbd and toast",  # a lone surrogate, as a broken browser sends it
}
A_NUMBER = "9" * 40
CHOSEN = frozenset(  # from a list, or hidden: there is nothing to type into
    {"age_band", "given_by", "role", "uses", "use", "reason", "became", "sensitivity", "told_people", "answer"}
    | {"partner", "about", "was", "seen", "kept", "version", "stamp", "consent", "to", "section", "word_files"}
)
Data = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One form: where it is, who has it, what a right answer looks like, and where people type."""

    name: str
    at: str
    who: str
    right: Data
    typed: tuple[str, ...] = ()
    needs: bool = True  # an empty one is refused with a sentence
    shows: bool = True  # a refused one comes back with what was typed
    others: tuple[str, ...] = field(default=("carf_author",))  # who must write nothing there


def rows(tree: Tree, people: dict[str, User]) -> Iterator[Row]:
    """Every form of these screens, with something of Clued Up's behind it."""
    yield from of_workers(tree, people)
    yield from of_everybody(tree)
    yield from of_moderators(tree)
    yield from of_leads_and_editors(tree)
    yield from of_families(tree, people["author"])
    yield from of_the_public(tree)


def of_workers(tree: Tree, people: dict[str, User]) -> Iterator[Row]:
    story = lit_story(tree)
    person = story.participations.get()
    at = f"/admin/stories/{story.pk}/"
    one = f"{at}people/{person.pk}/"
    about = draft_of(story).content_hash()
    said = {"you_said": "Letters frighten.", "we_did": "We wrote anew.", "changed_on": "2 May 2026"}
    yield Row("because of it", f"{at}because/", "author", said, tuple(said))
    used = {"use": "training", "where": "Glenrothes", "used_on": "2 May 2026", "copies": ""}
    yield Row("use", f"{at}uses/", "author", used, ("where", "used_on", "copies"))
    new = {"age_band": "adult", "role": "teller", "named_as": "none", "place_level": "none"}
    yield Row("person", f"{at}people/", "author", new, ("code", "reask_at", "passages", "why_not_needed"))
    yield Row("ask", f"{one}ask/", "author", {"given_by": "self", "uses": ["training"]}, ("uses", "given_by"))
    yield Row("room", f"{one}room/", "author", {"given_by": "self", "uses": ["training"]}, ("uses",))
    noted = {
        "about": about,
        "given_by": "self",
        "method": "paper",
        "given_at": "2/5/2026 12:30",
        "use_training": "given",
    }
    yield Row("note", f"{one}record/", "author", noted, ("given_at", "kept", "about"))
    yield Row("nickname", f"{one}nickname/", "author", {"nickname": "Tam"}, ("nickname",), needs=False)
    details = ("preferred_name", "safe_contact", "language", "guardian", "supporter", "note", "do_not_ask_until")
    kept = {"language": "English", "reading_format": "standard"}
    yield Row("details", f"{one}details/", "author", kept, details)
    yield Row("age", f"{one}age/", "author", {"age_band": "adult"}, ("age_band", "reask_at"))
    now = {"role": "teller", "named_as": "none", "place_level": "none", "age_band": "adult"}
    yield Row("correct", f"{one}correct/", "author", now, ("passages", "why_not_needed", "reask_at", "was"))
    yield Row("take out", f"{one}out/", "author", {}, needs=False)
    yield Row("whose", f"{at}people/whose/", "author", {"seen": about}, ("seen",), needs=False)
    yield Row("hand in", f"{at}hand-in/", "author", {"about": about}, ("about",), needs=False, shows=False)
    yield Row("hand in back", f"{at}hand-in/back/", "author", {}, needs=False)
    yield Row("show again", f"{at}show-again/", "author", {}, needs=False)
    yield Row("small correction", f"{at}changes/", "author", {"why": "A slip."}, ("why",))
    yield Row("leave", f"{one}leave/", "author", {}, needs=False)
    yield Row("flag", f"{at}flags/", "author", {"reason": "court_case"}, ("reason",))
    numbers = {"consent": [str(consent.pk) for consent in person.consents.all()]}
    yield Row("ask again", "/admin/stories/consents/ask-again/", "author", numbers, ("consent",), needs=False)
    offers.offer(partner=Partner.objects.get(name="Clued Up"), contact="01632 960123")
    offer = people["author"]
    number = offers.offers_seen_by(offer).get().pk
    yield Row("offer", f"/admin/stories/offers/{number}/", "author", {"became": "talked"}, ("became",))
    request = receive(about=story.url, wanted="change", message="My street.", contact="01632 960124")
    yield Row("request", f"/admin/stories/requests/{request.pk}/", "author", {"outcome": "Changed."}, ("outcome",))
    told = Feedback.objects.create(page=tree.guidance, partner=tree.section.organisation, words="x", useful="no")
    answer = {"you_said": "Short.", "outcome": "did", "our_words": "We did.", "answered_on": "2 May 2026"}
    answer["version"] = str(told.version)
    typed = ("you_said", "our_words", "answered_on", "version")
    yield Row("feedback", reverse("feedback_one", args=[told.pk]), "author", answer, typed)
    still = reverse("still_right", args=[tree.guidance.pk])
    yield Row("still right", still, "author", {"due": ""}, ("due",), needs=False, shows=False)


def of_moderators(tree: Tree) -> Iterator[Row]:
    story = handed_in(make_story(tree))
    at, about = f"/admin/stories/{story.pk}/", draft_of(story).content_hash()
    back = {"outcome": "returned", "sensitivity": "1", "comment": "Leave out the street.", "about": about}
    yield Row("review", f"{at}review/", "moderator", back, ("comment", "sensitivity", "about", "told_people"))
    yield Row("hold", f"{at}hold/", "moderator", {"comment": "A question first."}, ("comment",))
    yield Row("end hold", f"{at}hold/end/", "moderator", {}, needs=False)
    yield Row("hand on", f"{at}hand-to/", "moderator", {"to": ""}, ("to",), shows=False)
    yield Row("daily mail", "/admin/stories/review/mail/", "moderator", {"wanted": "yes"}, ("wanted",), needs=False)


class Again(ContentFile[bytes]):
    """A file that can be sent more than once."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return super().read(*args)


def of_everybody(tree: Tree) -> Iterator[Row]:
    """One's own account, bringing files in, and the map of what goes dark, which asks for nothing."""
    account = {
        "name_email-first_name": "Kim",
        "name_email-last_name": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    names = ("name_email-first_name", "name_email-last_name")
    yield Row("account", reverse("wagtailadmin_account"), "author", account, names, others=())
    word = Again(word_file(paragraph(run("The kettle."))), name="kettle.docx")
    files = {"section": str(tree.section.pk), "word_files": word}
    yield Row("bring in", reverse("bring_in"), "author", files, ("section", "word_files"))
    yield Row("going dark", reverse("going_dark"), "author", {"month": "5"}, ("month",), needs=False, shows=False)


def of_leads_and_editors(tree: Tree) -> Iterator[Row]:
    clued_up = tree.section.organisation
    invited = {"email": "new.worker@clued-up.example", "role": "authors"}
    yield Row("invite", reverse("colleague_invite", args=[clued_up.pk]), "lead", invited, ("email", "role"))
    moved = {"old_path": "/old/", "redirect_link": "/help/", "is_permanent": "on"}
    yield Row("redirect", "/admin/redirects/add/", "chief", moved, ("old_path", "redirect_link"))
    partner = {"name": "Fifth", "short_name": "Fifth", "slug": "fifth", "strand": "haar"}
    typed = ("name", "short_name", "slug", "summary", "phone", "email", "website", "charity_number")
    yield Row("partner", "/admin/partners/open/", "chief", partner, typed)


def of_families(tree: Tree, author: User) -> Iterator[Row]:
    story = make_story(tree)
    person = story.participations.get()
    key = ask(person, uses=[Use.WEBSITE], by=author).address
    nobody = ("carf_author",)
    yield Row("question", f"/yours/{key}/question/website/", "", {"answer": "yes"}, ("answer",), others=nobody)
    wish = {"answer": "yes", "wanted": "The shop."}
    yield Row("change first", f"/yours/{key}/question/change/", "", wish, ("wanted",), others=())
    yield Row("send", f"/yours/{key}/check/", "", {}, needs=False, others=())
    yield Row("code", "/yours/", "", {"code": "ABCD-EFGH-JKLM"}, ("code",), others=())
    keep = f"/yours/{issue(person, PrivateLink.Purpose.KEEP).address}/"
    yield Row("wish", f"{keep}words/wish/", "", {"wanted": "The shop."}, ("wanted",), others=())
    day = {"day": "1", "month": "1", "year": "2027"}
    yield Row("first day", f"{keep}words/first-day/", "", day, tuple(day), others=())
    yield Row("pause", f"{keep}words/pause/", "", {}, needs=False, others=())
    yield Row("stop", f"{keep}words/stop/", "", {}, needs=False, others=())


def of_the_public(tree: Tree) -> Iterator[Row]:
    mine = {"partner": str(tree.section.organisation.pk), "contact": "01632 960125", "call_me": "Tam"}
    yield Row("offer to tell", reverse("tell_yours"), "", mine, ("partner", "contact", "call_me"), others=())
    asked = {"about": "The first page", "wanted": "change", "message": "My street.", "contact": "01632 960126"}
    yield Row("ask us", reverse("ask_us"), "", asked, ("about", "message", "contact"), others=())
    told = {"useful": "no", "words": "Shorter, please.", "stamp": stamp_for(tree.guidance)}
    at = reverse("feedback", args=[tree.guidance.pk])
    yield Row("tell us", at, "", told, ("words", "stamp"), others=())


@pytest.fixture
def people(two_sections: Tree, clued_up_author: User, clued_up_lead: User, moderator: User, carf_author: User) -> Any:
    chief = User.objects.create_superuser("chief", "chief@hub.example")
    found = {"author": clued_up_author, "lead": clued_up_lead, "moderator": moderator, "chief": chief}
    return {**found, "carf_author": carf_author}


def post(client: Client, row: Row, data: Data, *, times: int = 1, follow: bool = False) -> Any:
    """What came in the end, and nothing of it kept."""
    with transaction.atomic():
        for _ in range(times):
            answer = client.post(row.at, data, follow=follow)
        transaction.set_rollback(True)
    return answer


def said_in(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def mistakes(row: Row, client: Client) -> Iterator[str]:
    """A sentence for each thing that this form does wrong. Each sort of sign stands in all its boxes at once."""
    tries = {"twice": post(client, row, row.right, times=2)}
    tries["empty"] = post(client, row, {}, follow=True)
    if row.needs and not any(sign in said_in(tries["empty"]) for sign in ("error", "There is a problem")):
        yield f"{row.name}: empty, and no sentence"
    for what, text in SIGNS.items() if row.typed else ():
        answer = tries[what] = post(client, row, {**row.right, **dict.fromkeys(row.typed, text)})
        if answer.status_code == 200 and row.shows and isinstance(text, str) and what != "control":
            page = said_in(answer)
            shown = page.count(text[:20])
            if shown < len(set(row.typed) - CHOSEN):
                yield f"{row.name}: {what}: what was typed is gone, or some of it ({shown})"
    for name in row.typed:  # a number is refused for itself alone: beside other mistakes it would reach no row
        tries[f"{name}, a number"] = post(client, row, {**row.right, name: A_NUMBER})
    broken = {what: answer.status_code for what, answer in tries.items() if answer.status_code >= 500}
    yield from (f"{row.name}: {what}: {code}" for what, code in broken.items())


def test_each_form_answers_bad_input_with_a_sentence_and_keeps_what_was_typed(
    two_sections: Tree, people: dict[str, User]
) -> None:
    found: list[str] = []
    for row in rows(two_sections, people):
        client = Client(raise_request_exception=False)
        if row.who:
            client.force_login(people[row.who])
        found += mistakes(row, client)
    assert not found, "\n".join(found)


def test_from_another_partners_tab_nothing_is_written(two_sections: Tree, people: dict[str, User]) -> None:
    found: list[str] = []
    for row in rows(two_sections, people):
        client = Client(raise_request_exception=False)
        for who in row.others if row.who in {"author", "lead"} else ():
            client.force_login(people[who])
            before = written()
            answer = post(client, row, row.right)
            changed = {t for t, n in written().items() if n != before.get(t, 0)} - KEPT_OF_WHOEVER_ASKS
            if changed or answer.status_code >= 500:
                found.append(f"{row.name}: {answer.status_code} {sorted(changed)}")
    assert not found, "\n".join(found)
