"""Was everything kept? Compares, word by word, what can be seen in a file with what stands on the page made from it.

A word on one side only is said, whatever the table says: so “Everything was kept.” is never said on trust.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup

from hub.pages.imports import sentences as say

MOST_SAID = 40
BREAKS = ["p", "li", "br", "ul", "ol"]
DASHES = str.maketrans({"\u2010": "-", "\u2011": "-"})


def compare(visible: str, page: str, *, left_out: Iterable[str], added: Iterable[str]) -> list[str]:
    """Sentences about words that are in `visible` alone or on the `page` alone, and were not accounted for."""
    in_file, on_page = Counter(words(visible)), Counter(words(page))
    missing = in_file - on_page - Counter(words(" ".join(left_out)))
    extra = on_page - in_file - Counter(words(" ".join(added)))
    said = []
    if missing:
        said.append(say.NOT_ON_THE_PAGE.format(_quoted(missing, words(visible))))
    if extra:
        said.append(say.NOT_IN_THE_FILE.format(_quoted(extra, words(page))))
    return said


def words(text: str) -> list[str]:
    """The words of a text as a reader tells them apart: raised letters are letters, what cannot be seen is nothing."""
    seen = "".join(
        letter
        for letter in text.translate(DASHES)
        if unicodedata.category(letter) not in {"Cf", "Cc"} or letter.isspace()
    )
    return unicodedata.normalize("NFKC", seen).translate(DASHES).split()


def words_of_blocks(blocks: Iterable[Any]) -> str:
    """Every word of a page's body as it is kept: `{"type": …, "value": …}`. Captions are ours, so they do not count."""
    return " ".join(text for block in blocks for text in _words_of(block["type"], block["value"]))


def _words_of(kind: str, value: Any) -> Iterator[str]:
    if kind == "text":
        yield _without_tags(value)
    elif kind == "numbered":
        yield _without_tags(value["text"])
    elif kind == "quote":
        yield f"{value['text']} {value['who']}"
    elif kind == "accordion":
        for item in value["items"]:
            fold = item.get("value", item)  # with its number, where Wagtail wrote it
            yield f"{fold['title']} {_without_tags(fold['text'])}"
    elif kind == "heading":
        yield str(value["text"])
    elif kind == "table":
        table = value["table"]
        yield from (column["heading"] for column in table["columns"])
        for row in table["rows"]:
            for column, cell in zip(table["columns"], row["values"], strict=True):
                yield _without_tags(cell) if column["type"] == "words" else str(cell)


def _without_tags(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(BREAKS):
        tag.insert_before(" ")
        tag.insert_after(" ")
    return re.sub(r"\s+", " ", soup.get_text())


def _quoted(found: Counter[str], order: list[str]) -> str:
    """The words in the order in which they stand, cut off where there are too many to read."""
    left, quoted = found.copy(), []
    for word in order:
        if left[word] > 0:
            left[word] -= 1
            quoted.append(word)
    more = len(quoted) - MOST_SAID
    return " ".join(quoted[:MOST_SAID]) + (f" … and {more} more" if more > 0 else "")
