"""Content controls: check boxes chosen or not, prompts that nobody answered, lists of contents."""

from dataclasses import dataclass, replace

from hub.pages.imports.elements import Fate, Spot
from hub.pages.imports.fields import CHOSEN, NOT_CHOSEN
from hub.pages.imports.here import Here
from hub.pages.imports.package import Element
from hub.pages.imports.styles import OFF, is_on
from hub.pages.imports.telling import Telling

LIKE_CHOSEN, LIKE_NOT_CHOSEN = "☒☑✓✔✗✘", "☐□◻❑"
EMPTY = Element("w:sdtContent")


@dataclass(frozen=True, slots=True)
class Control:
    content: Element
    glyph: str = ""
    gone: tuple[Spot, str] | None = None

    @classmethod
    def of(cls, one: Element, telling: Telling) -> "Control":
        """Reads what a w:sdt says of itself, and says what has to be said."""
        about, content = one.find("w:sdtPr"), one.find("w:sdtContent")
        content = EMPTY if content is None else content
        glyph, gone = "", None
        for said in about if about is not None else ():
            row = telling.row(Spot.CONTROL, said.tag)
            if said.tag == "w14:checkbox":
                glyph = _glyph(said, content, telling)
            elif said.tag == "w:showingPlcHdr" and is_on(said):
                gone = (Spot.CONTROL, said.tag)
            elif said.tag in {"w:docPartObj", "w:docPartList"}:
                gallery = said.find("w:docPartGallery")
                if gallery is not None and gallery.get("w:val") == "Table of Contents":
                    gone = (Spot.FIELD, "TOC")
            elif row is not None and row.fate is Fate.CHANGED:
                telling.lose(row.says)
        return cls(content, glyph, gone)

    def here(self, outside: Here) -> Here:
        if self.glyph:
            return replace(outside, in_check_box=True, glyph=[self.glyph])
        return replace(outside, gone=outside.gone or self.gone)


def _glyph(box: Element, content: Element, telling: Telling) -> str:
    """The sign in the file if it agrees with whether the box was chosen; otherwise one that does."""
    said = box.find("w14:checked")
    chosen = said is not None and (said.get("w14:val") or said.get("w:val") or "1").lower() not in OFF
    written = "".join(text.text or "" for text in content.iter("w:t")).strip()
    if len(written) == 1 and written in (LIKE_CHOSEN if chosen else LIKE_NOT_CHOSEN):
        return written
    telling.instead(written, CHOSEN if chosen else NOT_CHOSEN)
    return CHOSEN if chosen else NOT_CHOSEN
