"""One page type with a body of blocks, as in Wagtail's own tutorial, and a list of what is below it."""

from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class StockPage(Page):
    body = StreamField([("heading", CharBlock(template="stock/heading.html")), ("paragraph", RichTextBlock())])
    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "stock/page.html"

    class Meta:
        app_label = "stock"
