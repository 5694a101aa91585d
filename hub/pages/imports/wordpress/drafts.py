"""From WordPress's export to drafts in one's own section: every page of it, or none.

What came in before stays as it is. A link from one old page to another leads to the new one.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from hub.pages.imports.came_from import here_already, note_where_from
from hub.pages.imports.proof import compare, words_of_blocks
from hub.pages.imports.safe_text import safe_text
from hub.pages.imports.wordpress import sentences as say
from hub.pages.imports.wordpress.reading import LONGEST_TITLE, read
from hub.pages.models import GuidancePage, HubPage, ImportFile, ImportJob
from hub.pages.words.addresses import address_to_keep

UNTITLED = "Without a title"


@dataclass
class OldSite:
    """The old website: where it stood, and which page here each of its addresses is now."""

    address: str
    pages: dict[str, HubPage] = field(default_factory=dict)

    def note(self, address: str, page: HubPage) -> None:
        if address:
            self.pages[_known_by(address)] = page

    def link(self, address: str, said: list[str]) -> dict[str, str] | None:
        """What a link of an old page becomes; None where it led to another place of the same page."""
        if not address or address.startswith("#"):
            return None
        whole = address if urlsplit(address).scheme else urljoin(self.address, address)
        page = self.pages.get(_known_by(whole))
        if page is not None:
            return {"linktype": "page", "id": str(page.pk)}
        host = urlsplit(self.address).hostname
        sentence = say.OLD_SITE.format(whole[:200])
        if host and urlsplit(whole).hostname == host and sentence not in said:
            said.append(sentence)
        return {"href": whole} if urlsplit(whole).scheme else None


def bring_in_export(job: ImportJob, file: ImportFile) -> None:
    """A draft and a row for each page. Raises Refused, and nothing came in. Call it in a transaction."""
    found = read(bytes(file.data or b""))
    site, drafts = OldSite(found["site"]), []
    for data in found["pages"]:
        row = ImportFile(job=job, name=(data["title"] or UNTITLED)[:255], state=ImportFile.State.REFUSED)
        origin = f"{found['site']} {data['number']}"
        known = None if data["refused"] else here_already(origin, below=job.section)
        if data["refused"] or known is not None:
            row.reason, row.page = data["refused"] or say.CAME_BEFORE, known
            row.save()
        else:
            row.state, row.page = ImportFile.State.DONE, _draft(job, data)
            note_where_from(row.page, origin)
            drafts.append((row, data))
        if row.page is not None:
            site.note(data["address"], row.page)
    for row, data in drafts:
        _fill(row, data, site, by=job.by)
    file.state, file.lost = ImportFile.State.READ, found["said"]


def _draft(job: ImportJob, data: dict[str, Any]) -> GuidancePage:
    """The page at its place, with its title alone."""
    page = GuidancePage(title=(data["title"] or UNTITLED)[:LONGEST_TITLE], summary=data["summary"], owner=job.by)
    page.live, page.has_unpublished_changes = False, True
    page.slug = address_to_keep(unquote(data["slug"]), below=job.section)
    job.section.add_child(instance=page)
    return page


def _fill(row: ImportFile, data: dict[str, Any], site: OldSite, *, by: Any) -> None:
    said: list[str] = list(data["said"])
    blocks = [_linked(block, site, said) for block in data["blocks"]]
    page: Any = row.page
    body: Any = GuidancePage._meta.get_field("body")
    page.body = body.to_python(blocks)
    page.save()
    page.save_revision(user=by, log_action=True, clean=False)
    on_page = words_of_blocks(page.body.get_prep_value())
    row.lost = said + compare(data["visible"], on_page, left_out=data["left_out"], added=data["added"])
    row.before = data["before"]
    row.save()


def _linked(block: dict[str, Any], site: OldSite, said: list[str]) -> dict[str, Any]:
    """The block with each of its texts cleaned, and its links where they lead now."""

    def text(html: str) -> str:
        return safe_text(html, lambda address: site.link(address, said))

    kind, value = block["type"], block["value"]
    if kind == "text":
        return {"type": kind, "value": text(value)}
    if kind == "numbered":
        return {"type": kind, "value": {**value, "text": text(value["text"])}}
    if kind == "accordion":
        return {"type": kind, "value": {"items": [{**fold, "text": text(fold["text"])} for fold in value["items"]]}}
    if kind == "table":
        columns = value["table"]["columns"]
        rows = [
            {
                "values": [
                    text(cell) if column["type"] == "words" else cell
                    for column, cell in zip(columns, row["values"], strict=True)
                ]
            }
            for row in value["table"]["rows"]
        ]
        return {"type": kind, "value": {**value, "table": {**value["table"], "rows": rows}}}
    return block


def _known_by(address: str) -> str:
    """An address without what two ways of writing it differ in."""
    parts = urlsplit(address)
    path = unquote(parts.path).rstrip("/")
    return f"{(parts.hostname or '').removeprefix('www.')}{path}?{parts.query}"
