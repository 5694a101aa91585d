"""Every address of the admin, walked by each role with another partner's numbers: nothing of another partner comes out.

A closed world: an address this walk cannot fill in fails it, so that a new release of Wagtail fails here and leaks not.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Collection, Comment, Workflow

from hub.pages.models import GuidancePage, HubDocument, HubImage, HubPage
from hub.partners.models import Partner
from hub.stories.models import Participant, StoryPage, StoryParticipant
from hub.stories.operations import add_participant
from tests.factories import Tree, put, words
from tests.test_evidence import photo

pytestmark = pytest.mark.django_db
CANARY = "Zilpzalp"
WALKED = ["clued_up_author", "clued_up_lead", "toolkit_editor"]
NEVER_ENTERED = {"wagtailadmin_logout"}  # ends the session of whoever walks
LOOKED_FOR = CANARY[:-1]  # finds the canary, and is not one where a screen repeats it


@pytest.fixture
def theirs(two_sections: Tree) -> dict[str, Any]:
    """CARF's own: a draft, a story, a picture, a document, people, each with the canary in every name."""
    carf = Partner.objects.get(slug="carf")
    section = HubPage.objects.get(slug="carf")
    author = User.objects.create_user(f"{CANARY}-worker", first_name=CANARY, email=f"{CANARY}@carf.example")
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
    comment = Comment.objects.create(page=draft, user=author, text=CANARY, contentpath="title")
    hidden = Collection.get_first_root_node().add_child(name=f"{CANARY} folder")
    workflow = Workflow.objects.create(name=f"{CANARY} way")
    return {
        "page": draft, "story": story, "person": person, "image": image, "document": document, "user": author,
        "revision": revision, "comment": comment, "collection": hidden, "workflow": workflow, "section": section,
    }  # fmt: skip


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
