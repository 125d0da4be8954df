"""Photographs as they are kept: read part by part, and written again with the picture alone.

Where and with what a photograph was taken, previews, comments and whatever was appended fall away; how it is turned stays. What
does not read as one whole picture raises :class:`Damaged`, what is too big to be opened safely :class:`TooManyPixels`.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

# A phone takes up to 50 million pixels; more than this would be opened into hundreds of megabytes.
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 20_000


class Damaged(ValueError):
    """The bytes are no whole picture of their kind."""


class TooManyPixels(ValueError):
    """The picture would be too big once opened."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without its surroundings. ``dropped`` is what was taken out, for a look at what was hidden there."""

    content: bytes
    width: int
    height: int
    dropped: bytes


def _sized(width: int, height: int) -> tuple[int, int]:
    if width < 1 or height < 1:
        raise Damaged("no size")
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise TooManyPixels(f"{width} x {height}")
    return width, height


# JPEG: markers with a length, then the picture's own data between them (ITU-T T.81, annex B).
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_KEPT = {0xC4, 0xCC, 0xDA, 0xDB, 0xDC, 0xDD, *_FRAMES}
_JFIF, _EXIF, _ADOBE, _SCAN, _END = 0xE0, 0xE1, 0xEE, 0xDA, 0xD9


def read_jpeg(raw: bytes) -> Picture:
    """A JPEG with its tables, frames and scans, and the turn it is shown with."""
    kept, size, turn, scans = [b"\xff\xd8"], None, 0, 0
    dropped: list[bytes] = []
    for marker, start, end in _segments(raw):
        if marker == _END:
            dropped.append(raw[end:])
            break
        body = raw[start + 4 : end]
        if marker in _FRAMES:
            if len(body) < 6:
                raise Damaged("no frame")
            height, width = struct.unpack(">HH", body[1:5])
            size = _sized(width, height)
        scans += marker == _SCAN
        turn = turn or (_turn(body) if marker == _EXIF else 0)
        # JFIF and Adobe's segment say how the colours are meant; nothing longer than theirs is kept under their names.
        colours = (marker == _JFIF and body[:5] == b"JFIF\x00") or (marker == _ADOBE and body[:5] == b"Adobe")
        wanted = marker in _KEPT or (colours and len(body) <= 14)
        (kept if wanted else dropped).append(raw[start:end])
    else:
        raise Damaged("no end")
    if size is None or not scans:
        raise Damaged("no picture")
    if turn > 1:
        kept.insert(1, _turned(turn))
    return Picture(b"".join([*kept, b"\xff\xd9"]), *size, b"".join(dropped))


def _segments(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, first byte and end of each segment; a scan's ends where the next marker begins."""
    at = 2
    while at + 2 <= len(raw):
        if raw[at] != 0xFF:
            raise Damaged("no marker")
        marker = raw[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == _END:
            yield marker, at, at + 2
            return
        if at + 4 > len(raw) or marker in (0x00, 0x01, 0xD8) or 0xD0 <= marker <= 0xD7:
            raise Damaged("no segment")
        end = at + 2 + int.from_bytes(raw[at + 2 : at + 4])
        if end < at + 4 or end > len(raw):
            raise Damaged("a segment too long")
        if marker == _SCAN:
            end = _end_of_scan(raw, end)
        yield marker, at, end
        at = end


def _end_of_scan(raw: bytes, at: int) -> int:
    while (at := raw.find(b"\xff", at)) >= 0 and at + 1 < len(raw):
        after = raw[at + 1]
        if after == 0x00 or 0xD0 <= after <= 0xD7:  # a stuffed byte, or a restart within the scan
            at += 2
        elif after == 0xFF:
            at += 1
        else:
            return at
    raise Damaged("the scan breaks off")


def _turn(body: bytes) -> int:
    """How the camera was held, 1 to 8, from the Exif segment; 0 when it does not say."""
    if body[:6] != b"Exif\x00\x00" or body[6:8] not in (b"II", b"MM") or len(body) < 16:
        return 0
    order, told = ("<" if body[6:8] == b"II" else ">"), body[6:]
    (at,) = struct.unpack(order + "I", told[4:8])
    if at + 2 > len(told):
        return 0
    (entries,) = struct.unpack(order + "H", told[at : at + 2])
    for entry in range(min(entries, 64)):
        one = told[at + 2 + 12 * entry : at + 14 + 12 * entry]
        if len(one) == 12 and struct.unpack(order + "H", one[:2])[0] == 0x0112:
            (value,) = struct.unpack(order + "H", one[8:10])
            return int(value) if 1 <= value <= 8 else 0
    return 0


def _turned(turn: int) -> bytes:
    """An Exif segment that says the turn and nothing else."""
    told = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, turn, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told


# PNG: chunks with a length and a checksum (ISO/IEC 15948).
PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"cHRM"}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def read_png(raw: bytes) -> Picture:
    """A PNG with its picture and colours; its data must open to exactly as many bytes as its head says."""
    kept, head = [PNG], b""
    dropped: list[bytes] = []
    data: list[bytes] = []
    at = len(PNG)
    while at + 12 <= len(raw):
        length, kind = int.from_bytes(raw[at : at + 4]), raw[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(raw) or zlib.crc32(raw[at + 4 : end - 4]) != int.from_bytes(raw[end - 4 : end]):
            raise Damaged("a chunk breaks off")
        body, whole = raw[at + 8 : end - 4], raw[at:end]
        if bool(head) == (kind == b"IHDR"):
            raise Damaged("no head")
        head = body if kind == b"IHDR" else head
        if kind == b"IDAT":
            data.append(body)
        (kept if kind in _PNG_KEPT else dropped).append(whole)
        at = end
        if kind == b"IEND":
            dropped.append(raw[at:])
            width, height = _png_size(head)
            _opens_to(b"".join(data), head, width, height)
            return Picture(b"".join(kept), width, height, b"".join(dropped))
    raise Damaged("no end")


def _png_size(head: bytes) -> tuple[int, int]:
    if len(head) != 13 or head[9] not in _CHANNELS or head[8] not in (1, 2, 4, 8, 16) or head[12] > 1:
        raise Damaged("no head")
    width, height = struct.unpack(">II", head[:8])
    return _sized(width, height)


def _opens_to(data: bytes, head: bytes, width: int, height: int) -> None:
    """The data are that many lines and not a byte more: a small file that opens into a huge one is found here."""
    bits = head[8] * _CHANNELS[head[9]]
    most = height * ((width * bits + 7) // 8 + 1)
    if head[12]:  # interlaced: seven passes, each line with its filter byte
        most += 7 * (height + 1) + width
    opener, opened = zlib.decompressobj(), 0
    try:
        while data and not opener.eof:
            opened += len(opener.decompress(data, 1 << 20))
            data = opener.unconsumed_tail
            if opened > most:
                raise TooManyPixels("more data than its size says")
    except zlib.error:
        raise Damaged("the data do not open") from None
    if not opener.eof or (opened != most and not head[12]):
        raise Damaged("the data break off")
