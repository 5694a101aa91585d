"""Everything as one zip: what somebody reads first, the JSON with its schema, each page as HTML and Markdown, tables.

Nothing of it is kept here: it is written where whoever takes it says, and that is all.
"""

import csv
import io
import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify

from hub.left_out import each
from hub.moving.leaving.gathering import Everything
from hub.moving.leaving.markdown import as_markdown
from hub.moving.leaving.readable import Files, document, page_as_html
from hub.spreadsheets import plain

DATA, SCHEMA = "hub.json", "hub.schema.json"
SCHEMA_FILE = Path(__file__).parent.parent / "form.schema.json"
MEGABYTE = 1024 * 1024
COLUMNS = ("number", "kind", "title", "partner", "address", "is_public", "last_published", "last_checked", "next_check")


class TooMuch(Exception):
    """It is more than may be taken this way. The sentence says what to do."""


def size_of(everything: Everything) -> int:
    """About how many bytes the pictures and files are, which is nearly all of it."""
    return sum(int(stored.size) for stored in everything.files.values())


def write(everything: Everything, out: IO[bytes]) -> None:
    """The zip. Pictures and files are stored as they are; words are packed."""
    data = everything.data
    pages = [*data["pages"], *(story["page"] for story in data["stories"] if story["page"])]
    names = {page["number"]: _name(page) for page in pages}
    files = _beside(data, pages, names)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read-me.html", _read_me(data, names))
        archive.writestr(DATA, json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.write(SCHEMA_FILE, SCHEMA)
        for page, html in each(pages, lambda page: (page, page_as_html(page, files)), of="the pages to read"):
            archive.writestr(f"pages/{names[page['number']]}.html", html)
            archive.writestr(f"pages/{names[page['number']]}.md", as_markdown(html))
        for name, rows in (data.get("records") or {}).items():
            archive.writestr(f"records/{name}.csv", _as_csv(rows))
        archive.writestr("pages.csv", _as_csv([_line(page) for page in pages]))
        for name, stored in everything.files.items():
            info = zipfile.ZipInfo(name)  # without a packing of its own: pictures are packed already
            with stored.storage.open(stored.name, "rb") as source, archive.open(info, "w") as place:
                shutil.copyfileobj(source, place)


def _beside(data: dict[str, Any], pages: list[dict[str, Any]], names: dict[int, str]) -> Files:
    """What a page in the folder of pages points at: others in it, pictures and files beside it, pages on the web."""
    found = {f"page:{one['number']}": one["address"] for one in data["elsewhere"]}
    found |= {f"page:{number}": f"{name}.html" for number, name in names.items()}
    for kind, folder in (("picture", "pictures"), ("document", "documents")):
        found |= {f"{kind}:{one['number']}": f"../{one['file']}" for one in data[folder] if one["file"]}
    return Files(found, {one["number"]: one["title"] for one in [*pages, *data["elsewhere"]]})


def _name(page: dict[str, Any]) -> str:
    title = "" if page["kind"] == "story" else slugify(page["title"])[:60]
    return f"{page['kind']}-{page['number']}{'-' if title else ''}{title}"


def _line(page: dict[str, Any]) -> dict[str, Any]:
    return {name: page[name] for name in COLUMNS}


def _as_csv(rows: list[dict[str, Any]]) -> str:
    """A table for a spreadsheet, in which no cell is read as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    if rows:
        writer.writerow(rows[0])
        writer.writerows([plain(_cell(value)) for value in row.values()] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def _read_me(data: dict[str, Any], names: dict[int, str]) -> str:
    """What is here, and what is not."""
    of = data["partners"][0]["name"] if data["taken"]["partner"] else data["hub"]["name"]
    stay = sum(not story["page"] for story in data["stories"])
    without = [f"{stay} of {len(data['stories'])} stories are here without their words."] if stay else []
    notes = [*data["notes"], *without]
    titles = {page["number"]: page["title"] for page in data["pages"]}
    links = ((f"pages/{name}.html", titles.get(number, f"Story {number}")) for number, name in names.items())
    return document(
        f"{of}, taken along on {data['taken']['at']:%-d %B %Y}",
        format_html_join("\n", "<p>{}</p>", ((note,) for note in notes))
        + format_html(
            "<p>Each page is here as HTML, to read, and as Markdown, to edit. {} holds all of it for programs; {} says"
            " what stands where in it. Tables (CSV) open in a spreadsheet.</p><h2>Pages</h2><ul>{}</ul>",
            DATA,
            SCHEMA,
            format_html_join("\n", '<li><a href="{}">{}</a></li>', links),
        ),
    )
