"""What is wrong with a page's HTML? Read strictly, as a validator would: nothing is mended as browsers mend it.

Tags that do not match, what may not stand in what, numbers given twice, and references to what is not there.
"""

from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
})  # fmt: skip
ONLY_WORDS_IN = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "button", "summary", "label", "span", "strong", "small", "time",
})  # fmt: skip
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
}
TAPPED = frozenset({"a", "button", "select", "textarea", "input", "summary"})
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.asked_for: list[str] = []
        self.wrong: list[str] = []
        self.in_svg = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        values = {name: value or "" for name, value in attrs}
        if len(names) != len(set(names)):
            self._say(f"an attribute twice on <{tag}>")
        if "style" in names:
            self._say(f"a style attribute on <{tag}>")
        if number := values.get("id"):
            if number in self.ids:
                self._say(f"id {number} twice")
            self.ids.add(number)
        self.asked_for += [one for name in REFERENCES for one in values.get(name, "").split()]
        if tag == "img" and "alt" not in names:
            self._say("a picture without alt")
        self._stands_well(tag, values)
        if tag not in VOID:
            self.open.append(tag)
        self.in_svg += tag == "svg"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.in_svg and tag not in VOID:
            self._say(f"<{tag}/> closes nothing")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self._say(f"</{tag}> where <{self.open[-1] if self.open else ''}> is open")
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        self.in_svg -= tag == "svg"

    def _stands_well(self, tag: str, values: dict[str, str]) -> None:
        if self.in_svg or not self.open:
            return
        parent = self.open[-1]
        if parent in CHILDREN and tag not in CHILDREN[parent]:
            self._say(f"<{tag}> right in <{parent}>")
        if tag == "li" and parent not in {"ul", "ol", "menu"}:
            self._say(f"<li> right in <{parent}>")
        holders = [one for one in self.open if one in ONLY_WORDS_IN]
        if holders and tag in BLOCKS and not (holders == ["summary"] or parent == "legend"):
            self._say(f"<{tag}> in <{holders[-1]}>")
        tapped = [one for one in self.open if one in TAPPED]
        if tapped and tag in TAPPED and values.get("type") != "hidden":
            self._say(f"<{tag}> in <{tapped[-1]}>, both to be tapped")

    def _say(self, what: str) -> None:
        self.wrong.append(f"line {self.getpos()[0]}: {what}")


def mistakes(html: str) -> list[str]:
    """A sentence for each thing that is wrong; none for a valid page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    missing = sorted(set(reader.asked_for) - reader.ids)
    begins = [] if html.lstrip().lower().startswith("<!doctype html>") else ["no doctype"]
    return [
        *begins,
        *reader.wrong,
        *(f"nothing has the id {one}" for one in missing),
        *(f"<{t}> is open" for t in reader.open),
    ]
