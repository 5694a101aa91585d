"""Somebody with an app that shows codes, time that stands still, and the two steps of signing in."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from hub.accounts.models import SignIn

PASSWORD = "harbour-kettle-jotter"


@pytest.fixture
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def on_a_server(settings: Any) -> None:
    settings.HUB_MODE = "production"


@pytest.fixture
def clock() -> Iterator[Any]:
    """Time stands still at the beginning of a code's half minute."""
    with time_machine.travel(int(time.time()) // 30 * 30, tick=False) as traveller:
        yield traveller


@pytest.fixture
def worker(clued_up_author: User) -> User:
    clued_up_author.set_password(PASSWORD)
    clued_up_author.email = "worker@hub.example"
    clued_up_author.save()
    return clued_up_author


@pytest.fixture
def secret(worker: User) -> str:
    """The key of an app she has set up, and ten recovery codes."""
    key = generate_totp_secret()
    TOTP.activate(worker, key)
    RecoveryCodes.activate(worker)
    return key


def code_of(key: str, *, at: Any = None) -> str:
    moment = (at or timezone.now()).timestamp()
    return format_hotp_value(hotp_value(key, int(moment) // 30))


def recovery_codes(user: User) -> list[str]:
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def password(client: Client, user: User, *, word: str = PASSWORD) -> Any:
    return client.post("/admin/login/", {"username": user.username, "password": word})


def second_step(client: Client, code: str) -> str:
    """The page after the code was sent; of the admin's home only that one is there."""
    response = client.post("/admin/login/second-step/", {"code": code})
    return "IN" if response.headers.get("Location") == "/admin/" else response.content.decode()


def lines(user: User | None) -> list[str]:
    return [str(line) for line in SignIn.objects.filter(user=user).order_by("pk").values_list("what", flat=True)]
