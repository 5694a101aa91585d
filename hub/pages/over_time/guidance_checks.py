"""Pages that say when somebody last read them and when somebody should again: which are due, and who is told.

“Still right” puts new days on the words that are public, as a published revision of its own. A draft that somebody
is working on stays the latest one, with its words as they are. Stories are not checked like this: consent dates them.
"""

import logging
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.permissions import policy_registry

from hub.left_out import each
from hub.pages.models import CheckReminder, HubPage
from hub.pages.models.base import today
from hub.pages.visibility import exempt_types, is_exempt
from hub.partners.people import mail_addresses, people_in
from hub.partners.roles import AUTHOR, LEAD, TOOLKIT_EDITOR

logger = logging.getLogger(__name__)
DUE_SOON = timedelta(days=30)
USUAL_INTERVAL = timedelta(days=183)


class CannotCheck(Exception):
    """The sentence says why, to the worker who tried."""


def due_pages(*, by: date) -> Any:
    """Public pages that somebody should have read again by this day, the longest overdue first."""
    return (
        HubPage.objects.live().filter(content_type__in=exempt_types(), next_check__lte=by).order_by("next_check", "pk")
    )


def due_for(user: Any) -> Any:
    """What `user` may edit and is due within a month, or overdue."""
    mine = policy_registry.get_by_type(HubPage).instances_user_has_permission_for(user, "change")
    return due_pages(by=today() + DUE_SOON).filter(pk__in=mine.values("pk"))


@transaction.atomic
def still_right(page_id: int, *, by: User, due: date) -> HubPage:
    """Notes that `by` read the public words today and found them right. Raises CannotCheck.

    `due` is the day that was on the screen: of two people who click at once, the second is told so.
    """
    row = HubPage.objects.select_for_update(of=("self",)).get(pk=page_id)
    if row.next_check != due:
        raise CannotCheck(f"Somebody has dealt with “{row.title}” in the meantime. There is nothing more to do.")
    page = row.specific
    if not is_exempt(type(page)):
        raise CannotCheck("A story is not checked like this: the people in it decide how long it is shown.")
    if not page.live_revision_id:
        raise CannotCheck("This page is not public, so there are no words to check. Publish it first.")
    if page.locked and page.locked_by_id != by.pk:
        raise CannotCheck(f"“{page.title}” is locked. Whoever locked it has to unlock it first.")
    before = (page.last_checked, page.next_check)
    after = (today(), today() + interval(*before))
    if page.has_unpublished_changes:
        _publish_beside_the_draft(page, by, before, after)
    else:
        page.last_checked, page.next_check = after
        page.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
    return page


def interval(last_checked: date | None, next_check: date | None) -> timedelta:
    """As long as between the last two checks; half a year where that is not known."""
    if last_checked and next_check and next_check > last_checked:
        return next_check - last_checked
    return USUAL_INTERVAL


def remind_owners(now: datetime) -> int:
    """Tells owners once for each due date, by one mail for everything. Returns how many pages were told of."""
    told: dict[tuple[str, ...], list[HubPage]] = {}
    due = due_pages(by=timezone.localdate(now)).select_related("partner", "owner")
    done = set(CheckReminder.objects.filter(page__in=due).values_list("page_id", "due"))
    new = (page for page in due if (page.pk, page.next_check) not in done)
    for page, addresses in each(new, lambda page: (page, tuple(whom_to_tell(page))), of="the reminders"):
        if addresses:
            told.setdefault(addresses, []).append(page)
        else:
            logger.warning("Nobody who answers for page %s has an e-mail address: its reminder waits.", page.pk)
    return sum(each(told.items(), lambda mail: _send(*mail), of="the reminders"))


def whom_to_tell(page: HubPage) -> list[str]:
    """The owner, while she works here; otherwise the leads of the partner, or the toolkit's editors."""
    leads = _toolkit_editors() if page.partner is None else people_in(LEAD, page.partner)
    workers = leads if page.partner is None else leads | people_in(AUTHOR, page.partner)
    return mail_addresses(workers.filter(pk=page.owner_id)) or mail_addresses(leads)


def _toolkit_editors() -> QuerySet[User]:
    return User.objects.filter(groups__name=TOOLKIT_EDITOR.group_name())


@transaction.atomic
def _send(addresses: tuple[str, ...], pages: list[HubPage]) -> int:
    """Notes and sends in one transaction: a mail that fails leaves no note, and the next run tries again."""
    claimed = [
        page
        for page in pages
        if page.next_check and CheckReminder.objects.get_or_create(page=page, due=page.next_check)[1]
    ]
    if claimed:
        screen = settings.HUB_ADDRESS + reverse("guidance_checks")
        text = render_to_string("pages/mail/check.txt", {"pages": claimed, "address": screen})
        send_mail("Pages to read again", text, None, list(addresses))
    return len(claimed)


def _publish_beside_the_draft(page: Any, by: User, before: tuple[Any, Any], after: tuple[Any, Any]) -> None:
    """New days on the public words while a draft waits. The draft keeps its place, its words and its review."""
    draft = Revision.objects.select_for_update().get(pk=page.latest_revision_id)  # autosave writes to it as well
    public = page.live_revision
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=by,
        created_at=draft.created_at - timedelta(microseconds=1),  # Wagtail takes the youngest for the draft
        content={**public.content, "last_checked": after[0].isoformat(), "next_check": after[1].isoformat()},
        object_str=public.object_str,
    )
    HubPage.objects.filter(pk=page.pk).update(live_revision=revision, last_checked=after[0], next_check=after[1])
    days = [day.isoformat() if day else None for day in before]
    if [draft.content.get("last_checked"), draft.content.get("next_check")] == days and draft.pk != public.pk:
        draft.content.update(last_checked=after[0].isoformat(), next_check=after[1].isoformat())
        Revision.objects.filter(pk=draft.pk).update(content=draft.content)
    log(instance=page, action="wagtail.publish", user=by, revision=revision, content_changed=False)
