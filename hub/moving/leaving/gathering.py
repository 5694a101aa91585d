"""What is in the files? Everything of one partner, or of the Hub, as one value that the files are then written from.

Refuses whoever may not take it (`who_may`). What stays behind is said in the value itself, in `notes`.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from hub.left_out import counted, each
from hub.moving.leaving.pages import Named, as_data, elsewhere, newest_words, pages_of, public_among
from hub.moving.leaving.records import how_to_reach, records_of
from hub.moving.leaving.stories import STAYS, may_leave, stories_of
from hub.moving.leaving.who_may import MayNotTake, may_take, may_take_records
from hub.pages.models import HelpLine, HubDocument, HubImage, HubPage
from hub.partners.models import Partner
from hub.stories.models import StoryPage

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FORM, VERSION = "making-it-work-hub", 1
OUT_OF_OUR_HANDS = (
    "What stands in these files is out of the Hub’s hands. If somebody in a story takes their yes back after this"
    " moment, the Hub shows it no more; the copy in these files has to be taken away by whoever has them."
)
NOT_YOURS = "You may not take this along. A lead takes what is her partner’s; an administrator takes everything."
NO_RECORDS = "Records of consent go with the partner’s own lead, and with nobody else."
UNREADABLE = "Something could not be read, so it is not among these. The Hub’s log says which."
OF = "what is taken along"  # in the log
GONE = "The file of {} {} is not where it should be, so it is not among these."


@dataclass(frozen=True)
class Wanted:
    """What somebody takes along: of a partner, or of the Hub (None); with its records; with how to reach people."""

    partner: Partner | None
    records: bool = False
    details: bool = False


@dataclass
class Everything:
    """`data` is what the JSON says. `words` are the hashes of the stories in it, `files` what stands beside it."""

    data: dict[str, Any]
    words: dict[int, str] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)


def gather(wanted: Wanted, *, by: "User") -> Everything:
    """All of it, as it is now. Raises MayNotTake."""
    if not may_take(by, wanted.partner):
        raise MayNotTake(NOT_YOURS)
    if (wanted.records or wanted.details) and not may_take_records(by, wanted.partner):
        raise MayNotTake(NO_RECORDS)
    everything = Everything(_about(wanted))
    with counted() as missing:
        _gather(everything, wanted, by=by)
    if missing:
        everything.data["notes"].append(UNREADABLE)
    return everything


def _gather(everything: Everything, wanted: Wanted, *, by: "User") -> None:
    """Each page, story and record by itself: one that cannot be read takes no other with it."""
    named, stories, staffs = Named(), stories_of(wanted.partner, by), pages_of(wanted.partner)
    public = public_among([*staffs.values_list("pk", flat=True), *stories.values_list("pk", flat=True)])

    def page(found: HubPage) -> dict[str, Any]:
        return as_data(newest_words(found), named, public=public)

    def story(found: StoryPage) -> dict[str, Any]:
        return _story(found, everything, named, public)

    pages = everything.data["pages"] = list(each(staffs, page, of=OF))
    everything.data["stories"] = list(each(stories, story, of=OF))
    everything.data["elsewhere"] = elsewhere(named.pages - {one["number"] for one in pages})
    _add_files(everything, named)
    if wanted.partner is None:
        everything.data["help_lines"] = list(HelpLine.objects.order_by("pk").values())
    _add_records(everything, wanted, stories, by=by)


def _about(wanted: Wanted) -> dict[str, Any]:
    partners = Partner.objects.order_by("name") if wanted.partner is None else [wanted.partner]
    return {
        "form": FORM,
        "version": VERSION,
        "hub": {"name": settings.WAGTAIL_SITE_NAME, "address": settings.HUB_ADDRESS},
        "taken": {"at": timezone.now(), "partner": wanted.partner.slug if wanted.partner else None},
        "notes": [OUT_OF_OUR_HANDS],
        "partners": [_partner(partner) for partner in partners],
    }


def _partner(partner: Partner) -> dict[str, Any]:
    names = ("name", "short_name", "slug", "strand", "summary", "description", "place", "phone", "help_topics", "email",
             "website", "charity_number", "is_open")  # fmt: skip
    return {name: getattr(partner, name) for name in names}


def _story(story: StoryPage, everything: Everything, named: Named, public: set[int]) -> dict[str, Any]:
    """A story with its words, or the neutral line in their place."""
    partner = story.partner.slug if story.partner else None
    if not may_leave(story):
        return {"number": story.pk, "partner": partner, "page": None, "instead": STAYS}
    everything.words[story.pk] = story.content_hash()
    page = as_data(story, named, public=public)
    return {"number": story.pk, "partner": partner, "page": page, "instead": ""}


def _add_files(everything: Everything, named: Named) -> None:
    """The pictures and files that what is taken points at, each with its name among the files."""
    data = everything.data
    data["pictures"], data["documents"] = [], []
    for image in HubImage.objects.filter(pk__in=named.pictures).order_by("pk"):
        row = {"title": image.title, "alternative_text": image.default_alt_text}
        data["pictures"].append({"number": image.pk, **row, "file": _file("pictures", image, everything)})
    for document in HubDocument.objects.filter(pk__in=named.documents).order_by("pk"):
        file = _file("documents", document, everything)
        data["documents"].append({"number": document.pk, "title": document.title, "file": file})


def _file(folder: str, thing: Any, everything: Everything) -> str | None:
    stored = thing.file
    if not stored or not stored.storage.exists(stored.name):
        everything.data["notes"].append(GONE.format(folder.removesuffix("s"), thing.pk))
        return None
    name = f"{folder}/{thing.pk}.{stored.name.rsplit('.', 1)[-1].lower()}"
    everything.files[name] = stored
    return name


def _add_records(everything: Everything, wanted: Wanted, stories: "QuerySet[StoryPage]", *, by: "User") -> None:
    if wanted.partner and (wanted.records or wanted.details):
        tables = records_of(stories, wanted.partner, by=by) if wanted.records else {}
        if wanted.details:
            tables["how_to_reach_people"] = how_to_reach(stories, wanted.partner, by=by)
        everything.data["records"] = tables
