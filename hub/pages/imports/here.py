"""Where the reader of a Word file stands: in which styles, in what that is hidden or left out, under which names."""

from dataclasses import dataclass, field

from hub.pages.imports.elements import Spot
from hub.pages.imports.package import Element, Relation


@dataclass(frozen=True, slots=True)
class Here:
    """Where the reader stands: in which styles, which part's names for other parts, in what that is left out."""

    relations: dict[str, Relation]
    style: str = ""
    table_style: str = ""
    link: str = ""
    gone: tuple[Spot, str] | None = None
    hidden: bool = False
    shaded: bool = False
    is_heading: bool = False
    is_quote: bool = False  # set apart by its style, which becomes plain: only what is bold by itself stays bold
    boxes: list[tuple[Element, bool]] = field(default_factory=list)  # text boxes, and whether each has a colour
    glyph: list[str] = field(default_factory=list)  # of a check box, until it is written
    in_check_box: bool = False
