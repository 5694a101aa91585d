"""May this file be offered to readers? It must be what its name says, and hold no program.

Refuses what is called something else than it is, macros, programs in a PDF, files inside files, passwords and what
unpacks without end.
"""

import re
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm

from hub import pdf_file
from hub.pages.imports.opening import OLD_FORMAT, Refused, open_archive

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
INSIDE = re.compile(r"/(embeddings/.*\.bin|oleobject[^/]*)$|^object \d+$", re.IGNORECASE)
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
FILES_INSIDE = "There is another file inside this one. Take it out, or save it all as a PDF, and try once more."
PASSWORD = "This file is protected by a password, so readers could not open it. Take it off, and try once more."  # noqa: S105
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
        said = pdf_file.what_it_says(data)
        if said is None or pdf_file.PROGRAM.search(said):
            raise ValidationError(PDF_PROGRAM, code="program")
    elif extension == "rtf" and rb"\objdata" in data:
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
            check_document(str(file.name), file.read())
            file.seek(0)
        return file
