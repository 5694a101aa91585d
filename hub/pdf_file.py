"""What can a PDF do by itself when it is opened? Asked of evidence and of what readers are offered.

It is not a reader of PDF: it looks for the words by which a file says that it holds a program, another file or a lock.
A file that packs them out of sight in a way this does not unpack counts as one that hides something.
"""

import re
import zlib

PROGRAM = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA|SubmitForm|ImportData)\b")
STARTS_BY_ITSELF = re.compile(rb"/(OpenAction|AA)\b(?!\s*\[)")  # with [ it is the page that is shown first
LOCK = re.compile(rb"/Encrypt\b")
STREAM = re.compile(rb"(obj\b.{0,2000}?)stream\r?\n(.*?)endstream", re.DOTALL)
MOST_UNPACKED = 20 * 1024 * 1024  # of all that a PDF says together


def what_it_says(data: bytes) -> bytes | None:
    """What the file says of itself, also where it is packed or written in another way (/J#53 is /JS).

    Never the bytes of pictures and fonts: in a scan of some megabytes any short word turns up by chance.
    None when it unpacks without end.
    """
    said, left = [STREAM.sub(lambda found: found[1], data)], MOST_UNPACKED
    for found in STREAM.finditer(data):
        if b"/ObjStm" in _in_plain_letters(found[1]):
            unpacked = _unpacked(found[2], most=left)
            left -= len(unpacked)
            said.append(unpacked)
            if left <= 0:
                return None
    return _in_plain_letters(b"\n".join(said))


def _in_plain_letters(data: bytes) -> bytes:
    return re.sub(rb"#([0-9a-fA-F]{2})", lambda letter: bytes([int(letter[1], 16)]), data)


def _unpacked(stream: bytes, *, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, max(most, 1))
    except zlib.error:
        return b""
