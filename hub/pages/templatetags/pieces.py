"""{% piece %}: a part of a page that is the same for everybody, made once for each generation (hub/pages/pieces.py).

What stands in it may use only what it names, so nothing of the request, of who asks or of another part gets in. It is
made anew each time for a draft, for a page that may hold a story, and when what it names may: that is refused here, and
what a part reads on the way is noticed by `kept`.
"""

from typing import Any

from django import template
from django.db.models import QuerySet
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from hub.kept import notes
from hub.pages import pieces
from hub.pages.models.base import today
from hub.pages.visibility import is_exempt

register = template.Library()
PLAIN = (str, int, RichText, StreamValue, type(None))


class PieceNode(template.Node):
    def __init__(self, names: list[str], nodelist: NodeList, where: tuple[str, int]) -> None:
        self.names, self.nodelist, self.where = names, nodelist, where

    def render(self, context: Context) -> SafeString:
        given = {name: context[name] for name in self.names if name in context}
        page: Any = given.get("page")
        alone = context.new(given)
        if not (pieces.is_found(page) and all(map(_holds_nobody, given.values()))):
            return self.nodelist.render(alone)
        plain = tuple(value for value in given.values() if isinstance(value, str | int))
        name = (*self.where, page.pk, plain, get_language(), today())
        return pieces.kept(name, lambda: self._made(alone, given))

    def _made(self, alone: Context, given: dict[str, Any]) -> SafeString:
        """Good until the first page on it goes: those that are given were read before."""
        for thing in given.values():
            for page in thing if isinstance(thing, list) else [thing]:
                notes.good_until(getattr(page, "expire_at", None))
        return self.nodelist.render(alone)


def _holds_nobody(thing: Any) -> bool:
    """Whether it can hold no story, whatever is in it: rows only of kinds that say so."""
    if isinstance(thing, QuerySet):
        return is_exempt(thing.model)
    if isinstance(thing, dict):
        thing = tuple(thing.values())
    if isinstance(thing, list | tuple):
        return all(map(_holds_nobody, thing))
    return isinstance(thing, PLAIN) or is_exempt(type(thing))


@register.tag("piece")
def do_piece(parser: Parser, token: Token) -> PieceNode:
    """{% piece page activities %} … {% endpiece %}: names what the part uses, the page first."""
    names = token.split_contents()[1:]
    if names[:1] != ["page"]:
        raise TemplateSyntaxError("A piece is of a page: write {% piece page … %}.")
    nodelist = parser.parse(("endpiece",))
    parser.delete_first_token()
    return PieceNode(names, nodelist, (str(parser.origin), token.lineno or 0))
