"""Every mail is a row first: written with what it tells of, posted once, tried again, given up in the end, erased."""

import smtplib
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.backends import locmem
from django.db import connection, transaction
from django.utils import timezone

from hub.upkeep import post
from hub.upkeep.management.commands import run_jobs
from hub.upkeep.models import Mail
from hub.upkeep.tick import tick
from tests.at_once import at_once

LINK = "https://hub.example/admin/password_reset/confirm/MQ/a-secret-token/"
TO = "kim@clued-up.example"


@pytest.fixture
def by_post(settings: Any, monkeypatch: Any) -> None:
    settings.EMAIL_BACKEND = "hub.upkeep.post.Outbox"
    monkeypatch.setattr(post, "_post_soon", lambda numbers: None)


def write_one(**more: Any) -> None:
    message = EmailMultiAlternatives("Choose a password", LINK, None, [TO], **more)
    message.attach_alternative("<p>Zwei</p>", "text/html")
    message.send()


def fails_with(monkeypatch: Any, problem: Exception) -> None:
    def fail(*args: Any, **kwargs: Any) -> int:
        raise problem

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", fail)


@pytest.mark.django_db
def test_it_is_written_locked_posted_as_it_was_and_erased(by_post: None) -> None:
    write_one(bcc=["b@clued-up.example"], headers={"X-Kind": "test"})
    row = Mail.objects.values().get()
    assert not {"secret", "kim", "Zwei", "password"} & set(str(row).replace("/", " ").split())
    assert LINK not in str(row)
    assert mail.outbox == []
    tick(now=timezone.now() + timedelta(minutes=1))
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.recipients()) == ("Choose a password", LINK, [TO, "b@clued-up.example"])
    assert sent.extra_headers == {"X-Kind": "test"}
    assert [tuple(part) for part in sent.alternatives] == [("<p>Zwei</p>", "text/html")]  # type: ignore[attr-defined]
    assert not Mail.objects.exists()


@pytest.mark.django_db
def test_what_did_not_happen_sends_no_mail(by_post: None) -> None:
    with transaction.atomic():
        write_one()
        transaction.set_rollback(True)
    send_mail("To nobody", "", None, [])
    assert not Mail.objects.exists()


@pytest.mark.django_db
def test_what_the_server_does_not_take_is_tried_later_and_later_and_given_up_after_three_days(
    by_post: None, monkeypatch: Any, caplog: Any
) -> None:
    write_one()
    fails_with(monkeypatch, TimeoutError(f"no answer for {TO}"))
    now = timezone.now() + timedelta(seconds=5)
    assert post.post_waiting(now) == 0
    assert post.post_waiting(now) == 0, "not yet again"
    row = Mail.objects.get()
    assert (row.tries, row.problem) == (1, "TimeoutError")
    assert post.oldest_waiting() == row.made_at
    pauses = []
    for _ in range(9):
        post.post_waiting(now + timedelta(hours=3))
        row.refresh_from_db()
        pauses.append(round((row.next_try_at - timezone.now()).total_seconds() / 60))
    assert pauses == [2, 4, 8, 16, 32, 64, 120, 120, 120]
    Mail.objects.update(made_at=now - timedelta(days=4))
    post.post_waiting(now + timedelta(hours=3))
    row.refresh_from_db()
    assert row.given_up_at
    assert row.locked == ""
    assert post.oldest_waiting() is None
    assert TO not in caplog.text
    post.post_waiting(now + timedelta(days=40))
    assert not Mail.objects.exists()


class Killed(BaseException):
    """The power went."""


@pytest.mark.django_db
def test_killed_between_sending_and_noting_it_is_sent_again_and_never_not_at_all(
    by_post: None, monkeypatch: Any
) -> None:
    write_one()
    sends = locmem.EmailBackend.send_messages

    def is_killed(self: Any, messages: Any) -> int:
        sends(self, messages)
        raise Killed

    now = timezone.now() + timedelta(seconds=5)
    with monkeypatch.context() as killed:
        killed.setattr(locmem.EmailBackend, "send_messages", is_killed)
        with pytest.raises(Killed):
            post.post_waiting(now)
    assert Mail.objects.filter(tries=0, given_up_at=None).count() == 1
    assert post.post_waiting(now) == 1
    assert [sent.to for sent in mail.outbox] == [[TO], [TO]]
    assert not Mail.objects.exists()


def test_where_readers_are_answered_no_mail_server_is_reached_and_the_jobs_post_within_seconds(
    settings: Any, monkeypatch: Any, committed: None
) -> None:
    settings.EMAIL_BACKEND, settings.HUB_MAIL_BY_JOBS = "hub.upkeep.post.Outbox", True
    begun: list[list[int]] = []
    monkeypatch.setattr(post, "_post_soon", begun.append)
    write_one()
    assert (begun, mail.outbox) == ([], [])
    assert run_jobs.BETWEEN_MAILS <= 5
    run_jobs.one_round(jobs=False)
    assert [sent.to for sent in mail.outbox] == [[TO]]


@pytest.mark.django_db
def test_an_address_that_the_server_does_not_know_is_not_tried_for_days(by_post: None, monkeypatch: Any) -> None:
    write_one()
    fails_with(monkeypatch, smtplib.SMTPRecipientsRefused({TO: (451, b"later")}))
    post.post_waiting(timezone.now() + timedelta(minutes=1))
    assert Mail.objects.get().given_up_at is None
    fails_with(monkeypatch, smtplib.SMTPRecipientsRefused({TO: (550, b"no such user")}))
    post.post_waiting(timezone.now() + timedelta(hours=3))
    assert Mail.objects.get().locked == ""


def test_two_who_post_at_once_send_it_once_and_two_runs_of_the_jobs_are_one(by_post: None, committed: None) -> None:
    write_one()
    number = Mail.objects.get().pk
    assert not at_once(*[lambda: post.post([number])] * 4)
    assert len(mail.outbox) == 1
    said: list[list[str]] = []
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('the jobs'))")
        assert not at_once(lambda: said.append(tick(now=timezone.now())))
        cursor.execute("SELECT pg_advisory_unlock(hashtext('the jobs'))")
    assert said == [["Another run is at work: this one does nothing."]]


def test_a_page_does_not_wait_for_a_server_that_hangs(settings: Any, committed: None, monkeypatch: Any) -> None:
    settings.EMAIL_BACKEND = "hub.upkeep.post.Outbox"
    asked, may_go_on = threading.Event(), threading.Event()

    def hangs(*args: Any, **kwargs: Any) -> int:
        asked.set()
        may_go_on.wait(30)
        return 1

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", hangs)
    write_one()
    assert asked.wait(10), "a thread of its own is at it"
    assert Mail.objects.count() == 1
    may_go_on.set()
    for thread in threading.enumerate():
        if thread.name == "post":
            thread.join(10)
    assert not Mail.objects.exists()
