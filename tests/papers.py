"""Photographs and papers to hand in, and the same with something hidden in them. Made byte by byte: no library helps."""

import base64
import struct
import zlib

# Eight by eight pixels, as a browser wrote them.
_JPEG = """
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////
////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////
////////////wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QA
FAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/ALQAf//Z
"""


def a_jpeg(*, before: bytes = b"", after: bytes = b"", size: tuple[int, int] = (8, 8)) -> bytes:
    """A photograph; ``before`` stands as segments in front of the picture, ``after`` behind its end."""
    whole = base64.b64decode(_JPEG)
    at = whole.index(b"\xff\xc0") + 5
    sized = whole[:at] + struct.pack(">HH", size[1], size[0]) + whole[at + 4 :]
    return sized[:2] + before + sized[2:] + after


def a_segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def an_exif(turn: int, place: bytes = b"N 39 54 26") -> bytes:
    """What a phone writes: how it was held, and where."""
    told = b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, turn, 0, 0)
    return a_segment(0xE1, told + b"GPS " + place)


def a_chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def a_png(
    *, size: tuple[int, int] = (4, 3), lines: bytes | None = None, extra: bytes = b"", after: bytes = b""
) -> bytes:
    """A grey picture; ``lines`` are its data if they shall not fit its size."""
    width, height = size
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(
        b"".join(b"\x00" + b"\x80" * width for _ in range(height)) if lines is None else lines
    )
    chunks = a_chunk(b"IHDR", head) + extra + a_chunk(b"IDAT", data) + a_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks + after


def a_pdf(*, catalog: bytes = b"", packed: bytes = b"", words: str = "paper") -> bytes:
    """A PDF of one empty page; ``catalog`` is added to its root, ``packed`` stands compressed in a stream."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    parts = [b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    body = zlib.compress(packed or words.encode())
    parts.append(b"<</Length %d/Filter/FlateDecode>>stream\n" % len(body) + body + b"\nendstream")
    out = b"%PDF-1.7\n"
    for number, part in enumerate(parts, 1):
        out += b"%d 0 obj" % number + part + b"endobj\n"
    return out + b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"
