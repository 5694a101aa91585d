"""{% each %}: like {% for %}, for whatever has a row in the database. One that cannot be shown is left out and noted.

Not inside a form: a box that is left out would be sent as unticked. tests/test_left_out.py says which loops are plain.
"""

from typing import Any

from django import template
from django.db.models import Model
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString, mark_safe

from hub.left_out import each

register = template.Library()


class EachNode(template.Node):
    child_nodelists = ("nodelist", "empty")

    def __init__(self, name: str, things: FilterExpression, nodelist: NodeList, empty: NodeList) -> None:
        self.name, self.things, self.nodelist, self.empty = name, things, nodelist, empty

    def render(self, context: Context) -> SafeString:
        """One thing alone counts as a list of one, and nothing as an empty list."""
        things: Any = self.things.resolve(context, ignore_failures=True)
        if isinstance(things, Model):
            things = [things]
        where = str(self.origin.template_name)
        shown = list(each(things or (), lambda thing: self._one(context, thing), of=where))
        return mark_safe("".join(shown)) if shown else self.empty.render(context)  # noqa: S308 - the nodes escape

    def _one(self, context: Context, thing: object) -> str:
        depth = len(context.dicts)
        try:
            with context.push(**{self.name: thing}):
                return self.nodelist.render(context)
        finally:
            del context.dicts[depth:]  # what failed half-way has not put away what it laid on top


@register.tag("each")
def do_each(parser: Parser, token: Token) -> EachNode:
    """{% each page in pages %} … {% empty %} … {% endeach %}. Raises TemplateSyntaxError for anything else."""
    bits = token.split_contents()
    if len(bits) != 4 or bits[2] != "in":
        raise TemplateSyntaxError("Write {% each page in pages %}.")
    things = parser.compile_filter(bits[3])
    nodelist, empty = parser.parse(("empty", "endeach")), NodeList()
    if parser.next_token().contents == "empty":
        empty = parser.parse(("endeach",))
        parser.delete_first_token()
    return EachNode(bits[1], things, nodelist, empty)
