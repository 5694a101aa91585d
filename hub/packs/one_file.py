"""A pack as one HTML file that opens without a network: pictures inside, no script, nothing that is asked for."""

import base64
from collections.abc import Callable, Iterable
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hub.packs.blocks import Pictures
from hub.packs.documents import Document, without_gaps
from hub.packs.rich_words import Block, Run
from hub.pages.models.base import today
from hub.pages.templatetags.hub import phone_href

STYLE = Path(__file__).with_name("one_file.css")
TAGS = {"b": "strong", "sup": "sup", "sub": "sub"}
NOTHING = mark_safe("")


def as_html(pack: Document) -> tuple[bytes, list[tuple[str, int]]]:
    """The file, and at which place in its list of contents each part begins: it has no pages."""
    sections = [
        {"anchor": f"part-{number}-{place}", "section": section, "body": pieces(without_gaps(section), pack.pictures)}
        for number, part in enumerate(pack.parts, start=1)
        for place, section in enumerate(part.sections)
    ]
    context = {
        "pack": pack,
        "sections": sections,
        "site": pack.made_by.name,
        "strap": pack.made_by.strap,
        "made": today(),
        "style": mark_safe(f"<style>{STYLE.read_text()}</style>"),  # noqa: S308 - a file of ours, inside it
        "qr": mark_safe(pack.qr),  # noqa: S308 - drawn here, from our own address
    }
    return render_to_string("packs/one_file.html", context).encode(), _places(pack)


def _places(pack: Document) -> list[tuple[str, int]]:
    places, place = [], 1
    for part in pack.parts:
        places.append((str(part.number), place))
        place += len(part.sections)
    return [*places, ("end", place), ("pages", 0)]


def pieces(blocks: Iterable[Block], pictures: Pictures) -> SafeString:
    """Every block as HTML, in order."""
    return format_html_join("\n", "{}", ((_piece(block, pictures),) for block in blocks))


def _piece(block: Block, pictures: Pictures) -> SafeString:
    if block["k"] == "img":
        return _picture(block, pictures)
    return DRAWN[block["k"]](block, pictures)


def runs(line: Iterable[Run]) -> SafeString:
    """What stands inside a line."""
    return format_html_join("", "{}", ((_run(run),) for run in line))


def _run(run: Run) -> SafeString | str:
    match run:
        case ["t", text]:
            return str(text)
        case ["br"]:
            return mark_safe("<br>")
        case ["a", address, inside]:
            return format_html('<a href="{}" rel="noreferrer">{}</a>', address, runs(inside))
        case [kind, inside] if kind in TAGS:
            return format_html("<{0}>{1}</{0}>", TAGS[kind], runs(inside))
    return runs(run[-1])


def _picture(block: Block, pictures: Pictures) -> SafeString:
    picture = pictures.found[block["key"]]
    caption = format_html("<figcaption>{}</figcaption>", block["caption"]) if block["caption"] else NOTHING
    source = f"data:image/jpeg;base64,{base64.b64encode(picture.data).decode()}"
    return format_html(
        '<figure><img src="{}" width="{}" height="{}" alt="{}">{}</figure>',
        source, picture.width, picture.height, block["alt"], caption,
    )  # fmt: skip


def _list(block: Block, pictures: Pictures) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((pieces(item, pictures),) for item in block["items"]))
    if block["ordered"]:
        return format_html('<ol start="{}" type="{}">{}</ol>', block["start"], block["type"], items)
    return format_html("<ul>{}</ul>", items)


def _quote(block: Block, pictures: Pictures) -> SafeString:
    who = ". ".join(said for said in (block["who"], block["note"]) if said)
    said_by = format_html("<figcaption>{}</figcaption>", who) if who else NOTHING
    return format_html("<figure><blockquote><p>{}</p></blockquote>{}</figure>", runs(block["c"]), said_by)


def _table(block: Block, pictures: Pictures) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((words,) for words in block["head"]))
    rows = format_html_join("", "<tr>{}</tr>", ((_row(row, pictures),) for row in block["rows"]))
    table = "<table><caption>{0}</caption><thead><tr>{1}</tr></thead><tbody>{2}</tbody></table>"
    region = '<div class="table" role="region" aria-label="Table: {0}" tabindex="0">' + table + "</div>"
    return format_html(region, block["caption"], head, rows)


def _row(row: list[list[Block]], pictures: Pictures) -> SafeString:
    first, others = row[:1], row[1:]
    return format_html(
        "{}{}",
        format_html_join("", '<th scope="row">{}</th>', ((pieces(cell, pictures),) for cell in first)),
        format_html_join("", "<td>{}</td>", ((pieces(cell, pictures),) for cell in others)),
    )


def _step(block: Block, pictures: Pictures) -> SafeString:
    say = format_html("<p><strong>You could say:</strong> “{}”</p>", block["say"]) if block["say"] else NOTHING
    return format_html(
        '<section class="step"><h4>{}. {}</h4><p class="small">{} ({})</p>{}{}</section>',
        block["number"], block["title"], block["minutes"], block["so_far"], pieces(block["c"], pictures), say,
    )  # fmt: skip


def _cards(block: Block, pictures: Pictures) -> SafeString:
    cards = format_html_join("", "<li>{}</li>", ((card,) for card in block["cards"]))
    return format_html('<p class="small">Cut along the broken lines.</p><ul class="cards">{}</ul>', cards)


def _phones(block: Block, pictures: Pictures) -> SafeString:
    lines = ((name, phone_href(number), number, when, _more(more)) for name, number, when, more in block["lines"])
    row = '<li><strong>{}</strong><br><a class="phone" href="{}">{}</a><br>{}{}</li>'
    return format_html("<ul class='phones'>{}</ul>", format_html_join("", row, lines))


def _more(sentences: Iterable[str]) -> SafeString:
    return format_html_join("", '<br><span class="small">{}</span>', ((sentence,) for sentence in sentences))


DRAWN: dict[str, Callable[[Block, Pictures], SafeString]] = {
    "p": lambda block, pictures: format_html("<p>{}</p>", runs(block["c"])),
    "lead": lambda block, pictures: format_html('<p class="lead">{}</p>', block["t"]),
    "h": lambda block, pictures: format_html("<h{0}>{1}</h{0}>", block["level"] + 1, block["t"]),
    "note": lambda block, pictures: format_html('<p class="note">{}</p>', block["t"]),
    "box": lambda block, pictures: format_html(
        '<div class="note"><p><strong>{}</strong></p>{}</div>', block["title"], pieces(block["c"], pictures)
    ),
    "facts": lambda block, pictures: format_html(
        "<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", block["rows"])
    ),
    "list": _list,
    "quote": _quote,
    "table": _table,
    "step": _step,
    "cards": _cards,
    "phones": _phones,
}
