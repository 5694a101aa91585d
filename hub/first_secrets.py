"""Which secrets does a new server need, and who may see which? Makes those that are missing, each a file of its own.

Run by `compose.yaml` before everything else, without Django. It keeps every secret that is there, and takes those that
a Hub from before had in its .env. Each folder is seen by its own services alone: what answers readers sees no owner's
password. The private key of the backups belongs on no server: it waits in a folder that nobody sees until it is taken
away.
"""

import base64
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

import pyrage

from hub import env

FOLDER = Path("/run/secrets")
SOCKET = "/run/postgresql"
IDENTITY = "away/backup_identity"
TO_KEEP = ("hub/encryption_keys", "hub/link_keys", IDENTITY)
MADE_ANEW = ("encryption_keys", "link_keys")


def a_word() -> str:
    return secrets.token_urlsafe(40)


def a_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def make_missing(folder: Path) -> list[str]:
    """The names of those that were written. What .env says counts more than what was written before."""
    kept = Kept(folder)
    before = env.text("SECRET_KEY")  # of a Hub from before there were keys for links: its cards were made with it
    kept.secret("hub/secret_key", "SECRET_KEY")
    kept.secret("hub/link_keys", "HUB_LINK_KEYS", new=lambda: f"{a_word()},{before}" if before else a_word())
    kept.secret("hub/encryption_keys", "HUB_ENCRYPTION_KEYS", new=a_key)
    kept.secret("hub/monitor_token", "HUB_MONITOR_TOKEN")
    kept.secret("hub/email_url", "EMAIL_URL", new=lambda: "")
    word = kept.secret("owner/postgres_password", "POSTGRES_PASSWORD")
    kept.write("owner/database_owner_url", f"postgres://hub:{word}@/{SOCKET}/hub")
    kept.secret("owner/backup_url", "HUB_BACKUP_URL", new=lambda: "")
    word = kept.secret("owner/web_password", "POSTGRES_WEB_PASSWORD")
    kept.write("hub/database_url", f"postgres://hub_web:{word}@/{SOCKET}/hub")
    word = kept.secret("valkey/password", "VALKEY_PASSWORD")
    kept.write("valkey/valkey.conf", f"requirepass {word}")
    kept.write("hub/cache_url", f"unix://:{word}@/run/valkey/valkey.sock?db=0")
    kept.secret("hub/backup_recipient", "HUB_BACKUP_RECIPIENT", new=kept.pair_of_keys)
    return kept.written


class Kept:
    """Secrets in a folder, and which of them were written this time."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.written = folder, list[str]()

    def secret(self, name: str, variable: str, *, new: Callable[[], str] = a_word) -> str:
        """What the environment says, or what is there, or a new one."""
        place = self.folder / name
        return self.write(name, env.text(variable) or (place.read_text() if place.exists() else new()))

    def write(self, name: str, value: str) -> str:
        """For the services that are given the folder, whoever they run as: nobody else of the machine reaches it."""
        place = self.folder / name
        if not place.exists() or place.read_text() != value:
            place.parent.mkdir(parents=True, exist_ok=True)
            half = place.with_name(f".{place.name}.half")
            half.write_text(value)
            half.chmod(0o444)
            half.replace(place)
            self.written.append(name)
        return value

    def pair_of_keys(self) -> str:
        """The public one of two for backups; the private one waits to be taken away."""
        pair = pyrage.x25519.Identity.generate()
        self.write(IDENTITY, str(pair))
        return str(pair.to_public())


def take_away(folder: Path) -> list[str]:
    """What belongs in a password manager, and after this the private key of the backups is on this machine no more."""
    said = [f"{name.partition('/')[2]}: {(folder / name).read_text()}" for name in TO_KEEP if (folder / name).exists()]
    (folder / IDENTITY).unlink(missing_ok=True)
    return said


def make_anew(folder: Path, name: str) -> list[str]:
    """Puts a new key before the older ones, which go on opening what they locked."""
    kept = Kept(folder)
    older = (folder / "hub" / name).read_text()
    kept.write(f"hub/{name}", f"{a_key() if name == 'encryption_keys' else a_word()},{older}")
    return kept.written


def main(arguments: list[str], folder: Path = FOLDER) -> list[str]:
    if arguments == ["take-away"]:
        return take_away(folder)
    if len(arguments) == 2 and arguments[0] == "new" and arguments[1] in MADE_ANEW:
        return [f"Wrote {name}." for name in make_anew(folder, arguments[1])]
    if arguments:
        sys.exit(f"Say nothing, take-away, or new with one of {', '.join(MADE_ANEW)}.")
    said = [f"Wrote {name}." for name in make_missing(folder)]
    if (folder / IDENTITY).exists():
        said.append("The private key of the backups is still here. docker compose run --rm secrets take-away")
    return said


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in main(sys.argv[1:])))
