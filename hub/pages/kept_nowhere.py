"""Does this answer name a story? Then no browser, proxy or archive keeps it, and the back button asks for it anew.

Decided here for every answer, by what was read from the database on the way to it: never by a list of views. So a list,
a feed or a page that somebody writes tomorrow is covered before anybody thinks of it. Whatever is not known is a story:
a page of a kind that does not say that it holds nobody's, and an answer that is still being written when it is sent.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from wagtail.query import PageQuerySet

from hub.kept import notes
from hub.pages import pieces
from hub.pages.visibility import exempt_classes, exempt_types, is_exempt

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import AbstractPage

WITHOUT_WORDS = {"pk", "id", "generation", "path", "depth", "numchild", "content_type", "content_type_id"}


def note(page: "AbstractPage") -> None:
    """Notes for the answer that is being made that `page` was read, unless its kind holds nobody's story; and, of each
    page that is to go at some moment, until when an answer with it is good."""
    notes.good_until(page.__dict__.get("expire_at"))
    if not is_exempt(type(page)) and page.__dict__.get("content_type_id") not in exempt_types():
        pieces.story_was_read()
        notes.story_shown(page)


class NotesWhatIsRead(PageQuerySet):
    """The same for rows that are read as plain values, past the model: each row, unless it says of what kind it is."""

    def values(self, *fields: Any, **expressions: Any) -> Any:
        return _noting(super().values(*fields, **expressions), (*fields, *expressions))

    def values_list(self, *fields: Any, **kwargs: Any) -> Any:
        return _noting(super().values_list(*fields, **kwargs), fields)


def _noting(rows: Any, fields: Sequence[Any]) -> Any:
    """`rows`, noted when they are read. Numbers and places in the tree name nobody."""
    if is_exempt(rows.model) or (fields and WITHOUT_WORDS.issuperset(map(str, fields))):
        return rows
    read: Any = rows._iterable_class

    class Noting(read):
        def __iter__(self) -> Iterator[Any]:
            for row in super().__iter__():
                if _may_be_of_a_story(row, fields):
                    pieces.story_was_read()
                    notes.refuse()  # it came without its light
                yield row

    rows._iterable_class = Noting
    return rows


def _may_be_of_a_story(row: Any, fields: Sequence[Any]) -> bool:
    says = dict(zip(map(str, fields), row, strict=False)) if isinstance(row, tuple) else row
    if not isinstance(says, dict):
        return True
    if "content_type__model" in says:
        return says["content_type__model"] not in {model._meta.model_name for model in exempt_classes()}
    return says.get("content_type", says.get("content_type_id")) not in exempt_types()


def for_templates(request: "HttpRequest") -> dict[str, object]:
    """Context processor: `names_a_story`, asked when a template comes to it."""
    return {"names_a_story": pieces.names_a_story}
