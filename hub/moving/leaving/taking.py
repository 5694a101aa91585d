"""Taking along: the zip, a line in the use register for each story whose words are in it, and one in the log.

Each story is asked about when its words are gathered, and again, under its lock, before the file is handed out: if one
was changed or taken back in between, all is gathered anew. Nothing that was written is kept.
"""

import tempfile
from typing import IO, TYPE_CHECKING

from wagtail.log_actions import log

from hub.moving.leaving.archive import MEGABYTE, TooMuch, size_of, write
from hub.moving.leaving.gathering import Everything, Wanted, gather
from hub.moving.leaving.stories import USE, may_leave
from hub.pages.models import HomePage, PartnerSectionPage
from hub.pages.models.base import today
from hub.stories.ledger import verb
from hub.stories.light import lock
from hub.stories.models import StoryPage
from hub.stories.withdrawal import record_use

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TAKEN_ALONG = "hub.moving.taken_along"
ACTIONS = {TAKEN_ALONG: "Taken along as files"}
TRIES = 3
IN_MEMORY = 4 * MEGABYTE
MOST_AT_ONCE = 500  # megabytes, by a browser
TOO_LARGE = (
    "These pictures and files are {:,} MB together, more than the {:,} MB that a browser can take at once. Whoever runs"
    " the Hub takes them with the command take_along."
)


class ChangedMeanwhile(Exception):
    """A story was changed or taken back while the files were being written."""


def take_along(
    wanted: Wanted, *, by: "User", most: int | None = MOST_AT_ONCE, counts: bool = True
) -> tuple[IO[bytes], Everything]:
    """The zip, open at its beginning and gone when it is closed, and what is in it.

    Raises MayNotTake, TooMuch, and ChangedMeanwhile. `counts` is false for a form that was sent twice.
    """
    for left in reversed(range(TRIES)):
        everything = gather(wanted, by=by)
        size = size_of(everything) // MEGABYTE
        if most is not None and size > most:
            raise TooMuch(TOO_LARGE.format(size, most))
        out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever asked reads and closes it
        try:
            write(everything, out)
            _hand_out(wanted, everything, by=by, counts=counts)
        except ChangedMeanwhile:
            out.close()
            if left == 0:
                raise
        except BaseException:
            out.close()
            raise
        else:
            out.seek(0)
            return out, everything
    raise AssertionError("unreachable")


@verb
def _hand_out(wanted: Wanted, everything: Everything, *, by: "User", counts: bool) -> None:
    """Asks a last time about each story, and writes down that it left. Raises ChangedMeanwhile."""
    of = wanted.partner.short_name if wanted.partner else "all partners"
    for number in sorted(everything.words):
        if not StoryPage.objects.filter(pk=number).exists():
            raise ChangedMeanwhile
        lock(number)
        story = StoryPage.objects.get(pk=number)
        if story.content_hash() != everything.words[number] or not may_leave(story):
            raise ChangedMeanwhile
        if counts:
            record_use(story, USE, where=f"Taken out of the Hub as files, with {of}", used_on=today(), by=by)
    place = PartnerSectionPage.objects.filter(organisation=wanted.partner).first() if wanted.partner else None
    about = {"pages": len(everything.data["pages"]), "stories": len(everything.words), "records": wanted.records}
    log(place or HomePage.objects.first(), TAKEN_ALONG, user=by, data=about)
