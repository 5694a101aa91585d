"""How does a page of the files become a draft? Each column by its kind, each block asked whether it may stand there.

What a column or a block refuses is left out, with a sentence; every text is cleaned of what no text of the Hub holds.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Collection

from hub.moving.arriving.library import Library
from hub.moving.kinds import SHARED, own_fields
from hub.moving.pointers import Pointers, repointed
from hub.pages.imports.safe_text import safe_text
from hub.pages.models import HubPage

BLOCK_LEFT_OUT = "{} {} was left out: {}"
COLUMN_LEFT_OUT = "“{}” could not be taken as it is: {}"
LINK_GONE = "A link became plain words, since what it led to did not come along."
MODULE_GONE = "It is not listed under “{}” any more, which is not here."


@dataclass
class Coming:
    """One page on its way: as the files have it, as it is here, and what has to be said of it."""

    data: dict[str, Any]
    page: Any
    said: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.append(sentence)


@dataclass
class Here:
    """What the files point at, as it is here: pages and their titles by the numbers of the files, and the library."""

    pages: dict[int, HubPage]
    titles: dict[int, str]
    library: Library


def begin(coming: Coming) -> None:
    """Fills in what points at nothing: title, days, choices. Then the page can be put in its place."""
    page, data = coming.page, coming.data
    for name in SHARED:
        _set(coming, page._meta.get_field(name), data[name])
    for one in own_fields(type(page)):
        if not isinstance(one, StreamField | RichTextField | models.ManyToManyField | models.ForeignKey):
            _set(coming, one, data["fields"][one.name])
    page.live, page.has_unpublished_changes = False, True


def finish(coming: Coming, here: Here, collection: Collection) -> None:
    """Fills in the rest, once every page that came along has its place."""
    pointers = Pointers(
        picture=partial(here.library.picture, collection=collection, say=coming.say),
        document=partial(here.library.document, collection=collection, say=coming.say),
        text=partial(_text, coming=coming, here=here, collection=collection),
    )
    for one in own_fields(type(coming.page)):
        value = coming.data["fields"].get(one.name)
        if isinstance(one, StreamField):
            setattr(coming.page, one.name, _stream(one.stream_block, value, pointers, coming))
        elif isinstance(one, RichTextField):
            setattr(coming.page, one.name, pointers.text(value))
        elif isinstance(one, models.ManyToManyField):
            setattr(coming.page, one.name, _many(one, value, coming, here))


def _set(coming: Coming, one: Any, value: Any) -> None:
    try:
        setattr(coming.page, one.name, one.clean(value, coming.page))
    except ValidationError as refusal:
        coming.say(COLUMN_LEFT_OUT.format(one.verbose_name, " ".join(refusal.messages)))


def _stream(block: Any, raw: Any, pointers: Pointers, coming: Coming) -> Any:
    """The blocks that may stand there. Each by itself, so that one that may not takes no other with it."""
    kept = []
    for number, item in enumerate(repointed(block, raw, pointers), start=1):
        child = block.child_blocks[item["type"]]
        try:
            child.clean(child.to_python(item["value"]))
        except ValidationError as refusal:
            coming.say(BLOCK_LEFT_OUT.format(child.label, number, _sentences(refusal)))
        else:
            kept.append(item)
    return block.to_python(kept)


def _sentences(refusal: ValidationError) -> str:
    """What a block says of itself, in one line; a block inside it may have said it."""
    if isinstance(refusal, blocks.StructBlockValidationError) and refusal.block_errors:
        return " ".join(_sentences(inner) for inner in refusal.block_errors.values())
    return " ".join(refusal.messages) or "something in it is not right."


def _text(html: Any, *, coming: Coming, here: Here, collection: Collection) -> str:
    return safe_text(html or "", partial(_link, coming=coming, here=here, collection=collection))


def _link(address: str, *, coming: Coming, here: Here, collection: Collection) -> dict[str, str] | None:
    """What an address in a text becomes: a link to what came along, or one that leads out; None if it leads nowhere."""
    kind, _, number = address.partition(":")
    if kind not in {"page", "document"}:
        return {"href": address} if address else None
    old = int(number) if number.isdecimal() and len(number) < 13 else 0
    page = here.pages.get(old) if kind == "page" else None
    new = page.pk if page else here.library.document(old, collection, coming.say) if kind == "document" else None
    if new is None:
        coming.say(LINK_GONE)
        return None
    return {"linktype": kind, "id": str(new)}


def _many(one: Any, numbers: list[int], coming: Coming, here: Here) -> list[Any]:
    found = [here.pages[number].specific for number in numbers if number in here.pages]
    for number in numbers:
        if number not in here.pages:
            coming.say(MODULE_GONE.format(here.titles.get(number, f"page {number}")))
    return [page for page in found if isinstance(page, one.related_model)]
