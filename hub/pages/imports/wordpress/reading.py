"""WordPress's export as pages of ours, read in a process of its own; and a sentence for all that is not kept.

Refuses with a sentence what cannot be read, takes too long or too much memory, or holds more than one brings at once.
"""

from html import escape
from typing import Any

from hub.bounded_process import Answer, Declined, Limits
from hub.pages.files.apart import Sentences, read_apart
from hub.pages.files.opening import MEGABYTE, Refused
from hub.pages.imports.wordpress import sentences as say
from hub.pages.imports.wordpress.export import Export, Item, opened
from hub.pages.imports.wordpress.gutenberg import as_html
from hub.pages.imports.wordpress.pieces import pieces_of
from hub.pages.imports.wordpress.table import KINDS, STATES
from hub.pages.imports.wordpress.telling import Telling, words_of

SENTENCES = Sentences("WordPress's export", too_much=say.TOO_MUCH_WORK, broken=say.BROKEN, too_deep=say.TOO_MUCH_WORK)
LIMITS = Limits(seconds=30, megabytes=768, answer_megabytes=80)
LARGEST = 20 * MEGABYTE
MOST_PAGES = 200
MOST_LETTERS = 600_000
SHOWN_AS = (
    *(("<thead>", ""), ("</thead>", ""), ("<th", "<td"), ("</th>", "</td>")),
    *(("<strong>", "<b>"), ("</strong>", "</b>"), ("<em>", "<i>"), ("</em>", "</i>")),
)
LONGEST_SUMMARY, LONGEST_TITLE, LONGEST_BEFORE = 300, 255, 400_000


def read(data: bytes) -> dict[str, Any]:
    """`pages`, what has to be `said` of the whole, and the old `site`. Raises Refused."""
    if not data:
        raise Refused(say.EMPTY)
    if len(data) > LARGEST:
        raise Refused(say.TOO_BIG)
    found: dict[str, Any] = read_apart(take_apart, data, limits=LIMITS, say=SENTENCES).value
    return found


def take_apart(data: bytes) -> Answer:
    """The same in the process that is bounded: no database, no settings, nothing that needs Django."""
    export = opened(data)
    if not export.items:
        raise Declined(say.NOTHING)
    if len(export.items) > MOST_PAGES:
        raise Declined(say.TOO_MANY.format(len(export.items), MOST_PAGES))
    pages = [_page(item, export) for item in export.items]
    return Answer({"site": export.site, "pages": pages, "said": _about_the_rest(export)})


def _page(item: Item, export: Export) -> dict[str, Any]:
    """One page: its pieces with what is said of them, or why it stays out."""
    found: dict[str, Any] = {
        "number": item.number,
        "title": item.title,
        "slug": item.slug,
        "address": item.address,
        "refused": "",
    }
    state = STATES.get(item.state)
    if state is not None and state.says == say.WAS_IN_THE_BIN:
        return found | {"refused": state.says}
    if len(item.content) > MOST_LETTERS:
        return found | {"refused": say.TOO_LONG.format(MOST_LETTERS)}
    telling = Telling()
    if state is not None:
        telling.row(state)
    if item.has_password:
        telling.say(say.HAD_A_PASSWORD)
    if len(item.title) > LONGEST_TITLE:
        telling.say(say.LONG_TITLE.format(item.title))
    html = as_html(item.content, export.shared, telling)
    blocks = pieces_of(html, telling)
    if not blocks:
        return found | {"refused": say.NO_WORDS}
    visible = " ".join(words_of(one) for one in (item.content, *telling.shared))
    return found | {
        "summary": item.excerpt if len(item.excerpt) <= LONGEST_SUMMARY else "",
        "blocks": _with_excerpt(blocks, item.excerpt, telling),
        "said": telling.said,
        "left_out": telling.left_out,
        "added": telling.added,
        "visible": visible,
        "before": _picture_of(html),
    }


def _picture_of(html: str) -> str:
    """The old page in the tags of the picture that stands beside the new one (hub.pages.imports.before)."""
    for theirs, ours in SHOWN_AS:
        html = html.replace(theirs, ours)
    return html[:LONGEST_BEFORE]


def _with_excerpt(blocks: list[dict[str, Any]], excerpt: str, telling: Telling) -> list[dict[str, Any]]:
    """A long excerpt stands first, as text: no word of it is lost."""
    if len(excerpt) <= LONGEST_SUMMARY:
        return blocks
    telling.say(say.LONG_SUMMARY)
    telling.added.append(excerpt)
    return [{"type": "text", "value": f"<p>{escape(excerpt, quote=False)}</p>"}, *blocks]


def _about_the_rest(export: Export) -> list[str]:
    """What is in the export and becomes no page."""
    said = []
    for kind, number in sorted(export.others.items()):
        row = KINDS.get(kind)
        if row is None:
            said.append(say.OTHER_KIND.format(kind[:60] or "nothing", number))
        elif row.says:
            said.append(row.says.format(number))
    if export.comments:
        said.append(say.COMMENTS.format(export.comments))
    return [*said, say.LABELS] if export.has_labels else said
