"""A start with nonsense in the environment is refused with one sentence; sense becomes the settings it says."""

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client, RequestFactory

from hub.logs import ImpersonalFormatter
from hub.upkeep.health import unreachable_sentence

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "HUB_MODE": "production",
    "SECRET_KEY": "a-made-up-key-that-is-longer-than-32-characters",
    "HUB_LINK_KEYS": "a-key-for-links-that-is-longer-than-32-characters",
    "HUB_ENCRYPTION_KEYS": "bWFkZSB1cCBmb3IgdGVzdHMsIDMyIGJ5dGVzIGxvbmc=",
    "ALLOWED_HOSTS": "hub.example.org",
    "DATABASE_URL": "postgres://hub:secret-word@127.0.0.1:9/hub",
}
SHOW = """
import json; from hub import settings as s
print(json.dumps({name: getattr(s, name) for name in %r}, default=str))
"""


def python(tmp_path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a fresh process whose environment holds only `variables`."""
    clean = {"PATH": os.environ["PATH"], "HUB_VAR_DIR": str(tmp_path), "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=clean | variables, capture_output=True, text=True, check=False
    )


def settings_of(tmp_path: Path, *names: str, **variables: str) -> dict[str, Any]:
    done = python(tmp_path, "-c", SHOW % (names,), **variables)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"HUB_MODE": "live"}, "HUB_MODE is neither local nor production. Write HUB_MODE=local or"),
        ({"HUB_VAR_DIR": "var"}, "HUB_VAR_DIR is not a full path. Write a path that starts with a slash"),
        ({"HUB_VAR_DIR": "/dev/null/hub"}, "HUB_VAR_DIR cannot be made (Not a directory). Name a folder"),
        ({"HUB_DEBUG": "maybe"}, "HUB_DEBUG is neither yes nor no. Write HUB_DEBUG=yes or HUB_DEBUG=no."),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is not a level. Write one of DEBUG, INFO, WARNING, ERROR."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is shorter than 32 characters and could be guessed. Make one"),
        ({"HUB_ADDRESS": "hub.example.org"}, "HUB_ADDRESS is not a web address. Write it as in"),
        ({"HUB_CLAMD": "clamav"}, "HUB_CLAMD is neither a host with a port nor the path of a socket. Write it as in"),
        ({"HUB_CLAMD": "tcp://clamav:3310"}, "HUB_CLAMD is neither a host with a port nor the path of a socket."),
        ({"HUB_EXIT_URL": "weather"}, "HUB_EXIT_URL is not a web address. Write it as in"),
        ({"HUB_ADDRESS": "http://[::1/"}, "HUB_ADDRESS is not a web address. Write it as in"),
        ({"DATABASE_URL": "mysql://u:secret-word@h/d"}, "DATABASE_URL is not a postgres or postgresql address."),
        ({"DATABASE_URL": "postgres://u:secret-word@h/"}, "DATABASE_URL names no database. Write it as in"),
        ({"DATABASE_URL": "postgres://u:secret-word@h:x/d"}, "DATABASE_URL cannot be read as an address."),
        ({"HUB_FILES_URL": "s3://key:secret-word@h"}, "HUB_FILES_URL is not an address of S3-compatible storage."),
        ({"HUB_FILES_URL": "https://h/bucket"}, "HUB_FILES_URL is not an address of S3-compatible storage."),
        ({"CACHE_URL": "memcached://h"}, "CACHE_URL is not a redis or rediss or unix address. Write it as in"),
        ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL is not a smtp or smtp+tls or"),
        (PRODUCTION | {"SECRET_KEY": ""}, "SECRET_KEY is missing. Make one with: python3 -c"),
        (PRODUCTION | {"HUB_LINK_KEYS": ""}, "HUB_LINK_KEYS is missing. Make one with: python3 -c"),
        (PRODUCTION | {"HUB_LINK_KEYS": "a" * 50}, "HUB_LINK_KEYS is not random and could be guessed. Make one"),
        (
            {"SECRET_KEY": "django-insecure-0123456789abcdefghijklmnop"},
            "SECRET_KEY is not random and could be guessed.",
        ),
        ({"SECRET_KEY_FALLBACKS": "short"}, "SECRET_KEY_FALLBACKS is shorter than 32 characters"),
        ({"SECRET_KEY_FILE": "/nowhere/at/all"}, "SECRET_KEY_FILE names a file that cannot be read. Name one"),
        ({"LOG_LEVEL": "ERROR", "LOG_LEVEL_FILE": "/etc/hostname"}, "LOG_LEVEL and LOG_LEVEL_FILE are both set."),
        (PRODUCTION | {"HUB_ADDRESS": "http://hub.example.org"}, "HUB_ADDRESS is an http: address. Write https://"),
        ({"HUB_ENCRYPTION_KEYS": "A" * 43 + "="}, "HUB_ENCRYPTION_KEYS holds something that is not a key"),
        (PRODUCTION | {"HUB_ENCRYPTION_KEYS": ""}, "HUB_ENCRYPTION_KEYS is missing. Make one with: python3 -c"),
        ({"HUB_ENCRYPTION_KEYS": "c2hvcnQ="}, "HUB_ENCRYPTION_KEYS holds something that is not a key of 32 bytes"),
        (PRODUCTION | {"ALLOWED_HOSTS": " "}, "ALLOWED_HOSTS is missing. Write the site's host names"),
        (PRODUCTION | {"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is *, which lets anyone forge"),
        (PRODUCTION | {"ALLOWED_HOSTS": "https://a.example"}, "ALLOWED_HOSTS has an entry that is not a bare host"),
        (PRODUCTION | {"DATABASE_URL": ""}, "DATABASE_URL is missing. Write it as in DATABASE_URL=postgres://"),
        (PRODUCTION | {"DATABASE_URL": "postgres://hub:hub@h/d"}, "DATABASE_URL has a password that could be guessed."),
        (PRODUCTION | {"HUB_DEBUG": "yes"}, "HUB_DEBUG would show code and data to strangers. Leave it out"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(tmp_path: Path, variables: dict[str, str], sentence: str) -> None:
    done = python(tmp_path, "manage.py", "check", **variables)
    assert done.returncode == 1
    assert done.stderr.startswith(f"The Hub cannot start: {sentence}")
    assert "Traceback" not in done.stderr
    assert "secret-word" not in done.stderr


def test_a_plain_checkout_starts_without_any_variable(tmp_path: Path) -> None:
    found = settings_of(tmp_path, "HUB_MODE", "DEBUG", "HTTPS", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASES")
    assert (found["HUB_MODE"], found["DEBUG"], found["HTTPS"]) == ("local", False, False)
    assert found["DATABASES"]["default"]["ENGINE"] == "hub.embedded_postgres"
    assert settings_of(tmp_path, "SECRET_KEY")["SECRET_KEY"] == found["SECRET_KEY"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_reading_settings_starts_no_database(tmp_path: Path) -> None:
    assert python(tmp_path, "manage.py", "check").returncode == 0
    assert not (tmp_path / "postgres").exists()


def test_production_is_https_only_and_leaves_no_file_in_the_open(tmp_path: Path) -> None:
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "HUB_ADDRESS")
    cookies = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")
    more = ("KNOWN_BROWSER_COOKIE_NAME", "SECURE_HSTS_INCLUDE_SUBDOMAINS")
    found = settings_of(tmp_path, *names, *cookies, *more, **PRODUCTION, HUB_HSTS_SUBDOMAINS="yes")
    assert found["HUB_ADDRESS"] == "https://hub.example.org"
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert all(found[name] for name in names)
    assert all(found[name].startswith("__Host-") for name in cookies), "no other host of ours can set them"
    assert found["KNOWN_BROWSER_COOKIE_NAME"].startswith("__Secure-"), "for a part of the site alone"
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


def test_django_has_nothing_to_say_against_a_start_in_production(tmp_path: Path) -> None:
    key = "".join(chr(33 + number) for number in range(60)).replace("'", "")
    done = python(
        tmp_path, "manage.py", "check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION | {"SECRET_KEY": key}
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_other_machines_are_named_by_variables_alone(tmp_path: Path) -> None:
    found = settings_of(
        tmp_path, "DATABASES", "CACHES", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_HOST_PASSWORD",
        "STORAGES",
        **PRODUCTION, CACHE_URL="redis://valkey:6379/0", HUB_FILES_URL="s3://key:a%2Fsecret@s3.example.org/hub",
        EMAIL_URL="smtp+tls://hub:pass%40word@mail.example.org:587",
    )  # fmt: skip
    assert found["DATABASES"]["default"]["HOST"] == "127.0.0.1"
    assert found["CACHES"]["default"]["LOCATION"] == "redis://valkey:6379/0"
    assert found["STORAGES"]["default"]["BACKEND"] == "hub.files_elsewhere.PrivateBucket"
    assert found["STORAGES"]["evidence"]["OPTIONS"]["location"] == "evidence"
    assert found["STORAGES"]["default"]["OPTIONS"]["secret_key"] == "a/secret"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert found["EMAIL_HOST_PASSWORD"] == "pass@word"


def test_an_unreachable_database_is_one_sentence_at_the_terminal(tmp_path: Path) -> None:
    done = python(tmp_path, "manage.py", "provision", **PRODUCTION)
    assert done.returncode == 1
    assert done.stderr.startswith("The Hub cannot reach its database: ")
    assert "Check DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret-word" not in done.stderr


@pytest.mark.django_db
def test_an_error_the_database_answered_with_is_not_called_unreachable() -> None:
    with pytest.raises(ProgrammingError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    error = OperationalError(str(caught.value))
    error.__cause__ = caught.value.__cause__
    assert unreachable_sentence(error) is None


@pytest.mark.django_db
def test_healthz_says_well() -> None:
    response = Client().get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "well", "database": "reachable"}
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_healthz_says_503_without_a_database_and_gives_nothing_away(tmp_path: Path) -> None:
    ask = (
        "import django; django.setup(); from django.test import RequestFactory; from hub.upkeep.health import healthz;"
        "answer = healthz(RequestFactory().get('/healthz')); print(answer.status_code, answer.content.decode())"
    )
    done = python(tmp_path, "-c", ask, **PRODUCTION, DJANGO_SETTINGS_MODULE="hub.settings")
    assert done.stdout.strip() == '503 {"status": "unwell", "database": "unreachable"}'


@pytest.mark.django_db
def test_readers_get_the_strict_policy_and_staff_the_one_their_screens_need(client: Client) -> None:
    public, staff = client.get("/healthz"), client.get("/admin/login/")
    assert "require-trusted-types-for 'script'" in public.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in public.headers["Content-Security-Policy"]
    assert public.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in staff.headers["Content-Security-Policy"]
    assert "require-trusted-types-for" not in staff.headers["Content-Security-Policy"]
    assert staff.headers["X-Frame-Options"] == "SAMEORIGIN"
    static = client.get("/static/css/index.css")
    assert "default-src 'none'" in static.headers["Content-Security-Policy"]
    assert (static.status_code, static.headers["X-Content-Type-Options"]) == (200, "nosniff")
    static.close()
    for response in (public, staff):
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "geolocation=()" in response.headers["Permissions-Policy"]


def test_logs_hold_neither_path_nor_the_words_of_an_error() -> None:
    told = "Isla lives in Leven"
    with pytest.raises(ValueError, match="Isla") as caught:
        int(told)
    failure = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "At %s", ("/s/private-token",), failure)
    record.request = RequestFactory().get("/s/private-token")
    written = ImpersonalFormatter().format(record)
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ ", written), "all machines write the same time"
    assert "ValueError" in written
    assert "test_settings.py" in written
    for personal in (told, "private-token"):
        assert personal not in written


@pytest.mark.parametrize("name", ["wagtail", "wagtail.admin"])
def test_logs_hold_no_title_and_no_address_that_wagtail_writes(name: str) -> None:
    said = ('Published: "%s" pk=%s for %s', ("The counter", "12", "isla@example.org"))
    written = ImpersonalFormatter().format(logging.LogRecord(name, logging.INFO, "", 0, *said, None))
    assert "Published" in written
    assert "pk=12" in written
    assert "counter" not in written
    assert "isla" not in written


def test_every_variable_is_in_the_table_and_the_example() -> None:
    source = (ROOT / "hub" / "env.py").read_text() + (ROOT / "hub" / "settings.py").read_text()
    asked = set(re.findall(r'(?:text|yes_or_no|folder|web_page|_url)\(\s*"([A-Z_]+)"', source))
    assert len(asked) >= 12
    for document in ("docs/running.md", ".env.example"):
        written = (ROOT / document).read_text()
        assert [name for name in sorted(asked) if name not in written] == [], document
