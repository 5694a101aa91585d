"""May this file be kept as evidence of an answer, and who has opened it?

A photo of a signed sheet, a recording, a video in British Sign Language: encrypted in a folder of its own, to which no
address leads. A photo is re-made from its pixels, so that where it was taken is gone. Refuses what could do something
when it is opened, and what it does not know by its own bytes, whatever its name says. Each opening is noted.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core import signing

from hub.encryption import lock_bytes, open_bytes
from hub.left_out import each
from hub.malware import NotKept, check_for_harm
from hub.pdf_file import why_not
from hub.pdf_findings import Finding
from hub.pictures import DAMAGED, CannotUse, is_picture, losses, remade
from hub.shelves import shelf
from hub.stories.models import EvidenceFile, RecordOpened, StoryParticipant

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import UploadedFile

MEGABYTE = 1024 * 1024
LARGEST = 40 * MEGABYTE
LONGEST_SIDE = 3_000  # pixels: a sheet of paper can be read, and a phone's 20 MB become one
UNATTACHED_FOR = timedelta(days=1)
SALT = "hub.stories.evidence"
PHOTO, PDF = "image/jpeg", "application/pdf"
BEGINNINGS = (
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
)
EXTENSIONS = {
    PHOTO: "jpg", PDF: "pdf", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav", "audio/mp4": "m4a",
    "video/webm": "webm", "video/mp4": "mp4",
}  # fmt: skip

EMPTY = "This file is empty. Take the photo or the recording again, or leave the file out."
TOO_BIG = "This file is too big, at most 40 MB. Take a photo instead of a scan, or make the recording shorter."
NOT_KNOWN = "We cannot keep this kind of file. Choose a photo, a PDF, or a sound or video recording."
BROKEN = "This photo cannot be read. It may be damaged. Take it again, or choose another."
MOVES = "This picture moves, and we could keep only one moment of it. Bring the video itself, or a photo."
SEVERAL = "There are several pictures in this file, and we could keep only one. Bring them in one PDF, or one picture."
PDF_ACTS = "This PDF holds a script or another file, so we do not keep it. Print it, and take a photo of the sheet."
PDF_LOCKED = "This PDF is locked with a password, so nobody could read it later. Save it without one."
PDF_DAMAGED = "This PDF is damaged or not complete. Scan or save it again, or take a photo of the sheet."
PDF_UNKNOWN = "This PDF holds something that we cannot look into, so we do not keep it. Take a photo of the sheet."
WHY_NOT = {
    Finding.PROGRAM: PDF_ACTS,
    Finding.FILES_INSIDE: PDF_ACTS,
    Finding.STARTS_BY_ITSELF: PDF_ACTS,
    Finding.LOCKED: PDF_LOCKED,
    Finding.DAMAGED: PDF_DAMAGED,
    Finding.NOT_UNDERSTOOD: PDF_UNKNOWN,
    Finding.TOO_MUCH: PDF_UNKNOWN,
}


class CannotKeep(Exception):
    """The sentence says why, to the worker who chose the file."""


class NotThere(Exception):
    """The file is gone from its folder, though we hold a record of it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: what it is by its own bytes, and those bytes without what does not belong to it."""

    media_type: str
    data: bytes


def check(upload: "UploadedFile[bytes]") -> Checked:
    """What of `upload` may be kept. Raises CannotKeep."""
    if not upload.size:
        raise CannotKeep(EMPTY)
    if upload.size > LARGEST:
        raise CannotKeep(TOO_BIG)
    data = upload.read()
    try:
        check_for_harm(data)
    except NotKept as sentence:
        raise CannotKeep(str(sentence)) from None
    if is_picture(data):
        return Checked(PHOTO, _photo(data))
    if data.startswith(b"%PDF-"):
        _check_pdf(data)
        return Checked(PDF, data)
    for place, beginning, media_type in BEGINNINGS:
        if data[place:].startswith(beginning):
            return Checked(media_type, data)
    raise CannotKeep(NOT_KNOWN)


def keep(checked: Checked, participation: StoryParticipant, *, by: "User") -> EvidenceFile:
    """Encrypts it and notes whose it is. It belongs to no answer until one is recorded with it."""
    name = uuid.uuid4().hex
    _write(name, checked.data)
    return EvidenceFile.objects.create(
        participation=participation,
        stored_as=name,
        media_type=checked.media_type,
        size=len(checked.data),
        added_by=by,
    )


def open_file(file: EvidenceFile, *, by: "User") -> bytes:
    """The file as it was kept; that `by` opened it is noted first. Raises NotThere and CannotOpen."""
    RecordOpened.objects.create(
        what=RecordOpened.What.EVIDENCE,
        number=file.pk,
        participant_code=file.participation.participant.code,
        by_user_id=by.pk,
    )
    return read(file)


def read(file: EvidenceFile) -> bytes:
    """The file, for what is not an opening by a person: changing keys, looking for what should be erased."""
    try:
        return open_bytes(shelf("evidence").read(file.stored_as))
    except FileNotFoundError:
        raise NotThere(f"Evidence {file.pk} is not in its folder.") from None


def erase(file: EvidenceFile) -> None:
    """Removes the file first and then what is known of it, so that no file is left that nothing names."""
    shelf("evidence").remove(file.stored_as)
    file.delete()


def lock_again(file: EvidenceFile) -> None:
    """Puts the file under the newest key."""
    _write(file.stored_as, read(file))


def filename(file: EvidenceFile) -> str:
    """What it is called when it is opened: nothing about anybody."""
    return f"evidence-{file.pk}.{EXTENSIONS[file.media_type]}"


def token_of(file: EvidenceFile) -> str:
    """By which a form that came back with an error names a file that was kept meanwhile."""
    return signing.dumps(file.pk, salt=SALT)


def kept_before(token: str, participation: StoryParticipant) -> EvidenceFile | None:
    """The file a form names, if it is this person's and belongs to no answer yet."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=UNATTACHED_FOR)
    except signing.BadSignature:
        return None
    return EvidenceFile.objects.filter(pk=pk, participation=participation, consents__isnull=True).first()


def forget_unattached(now: datetime) -> int:
    """Erases files that were sent with a form nobody finished. Returns how many."""
    left = EvidenceFile.objects.filter(consents__isnull=True, added_at__lt=now - UNATTACHED_FOR)
    return len(list(each(left, erase, of="the evidence deleted")))


def _photo(data: bytes) -> bytes:
    """A JPEG to read a sheet by. What a second page says may be the answer: nothing but size is lost in silence."""
    try:
        made = remade(data, widest=LONGEST_SIDE, as_photo=True)
    except CannotUse as sentence:
        raise CannotKeep(BROKEN if str(sentence) == DAMAGED else str(sentence)) from None
    for loss in made.lost:
        if loss.kind in {losses.MOVES, losses.SEVERAL}:
            raise CannotKeep(MOVES if loss.kind == losses.MOVES else SEVERAL)
    return made.data


def _check_pdf(data: bytes) -> None:
    finding = why_not(data)
    if finding:
        raise CannotKeep(WHY_NOT[finding])


def _write(name: str, data: bytes) -> None:
    shelf("evidence").write(name, lock_bytes(data))
