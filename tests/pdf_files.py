"""PDFs written by hand for tests: good ones, and each way in which one could do something or hide that it can."""

import io
import zlib
from collections.abc import Callable

import pikepdf

PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99]%s>>"


def pdf(catalog: bytes = b"", page: bytes = b"", *more: bytes, trailer: bytes = b"") -> bytes:
    """One page. `more` are objects from number 4 on."""
    objects = [b"<</Type /Catalog /Pages 2 0 R%s>>" % (b" " + catalog), b"<</Type /Pages /Kids [3 0 R] /Count 1>>"]
    return written([*objects, PAGE % (b" " + page), *more], trailer=trailer)


def written(objects: list[bytes], *, trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version)
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<</Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(data: bytes, inside: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), inside, data)


def packed(hidden: bytes, pack: Callable[[bytes], bytes] = zlib.compress, name: bytes = b"/FlateDecode") -> bytes:
    """The catalog opens with object 5, which stands in an object stream packed by `pack`."""
    inside = b"5 0 " + hidden
    filters = b"/Filter " + name if name else b""
    out, places = io.BytesIO(), {}
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    objects = {
        1: b"<</Type /Catalog /Pages 2 0 R /OpenAction 5 0 R>>",
        2: b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        3: PAGE % b"",
        4: stream(pack(inside), b"/Type /ObjStm /N 1 /First 4 " + filters),
    }
    for number, one in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    start = places[6] = out.tell()
    rows = [(0, 0, 65535), *((1, places[n], 0) for n in (1, 2, 3, 4)), (2, 4, 0), (1, places[6], 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + last.to_bytes(2, "big") for kind, place, last in rows)
    head = b"/Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R"
    out.write(b"6 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(table, head), start))
    return out.getvalue()


def as_hex(data: bytes) -> bytes:
    return data.hex().encode() + b">"


def as_lzw(data: bytes) -> bytes:
    """LZW that never grows its table: a clear code before each 250 letters."""
    bits = []
    for place in range(0, len(data), 250):
        bits += [256, *data[place : place + 250]]
    text = "".join(f"{code:09b}" for code in [*bits, 257])
    return int(text.ljust(-(-len(text) // 8) * 8, "0"), 2).to_bytes(-(-len(text) // 8), "big")


def locked(*, owner_only: bool) -> bytes:
    """With a password to open it, or only one to change it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as plain:
        plain.save(out, encryption=pikepdf.Encryption(owner="o", user="" if owner_only else "u", R=6))
    return out.getvalue()
