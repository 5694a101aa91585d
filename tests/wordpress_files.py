"""WordPress's export as it writes one, built from a few words."""

from html import escape
from typing import Any

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old site</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>
"""
NUMBERS = {"title": "A page", "kind": "page", "state": "publish", "slug": "", "excerpt": "", "password": "", "more": ""}


def item(number: int, content: str, **said: Any) -> str:
    """One post or page."""
    given = {**NUMBERS, **said}
    address = said.get("address", f"https://old.example/{given['slug'] or number}/")
    return f"""<item><title>{escape(given["title"])}</title><link>{address}</link>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[{given["excerpt"]}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_name>{given["slug"]}</wp:post_name><wp:status>{given["state"]}</wp:status>
<wp:post_type>{given["kind"]}</wp:post_type><wp:post_password>{given["password"]}</wp:post_password>{given["more"]}</item>
"""


def export(*items: str) -> bytes:
    return (HEAD + "".join(items) + "</channel></rss>").encode()
