"""What we add to every screen of Wagtail's admin: its look, its scripts. Nothing inline: its policy forbids it."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def typed_at_script() -> SafeString:
    """Says, with a new page, when its words were sent."""
    return format_html('<script type="module" src="{}"></script>', static("js/typed_at.js"))


def pickers_script() -> SafeString:
    """Starts the date pickers, which Wagtail would start with inline scripts."""
    return format_html('<script type="module" src="{}"></script>', static("js/pickers.js"))


def connection_script() -> SafeString:
    """Keeps a form where it is while the line is dead."""
    return format_html('<script type="module" src="{}"></script>', static("admin/connection.js"))


def look_of_the_hub() -> SafeString:
    """The Hub's own type and colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/hub.css"))
