"""One page type with a text and a list of what is below it."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class StockPage(Page):
    body = RichTextField()
    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "stock/page.html"

    class Meta:
        app_label = "stock"
