"""What readers are told about how a story may be used. Reads what lighting found; asks nothing itself."""

from datetime import datetime

from hub.pages.models import Visibility
from hub.stories.choices import Use

# What the label tells readers about. The other uses are for staff to look up.
SHOWN = (Use.WEBSITE, Use.PRINT_PACK, Use.SOCIAL, Use.MEDIA)


def agreed_uses(visibility: Visibility | None, *, now: datetime) -> list[tuple[str, bool]]:
    """(words, agreed now) for each use readers are told about. Without a visibility row, nothing is agreed."""
    agreed = visibility.uses if visibility else {}
    return [(str(use.label), use.value in agreed and datetime.fromisoformat(agreed[use.value]) > now) for use in SHOWN]
