"""Makes the site: a home page, a section and twelve pages below it, with the words of a file, a block for each part."""

import html
import os
import re
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.stock.settings"


def main(words: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from wagtail.models import Page, Site
    from wagtail.rich_text import RichText

    from bench.stock.models import StockPage

    call_command("migrate", verbosity=0)
    body = [
        ("heading", html.unescape(text)) if tag != "p" else ("paragraph", RichText(f"<p>{text}</p>"))
        for tag, text in re.findall(r"<(p|h2|h3|li)[^>]*>([^<]+)</", words)
    ]
    root = Page.objects.get(depth=1)
    root.get_children().delete()
    root.refresh_from_db()
    home = root.add_child(instance=StockPage(title="Home", slug="start", body=body))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    section = home.add_child(instance=StockPage(title="Section", slug="section", body=body, show_in_menus=True))
    for number in range(12):
        section.add_child(instance=StockPage(title=f"Page {number}", slug=f"page-{number}", body=body))


if __name__ == "__main__":
    main(Path(sys.argv[1]).read_text())
