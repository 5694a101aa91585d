"""Rich text from elsewhere, as the Hub keeps it: the tags that its editor knows, and links that lead where one may go.

Refuses nothing: what is no such tag becomes the words in it; a script, a style and what they hold are gone.
"""

from collections.abc import Callable

import nh3
from bs4 import BeautifulSoup

TAGS = {"p", "ul", "ol", "li", "b", "a", "sup", "sub", "br"}
SCHEMES = {"http", "https", "mailto", "tel", "page", "document"}
OTHER_NAMES = (("<strong>", "<b>"), ("</strong>", "</b>"))


def safe_text(html: str, link: Callable[[str], dict[str, str] | None]) -> str:
    """`html` with nothing but what may stand in a text. `link` says what an address becomes: attributes, or None."""
    for theirs, ours in OTHER_NAMES:
        html = html.replace(theirs, ours)
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
    if "<a" not in clean:
        return clean
    soup = BeautifulSoup(clean, "html.parser")
    for tag in soup.find_all("a"):
        attributes = link(str(tag.get("href", "")))
        if attributes:
            tag.attrs = dict(attributes)
        else:
            tag.unwrap()
    return str(soup)
