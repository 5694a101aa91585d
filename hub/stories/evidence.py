"""May this file be kept as evidence of an answer, and who has opened it?

A photo of a signed sheet, a recording, a video in British Sign Language: encrypted in a folder of its own, to which no
address leads. A photo is re-made from its pixels, so that where it was taken is gone. Refuses what could do something
when it is opened, and what it does not know by its own bytes, whatever its name says. Each opening is noted.
"""

import io
import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pillow_heif
from django.conf import settings
from django.core import signing
from PIL import Image

from hub import pdf_file
from hub.encryption import lock_bytes, open_bytes
from hub.pages.models.library import without_metadata
from hub.stories.models import EvidenceFile, RecordOpened, StoryParticipant

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import UploadedFile

pillow_heif.register_heif_opener()

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
PHOTOS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"RIFF", b"GIF8")
HEIC = re.compile(rb"^.{4}ftyp(heic|heix|hevc|mif1|msf1|avif)", re.DOTALL)
EXTENSIONS = {
    PHOTO: "jpg", PDF: "pdf", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav", "audio/mp4": "m4a",
    "video/webm": "webm", "video/mp4": "mp4",
}  # fmt: skip

EMPTY = "This file is empty. Take the photo or the recording again, or leave the file out."
TOO_BIG = "This file is too big, at most 40 MB. Take a photo instead of a scan, or make the recording shorter."
NOT_KNOWN = "We cannot keep this kind of file. Choose a photo, a PDF, or a sound or video recording."
BROKEN = "This photo cannot be read. It may be damaged. Take it again, or choose another."
PDF_ACTS = "This PDF holds a script or another file, so we do not keep it. Print it, and take a photo of the sheet."
PDF_LOCKED = "This PDF is locked with a password, so nobody could read it later. Save it without one."


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
    if HEIC.match(data) or (data.startswith(PHOTOS) and data[8:12] != b"WAVE"):
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
        return open_bytes(_place(file.stored_as).read_bytes())
    except FileNotFoundError:
        raise NotThere(f"Evidence {file.pk} is not in its folder.") from None


def erase(file: EvidenceFile) -> None:
    """Removes the file first and then what is known of it, so that no file is left that nothing names."""
    for name in (file.stored_as, f"{file.stored_as}.half"):
        _place(name).unlink(missing_ok=True)
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
    left = list(EvidenceFile.objects.filter(consents__isnull=True, added_at__lt=now - UNATTACHED_FOR))
    for file in left:
        erase(file)
    return len(left)


def _photo(data: bytes) -> bytes:
    try:
        clean, _ = without_metadata(data)
        with Image.open(io.BytesIO(clean)) as picture:
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            out = io.BytesIO()
            picture.convert("RGB").save(out, format="JPEG", quality=85)
    except Exception:  # noqa: BLE001 - each format's reader has errors of its own for a broken file
        raise CannotKeep(BROKEN) from None
    return out.getvalue()


def _check_pdf(data: bytes) -> None:
    said = pdf_file.what_it_says(data)
    if said is not None and pdf_file.LOCK.search(said):
        raise CannotKeep(PDF_LOCKED)
    if said is None or pdf_file.PROGRAM.search(said) or pdf_file.STARTS_BY_ITSELF.search(said):
        raise CannotKeep(PDF_ACTS)


def _place(name: str) -> Path:
    return Path(settings.EVIDENCE_ROOT) / name


def _write(name: str, data: bytes) -> None:
    """In one go: whoever reads meanwhile sees the old bytes or the new ones."""
    place = _place(name)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = place.with_suffix(".half")
    half.write_bytes(lock_bytes(data))
    half.chmod(0o600)
    half.replace(place)
