"""May this file be offered to readers? It must be what its name says, and hold no program.

Refuses what is called something else than it is, macros, what a PDF could do by itself, files inside files, what is
fetched from elsewhere on opening, passwords, and what unpacks without end.
"""

import html
import re
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm

from hub.malware import NotKept, check_for_harm
from hub.pages.files.opening import OLD_FORMAT, Refused, open_archive
from hub.pdf_file import why_not
from hub.pdf_findings import Finding

KINDS = {
    "pdf": "a PDF",
    "rtf": "an RTF text",
    "docx": "a Word file",
    "xlsx": "an Excel file",
    "pptx": "a PowerPoint file",
    "odt": "an OpenDocument text",
    "txt": "a plain text",
    "csv": "a table as plain text",
}
HEART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml", "odt": "content.xml"}
PROGRAM = re.compile(r"(vbaproject\.bin|vbadata\.xml)$|(^|/)(macrosheets|activex|basic|scripts)/", re.IGNORECASE)
INSIDE = re.compile(r"/(embeddings/[^/]*\.bin|oleobject[^/]*)$|^object \d+$", re.IGNORECASE)
RTF_ACTS = re.compile(
    rb"\\(object|objdata|objocx|objupdate|objautlink|template)\b|\b(ddeauto|includepicture|includetext)\b",
    re.IGNORECASE,
)
RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^<>]*>")
ELSEWHERE = re.compile(r"""Target\s*=\s*["']\s*(?:https?:|ftp:|\\\\|//|file:/*\\\\|file://(?!/))""", re.IGNORECASE)
LINK = re.compile(r"""Type\s*=\s*["'][^"'<>]{1,200}/hyperlink["']""")
EMPTY = "This file is empty: nothing of it arrived. Choose it again."
TOO_BIG = (
    "This file is too big: %(file_size)s, and at most %(max_filesize)s can be kept. Make it smaller, or divide it."
)
HELP = (
    "A PDF, Word, OpenDocument, PowerPoint, Excel, RTF, text or CSV file, at most 10 MB, without macros or a password."
)
NOT_A_KIND = "This kind of file cannot be kept. Save it as a PDF, or as .docx, .odt, .pptx, .xlsx, .rtf, .txt or .csv."
NOT_WHAT_IT_SAYS = (
    "This is not {kind}, whatever its name says, or it is damaged. Open it, save it again, and try again."
)
MACROS = "This file has macros, which are small programs. Save it without them, or as a PDF, and try once more."
PDF_PROGRAM = "This PDF holds a program, a form or another file. Print it into a new PDF, and bring that in instead."
PDF_LOCKED = (
    "This PDF is locked: it asks for a password, or may not be changed or copied. Save it without that, and try "
    "once more."
)
PDF_DAMAGED = "This PDF is damaged or not complete. Save or print it into a new PDF, and bring that in instead."
PDF_UNKNOWN = "This PDF holds something that we cannot look into. Print it into a new PDF, and bring that in instead."
FILES_INSIDE = "There is another file inside this one. Take it out, or save it all as a PDF, and try once more."
REACHES_OUT = (
    "This file fetches something from elsewhere when it is opened: a template, a picture or another file. Take that "
    "out, or save it as a PDF, and try once more."
)
PASSWORD = "This file is protected by a password, so readers could not open it. Take it off, and try once more."  # noqa: S105
WHY_NOT = {
    Finding.PROGRAM: PDF_PROGRAM,
    Finding.FILES_INSIDE: PDF_PROGRAM,
    Finding.STARTS_BY_ITSELF: PDF_PROGRAM,
    Finding.LOCKED: PDF_LOCKED,
    Finding.DAMAGED: PDF_DAMAGED,
    Finding.NOT_UNDERSTOOD: PDF_UNKNOWN,
    Finding.TOO_MUCH: PDF_UNKNOWN,
}
MOST_OF_A_TEXT = 1024 * 1024


def check_document(name: str, data: bytes) -> None:
    """Raises ValidationError with a sentence unless readers may be given `data` under `name`."""
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension not in KINDS:
        raise ValidationError(NOT_A_KIND, code="not_a_kind")
    if not data:
        raise ValidationError(EMPTY, code="empty")
    if extension in HEART:
        _check_office(extension, data)
    elif not _is_what_it_says(extension, data):
        raise _other_than(extension)
    elif extension == "pdf":
        finding = why_not(data)
        if finding:
            raise ValidationError(WHY_NOT[finding], code=finding)
    elif extension == "rtf" and RTF_ACTS.search(data):
        raise ValidationError(FILES_INSIDE, code="files_inside")


def _is_what_it_says(extension: str, data: bytes) -> bool:
    if extension == "pdf":
        return b"%PDF-" in data[:1024]
    if extension == "rtf":
        return data.startswith(rb"{\rtf")
    return _is_text(data)


def _is_text(data: bytes) -> bool:
    """Letters as Windows, Excel or anybody else writes them; no bytes that no text has."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1f]", data[:MOST_OF_A_TEXT].rstrip(b"\x1a"))


def _check_office(extension: str, data: bytes) -> None:
    if data.startswith(OLD_FORMAT):
        raise ValidationError(PASSWORD, code="password")
    try:
        with open_archive(data, largest=len(data)) as archive:
            names = archive.namelist()
            kinds = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
            relations = [archive.read(name) for name in names if name.endswith(".rels")]
    except Refused as refusal:
        raise _other_than(extension) from refusal
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise _other_than(extension) from error
    if HEART[extension] not in names or (extension != "odt" and not kinds):
        raise _other_than(extension)
    if b"macroEnabled" in kinds or any(PROGRAM.search(part) for part in names):
        raise ValidationError(MACROS, code="macros")
    if any(INSIDE.search(part) for part in names):
        raise ValidationError(FILES_INSIDE, code="files_inside")
    if any(_reaches_out(part) for part in relations):
        raise ValidationError(REACHES_OUT, code="reaches_out")


def _reaches_out(relations: bytes) -> bool:
    """Whether anything but a link to click leads to the web or to another computer: that is fetched on opening."""
    text = html.unescape(relations.decode("utf-16" if b"\0" in relations[:4] else "utf-8", "replace"))
    return any(ELSEWHERE.search(one[0]) and not LINK.search(one[0]) for one in RELATION.finditer(text))


def _other_than(extension: str) -> ValidationError:
    return ValidationError(NOT_WHAT_IT_SAYS.format(kind=KINDS[extension]), code="other_kind")


class HubDocumentForm(BaseDocumentForm):
    """Wagtail's form for documents, with the question above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].error_messages.update(empty=EMPTY, file_too_large=TOO_BIG)
            self.fields["file"].help_text = HELP

    def clean_file(self) -> Any:
        """A file just chosen is looked at to its end, and left ready to be stored."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            file.seek(0)
            data = file.read()
            check_document(str(file.name), data)
            try:
                check_for_harm(data)
            except NotKept as sentence:
                raise ValidationError(str(sentence), code="harm") from None
            file.seek(0)
        return file
