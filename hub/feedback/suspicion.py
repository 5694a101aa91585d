"""Does this look like spam? Says why, in words for whoever looks at it, and refuses nothing: a person decides.

No puzzle and no third party: a field that people do not see, links, the same words again, and many from one place.
"""

import re

from hub.accounts import limits

LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
MOST_LINKS = 1
MOST_WITH_SAME_WORDS = 2  # in an hour, wherever they come from
MANY_FROM_ONE_PLACE = 20  # in an hour; a whole group may sit behind one address
MANY_ABOUT_ONE_PAGE = 100  # in an hour, from everywhere


def suspicious(*, words: str, trap: str, sender: str, page_id: int) -> str:
    """Why this may be spam, a sentence for each reason; empty when nothing speaks for it. Counts it as sent."""
    same = " ".join(words.lower().split())
    reasons = [
        ("It filled in a field that people do not see.", bool(trap.strip())),
        ("It holds several links.", len(LINK.findall(words)) > MOST_LINKS),
        (
            "The same words came several times in an hour.",
            bool(same) and _often("words", same, MOST_WITH_SAME_WORDS),
        ),
        ("Much came from one place in an hour.", _often("sender", sender, MANY_FROM_ONE_PLACE)),
        ("Much came about this page in an hour.", _often("page", str(page_id), MANY_ABOUT_ONE_PAGE)),
    ]
    return " ".join(sentence for sentence, holds in reasons if holds)


def _often(what: str, who: str, most: int) -> bool:
    return not limits.take(f"feedback-{what}", who, most=most)
