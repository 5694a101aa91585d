"""What we add to every screen of Wagtail's admin. Nothing inline: its policy allows scripts from files only."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def pickers_script() -> SafeString:
    """Starts the date pickers, which Wagtail would start with inline scripts."""
    return format_html('<script type="module" src="{}"></script>', static("js/pickers.js"))
