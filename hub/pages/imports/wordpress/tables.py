"""A table of an old page as one of ours: columns with headings, and a line that somebody has to write."""

from typing import Any

from bs4 import Tag

from hub.pages.imports.wordpress import sentences as say
from hub.pages.imports.wordpress.inlines import Inlines
from hub.pages.imports.wordpress.telling import Telling

RICH = ["br", "li", "a", "b", "strong", "p"]
LONGEST_CAPTION = 200


def table_of(tag: Tag, inlines: Inlines, telling: Telling) -> dict[str, Any] | str:
    """A table; or rich text, for one of a single row or column."""
    number = sum(one.startswith("The first row of table") for one in telling.said) + 1
    rows = [row.find_all(["th", "td"]) for row in tag.find_all("tr") if row.find_parent("table") is tag]
    rows = [row for row in rows if row]
    widest = max((len(row) for row in rows), default=0)
    if len(rows) < 2 or widest < 2:
        telling.say(say.ONE_CELL)
        return "".join(
            f"<p>{inlines.inside(cell).strip()}</p>" for row in rows for cell in row if cell.get_text().strip()
        )
    if tag.find("table") or any(cell.has_attr("colspan") or cell.has_attr("rowspan") for row in rows for cell in row):
        telling.say(say.MERGED.format(number))
    telling.say(say.FIRST_ROW.format(number))
    caption = tag.find("caption")
    said = inlines.words(caption)[:LONGEST_CAPTION] if isinstance(caption, Tag) else ""
    if not said:
        telling.say(say.TABLE_CAPTION.format(number))
    head = [inlines.words(cell) for cell in rows[0]]
    columns = [_column(at, head, rows[1:]) for at in range(widest)]
    body = [
        [_cell(row[at], columns[at]["type"], inlines) if at < len(row) else "" for at in range(widest)]
        for row in rows[1:]
    ]
    table = {"columns": columns, "rows": [{"values": cells} for cells in body], "caption": ""}
    return {"caption": said, "table": table}


def _column(at: int, head: list[str], rows: list[Any]) -> dict[str, str]:
    rich = any(at < len(row) and row[at].find(RICH) for row in rows)
    return {"type": "words" if rich else "text", "heading": head[at] if at < len(head) else ""}


def _cell(cell: Tag, kind: str, inlines: Inlines) -> str:
    if kind == "text":
        return inlines.words(cell)
    lists = "".join(inlines.listed(one) for one in cell.find_all(["ul", "ol"], recursive=False))
    for one in cell.find_all(["ul", "ol"], recursive=False):
        one.extract()
    words = inlines.inside(cell).strip()
    return (f"<p>{words}</p>" if words else "") + lists
