"""How does somebody without the Hub read a page? As HTML for any browser, from the same data that is in the JSON.

Plain headings, lists and tables: no script, no style sheet, nothing fetched from elsewhere. Whatever has no words of
its own here (a help line's number, say) is named.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

HEAD = (
    '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title></head><body>'
)
TEXTS = {"set_up": "Setting up", "facilitator_notes": "Notes for whoever leads it",
         "might_come_up": "What might come up", "debrief": "Afterwards", "variations": "Other ways"}  # fmt: skip
NOT_SHOWN = {"translates", "read_at", "code", "paper", "menu_place", "menu_title"}


@dataclass(frozen=True)
class Files:
    """Where each thing is that a page points at, by `page:12`, `picture:3` or `document:4`; what a page is called."""

    addresses: Mapping[str, str]
    titles: Mapping[int, str]


def page_as_html(page: dict[str, Any], files: Files) -> str:
    """The whole page as one document."""
    return document(page["title"], words_of(page, files), language=page["language"])


def document(title: str, body: str, *, language: str = "en") -> str:
    return format_html(HEAD, language, title) + format_html("<h1>{}</h1>", title) + body + "</body></html>\n"


def words_of(page: dict[str, Any], files: Files) -> str:
    """Everything under the title."""
    parts: list[str] = [format_html("<p>{}</p>", page["summary"])] if page["summary"] else []
    parts += [_field(name, value, files) for name, value in page["fields"].items() if name not in NOT_SHOWN]
    return "\n".join(part for part in parts if part)


def _field(name: str, value: Any, files: Files) -> str:
    heading = TEXTS.get(name, name.replace("_", " ").capitalize())
    if not value:
        return ""
    if name == "modules":
        links = format_html_join("", "<li>{}</li>", ((_to_page(number, files),) for number in value))
        return format_html("<h2>Modules</h2><ul>{}</ul>", links)
    if isinstance(value, list) and isinstance(value[0], dict):
        blocks = "\n".join(block_as_html(one["type"], one["value"], files) for one in value)
        blocks = f"<ul>{blocks}</ul>" if name == "materials" else blocks
        return blocks if name == "body" else format_html("<h2>{}</h2>\n{}", heading, mark_safe(blocks))  # noqa: S308 - made below, piece by piece
    if isinstance(value, list):
        return format_html("<p>{}: {}</p>", heading, ", ".join(str(one) for one in value))
    if name in TEXTS:
        return format_html("<h2>{}</h2>\n{}", heading, _text(value, files))
    return format_html("<p>{}: {}</p>", heading, value)


def block_as_html(kind: str, value: Any, files: Files) -> str:
    """One block of a body. What has no row here is shown as the words that are in it."""
    return BLOCKS.get(kind, _anything)(value, files)


def _text(value: str, files: Files) -> SafeString:
    for name, address in files.addresses.items() if "href=" in value else ():
        value = value.replace(f'href="{name}"', f'href="{escape(address)}"')
    return mark_safe(value)  # noqa: S308 - rich text as the Hub keeps and shows it


def _to_page(number: int, files: Files) -> SafeString:
    title, address = files.titles.get(number, f"Page {number}"), files.addresses.get(f"page:{number}")
    return format_html('<a href="{}">{}</a>', address, title) if address else escape(title)


def _heading(value: Any, files: Files) -> str:
    level = "h3" if value["level"] == "h3" else "h2"
    return format_html("<{}>{}</{}>", level, value["text"], level)


def _numbered(value: Any, files: Files) -> str:
    start = format_html('<ol start="{}" type="{}">', value["first"], value["kind"])
    return str(_text(value["text"], files)).replace("<ol>", start, 1)


def _quote(value: Any, files: Files) -> str:
    who = format_html("<p>{}{}</p>", value["who"], " (made up as an example)" if value["made_up"] else "")
    said = _lines(value["text"])
    return format_html("<blockquote><p>{}</p>{}</blockquote>", said, who if value["who"] or value["made_up"] else "")


def _titled(value: Any, files: Files) -> str:
    return format_html("<h3>{}</h3>\n{}", value["title"], _text(value["text"], files))


def _picture(value: Any, files: Files) -> str:
    alt = "" if value["decorative"] else value["alt_text"]
    address = files.addresses.get(f"picture:{value['image']}")
    shown = format_html('<img src="{}" alt="{}">', address, alt) if address else format_html("(Picture: {})", alt)
    return format_html("<p>{}</p>{}", shown, format_html("<p>{}</p>", value["caption"]) if value["caption"] else "")


def _table(value: Any, files: Files) -> str:
    columns = value["table"]["columns"]
    head = format_html_join("", "<th>{}</th>", ((column["heading"],) for column in columns))
    rows = []
    for row in value["table"]["rows"]:
        cells = zip(columns, row["values"], strict=False)
        shown = ((_text(cell or "", files) if column["type"] == "words" else cell,) for column, cell in cells)
        rows.append((format_html_join("", "<td>{}</td>", shown),))
    body = format_html_join("\n", "<tr>{}</tr>", rows)
    return format_html("<table><caption>{}</caption><tr>{}</tr>\n{}</table>", value["caption"], head, body)


def _folds(value: Any, files: Files) -> str:
    return "\n".join(_titled(fold, files) for fold in value["items"])


def _help_lines(value: Any, files: Files) -> str:
    about = ", ".join(value["topics"]) or "everything"
    return format_html("<p>{} (help lines of the Hub about {})</p>", value["title"], about)


def _film(value: Any, files: Files) -> str:
    link = format_html('<p><a href="{}">{}</a>, {}</p>', value["url"], value["title"], value["who"])
    return link + format_html("<p>{}</p>\n{}", _lines(value["what"]), _text(value["transcript"], files))


def _download(value: Any, files: Files) -> str:
    address = files.addresses.get(f"document:{value['document']}")
    title = format_html('<a href="{}">{}</a>', address, value["title"]) if address else escape(value["title"])
    return format_html("<p>{} {}</p>", title, value["note"])


def _cards(value: Any, files: Files) -> str:
    cards = format_html_join("", "<li>{}</li>", ((line,) for line in value["lines"].splitlines() if line.strip()))
    return format_html("<h3>{}</h3><p>{}</p><ul>{}</ul>", value["title"], value["note"], cards)


def _step(value: Any, files: Files) -> str:
    said = format_html("<blockquote><p>{}</p></blockquote>", _lines(value["say"])) if value["say"] else ""
    title = f"{value['title']} ({value['minutes']} minutes)"
    return format_html("<h3>{}</h3>\n{}{}", title, _text(value["text"], files), said)


def _entry(value: Any, files: Files) -> str:
    names = {"said": "What we heard", "changed": "What we changed", "could_not": "We could not, because"}
    lines = ((names[name], value[name]) for name in names if value.get(name))
    who = f", {value['who']}" if value.get("who") else ""
    return format_html("<h3>{}{}</h3>{}", value["date"], who, format_html_join("", "<p>{}: {}</p>", lines))


def _item(value: Any, files: Files) -> str:
    return format_html("<li>{}</li>", value)


def _anything(value: Any, files: Files) -> str:
    return format_html("<p>{}</p>", value)


def _lines(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.splitlines()))


BLOCKS: dict[str, Callable[[Any, Files], str]] = {
    "text": _text,
    "numbered": _numbered,
    "heading": _heading,
    "quote": _quote,
    "callout": _titled,
    "handout": _titled,
    "image": _picture,
    "table": _table,
    "accordion": _folds,
    "help_lines": _help_lines,
    "film": _film,
    "download": _download,
    "cards": _cards,
    "step": _step,
    "entry": _entry,
    "item": _item,
}
