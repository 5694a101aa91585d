"""From a brought file to a draft in one's own section: one file at a time, each whole or not at all.

Refuses a section in which whoever brought the files may not write, asked again for each file. Nothing is published.
"""

import logging
import time
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Collection

from hub.left_out import each
from hub.pages.files.opening import Refused, check_word_file, files_in
from hub.pages.imports import sentences as say
from hub.pages.imports.bold_lines import bold_lines
from hub.pages.imports.proof import compare, words_of_blocks
from hub.pages.imports.word import Converted, convert
from hub.pages.imports.wordpress.drafts import bring_in_export
from hub.pages.models import GuidancePage, HubImage, ImportFile, ImportJob, PartnerSectionPage
from hub.pages.models.picture_upload import CannotUse, take_in

logger = logging.getLogger(__name__)
SECONDS_AT_ONCE = 5.0  # a large zip shows how far it is each time
ABANDONED = timedelta(minutes=10)
KEPT = timedelta(days=30)
LONGEST_TITLE = 255
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
    return len(list(each(waiting.distinct(), go_on, of="the imports gone on with")))


def forget_old_imports(now: datetime) -> int:
    """Deletes what was noted of imports a month ago: the names of files can be names of people. Returns how many.

    Of a draft that somebody deleted, what the file held goes at once: the next time this is called.
    """
    deleted_since = ImportFile.objects.filter(state=ImportFile.State.DONE, page=None)
    deleted_since.exclude(before="", lost=[]).update(before="", lost=[], pictures=[])
    old = ImportJob.objects.filter(started_at__lt=now - KEPT)
    _, deleted = old.exclude(files__state=ImportFile.State.WAITING).delete()
    return deleted.get(ImportJob._meta.label, 0)


@transaction.atomic
def _next(job: ImportJob) -> bool:
    waiting = job.files.select_for_update(skip_locked=True).filter(state=ImportFile.State.WAITING)
    file = waiting.first()
    if file is None:
        return False
    try:
        with transaction.atomic():
            _check_may_write(job)
            if file.name.lower().endswith(".xml"):
                bring_in_export(job, file)
            else:
                _bring_in(job, file)
                file.state = ImportFile.State.DONE
    except Refused as refusal:
        file.state, file.reason = ImportFile.State.REFUSED, str(refusal)
    except Exception:
        logger.exception("Bringing in file %s failed.", file.pk)
        file.state, file.reason = ImportFile.State.REFUSED, OURS
    file.data = None
    file.save()
    return True


def _check_may_write(job: ImportJob) -> None:
    may = job.section.permissions_for_user(job.by) if job.by and job.by.is_active else None
    if may is None or not may.can_add_subpage():
        raise Refused("Whoever brought this file may not write in this section any more.")


def _bring_in(job: ImportJob, file: ImportFile) -> None:
    data = bytes(file.data or b"")
    check_word_file(file.name, data)
    made = convert(data)
    title = (made.title or file.name.rsplit(".", 1)[0]).strip() or "Without a title"
    if len(title) > LONGEST_TITLE:
        made.lose(say.LONG_TITLE.format(title))
    page = GuidancePage(title=title[:LONGEST_TITLE], owner=job.by, live=False, has_unpublished_changes=True)
    page.slug = "" if slugify(title, allow_unicode=True) else f"guidance-{uuid.uuid4().hex[:8]}"
    pictures = _pictures(made, job, title[:200])
    body = _body(made, pictures)
    stream: Any = GuidancePage._meta.get_field("body")
    page.body = stream.to_python(body)
    job.section.add_child(instance=page)
    page.save_revision(user=job.by, log_action=True, clean=False)
    file.page, file.before = page, made.before
    file.pictures = [picture.pk if picture else None for picture in pictures]
    if bold_lines(body):
        made.lose(say.BOLD_LINES)
    file.lost = made.lost + _not_accounted_for(made, page)


def _not_accounted_for(made: Converted, page: GuidancePage) -> list[str]:
    """Words that only the file or only the page has, and no sentence says so: read from both anew."""
    on_page = words_of_blocks(page.body.get_prep_value())
    if not made.title_is_copied:
        on_page += f" {made.title}"
    return compare(made.visible, on_page, left_out=made.left_out, added=made.added)


def _body(made: Converted, pictures: list[HubImage | None]) -> list[dict[str, Any]]:
    pieces = []
    for kind, value in made.blocks:
        content = value
        if kind == "image":
            image, picture = pictures[value], made.pictures[value]
            if image is None:
                continue
            content = {"image": image.pk, "alt_text": picture.alt_text, "decorative": picture.decorative, "caption": ""}
        pieces.append({"type": kind, "value": content, "id": str(uuid.uuid4())})
    return pieces


def _pictures(made: Converted, job: ImportJob, title: str) -> list[HubImage | None]:
    """Each picture of the file in the library, or None where a sentence says why not."""
    kept: list[HubImage | None] = []
    for number, picture in enumerate(made.pictures, start=1):
        try:
            taken = take_in(picture.data)
        except CannotUse as why:
            made.lose(say.PICTURE_LEFT_OUT.format(number, why))
            kept.append(None)
            continue
        for loss in taken.lost:
            made.lose(say.PICTURE_LOST.format(number, loss.said))
        image = HubImage(title=f"{title}, picture {number}", default_alt_text=picture.alt_text)
        image.collection = _collection(job.section)
        image.uploaded_by_user = job.by
        image.file = ContentFile(taken.data, name="picture")
        image.save()
        kept.append(image)
        if not picture.alt_text and not picture.decorative:
            made.lose(say.PICTURE_WORDS.format(number))
    return kept


def _collection(section: PartnerSectionPage) -> Collection:
    own = section.organisation.collection
    if own is None:
        raise Refused("This section has no place for pictures yet. Ask the administrator to set it up.")
    found: Collection = own.get_children().filter(name="Images").first() or own
    return found


def _note(job: ImportJob, name: str, found: bytes | Refused) -> None:
    if isinstance(found, Refused):
        job.files.create(name=name[-255:], state=ImportFile.State.REFUSED, reason=str(found))
    else:
        job.files.create(name=name[-255:], data=found)
