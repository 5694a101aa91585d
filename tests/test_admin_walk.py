"""Every address of the admin, walked by each role with another partner's numbers: nothing of another partner comes out.

A closed world: an address this walk cannot fill in fails it, so that a new release of Wagtail fails here and leaks not.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from wagtail.models import Collection, Comment, Workflow

from hub.accounts.models import AccessEvent, Invitation
from hub.feedback.models import Feedback
from hub.pages.models import GuidancePage, HubDocument, HubImage, HubPage
from hub.partners.models import Partner
from hub.stories.models import Participant, StoryPage, StoryParticipant
from hub.stories.operations import add_participant
from tests.factories import Tree, put, words
from tests.test_evidence import photo

pytestmark = pytest.mark.django_db
CANARY = "Zilpzalp"
DAY = timedelta(days=1)
WALKED = ["clued_up_author", "clued_up_lead", "toolkit_editor"]
NEVER_ENTERED = {"wagtailadmin_logout"}  # ends the session of whoever walks
LOOKED_FOR = CANARY[:-1]  # finds the canary, and is not one where a screen repeats it


@pytest.fixture
def theirs(two_sections: Tree) -> dict[str, Any]:
    """CARF's own: a draft, a story, a picture, a document, people, each with the canary in every name."""
    same_numbers()
    carf = Partner.objects.get(slug="carf")
    section = HubPage.objects.get(slug="carf")
    author = User.objects.create_user(f"{CANARY}-worker", first_name=CANARY, email=f"{CANARY}@carf.example")
    author.groups.add(Group.objects.get(name="CARF: authors"))
    invitation = Invitation.objects.create(
        partner=carf, role="authors", email=f"{CANARY}@new.example", token_hash="x", ends_at=timezone.now() + DAY
    )
    AccessEvent.objects.create(what="joined", partner=carf, by=author, about=author)
    draft = put(section, GuidancePage(title=f"{CANARY} draft", slug="zilpzalp-draft", partner=carf, body=words(CANARY)))
    HubPage.objects.filter(pk=draft.pk).update(live=False, owner=author)
    draft.refresh_from_db()
    revision = draft.save_revision(user=author, log_action=True)
    story = StoryPage(title=f"{CANARY} story", told_by=CANARY, summary=CANARY, partner=carf, body=words(CANARY))
    story.live = False
    section.add_child(instance=story)
    story.save_revision(user=author)
    person = StoryParticipant(
        story=story,
        participant=Participant.objects.create(code="P-9999", partner=carf, age_band="adult"),
        role="teller",
    )
    add_participant(person)
    images = carf.collection.get_children().get(name="Images")
    image = HubImage(title=f"{CANARY} picture", collection=images)
    image.file = ContentFile(photo(), name="x.jpg")
    image.save()
    document = HubDocument(title=f"{CANARY} file", collection=images, file=ContentFile(b"x", name="x.txt"))
    document.save()
    shared = shared_by_all(author)
    draft.body = [picture(shared["shared image"]), offer(shared["shared file"])]
    draft.modules = [two_sections.module]
    draft.save_revision(user=author, log_action=True)
    draft.save()
    story.modules = [two_sections.module]
    story.save()
    HubPage.objects.filter(pk=two_sections.activity.pk).update(owner=author)
    told = Feedback.objects.create(
        page=draft, partner=carf, about=f"{CANARY} draft", words=CANARY, you_said=CANARY, our_words=CANARY,
        useful="no", answered_by=author, fingerprint="walk",
    )  # fmt: skip
    answered = Feedback.objects.create(
        page=draft, partner=carf, about=f"{CANARY} draft", words=CANARY, you_said=CANARY, our_words=CANARY,
        outcome="did", answered_on="2026-05-01", answered_by=author, state="answered", fingerprint="walked",
    )  # fmt: skip
    comment = Comment.objects.create(page=draft, user=author, text=CANARY, contentpath="title")
    hidden = Collection.get_first_root_node().add_child(name=f"{CANARY} folder")
    workflow = Workflow.objects.create(name=f"{CANARY} way")
    return {
        "page": draft, "story": story, "person": person, "image": image, "document": document, "user": author,
        "revision": revision, "comment": comment, "collection": hidden, "workflow": workflow, "section": section,
        "told": told, "answered": answered,
        "invitation": invitation, "partner": carf,
    }  # fmt: skip


@pytest.fixture
def ours(two_sections: Tree, theirs: dict[str, Any]) -> dict[str, Any]:
    """What everybody or Clued Up may open, and CARF uses or has a hand in."""
    shared = HubImage.objects.get(title="A kettle"), HubDocument.objects.get(title="A sheet")
    pages = two_sections.section, two_sections.guidance, two_sections.toolkit, two_sections.module
    return {str(place): thing for place, thing in enumerate([*shared, *pages])}


def same_numbers() -> None:
    """The next row of every table gets the same number: one number stands for a page, a picture and a person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 8999)"
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
    return ("image", {"image": image, "alt_text": CANARY, "decorative": False, "caption": CANARY})


def offer(file: HubDocument) -> tuple[str, Any]:
    return ("download", {"document": file, "title": CANARY, "note": ""})


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


def filled(pattern: str, theirs: dict[str, Any]) -> list[str]:
    """The address with each thing of CARF's in the place of its arguments."""
    if "(?P" not in pattern and "<" not in pattern:
        return [re.sub(r"\\[ZA]|[$^]", "", pattern)]
    numbers = {thing.pk for name, thing in theirs.items()}
    texts = {"app_label": "pages", "model_name": "hubpage", "filename": "x", "slug": "x", "action": "publish"}
    found = []
    for number in numbers:
        address = re.sub(r"\(\?P<\w+>[^)]*\)", str(number), pattern)
        address = re.sub(r"<(?:(\w+):)?(\w+)>", lambda m, n=number: texts.get(m[2], str(n)), address)
        found.append(re.sub(r"\\[ZA]|[$^?]", "", address))
    return found


@pytest.mark.parametrize("who", WALKED)
def test_nothing_of_another_partner_comes_out(
    two_sections: Tree, theirs: dict[str, Any], who: str, request: Any
) -> None:
    user = request.getfixturevalue(who)
    client = Client(raise_request_exception=False)
    leaks: set[str] = set()
    broken: set[str] = set()
    ids = "&".join(f"id={thing.pk}" for thing in theirs.values())
    for name, pattern in addresses():
        if name in NEVER_ENTERED:
            continue
        client.force_login(user)
        for address in filled(pattern, theirs):
            for asked in (address, f"{address}?q={LOOKED_FOR}&term={LOOKED_FOR}&search={LOOKED_FOR}&{ids}"):
                response = client.get(asked)
                if response.status_code >= 500:
                    broken.add(f"{name} {asked}")
                body = b"".join(response.streaming_content) if response.streaming else response.content
                text = body.decode(errors="replace")
                if CANARY in text:
                    at = text.index(CANARY)
                    leaks.add(f"{name}: …{text[max(0, at - 60) : at + 30]!r}")
    assert not broken, "\n".join(sorted(broken))
    assert not leaks, "\n".join(sorted(leaks))


def test_what_all_may_open_says_nothing_of_another_partner_either(
    client: Client, two_sections: Tree, ours: dict[str, Any], clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    leaks = set()
    opened = 0
    for name, pattern in addresses():
        arguments = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        if len(arguments) > 1 or name in NEVER_ENTERED:
            continue
        for address in (
            filled(pattern, ours)
            if arguments
            else [*filled(pattern, ours), *(f"{filled(pattern, ours)[0]}?export={kind}" for kind in ("csv", "xlsx"))]
        ):
            response = client.get(address, follow=True)
            opened += response.status_code == 200
            body = b"".join(response.streaming_content) if response.streaming else response.content
            if CANARY.encode() in body:
                leaks.add(f"{name}: {address}")
    assert opened > 60
    assert not leaks, "\n".join(sorted(leaks))


def test_no_tags_can_be_written_that_all_partners_would_share(client: Client, clued_up_author: User) -> None:
    client.force_login(clued_up_author)
    for at in ("/admin/images/add/", "/admin/documents/add/"):
        assert 'name="tags"' not in client.get(at).content.decode()
    assert client.get("/admin/bulk/pages/hubimage/add_tags/").status_code == 404
    assert client.get("/admin/tag-autocomplete/?term=a").status_code == 404


def test_an_administrator_opens_every_door(client: Client, two_sections: Tree) -> None:
    client.force_login(User.objects.create_superuser("admin"))
    assert client.get("/admin/reports/site-history/").status_code == 200
    assert client.get("/admin/tag-autocomplete/?term=a").status_code == 200
