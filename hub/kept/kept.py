"""One kept answer: its bodies, packed once, and everything it rests on. It cannot be changed, only replaced."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass

from hub.kept.asked import Proof
from hub.kept.encodings import packed
from hub.kept.notes import Notes, Told

Headers = list[tuple[str, str]]
OWN_WEIGHT = 2_000  # bytes, at most, of what Python needs around the bodies
LONGEST_CONDITION = 4_096  # of If-None-Match: an honest one names a few tags
OURS = {"content-length", "content-encoding", "etag", "vary", "accept-ranges"}  # headers that are said anew here
NOT_WITHOUT_BODY = {"content-type", "content-length", "content-encoding"}


@dataclass(frozen=True, slots=True)
class Form:
    """The answer as it is sent: packed in one way, and without its body."""

    tag: str
    headers: Headers
    unchanged: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer of status 200, and what it rests on."""

    forms: dict[str, Form]
    generation: int
    proofs: frozenset[Proof]
    stories: tuple[int, ...]
    files: tuple[tuple[str, Told], ...]
    good_until: float
    weight: int

    def has_its_files(self) -> bool:
        """Whether the disk still says of each file what it said when the answer was made."""
        return all(told_of(path) == told for path, told in self.files)


def told_of(path: str) -> Told | None:
    """What the disk says of a file now; None when there is none. The time of its last change cannot be set by hand."""
    try:
        status = os.stat(path)  # noqa: PTH116 - asked on the way to each reader: a Path costs three times as much
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev


def keep(body: bytes, headers: Headers, notes: Notes, generation: int) -> Kept:
    """The answer with this body and these headers, made while `generation` was the newest."""
    digest = hashlib.sha256(body).hexdigest()[:32]
    forms = {form: _form(form, digest, data, headers) for form, data in packed(body).items()}
    return Kept(
        forms=forms,
        generation=generation,
        proofs=frozenset(notes.proofs),
        stories=tuple(sorted({page for page, _, _ in notes.proofs})),
        files=tuple(notes.files.items()),
        good_until=notes.good_until,
        weight=OWN_WEIGHT + sum(len(each.body) for each in forms.values()),
    )


def _form(form: str, digest: str, body: bytes, headers: Headers) -> Form:
    said = [(name, value) for name, value in headers if name.lower() not in OURS]
    said.append(("Vary", ", ".join(dict.fromkeys([*_varies(headers), "Accept-Encoding"]))))
    tag = ""
    if not _is_kept_nowhere(headers):
        tag = f'"{digest}{"-" + form if form else ""}"'
        said.append(("ETag", tag))
    unchanged = [(name, value) for name, value in said if name.lower() not in NOT_WITHOUT_BODY]
    if form:
        said.append(("Content-Encoding", form))
    said.append(("Content-Length", str(len(body))))
    return Form(tag, said, unchanged, body)


def _varies(headers: Headers) -> Iterable[str]:
    return (each.strip() for name, value in headers if name.lower() == "vary" for each in value.split(","))


def _is_kept_nowhere(headers: Headers) -> bool:
    """What nobody else may keep needs no tag: nobody has a copy to ask about."""
    return any(name.lower() == "cache-control" and "no-store" in value for name, value in headers)


def is_unchanged(form: Form, condition: str) -> bool:
    """Whether the reader's copy, as If-None-Match names it, is this one."""
    if not form.tag or not condition or len(condition) > LONGEST_CONDITION:
        return False
    return condition.strip() == "*" or form.tag in condition
