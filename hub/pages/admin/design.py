"""What is the site made of? Every component on one page, for staff: what a block is for, and how it looks.

Nobody's story is on it. Blocks show their own preview, cards the Hub's own first pages; tests keep a picture of it.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from wagtail.admin.auth import require_admin_access

from hub.pages.blocks import BodyBlock
from hub.pages.look.icons import ICONS
from hub.pages.models import ActivityPage, GuidancePage, ModulePage
from hub.partners.models import Strand

NEED_A_FILE = frozenset({"image", "download"})  # what they show is chosen from the library
PLAITS = ("tile", "gather", "opener", "end")
STEPS_OF_TYPE = (
    ("t-3xl", "The page"),
    ("t-2xl", "A part"),
    ("t-xl", "A smaller part"),
    ("t-l", "A lead"),
    ("t-m", "The text"),
    ("t-s", "Small print"),
)


@dataclass(frozen=True, slots=True)
class Specimen:
    """One block as readers see it."""

    name: str
    what_for: str
    shown: SafeString


@require_admin_access
def design(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(
        request,
        "pages/design.html",
        {
            "blocks": [
                _specimen(name, block) for name, block in BodyBlock().child_blocks.items() if name not in NEED_A_FILE
            ],
            "icons": sorted(ICONS),
            "strands": [strand.value for strand in Strand],
            "plaits": PLAITS,
            "type_steps": STEPS_OF_TYPE,
            "module": ModulePage.objects.live().order_by("path").first(),
            "activity": ActivityPage.objects.live().order_by("path").first(),
            "guidance": GuidancePage.objects.live().order_by("path").select_related("partner").first(),
            "problems": ["“Soon” is no number of minutes, so we looked at all of them."],
            "active_filters": [{"label": "30 minutes or less", "remove_url": "#filters"}],
        },
    )


def _specimen(name: str, block: Any) -> Specimen:
    value = block.get_preview_value()
    return Specimen(str(block.label or name), str(block.get_description()), block.render(value))
