"""Turns files that people can read into what pages keep. A mistake in one is a sentence that names the file."""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from hub.law.in_words import fill_in
from hub.partners.law import law_now

_markdown = MarkdownIt("commonmark", {"html": False})


class ContentMistake(Exception):
    """Says which file is wrong, and how."""


def read(path: Path) -> dict[str, Any]:
    """One file, with the numbers of the law here. Raises ContentMistake when it is not there or is no TOML."""
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(fill_in(text, law_now()) if "{law." in text else text)
    except (OSError, ValueError) as mistake:
        raise ContentMistake(f"{path.name}: {mistake}") from mistake


def read_all(folder: Path) -> list[dict[str, Any]]:
    """Every file of a folder, in the order of their names. Those whose name begins with an underscore are no pages."""
    return [read(path) for path in sorted(folder.glob("*.toml")) if not path.name.startswith("_")]


def html(markdown: str, links: dict[str, int]) -> str:
    """Rich text as Wagtail keeps it. `page:KEY` links become links to the page with that key in `links`."""
    rendered = str(_markdown.render(markdown.strip()))
    rendered = rendered.replace("<strong>", "<b>").replace("</strong>", "</b>")
    rendered = rendered.replace("<em>", "<b>").replace("</em>", "</b>")
    for key, pk in links.items():
        rendered = rendered.replace(f'href="page:{key}"', f'linktype="page" id="{pk}"')
    if 'href="page:' in rendered:
        unknown = rendered.split('href="page:', 1)[1].split('"', 1)[0]
        raise ContentMistake(f"A link goes to the page “{unknown}”, and there is none with that key.")
    return rendered


def stream(
    blocks: list[dict[str, Any]], *, links: dict[str, int], images: dict[str, int], kept: Iterable[Any] = ()
) -> str:
    """A body as the JSON a StreamField keeps: first the blocks in `kept`, then those of a content file."""
    made = [{"type": block["type"], "value": _value(block, links, images)} for block in blocks]
    return json.dumps([*kept, *made])


def _value(block: dict[str, Any], links: dict[str, int], images: dict[str, int]) -> Any:
    rest = {key: value for key, value in block.items() if key != "type"}
    match block["type"]:
        case "text":
            return html(rest.get("text", rest.get("value", "")), links)
        case "heading":
            return {"text": rest["text"], "level": rest.get("level", "h2")}
        case "quote":
            return {"who": "", "made_up": False, **rest}
        case "callout":
            return {"strand": "kelp", **rest, "text": html(rest["text"], links)}
        case "help_lines":
            return {"topics": [], **rest}
        case "table":
            return {"caption": rest["caption"], "table": _table(rest)}
        case "accordion":
            return {"items": [{**item, "text": html(item["text"], links)} for item in rest["items"]]}
        case "image":
            return {"caption": "", "decorative": False, **rest, "image": images[rest["image"]]}
        case "film":
            return {"form": "film", **rest, "transcript": html(rest["transcript"], links)}
    raise ContentMistake(f"There is no block of the type “{block['type']}”.")


def _table(rest: dict[str, Any]) -> dict[str, Any]:
    return {
        "columns": [{"type": "text", "heading": heading} for heading in rest["columns"]],
        "rows": [{"values": list(row)} for row in rest["rows"]],
        "caption": "",
    }


def steps_of(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The steps of an activity, in whichever language its file is."""
    return [("step", {"say": "", **step, "text": html(step["text"], {})}) for step in data.get("steps", [])]
