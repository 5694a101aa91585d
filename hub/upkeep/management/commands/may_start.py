"""manage.py may_start: is there anything for which the Hub had better not start? Asked at each start."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hub import rights
from hub.shelves import FilesDoNotAnswer, shelf
from hub.upkeep import keys, unfinished


class Command(BaseCommand):
    help = "Ends with a sentence while a restore is unfinished, rights are wrong or a key is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        unfinished.refuse_if_any()
        if wrong := rights.differences():
            raise CommandError(
                f"{wrong[0]} In all, {len(wrong)} of the rights of the web process are not as hub/rights.py says. "
                "`prepare_database`, run by the owner of the tables, puts them right."
            )
        if lost := keys.missing():
            kept = "HUB_ENCRYPTION_KEYS" if not keys.are_our_own() else f"{settings.VAR_DIR}/encryption_secret"
            raise CommandError(
                f"A key that this database was locked with is missing: the one named {', '.join(lost)}. Put it back "
                f"into {kept}, behind the newest. Nothing is lost until then, and nothing is shown. If nobody has it "
                "any more: `keys_are_lost`."
            )
        if unknown := keys.missing_link_keys():
            raise CommandError(
                f"A key that people's cards are known by is missing from HUB_LINK_KEYS: the one named "
                f"{', '.join(unknown)}. Put it back, behind the newest. If nobody has it any more: `link_keys --lost`, "
                "and give those people new cards."
            )
        refuse_an_open_storage()
        keys.note_newest()


def refuse_an_open_storage() -> None:
    """Silence is no refusal: without its storage the Hub shows what has no picture."""
    with suppress(FilesDoNotAnswer):
        if shelf("media").is_open_to_all():
            raise CommandError(
                "Anybody may read the storage of files that HUB_FILES_URL names, past every rule of the Hub. Close the "
                "bucket to the public, and start the Hub again."
            )
