"""Something to look at in a Hub that is still empty: one module with one activity, brought in and taken out as one.

Nobody's story is in it, and nobody's real words. Refuses to go while somebody's own pages stand below it.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from hub.pages.first_pages import content_files
from hub.pages.models import ActivityPage, HubPage, ModulePage, ToolkitPage
from hub.pages.models.base import today

FOLDER = Path(__file__).parent / "example"
MODULE = UUID("6f1f3a0e-8f2c-4a52-9a5b-2f0c6f5f5b01")
ACTIVITY = UUID("6f1f3a0e-8f2c-4a52-9a5b-2f0c6f5f5b02")
OURS = (MODULE, ACTIVITY)
"""By these numbers the pages are known again, whatever somebody called them meanwhile."""
A_YEAR = timedelta(days=365)


class CannotGo(Exception):
    """Says what stands in the way."""


def is_in() -> bool:
    return ModulePage.objects.filter(translation_key=MODULE).exists()


@transaction.atomic
def bring_in(toolkit: ToolkitPage) -> ModulePage:
    """Publishes the example at the end of the toolkit. One that is in already stays as it is."""
    found = ModulePage.objects.filter(translation_key=MODULE).first()
    if found:
        return found
    data = content_files.read(FOLDER / "module.toml")
    body = content_files.stream(data["body"], links={}, images={})
    module = ModulePage(title=data["title"], summary=data["summary"], paper=data["strand"], body=body)
    _put(toolkit, module, MODULE)
    data = content_files.read(FOLDER / "activity.toml")
    _put(module, _activity(data), ACTIVITY)
    return module


@transaction.atomic
def take_out() -> bool:
    """Deletes it; False when it is not in. Raises CannotGo when other pages stand below it."""
    module = ModulePage.objects.select_for_update(of=("self",)).filter(translation_key=MODULE).first()
    if module is None:
        return False
    others = HubPage.objects.descendant_of(module).exclude(translation_key__in=OURS).order_by("path")
    if names := ", ".join(f"“{page.title}”" for page in others[:3]):
        raise CannotGo(f"Pages of yours stand below the example: {names}. Move them to another module first.")
    module.delete()
    return True


def _activity(data: dict[str, Any]) -> ActivityPage:
    steps = [("step", {**step, "text": content_files.html(step["text"], {})}) for step in data["steps"]]
    plain = ("title", "summary", "aim", "minutes", "group_from", "group_to", "needed")
    return ActivityPage(steps=steps, **{name: data[name] for name in plain})


def _put(parent: Any, page: Any, number: UUID) -> None:
    page.is_example, page.translation_key = True, number
    page.last_checked, page.next_check, page.live = today(), today() + A_YEAR, False
    parent.add_child(instance=page)
    page.full_clean()
    page.save_revision(clean=False).publish()
