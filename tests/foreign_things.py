"""What CARF has, with a canary in every name, and every address of the admin with the numbers of those things.

PAGES is in what only CARF's own people may know. TOLD is in its stories, their people and who gathered them, which
moderators and safeguarding read as well. Every first row gets the same number, so one number stands for one of each.
"""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any, cast

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from wagtail.models import Collection, Comment, Workflow

from hub.accounts.models import AccessEvent, Invitation
from hub.feedback.models import Feedback
from hub.pages.models import GuidancePage, HubDocument, HubImage, HubPage
from hub.partners.models import Partner
from hub.stories.consent.answers import add_participant
from hub.stories.models import Participant, StoryOffer, StoryPage, StoryParticipant
from tests.factories import Tree, put, words
from tests.owner import as_owner, owners_connection
from tests.stories.consent.test_evidence import photo

PAGES, TOLD = "Zilpzalp", "Zaunammer"
SHARED, FOREIGN = 7_000_000, 9_000_000  # the first number of what is for all, and of what is CARF's
DAY = timedelta(days=1)
# Who walks the admin. A lead's doors are the most a partner's people have; `make test-all` walks as the others too.
OTHERS = ["clued_up_author", "toolkit_editor", "moderator", "safeguarding"]
WALKERS = ["clued_up_lead", *(pytest.param(who, marks=pytest.mark.thorough) for who in OTHERS)]


@pytest.fixture
def theirs(two_sections: Tree) -> Iterator[dict[str, Any]]:
    """CARF's own: a draft, a story, a picture, a document, people, each with the canary in every name."""
    with numbers_as_they_were():
        yield everything_of_carf(two_sections)


def everything_of_carf(two_sections: Tree) -> dict[str, Any]:
    same_numbers(SHARED)
    author = User.objects.create_user(f"{TOLD}-worker", first_name=TOLD, email=f"{TOLD}@carf.example")
    shared = shared_by_all(author)
    same_numbers(FOREIGN)
    carf = Partner.objects.get(slug="carf")
    section = HubPage.objects.get(slug="carf")
    author.groups.add(Group.objects.get(name="CARF: authors"))
    invitation = Invitation.objects.create(
        partner=carf, role="authors", email=f"{PAGES}@new.example", token_hash="x", ends_at=timezone.now() + DAY
    )
    AccessEvent.objects.create(what="joined", partner=carf, by=author, about=author)
    draft = put(section, GuidancePage(title=f"{PAGES} draft", slug="zilpzalp-draft", partner=carf, body=words(PAGES)))
    HubPage.objects.filter(pk=draft.pk).update(live=False, owner=author)
    draft.refresh_from_db()
    revision = draft.save_revision(user=author, log_action=True)
    story = StoryPage(title=f"{TOLD} story", told_by=TOLD, summary=TOLD, partner=carf, body=words(TOLD))
    story.live = False
    section.add_child(instance=story)
    story.save_revision(user=author)
    person = StoryParticipant(
        story=story,
        participant=Participant.objects.create(code="P-9999", partner=carf, age_band="adult"),
        role="teller",
    )
    add_participant(person)
    images: Any = cast("Any", carf.collection).get_children().get(name="Images")
    image = HubImage(title=f"{PAGES} picture", collection=images)
    image.file = ContentFile(photo(), name="x.jpg")
    image.save()
    document = HubDocument(title=f"{PAGES} file", collection=images, file=ContentFile(b"x", name="x.txt"))
    document.save()
    draft.body = [picture(shared["shared image"]), offer(shared["shared file"])]
    draft.modules = [two_sections.module]
    draft.save_revision(user=author, log_action=True)
    draft.save()
    story.modules = [two_sections.module]
    story.save()
    HubPage.objects.filter(pk=two_sections.activity.pk).update(owner=author)
    told = Feedback.objects.create(
        page=draft, partner=carf, about=f"{PAGES} draft", words=PAGES, you_said=PAGES, our_words=PAGES,
        useful="no", answered_by=author, fingerprint="walk",
    )  # fmt: skip
    answered = Feedback.objects.create(
        page=draft, partner=carf, about=f"{PAGES} draft", words=PAGES, you_said=PAGES, our_words=PAGES,
        outcome="did", answered_on="2026-05-01", answered_by=author, state="answered", fingerprint="walked",
    )  # fmt: skip
    offered = StoryOffer.objects.create(
        partner=carf, key_hash="x", contact=PAGES, call_me=PAGES, received_at=timezone.now(), answer_by=timezone.now()
    )
    comment = Comment.objects.create(page=draft, user=author, text=PAGES, contentpath="title")
    hidden = Collection.get_first_root_node().add_child(name=f"{PAGES} folder")
    workflow = Workflow.objects.create(name=f"{PAGES} way")
    return {
        "page": draft, "story": story, "person": person, "image": image, "document": document, "user": author,
        "revision": revision, "comment": comment, "collection": hidden, "workflow": workflow, "section": section,
        "told": told, "offer": offered, "answered": answered,
        "invitation": invitation, "partner": carf,
    }  # fmt: skip


@pytest.fixture
def ours(two_sections: Tree, theirs: dict[str, Any]) -> dict[str, Any]:
    """What everybody or Clued Up may open, and CARF uses or has a hand in."""
    shared = HubImage.objects.get(title="A kettle"), HubDocument.objects.get(title="A sheet")
    pages = two_sections.section, two_sections.guidance, two_sections.toolkit, two_sections.module
    return {str(place): thing for place, thing in enumerate([*shared, *pages])}


@contextmanager
def numbers_as_they_were() -> Iterator[None]:
    """No rollback does this: what a later test begins with would stand where this one's things come."""
    owner = owners_connection()
    with closing(owner), owner.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value),"
            " last_value IS NOT NULL FROM pg_sequences WHERE schemaname = 'public'"
        )
        before = cursor.fetchall()
        yield
        cursor.executemany("SELECT setval(%s::regclass, %s, %s)", before)


def same_numbers(first: int) -> None:
    """The next row of every table gets the same number: one number stands for a page, a picture and a person."""
    as_owner(
        f"SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, {first}, false)"
        " FROM pg_sequences WHERE schemaname = 'public'"
    )


def shared_by_all(author: User) -> dict[str, Any]:
    """A picture and a file that anybody may use, brought by somebody of CARF's and used on CARF's pages."""
    library = Collection.objects.get(name="Shared by all")
    image = HubImage(title="A kettle", default_alt_text="A kettle", collection=library, uploaded_by_user=author)
    image.file = ContentFile(photo(), name="x.jpg")
    image.save()
    file = HubDocument(title="A sheet", collection=library, file=ContentFile(b"x", name="x.txt"))
    file.uploaded_by_user = author
    file.save()
    return {"shared image": image, "shared file": file}


def picture(image: HubImage) -> tuple[str, Any]:
    return ("image", {"image": image, "alt_text": PAGES, "decorative": False, "caption": PAGES})


def offer(file: HubDocument) -> tuple[str, Any]:
    return ("download", {"document": file, "title": PAGES, "note": ""})


def addresses() -> Iterator[tuple[str, str]]:
    """(name, pattern as text) of every address under /admin/."""
    yield from ((name, here) for name, here, _ in _below(_admin(), "/admin/", ""))


def our_addresses() -> Iterator[tuple[str, str]]:
    """Those whose view is the Hub's own."""
    yield from ((name, here) for name, here, view in _below(_admin(), "/admin/", "") if view.startswith("hub."))


def _admin() -> URLResolver:
    return next(p for p in get_resolver().url_patterns if isinstance(p, URLResolver) and str(p.pattern) == "admin/")


def _below(resolver: URLResolver, address: str, space: str) -> Iterator[tuple[str, str, str]]:
    """(name, pattern as text, module of the view)"""
    for pattern in resolver.url_patterns:
        here = address + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, here, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", here, pattern.callback.__module__


def of_that_kind(thing: Any, pattern: str) -> bool:
    """Whether `pattern` means this sort of thing: its number may elsewhere be that of something of ours."""
    kind = {HubImage: "image", HubDocument: "document", Partner: "partner", User: "user"}.get(type(thing), "page")
    return kind in pattern.replace("/snippets/pages/", "/snippets/")


def filled(pattern: str, theirs: dict[str, Any]) -> list[str]:
    """The address with each thing of CARF's in the place of its arguments."""
    if "(?P" not in pattern and "<" not in pattern:
        return [re.sub(r"\\[ZA]|[$^]", "", pattern)]
    numbers = {thing.pk for thing in theirs.values() if thing.pk >= FOREIGN or of_that_kind(thing, pattern)}
    texts = {"app_label": "pages", "model_name": "hubpage", "filename": "x", "slug": "x", "action": "publish"}
    found = []
    for number in numbers:
        address = re.sub(r"\(\?P<\w+>[^)]*\)", str(number), pattern)
        address = re.sub(r"<(?:(\w+):)?(\w+)>", lambda m: texts.get(m[2], str(number)), address)  # noqa: B023 - used at once
        found.append(re.sub(r"\\[ZA]|[$^?]", "", address))
    return found
