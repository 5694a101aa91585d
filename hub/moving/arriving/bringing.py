"""Files that were taken along come in as drafts: all of it or nothing, and what is here already stays as it is.

Into one's own section, guidance and stories of one partner. Everything of a Hub, with its modules and activities, is
brought in by an administrator, each page where it stood. A story comes in dark: consent stays where it was given.
"""

import io
import logging
import zipfile
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Collection

from hub.moving.arriving.library import Library
from hub.moving.arriving.making import Coming, Here, begin, finish
from hub.moving.arriving.reading import LARGEST, pages_in, read
from hub.moving.kinds import KINDS
from hub.moving.models import Arrival
from hub.pages.files.opening import Refused
from hub.pages.imports.came_from import here_already, note_where_from
from hub.pages.models import HubPage, ModulePage, PartnerSectionPage, ToolkitPage
from hub.pages.partner_operations import open_partner
from hub.pages.words.addresses import address_to_keep
from hub.partners.models import Partner
from hub.partners.roles import SHARED_COLLECTION

logger = logging.getLogger(__name__)
COMES_IN = ("module", "activity", "guidance", "story")  # in this order: what stands in another comes after it
CLASSES = {name: model for model, name in KINDS.items()}
MOST_PAGES = 500
MAY_NOT = "You may not write in this section. Choose one of your own."
ADMINISTRATORS = "Everything of a Hub is brought in by an administrator. Into a section comes what is of one partner."
SEVERAL = "These files are everything of a Hub, and a section takes what is of one partner. Ask an administrator."
TOO_MANY = "There are {:,} pages in these files, at most {:,} at once. Whoever runs the Hub can bring them in."
NO_TOOLKIT = "There is no toolkit here yet for the modules in these files. Make its page first, under the home page."
OURS = (
    "These files could not be brought in, and that is our mistake. Nothing came in. Tell whoever looks after the Hub."
)
CANNOT_BE = "“{}” says things that contradict each other, such as a largest group below the smallest. Nothing came in."
CAME = "A draft"
ALREADY = "Not brought in: it is here already, and stays as it is."
STAYS_OUT = "Not brought in: each Hub has its own pages of this kind. Its words are in the zip, to copy from."
OF_ALL = "Not brought in: modules and activities are for all partners, so an administrator brings them in."
NO_MODULE = "Not brought in: the module under which it stood did not come along."
NO_WORDS = "Not brought in: its words are not in the files."
OPENED = "This partner was opened."
DARK = "Nobody has agreed to it here. Add the people in it, and ask each of them."


@dataclass
class Journey:
    """What is brought, by whom, into which section; what is here by now; a row for each page."""

    data: dict[str, Any]
    by: Any
    section: PartnerSectionPage | None
    here: Here
    coming: list[Coming] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def row(self, title: str, became: str, page: HubPage | None = None, said: list[str] | None = None) -> None:
        number = page.pk if page else None
        self.rows.append({"title": title, "became": became, "page": number, "said": said if said is not None else []})


def bring_along(data: bytes, *, section: PartnerSectionPage | None, by: Any, largest: int | None = LARGEST) -> Arrival:
    """Everything that comes in, and a row for each page. Nothing at all, with the reason, if anything refuses."""
    arrival = Arrival(by=by, section=section)
    try:
        _check_may(section, by)
        arrival.rows = _brought(read(data, largest=largest), data, section, by, most=MOST_PAGES if largest else None)
    except Refused as refusal:
        arrival.refused = str(refusal)
    except Exception:
        logger.exception("What was taken along could not be brought in.")
        arrival.refused = OURS
    arrival.save()
    return arrival


def _check_may(section: PartnerSectionPage | None, by: Any) -> None:
    if section is None and not (by.is_active and by.is_superuser):
        raise Refused(ADMINISTRATORS)
    if section is not None and not section.permissions_for_user(by).can_add_subpage():
        raise Refused(MAY_NOT)


def _brought(
    said: dict[str, Any], data: bytes, section: PartnerSectionPage | None, by: Any, *, most: int | None
) -> list[dict[str, Any]]:
    """The rows, once all is in the database."""
    if section is not None and said["taken"]["partner"] is None:
        raise Refused(SEVERAL)
    pages = list(pages_in(said))
    if most is not None and len(pages) > most:
        raise Refused(TOO_MANY.format(len(pages), most))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        library = Library(archive, _by_number(said["pictures"]), _by_number(said["documents"]), by)
        titles = {one["number"]: one["title"] for one in [*pages, *said["elsewhere"]]}
        journey = Journey(said, by, section, Here(_found_here(said), titles, library))
        try:
            with transaction.atomic():
                _travel(journey, pages)
        except BaseException:
            library.take_away()
            raise
    return journey.rows


def _travel(journey: Journey, pages: list[dict[str, Any]]) -> None:
    for page in sorted(pages, key=lambda one: _turn(one["kind"])):
        _put_in_its_place(journey, page)
    for story in journey.data["stories"]:
        if not story["page"]:
            journey.row(f"Story {story['number']}", NO_WORDS)
    for coming in journey.coming:
        finish(coming, journey.here, _collection(coming.page))
        coming.page.save()
        coming.page.save_revision(user=journey.by, log_action=True, clean=False)


def _put_in_its_place(journey: Journey, data: dict[str, Any]) -> None:
    """A draft with its title at its place; or a row that says why not."""
    title = f"Story {data['number']}" if data["kind"] == "story" else data["title"]
    origin = _origin(journey.data, data)
    known = here_already(origin, below=journey.section) or _is_this_hubs_own(journey, data)
    if known is not None:
        journey.here.pages[data["number"]] = known
        return journey.row(title, ALREADY, known)
    if data["kind"] not in COMES_IN:
        return journey.row(title, STAYS_OUT)
    if journey.section is not None and data["kind"] in {"module", "activity"}:
        return journey.row(title, OF_ALL)
    parent = _parent(journey, data)
    if parent is None:
        return journey.row(title, NO_MODULE)
    coming = Coming(data, CLASSES[data["kind"]](owner=journey.by))
    begin(coming)
    coming.page.slug = "" if data["kind"] == "story" else address_to_keep(data["slug"], below=parent)
    try:
        with transaction.atomic():
            parent.add_child(instance=coming.page)
    except (IntegrityError, ValidationError) as mistake:
        raise Refused(CANNOT_BE.format(title)) from mistake
    note_where_from(coming.page, origin)
    journey.here.pages[data["number"]] = coming.page
    journey.coming.append(coming)
    if data["kind"] == "story":
        coming.say(DARK)
    return journey.row(title, CAME, coming.page, coming.said)


def _parent(journey: Journey, data: dict[str, Any]) -> HubPage | None:
    if data["kind"] == "module":
        toolkit = ToolkitPage.objects.first()
        if toolkit is None:
            raise Refused(NO_TOOLKIT)
        return toolkit
    if data["kind"] == "activity":
        module = journey.here.pages.get(data["parent"] or 0)
        return module if module and issubclass(module.specific_class, ModulePage) else None
    return journey.section or _section_of(journey, data["partner"])


def _section_of(journey: Journey, slug: str | None) -> HubPage | None:
    """The section of the partner with this address; opened when there is none yet."""
    known = PartnerSectionPage.objects.filter(organisation__slug=slug).first()
    if known is not None:
        return known
    row = next((one for one in journey.data["partners"] if one["slug"] == slug), None)
    if row is None:
        return None
    partner = Partner(**{name: value for name, value in row.items() if name != "is_open"})
    try:
        section = open_partner(partner, by=journey.by)
    except ValidationError as refusal:
        raise Refused(f"{row['name']} cannot be opened here. {' '.join(refusal.messages)}") from None
    journey.row(partner.name, OPENED, section)
    return section


def _collection(page: HubPage) -> Collection:
    """Where the pictures of this page are kept: with its partner, or with what all share."""
    own = page.partner.collection if page.partner else Collection.objects.filter(name=SHARED_COLLECTION).first()
    if own is None:
        raise Refused("There is no place for pictures here yet. Ask the administrator to set it up.")
    found: Collection = own.get_children().filter(name="Images").first() or own
    return found


def _found_here(said: dict[str, Any]) -> dict[int, HubPage]:
    """What this Hub has under the same name, of the pages that do not come in and are pointed at: a module, “Help”."""
    named = [*said["elsewhere"], *(page for page in said["pages"] if page["kind"] not in COMES_IN)]
    found: dict[int, HubPage] = {}
    for kind in {one["kind"] for one in named} - {"guidance", "story"}:
        numbers = {one["slug"]: one["number"] for one in named if one["kind"] == kind}
        found |= {numbers[page.slug]: page for page in CLASSES[kind].objects.filter(slug__in=numbers)}
    return found


def _is_this_hubs_own(journey: Journey, data: dict[str, Any]) -> HubPage | None:
    """The page itself, when the files were taken from this very Hub and it is still here, in this section."""
    if journey.data["hub"]["address"] != settings.HUB_ADDRESS:
        return None
    page = HubPage.objects.filter(pk=data["number"]).first()
    if page is None or (journey.section is not None and not page.is_descendant_of(journey.section)):
        return None
    return page if KINDS.get(page.specific_class) == data["kind"] else None


def _origin(said: dict[str, Any], data: dict[str, Any]) -> str:
    return f"{said['hub']['address']} {data['kind']} {data['number']}"


def _turn(kind: str) -> int:
    return COMES_IN.index(kind) if kind in COMES_IN else len(COMES_IN)


def _by_number(rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {row["number"]: row for row in rows}
