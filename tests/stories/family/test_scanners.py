"""A scanner opens each link in each mail, and all links of the pages behind it, before the person: nothing is spent."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from hub.accounts.invitations import invite
from hub.accounts.operations import forget_second_factor
from hub.accounts.sign_in import SENDER
from hub.pages.models import HubPage
from hub.partners.models import Partner
from hub.stories.choices import Use
from hub.stories.family.asking import ask
from hub.stories.family.links import issue
from hub.stories.models import Consent, PrivateLink, StoryPage, WantsMail
from hub.stories.public_requests.offers import offer
from hub.stories.public_requests.requests import receive
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.tick import tick
from tests.factories import Tree, add_person, handed_in, lit_story, make_story, wording
from tests.imports import ROOT
from tests.past import rewrite

pytestmark = pytest.mark.django_db
HUB = ROOT / "hub"
PASSWORD = "kettle-harbour-jotter-7"
SENDS = {"send_mail", "EmailMessage", "EmailMultiAlternatives"}
# Every module that sends, by what below makes it send. Wagtail's own mails come from its approval. Each mail is a row
# before it is posted: what posts them all has no word of its own.
POSTS = "upkeep/post.py"
SENDERS = {
    "accounts/invitations.py": "an invitation",
    "accounts/sign_in.py": "a new password",
    "accounts/operations.py": "staff",
    "pages/over_time/guidance_checks.py": "staff",
    "stories/admin/passing_on.py": "staff",
    "stories/consent/reminding.py": "staff",
    "stories/public_requests/offers.py": "staff",
    "stories/public_requests/requests.py": "staff",
    "stories/withdrawal/mail.py": "staff",
}
# Of whoever opens an editor Wagtail notes that she is there, has settings, and has not asked to hear of comments.
NO_TRACE = {"Session", "EditingSession", "PageSubscription", "UserProfile"}


def test_every_module_that_sends_a_mail_is_walked() -> None:
    def sends(path: Path) -> bool:
        return bool(SENDS & {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)})

    assert {str(path.relative_to(HUB)) for path in HUB.rglob("*.py") if sends(path)} == {*SENDERS, POSTS}
    assert not settings.WAGTAIL_EMAIL_MANAGEMENT_ENABLED, "an address is changed by no link"


def test_an_invitation(two_sections: Tree, clued_up_lead: User) -> None:
    clued_up_lead.email = "lead@example.org"
    clued_up_lead.save()
    cache.clear()
    partner = Partner.objects.get(slug="clued-up")
    invite(partner, email="kim@example.org", role="authors", by=clued_up_lead)
    (address,) = links_in_mails()
    assert_spends_nothing(address)
    hers = {"name": "Kim", "password": PASSWORD, "again": PASSWORD}
    assert Client().post(address, hers).status_code == 302
    assert User.objects.get(email="kim@example.org").check_password(PASSWORD)


def test_a_new_password(clued_up_author: User) -> None:
    clued_up_author.email = "kim@example.org"
    clued_up_author.save()
    cache.clear()
    Client().post("/admin/password_reset/", {"email": "kim@example.org"})
    SENDER.submit(lambda: None).result()
    address = next(at for at in links_in_mails() if "reset" in at)
    assert_spends_nothing(address)
    person = Client()
    at = person.get(address, follow=True).redirect_chain[-1][0]
    assert person.post(at, {"new_password1": PASSWORD, "new_password2": PASSWORD}).status_code == 302
    clued_up_author.refresh_from_db()
    assert clued_up_author.check_password(PASSWORD)


@pytest.mark.parametrize("kind", ["question", "card", "code", "words of a stopped story"])
def test_the_links_of_people_in_stories(tree: Tree, clued_up_author: User, kind: str, client: Client) -> None:
    wording()
    story = make_story(tree) if kind == "question" else lit_story(tree)
    person = story.participations.get()
    if kind == "question":
        made = ask(person, uses=[Use.WEBSITE], by=clued_up_author)
    else:
        made = issue(person, PrivateLink.Purpose.KEEP)
    address = f"/yours/{made.address}/"
    if kind == "code":
        address = client.post("/yours/", {"code": made.code})["Location"]
    if kind == "words of a stopped story":
        withdraw(person)
    assert_spends_nothing(address)
    if kind == "question":
        assert client.get(f"{address}read/").status_code == 200
        assert client.post(f"{address}question/name/", {"answer": "none", "wanted": ""}).status_code == 302
    elif kind != "words of a stopped story":
        assert client.get(story.url).status_code == 200, "it is shown still"
        assert client.post(f"{address}words/stop/").status_code == 302
        assert client.get(story.url).status_code == 404
    assert client.get(address, follow=True).status_code == 200


def test_every_mail_to_staff(
    two_sections: Tree, clued_up_lead: User, clued_up_author: User, moderator: User, toolkit_editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    people = [clued_up_lead, clued_up_author, moderator, toolkit_editor]
    for user in people:
        user.email = f"staff-{user.pk}@example.org"
        user.save()
    with django_capture_on_commit_callbacks(execute=True):
        every_mail(two_sections, clued_up_lead, clued_up_author, moderator)
    sorts = {message.subject.split()[0] for message in mail.outbox}
    assert sorts >= {"Some", "Request", "Pages", "Story", "Your", "An", "Stories"}, "and those of Wagtail's approval"
    found = links_in_mails()
    assert any("/edit/" in address for address in found)
    for address in found:
        assert_spends_nothing(address)
        for user in (clued_up_lead, moderator):
            assert_spends_nothing(address, signed_in=user, deep=1)
    assert any(signed_in_as(user).get(address).status_code == 200 for user in people for address in found)


def every_mail(tree: Tree, lead: User, author: User, moderator: User) -> None:
    """A yes that ends, a request, an offer, what waits to be reviewed, a page to check, a withdrawal, an approval, a
    second step taken away."""
    story = lit_story(tree, people=2)
    rewrite(Consent.objects.filter(participation__story=story), expires_at=timezone.now() + timedelta(days=60))
    receive(about=story.url, wanted="remove", message="Please", contact="")
    offer(partner=Partner.objects.get(slug="clued-up"), contact="01632 960000")
    waiting = make_story(tree, text="Amsel")
    add_person(waiting)
    handed_in(waiting)
    WantsMail.objects.create(user=moderator)
    HubPage.objects.filter(pk=tree.guidance.pk).update(next_check=timezone.localdate(), owner=author)
    tick(now=timezone.now() + timedelta(days=40))
    task = GroupApprovalTask.objects.create(name="Read it")
    task.groups.add(lead.groups.get())
    workflow = Workflow.objects.create(name="Read it")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page = StoryPage.objects.get(pk=story.pk)
    page.save_revision(user=author)
    workflow.start(page, author)
    Authenticator.objects.create(user=author, type="totp", data={"secret": "x"})
    forget_second_factor(author, by=None)
    withdraw(story.participations.first())


def assert_spends_nothing(address: str, *, signed_in: User | None = None, deep: int = 2) -> None:
    """HEAD and GET of the address, and of every link, picture and form of the pages behind it, change no row."""
    scanner = signed_in_as(signed_in) if signed_in else Client()
    before = every_row()
    opened = 0
    waiting, seen = [(address, 0)], set[str]()
    while waiting:
        at, depth = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        for ask_for in (scanner.head, scanner.get):
            response: Any = ask_for(at, follow=True)
        assert response.status_code < 500, at
        opened += response.status_code == 200
        if depth < deep and "html" in response.headers.get("Content-Type", ""):
            waiting += [(found, depth + 1) for found in links_on(response, at)]
    assert opened, address
    assert every_row() == before, address


def links_on(response: Any, at: str) -> Iterator[str]:
    """Every address of this site on a page, also those of its forms. Not the way out of the admin, nor its lists."""
    here = response.redirect_chain[-1][0] if getattr(response, "redirect_chain", None) else at
    for found in re.findall(r'(?:href|src|action)="([^"#]+)"', response.content.decode()):
        url = urlsplit(urljoin(here, found.replace("&amp;", "&")))
        inside = not url.netloc or url.netloc in {"testserver", urlsplit(settings.HUB_ADDRESS).netloc}
        if inside and url.scheme in {"", "http", "https"} and not url.path.startswith(("/static/", "/admin/logout")):
            yield f"{url.path}?{url.query}" if url.query else url.path


def links_in_mails() -> list[str]:
    """The path of every link in every mail that was sent, each once."""
    texts = [str(message.body) for message in mail.outbox]
    texts += [str(part) for message in mail.outbox for part, _ in getattr(message, "alternatives", [])]
    found = [urlsplit(url.rstrip(".,)")) for text in texts for url in re.findall(r"https?://[^\s\"'<>]+", text)]
    return list(dict.fromkeys(f"{url.path or '/'}" + (f"?{url.query}" if url.query else "") for url in found))


def every_row() -> dict[str, str]:
    """A fingerprint of all that each table holds."""
    models = [model for model in apps.get_models(include_auto_created=True) if model.__name__ not in NO_TRACE]
    asked = [
        f"SELECT '{name}', coalesce(md5(string_agg(t::text, ' ' ORDER BY t::text)), '') FROM {name} t"
        for name in sorted({f'"{model._meta.db_table}"' for model in models})
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return dict(cursor.fetchall())


def signed_in_as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
