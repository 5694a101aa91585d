"""Reads the environment, typed. A value that makes no sense stops the start with one sentence saying which variable,
what is wrong and what to write; it never prints the value itself, which may be a password."""

import base64
import hashlib
import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NoReturn, cast
from urllib.parse import SplitResult, urlsplit

import environ

Mode = Literal["local", "production"]

YES, NO = {"yes", "true", "on", "1"}, {"no", "false", "off", "0"}
HOST = re.compile(
    r"^(\*|\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])$", re.IGNORECASE
)
DATABASE_SCHEMES = ("postgres", "postgresql")
CACHE_SCHEMES = ("redis", "rediss")
EMAIL_SCHEMES = ("smtp", "smtp+tls", "smtp+ssl", "smtps")


class Refused(SystemExit):
    """The Hub will not start. As a SystemExit it prints its sentence and ends with status 1, without a stack trace."""


def refuse(name: str, problem: str, remedy: str) -> NoReturn:
    """Stop the start: `name` is the variable, `problem` what is wrong with it, `remedy` what to write."""
    raise Refused(f"The Hub cannot start: {name} {problem}. {remedy}")


def text(name: str, default: str = "") -> str:
    """The value without surrounding space; an empty value counts as missing."""
    return os.environ.get(name, "").strip() or default


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


def secret_key(mode: Mode, var: Path) -> str:
    """Django's secret: required in production; made once and kept in `var` on one's own machine."""
    value = text("SECRET_KEY")
    how = 'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
    if value and len(value) < 32:
        refuse("SECRET_KEY", "is shorter than 32 characters and could be guessed", how)
    if value:
        return value
    if mode == "production":
        refuse("SECRET_KEY", "is missing", how)
    return _kept_secret(var / "secret_key")


def encryption_keys(mode: Mode, var: Path) -> list[str]:
    """The keys personal details are encrypted with, newest first: required in production, kept in `var` locally."""
    keys = [key.strip() for key in text("HUB_ENCRYPTION_KEYS").split(",") if key.strip()]
    how = (
        "Make one with: python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"
        " and keep it apart from the database's backups. To change keys, put the new one first, with a comma between."
    )
    if not keys and mode == "production":
        refuse("HUB_ENCRYPTION_KEYS", "is missing", how)
    for key in keys:
        try:
            right = len(base64.urlsafe_b64decode(key)) == 32
        except ValueError:
            right = False
        if not right:
            refuse("HUB_ENCRYPTION_KEYS", "holds something that is not a key of 32 bytes in URL-safe base64", how)
    return keys or [_key_from(_kept_secret(var / "encryption_secret"))]


def _key_from(secret: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()).decode()


def _kept_secret(file: Path) -> str:
    """The secret in `file`. Written elsewhere first and linked into place, so that no process reads half of one."""
    if not file.exists():
        descriptor, draft = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, file)
        Path(draft).unlink()
    return file.read_text()


def allowed_hosts(mode: Mode) -> list[str]:
    """The host names the Hub answers to: required in production, this machine's own names otherwise."""
    hosts = [host.strip() for host in text("ALLOWED_HOSTS").split(",") if host.strip()]
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


def database(mode: Mode, var: Path) -> dict[str, Any]:
    """Django's settings for the database: DATABASE_URL, or on one's own machine a PostgreSQL kept under `var`."""
    example = "postgres://user:password@host:5432/hub"
    url = _url("DATABASE_URL", DATABASE_SCHEMES, example)
    if url is None and mode == "production":
        refuse("DATABASE_URL", "is missing", f"Write it as in DATABASE_URL={example}")
    if url is None:
        from hub import embedded_postgres

        return {"ENGINE": "hub.embedded_postgres", **embedded_postgres.connection_settings(var / "postgres")}
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    if not settings.get("NAME"):
        refuse("DATABASE_URL", "names no database", f"Write it as in DATABASE_URL={example}")
    settings.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    return settings


def cache(var: Path) -> dict[str, Any]:
    """Django's cache: CACHE_URL, or files that all worker processes of this machine share."""
    url = _url("CACHE_URL", CACHE_SCHEMES, "redis://valkey:6379/0")
    if url is None:
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(var / "cache"),
        }
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}


def email(var: Path) -> dict[str, Any]:
    """Django's EMAIL_ settings: EMAIL_URL, or one file for each message under `var/mail`."""
    url = _url("EMAIL_URL", EMAIL_SCHEMES, "smtp+tls://user:password@mail.example.org:587")
    if url is None:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(var / "mail"),
        }
    settings = environ.Env.email_url_config(url.replace("smtps://", "smtp+ssl://", 1))
    return {key: value for key, value in settings.items() if key.startswith("EMAIL_")} | {"EMAIL_TIMEOUT": 20}


def debug(mode: Mode) -> bool:
    """HUB_DEBUG: error pages that show code and data, never in production."""
    wanted = yes_or_no("HUB_DEBUG", default=False)
    if wanted and mode == "production":
        refuse("HUB_DEBUG", "would show code and data to strangers", "Leave it out in production.")
    return wanted


def log_level() -> str:
    """LOG_LEVEL: how much is written to the terminal."""
    value, levels = text("LOG_LEVEL", "WARNING").upper(), ("DEBUG", "INFO", "WARNING", "ERROR")
    if value not in levels:
        refuse("LOG_LEVEL", "is not a level", f"Write one of {', '.join(levels)}.")
    return value
