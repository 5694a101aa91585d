"""For a page that one reader alone may see: its pictures are asked for under that page's own right."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from hub.pages.files.picture_addresses import pictures_under

register = template.Library()


class PicturesUnder(template.Node):
    def __init__(self, address: FilterExpression, nodes: NodeList) -> None:
        self.address, self.nodelist = address, nodes

    def render(self, context: Context) -> SafeString:
        """The nodes inside. Raises ValueError without an address: the public one would show nothing here."""
        address: Any = self.address.resolve(context)
        if not address:
            raise ValueError("Say under which address these pictures leave.")
        with pictures_under(str(address)):
            return self.nodelist.render(context)


@register.tag("pictures_under")
def do_pictures_under(parser: Parser, token: Token) -> PicturesUnder:
    """{% pictures_under address %} … {% end_pictures %}."""
    _, address = token.split_contents()
    nodes = parser.parse(("end_pictures",))
    parser.delete_first_token()
    return PicturesUnder(parser.compile_filter(address), nodes)
