"""Reads the environment, typed. A value that makes no sense stops the start with one sentence saying which variable,
what is wrong and what to write; it never prints the value itself, which may be a password."""

import os
import re
from pathlib import Path
from typing import Any, Literal, NoReturn, cast
from urllib.parse import SplitResult, urlsplit

import environ

from hub import embedded_postgres

Mode = Literal["local", "production"]

YES, NO = {"yes", "true", "on", "1"}, {"no", "false", "off", "0"}
HOST = re.compile(
    r"^(\*|\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])$", re.IGNORECASE
)
DATABASE_SCHEMES = ("postgres", "postgresql")
CACHE_SCHEMES = ("redis", "rediss", "unix")
SHORTEST_PASSWORD = 10
EMAIL_SCHEMES = ("smtp", "smtp+tls", "smtp+ssl", "smtps")


class Refused(SystemExit):
    """The Hub will not start. As a SystemExit it prints its sentence and ends with status 1, without a stack trace."""


def refuse(name: str, problem: str, remedy: str) -> NoReturn:
    """Stop the start: `name` is the variable, `problem` what is wrong with it, `remedy` what to write."""
    raise Refused(f"The Hub cannot start: {name} {problem}. {remedy}")


def text(name: str, default: str = "") -> str:
    """The value without surrounding space; an empty value counts as missing. NAME_FILE names a file that holds it."""
    value, file = os.environ.get(name, "").strip(), os.environ.get(f"{name}_FILE", "").strip()
    if value and file:
        refuse(name, f"and {name}_FILE are both set", "Leave one of them out.")
    if not file:
        return value or default
    try:
        return Path(file).read_text().strip() or default
    except (OSError, UnicodeDecodeError):
        refuse(f"{name}_FILE", "names a file that cannot be read", "Name one that the Hub's user may read.")


def yes_or_no(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in YES | NO:
        refuse(name, "is neither yes nor no", f"Write {name}=yes or {name}=no.")
    return value in YES


def mode() -> Mode:
    """Where the Hub runs: `local` on one's own machine (the default), `production` on a server."""
    value = text("HUB_MODE", "local")
    if value not in ("local", "production"):
        refuse("HUB_MODE", "is neither local nor production", "Write HUB_MODE=local or HUB_MODE=production.")
    return cast("Mode", value)


def folder(name: str, default: Path, *, writable: bool = True) -> Path:
    """A folder of the Hub's, made if missing."""
    found = Path(text(name, str(default))).expanduser()
    if not found.is_absolute():
        refuse(name, "is not a full path", "Write a path that starts with a slash, as in /srv/hub/var.")
    try:
        found.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse(name, f"cannot be made ({error.strerror})", "Name a folder the Hub may write to.")
    if writable and not os.access(found, os.W_OK | os.X_OK):
        refuse(name, "may not be written to", "Make the Hub's user the owner of that folder.")
    return found


def several(name: str) -> list[str]:
    """What stands in a variable with commas between."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def allowed_hosts(mode: Mode) -> list[str]:
    """The host names the Hub answers to: in production the one of HUB_ADDRESS, this machine's own names otherwise."""
    hosts = several("ALLOWED_HOSTS")
    if not hosts and mode == "production" and (ours := _web_parts(text("HUB_ADDRESS"))):
        hosts = [str(ours.hostname)]
    example = "Write the site's host names with commas between, as in ALLOWED_HOSTS=hub.example.org,hub.example.com."
    if not hosts:
        if mode == "production":
            refuse("ALLOWED_HOSTS", "is missing", example)
        return ["localhost", "127.0.0.1", "[::1]", ".localhost"]
    if not all(HOST.match(host) for host in hosts):
        refuse("ALLOWED_HOSTS", "has an entry that is not a bare host name (no https://, port or path)", example)
    if mode == "production" and "*" in hosts:
        refuse("ALLOWED_HOSTS", "is *, which lets anyone forge the links in our mail", example)
    return hosts


def address(mode: Mode, hosts: list[str]) -> str:
    """The public address that links in mail start with, without a final slash."""
    default = f"https://{hosts[0].lstrip('.')}" if mode == "production" else "http://localhost:8000"
    value = text("HUB_ADDRESS", default).rstrip("/")
    parts = _web_parts(value)
    if parts is None or parts.path or parts.query or parts.username:
        refuse("HUB_ADDRESS", "is not a web address", "Write it as in HUB_ADDRESS=https://hub.example.org.")
    if mode == "production" and parts.scheme != "https":
        refuse("HUB_ADDRESS", "is an http: address", "Write https://: over http: anybody on the way reads along.")
    return value


def web_page(name: str, default: str) -> str:
    """The address of a page somewhere on the web."""
    value = text(name, default)
    if _web_parts(value) is None:
        refuse(name, "is not a web address", f"Write it as in {name}={default}")
    return value


def _web_parts(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return parts if parts.scheme in {"http", "https"} and parts.hostname else None


def _url(name: str, schemes: tuple[str, ...], example: str) -> str | None:
    """A connection address with one of `schemes` and a host or path, or None when the variable is not set."""
    value = text(name)
    if not value:
        return None
    try:
        parts = urlsplit(value)
        complete = bool(parts.hostname or parts.path.strip("/")) and (parts.port is None or parts.port > 0)
    except ValueError:
        refuse(name, "cannot be read as an address", f"Write it as in {name}={example}")
    if parts.scheme not in schemes or not complete:
        refuse(name, f"is not a {' or '.join(schemes)} address", f"Write it as in {name}={example}")
    return value


def as_owner() -> bool:
    """HUB_AS_OWNER: whether this process changes tables. manage.py says so for the commands that need it."""
    return yes_or_no("HUB_AS_OWNER", default=False)


def no_owner_here() -> None:
    """Refuses to serve from a process that knows how to become the owner of the tables."""
    for name in ("DATABASE_OWNER_URL", "HUB_AS_OWNER"):
        if text(name):
            refuse(name, "is given to the web process, which must not own the tables", "Leave it out there.")


def database(mode: Mode, var: Path, *, owner: bool = False) -> dict[str, Any]:
    """Django's settings for the database: DATABASE_URL for the web process, DATABASE_OWNER_URL for the owner of the
    tables; on one's own machine a PostgreSQL kept under `var`."""
    name, role = ("DATABASE_OWNER_URL", "hub_owner") if owner else ("DATABASE_URL", "hub_web")
    example = f"postgres://{role}:password@host:5432/hub"
    url = _url(name, DATABASE_SCHEMES, example)
    if url is None and (mode == "production" or text("DATABASE_URL") or text("DATABASE_OWNER_URL")):
        refuse(name, "is missing", f"Write it as in {name}={example}")
    if url is None:
        kept = embedded_postgres.connection_settings(var / "postgres", as_owner=owner)
        return {"ENGINE": "hub.embedded_postgres", **kept}
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    if not settings.get("NAME"):
        refuse(name, "names no database", f"Write it as in {name}={example}")
    password = settings.get("PASSWORD") or ""
    if mode == "production" and password and (len(password) < SHORTEST_PASSWORD or password == settings.get("USER")):
        refuse(name, "has a password that could be guessed", f"Write one of {SHORTEST_PASSWORD} signs or more.")
    settings.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    return settings


def cache(var: Path) -> dict[str, Any]:
    """Django's cache: CACHE_URL, or files that all worker processes of this machine share."""
    url = _url("CACHE_URL", CACHE_SCHEMES, "redis://valkey:6379/0")
    if url is None:
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(var / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    return {"BACKEND": "hub.passing_cache.PassingCache", "LOCATION": url}


def email(var: Path) -> dict[str, Any]:
    """Django's EMAIL_ settings, and who takes mails away: EMAIL_URL, or one file for each message under `var/mail`."""
    url = _url("EMAIL_URL", EMAIL_SCHEMES, "smtp+tls://user:password@mail.example.org:587")
    if url is None:
        return {
            "MAIL_CARRIER": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(var / "mail"),
        }
    settings = environ.Env.email_url_config(url.replace("smtps://", "smtp+ssl://", 1))
    settings["MAIL_CARRIER"] = settings.pop("EMAIL_BACKEND")
    return {key: value for key, value in settings.items() if key.startswith(("EMAIL_", "MAIL_"))} | {
        "EMAIL_TIMEOUT": 20
    }


def clamd() -> str | tuple[str, int] | None:
    """HUB_CLAMD: where the scanner for harmful files listens, a socket's path or a host and port; None for none."""
    value, example = text("HUB_CLAMD"), "Write it as in HUB_CLAMD=clamav:3310 or HUB_CLAMD=/run/clamav/clamd.ctl."
    if not value or value.startswith("/"):
        return value or None
    try:
        parts = urlsplit(f"//{value}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.netloc != value:
        refuse("HUB_CLAMD", "is neither a host with a port nor the path of a socket", example)
    return host, port


def debug(mode: Mode) -> bool:
    """HUB_DEBUG: error pages that show code and data, never in production."""
    wanted = yes_or_no("HUB_DEBUG", default=False)
    if wanted and mode == "production":
        refuse("HUB_DEBUG", "would show code and data to strangers", "Leave it out in production.")
    return wanted


def number(name: str, default: int, *, most: int) -> int:
    """A whole number, not below 0."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal() and int(value) <= most):
        refuse(name, f"is not a whole number up to {most}", "Write one, or leave it out.")
    return int(value)


def token(name: str) -> str:
    """A word that a machine shows to be let in; empty when nobody is."""
    value = text(name)
    if value and (len(value) < 24 or not value.isascii()):
        refuse(name, "is shorter than 24 characters and could be guessed", "Write a longer one, or leave it out.")
    return value


def log_form(words: str, *, json: str) -> str:
    """LOG_FORMAT: `text` for a person (the default), `json` for a program that collects logs."""
    value, forms = text("LOG_FORMAT", "text").lower(), {"text": words, "json": json}
    if value not in forms:
        refuse("LOG_FORMAT", "is neither text nor json", "Write LOG_FORMAT=json, or leave it out.")
    return forms[value]


def log_level() -> str:
    """LOG_LEVEL: how much is written to the terminal."""
    value, levels = text("LOG_LEVEL", "WARNING").upper(), ("DEBUG", "INFO", "WARNING", "ERROR")
    if value not in levels:
        refuse("LOG_LEVEL", "is not a level", f"Write one of {', '.join(levels)}.")
    return value
