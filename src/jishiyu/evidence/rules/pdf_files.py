"""Whether a PDF file is only paper: nothing in it that runs, opens, sends or carries another file.

The file is not understood object by object: whoever hides something relies on readers that understand it differently. Instead
the names of everything active are looked for in all its bytes and in all that opens from its compressed parts.
"""

import re
import zlib

# What is never needed on a scanned paper. Long names only: they do not come about by chance in a picture's bytes.
_ACTIVE = {
    b"/JavaScript": "script", b"/OpenAction": "action", b"/Launch": "action", b"/SubmitForm": "action",
    b"/ImportData": "action", b"/RichMedia": "media", b"/EmbeddedFile": "file", b"/Filespec": "file",
    b"/XFA": "form", b"/GoToE": "action", b"/GoToR": "action", b"/Rendition": "media",
}  # fmt: skip
# An opening at a page is what many scanners write, and is harmless; an opening with an action is not.
_HARMLESS_OPENING = re.compile(rb"/OpenAction\s*(\[[^\]<>]{0,200}\]|<<\s*/S\s*/GoTo\b[^<>]{0,200}>>)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_SHORT = re.compile(rb"/(JS|AA)(?=[\s/<(\[])")
_ODD_FILTERS = re.compile(rb"/(LZWDecode|ASCII85Decode|ASCIIHexDecode|RunLengthDecode|Crypt)\b")
# Some eight uncompressed pages in colour.
MOST_OPENED = 200_000_000
_MOST_STREAMS, _PIECE, _LONGEST = 20_000, 1 << 16, 400


class NotOnlyPaper(ValueError):
    """``what`` is found: script, action, file, media, form, locked, unreadable, bomb or damaged."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def check_pdf(raw: bytes) -> None:
    """Raise :class:`NotOnlyPaper` unless the file is a whole PDF with nothing active in it."""
    end = raw.rfind(b"%%EOF")
    if not raw.startswith(b"%PDF-") or end < 0:
        raise NotOnlyPaper("damaged")
    if raw[end + 5 :].strip(b"\r\n\t \x00"):
        raise NotOnlyPaper("file")  # something else was appended
    plain = _names_plain(raw)
    if b"/Encrypt" in plain:
        raise NotOnlyPaper("locked")
    _look(plain)
    packed = re.search(rb"/ObjStm\b", plain) is not None
    if packed and (
        _ODD_FILTERS.search(plain) or re.search(rb"/ObjStm\b[^>]{0,400}/(DecodeParms|DP)\b", plain)
    ):
        raise NotOnlyPaper("unreadable")
    if _SHORT.search(_outside_streams(plain)):
        raise NotOnlyPaper("script")
    begins = [begin.end() for begin in re.finditer(rb"stream\r?\n", raw)]
    if len(begins) > _MOST_STREAMS:
        raise NotOnlyPaper("bomb")
    left = MOST_OPENED
    for at in begins:
        left -= _look_inside(raw, at, left)


def _names_plain(some: bytes) -> bytes:
    """With escaped characters of names written out: ``/J#61vaScript`` is ``/JavaScript``."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), some) if b"#" in some else some


def _look(plain: bytes) -> None:
    seen = _HARMLESS_OPENING.sub(b"", plain) if b"/OpenAction" in plain else plain
    for name, what in _ACTIVE.items():
        if name in seen:
            raise NotOnlyPaper(what)


def _outside_streams(plain: bytes) -> bytes:
    return re.sub(rb"stream\r?\n.*?endstream", b" ", plain, flags=re.DOTALL)


def _look_inside(raw: bytes, at: int, most: int) -> int:
    """Look at what opens from a compressed part, piece by piece, and return how much did. Packed otherwise, nothing opens."""
    opener, size, before = zlib.decompressobj(), 0, b""
    try:
        while at < len(raw) and not opener.eof:
            data, at = raw[at : at + _PIECE], at + _PIECE
            while data and not opener.eof:
                piece = opener.decompress(data, _PIECE * 16)
                data, size = opener.unconsumed_tail, size + len(piece)
                _look(_names_plain(before + piece))
                before = (before + piece)[-_LONGEST:]
                if size > most:
                    raise NotOnlyPaper("bomb")
    except zlib.error:
        pass  # what opened before has been looked at all the same
    return size
