"""Reads the Hub's secrets from the environment: required on a server, made once and kept in `var` on one's own machine.

Refuses to start with one that is missing where it is needed, too short, or not random. Never prints one.
"""

import base64
import hashlib
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

import pyrage

from hub.env import Mode, refuse, several, text

FEWEST_CHARACTERS = 10  # different ones, in a secret


def secret_key(mode: Mode, var: Path) -> str:
    """Django's secret: required in production; made once and kept in `var` on one's own machine."""
    value = text("SECRET_KEY")
    how = 'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
    if value:
        return _not_guessed("SECRET_KEY", value, how)
    if mode == "production":
        refuse("SECRET_KEY", "is missing", how)
    return _kept_secret(var / "secret_key")


def _not_guessed(name: str, value: str, how: str) -> str:
    if len(value) < 32:
        refuse(name, "is shorter than 32 characters and could be guessed", how)
    if len(set(value)) < FEWEST_CHARACTERS or "insecure" in value.lower():
        refuse(name, "is not random and could be guessed", how)
    return value


def older_secret_keys() -> list[str]:
    """SECRET_KEY_FALLBACKS: what was signed with these stays good, sessions among it, until they are taken out."""
    how = "Write the SECRET_KEY of before, or leave it out."
    return [_not_guessed("SECRET_KEY_FALLBACKS", key, how) for key in several("SECRET_KEY_FALLBACKS")]


def link_keys(mode: Mode, var: Path, secret_key: str) -> list[str]:
    """The keys that private links and cards are known by, newest first: not SECRET_KEY, which may change."""
    how = (
        'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(50))". In a Hub that has run before'
        " without it, write behind that, after a comma, the SECRET_KEY of today: the cards that people hold were made"
        " with that one."
    )
    keys = several("HUB_LINK_KEYS")
    if not keys and mode == "production":
        refuse("HUB_LINK_KEYS", "is missing", how)
    brought = more_link_keys(var).read_text().split() if more_link_keys(var).exists() else []
    return [_not_guessed("HUB_LINK_KEYS", key, how) for key in keys] or [
        _kept_secret(var / "link_key"),
        *brought,
        secret_key,
    ]


def more_link_keys(var: Path) -> Path:
    """On one's own machine: older keys, and those of other machines that their backups brought, one a line."""
    return var / "link_keys"


def encryption_keys(mode: Mode, var: Path) -> list[str]:
    """The keys personal details are encrypted with, newest first: required in production, kept in `var` locally."""
    keys = several("HUB_ENCRYPTION_KEYS")
    how = (
        "Make one with: python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"
        " and keep it apart from the database's backups. To change keys, put the new one first, with a comma between."
    )
    if not keys and mode == "production":
        refuse("HUB_ENCRYPTION_KEYS", "is missing", how)
    for key in keys:
        try:
            right = len(base64.urlsafe_b64decode(key)) == 32 and len(set(base64.urlsafe_b64decode(key))) > 8
        except ValueError:
            right = False
        if not right:
            refuse("HUB_ENCRYPTION_KEYS", "holds something that is not a key of 32 bytes in URL-safe base64", how)
    brought = more_keys(var).read_text().split() if more_keys(var).exists() else []
    return keys or [_key_from(_kept_secret(var / "encryption_secret")), *brought]


def more_keys(var: Path) -> Path:
    """On one's own machine: the keys of other machines, that their backups brought, one a line."""
    return var / "encryption_keys"


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


def recipient(name: str) -> str:
    """The public key that backups are locked with, in the form of age; empty for none."""
    value = text(name)
    try:
        if value:
            pyrage.x25519.Recipient.from_str(value)
    except pyrage.RecipientError:
        refuse(name, "is not a public key of age", "Write the line of `age-keygen` that begins age1.")
    return value
