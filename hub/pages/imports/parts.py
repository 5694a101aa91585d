"""The parts of a Word file besides its text: headers, comments, charts, files inside, and kinds we do not know."""

from hub.pages.imports.elements import Fate, Spot
from hub.pages.imports.package import Package, Relation
from hub.pages.imports.telling import Telling

SAID_WHERE_THEY_STAND = {"footnotes", "endnotes"}  # each has two notes that nobody wrote
ONLY_IF_SOMETHING_IS_IN_IT = {
    "header": {"w:t", "w:drawing", "w:pict", "w:object", "w:fldSimple", "w:instrText"},
    "footer": {"w:t", "w:drawing", "w:pict", "w:object", "w:fldSimple", "w:instrText"},
    "comments": {"w:comment"},
}


def say_parts(package: Package, telling: Telling) -> None:
    """Says of each part what its row says, if there is anything in it to see."""
    for relation in [*package.relations("").values(), *package.relations(package.main).values()]:
        row = telling.row(Spot.PART, relation.kind)
        if row is not None and row.fate in {Fate.LEFT_OUT, Fate.CHANGED} and _is_seen(package, relation):
            telling.lose(row.says)


def _is_seen(package: Package, relation: Relation) -> bool:
    if relation.kind in SAID_WHERE_THEY_STAND:
        return False
    tags = ONLY_IF_SOMETHING_IS_IN_IT.get(relation.kind)
    root = package.xml(relation.target) if tags and not relation.outside else None
    if tags is None or root is None:
        return tags is None
    return any(one.tag in tags and (one.tag != "w:t" or (one.text or "").strip()) for one in root.iter())
