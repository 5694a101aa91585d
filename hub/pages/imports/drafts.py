"""From a brought file to a draft in one's own section: one file at a time, each whole or not at all.

Refuses a section in which whoever brought the files may not write, asked again for each file. Nothing is published.
"""

import io
import logging
import time
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from PIL import Image
from wagtail.models import Collection

from hub.pages.imports.opening import Refused, check_word_file, files_in
from hub.pages.imports.word import Converted, Picture, convert
from hub.pages.models import GuidancePage, HubImage, ImportFile, ImportJob, PartnerSectionPage

logger = logging.getLogger(__name__)
SECONDS_AT_ONCE = 15.0
ABANDONED = timedelta(minutes=10)
OURS = "This file could not be brought in, and that is our mistake. Tell whoever looks after the Hub its name."


@transaction.atomic
def begin(section: PartnerSectionPage, uploads: list[tuple[str, bytes]], *, by: Any) -> ImportJob:
    """Keeps what was brought. A zip that cannot be opened is one refused file."""
    job = ImportJob.objects.create(section=section, by=by)
    for name, data in uploads:
        try:
            for inner, found in files_in(name, data):
                _note(job, inner, found)
        except Refused as refusal:
            _note(job, name, refusal)
    return job


def go_on(job: ImportJob, *, seconds: float = SECONDS_AT_ONCE) -> None:
    """Brings in waiting files until time is up; what is left waits for the next call."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and _next(job):
        pass


def finish_abandoned(now: datetime) -> int:
    """Goes on with what somebody left half done. Returns how many such imports there were."""
    waiting = ImportJob.objects.filter(files__state=ImportFile.State.WAITING, started_at__lt=now - ABANDONED)
    jobs = list(waiting.distinct())
    for job in jobs:
        go_on(job)
    return len(jobs)


@transaction.atomic
def _next(job: ImportJob) -> bool:
    waiting = job.files.select_for_update(skip_locked=True).filter(state=ImportFile.State.WAITING)
    file = waiting.first()
    if file is None:
        return False
    try:
        with transaction.atomic():
            page, lost = _bring_in(job, file.name, bytes(file.data or b""))
        file.state, file.page, file.lost = ImportFile.State.DONE, page, lost
    except Refused as refusal:
        file.state, file.reason = ImportFile.State.REFUSED, str(refusal)
    except Exception:
        logger.exception("Bringing in file %s failed.", file.pk)
        file.state, file.reason = ImportFile.State.REFUSED, OURS
    file.data = None
    file.save()
    return True


def _bring_in(job: ImportJob, name: str, data: bytes) -> tuple[GuidancePage, list[str]]:
    may = job.section.permissions_for_user(job.by) if job.by and job.by.is_active else None
    if may is None or not may.can_add_subpage():
        raise Refused("Whoever brought this file may not write in this section any more.")
    check_word_file(name, data)
    made = convert(data)
    title = (made.title or name.rsplit(".", 1)[0]).strip() or "Without a title"
    if len(title) > 255:
        made.lose(f"The title was too long. It was: “{title}”")
    page = GuidancePage(title=title[:255], owner=job.by, live=False, has_unpublished_changes=True)
    page.slug = "" if slugify(title, allow_unicode=True) else f"guidance-{uuid.uuid4().hex[:8]}"
    page.body = GuidancePage._meta.get_field("body").to_python(_body(made, job, title[:200]))
    job.section.add_child(instance=page)
    page.save_revision(user=job.by, log_action=True, clean=False)
    return page, made.lost


def _body(made: Converted, job: ImportJob, title: str) -> list[dict[str, Any]]:
    pieces = []
    for kind, value in made.blocks:
        content = _picture(made, value, job, title) if kind == "image" else value
        if content is not None:
            pieces.append({"type": kind, "value": content, "id": str(uuid.uuid4())})
    return pieces


def _picture(made: Converted, place: int, job: ImportJob, title: str) -> dict[str, Any] | None:
    picture, number = made.pictures[place], place + 1
    if not _can_be_shown(picture):
        made.lose(f"Picture {number} is of a kind that browsers do not show, or damaged. Save it as PNG or JPEG.")
        return None
    image = HubImage(title=f"{title}, picture {number}", default_alt_text=picture.alt_text)
    image.collection = _collection(job.section)
    image.uploaded_by_user = job.by
    image.file = ContentFile(picture.data, name="picture.png")
    image.save()
    if not picture.alt_text:
        made.lose(f"Picture {number} needs words for people who cannot see it, or a tick that it is decorative.")
    return {"image": image.pk, "alt_text": picture.alt_text, "decorative": False, "caption": ""}


def _can_be_shown(picture: Picture) -> bool:
    try:
        with Image.open(io.BytesIO(picture.data)) as opened:
            width, height = opened.size
            if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS or opened.format in {"WMF", "EMF"}:
                return False
            opened.load()
    except Exception:  # noqa: BLE001 - each format's reader has errors of its own for a broken file
        return False
    return True


def _collection(section: PartnerSectionPage) -> Collection:
    own = Collection.get_first_root_node().get_children().filter(name=section.organisation.name).first()
    images = own.get_children().filter(name="Images").first() if own else None
    found = images or own
    if found is None:
        raise Refused("This section has no place for pictures yet. Ask the administrator to set it up.")
    return found


def _note(job: ImportJob, name: str, found: bytes | Refused) -> None:
    if isinstance(found, Refused):
        job.files.create(name=name[-255:], state=ImportFile.State.REFUSED, reason=str(found))
    else:
        job.files.create(name=name[-255:], data=found)
