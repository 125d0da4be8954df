"""An uploaded file before it is kept: what it is by its content, whether it is safe, and how to mend what is refused.

Accepted are photographs (JPEG, PNG) and PDF papers. What comes back is what is kept: photographs without where and with what
they were taken, a name without a path and with the true ending.
"""

import re
import unicodedata
from dataclasses import dataclass

from jishiyu.evidence.rules.pdf_files import NotOnlyPaper, check_pdf
from jishiyu.evidence.rules.pictures import PNG, Damaged, Picture, TooManyPixels, read_jpeg, read_png
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 20  # for one application, or one visit
JPEG, PNG_TYPE, PDF = "image/jpeg", "image/png", "application/pdf"
ENDINGS = {JPEG: ".jpg", PNG_TYPE: ".png", PDF: ".pdf"}
ACCEPT = ".jpg,.jpeg,.png,.pdf"  # for the browser's file chooser; nothing rests on it


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be kept. ``width`` and ``height`` are a picture's pixels, 0 for a PDF."""

    content: bytes
    media_type: str
    name: str
    width: int = 0
    height: int = 0


def check_upload(content: bytes, name: str) -> Upload:
    """What is to be kept of an uploaded file. Raises :class:`CannotBecause` (``upload.…``) with how to mend it."""
    if not content:
        raise _no("empty")
    if len(content) > MOST_BYTES:
        raise _no("too_large", most=MOST_BYTES // 1024 // 1024)
    if content.startswith(b"\xff\xd8\xff"):
        return _picture(content, name, JPEG)
    if content.startswith(PNG):
        return _picture(content, name, PNG_TYPE)
    if content.startswith(b"%PDF-"):
        return _paper(content, name)
    raise _no(_what_else(content))


def _picture(content: bytes, name: str, media_type: str) -> Upload:
    try:
        read: Picture = read_jpeg(content) if media_type == JPEG else read_png(content)
    except Damaged:
        raise _no("damaged") from None
    except TooManyPixels:
        raise _no("too_many_pixels") from None
    if _OTHER_KINDS.search(read.dropped) or b"%PDF-" in content[:2048]:
        raise _no("two_kinds")
    return Upload(read.content, media_type, clean_name(name, media_type), read.width, read.height)


def _paper(content: bytes, name: str) -> Upload:
    try:
        check_pdf(content)
    except NotOnlyPaper as found:
        raise _no({"damaged": "damaged", "locked": "locked", "bomb": "too_many_pixels"}.get(found.what, "active")) from None  # fmt: skip
    if _MARKUP.search(content[:2048]) or b"PK\x05\x06" in content[-70_000:]:
        raise _no("two_kinds")
    return Upload(content, PDF, clean_name(name, PDF))


# Hidden beside a picture: another file that a program might open instead.
_OTHER_KINDS = re.compile(
    rb"%PDF-|PK\x03\x04|PK\x05\x06|\x7fELF|This program cannot|<script|<svg|<html|<\?php|<!DOCTYPE|javascript:",
    re.IGNORECASE,
)
_MARKUP = re.compile(rb"<(script|svg|html|!DOCTYPE|\?php)", re.IGNORECASE)


def _what_else(content: bytes) -> str:
    """The code of the refusal for a file that is none of the accepted kinds."""
    head = content[:4096]
    if head[4:8] == b"ftyp":
        return "heic" if re.match(rb"(hei[cxms]|hev[cxm]|mif1|msf1|avif)", head[8:12]) else "video"
    if head.startswith(
        (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
    ):
        return "office" if b"[Content_Types]" in content or head.startswith((b"\xd0\xcf", b"{\\rtf")) else "archive"  # fmt: skip
    if head.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")):
        return "program"
    if head.startswith((b"GIF8", b"BM", b"II*\x00", b"MM\x00*")) or head[8:12] == b"WEBP":
        return "other_picture"
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<"):
        return "web_page"
    return "unknown"


_UNSAFE = re.compile(r"[^\w.()（）·\- ]+", re.UNICODE)


def clean_name(name: str, media_type: str) -> str:
    """The last part of a name without anything a system could take for more, at most 100 characters, with the true ending."""
    last = unicodedata.normalize("NFKC", name).replace("\\", "/").split("/")[-1]
    stem = _UNSAFE.sub("_", last.rsplit(".", 1)[0] if "." in last else last)
    stem = re.sub(r"[.\s_]{2,}", "_", stem).strip("._ -")[:90]
    return (stem or "file") + ENDINGS[media_type]


_PAPER_MEND = sentence(
    "请用手机拍照上传，或另存（打印）为普通PDF再上传",
    "Take a photograph of it, or save (print) it as a plain PDF, and upload that",
)
_AGAIN = sentence("请重新拍照或重新扫描后再上传", "Photograph or scan it again and upload that")
_REFUSALS: dict[str, tuple[Sentence, Sentence]] = {
    "empty": (sentence("文件是空的", "The file is empty"), sentence("请重新选择文件", "Please choose the file again")),
    "too_large": (
        sentence("文件超过{most}MB", "The file is larger than {most} MB"),
        sentence("请把照片调小一些，或把多页材料分成几个文件", "Make the photograph smaller, or split the paper into several files"),
    ),
    "too_many_pixels": (
        sentence("图像尺寸过大，打开后会占用过多内存", "Opened, the picture would take too much memory"),
        sentence("请用普通清晰度重新拍照或扫描", "Photograph or scan it at an ordinary resolution"),
    ),
    "damaged": (sentence("文件不完整或已损坏，打不开", "The file is incomplete or damaged and does not open"), _AGAIN),
    "two_kinds": (
        sentence("文件里夹带了别的内容，不能接收", "Something else is hidden in the file; it cannot be accepted"), _AGAIN,
    ),
    "active": (
        sentence("这个PDF里有脚本、自动动作、表单程序或附带文件，不能接收", "This PDF holds scripts, actions, a programmed form or other files"),
        _PAPER_MEND,
    ),
    "locked": (sentence("这个PDF加了密码，无法检查", "This PDF is locked and cannot be checked"), _PAPER_MEND),
    "heic": (
        sentence("这是苹果手机的HEIC照片，许多电脑打不开", "This is an HEIC photograph, which many computers cannot open"),
        sentence(
            "请在手机“设置→相机→格式”中选“兼容性最佳”后重拍，或把照片截屏后上传",
            "On the phone choose Settings → Camera → Formats → Most Compatible and take it again, or upload a screenshot of it",
        ),
    ),
    "video": (sentence("这是录像或录音，只接收照片和PDF", "This is a recording; only photographs and PDF are accepted"), _PAPER_MEND),
    "office": (sentence("这是办公文档，可能带有宏，不能接收", "This is an office document, which may carry macros"), _PAPER_MEND),
    "archive": (sentence("这是压缩包，不能接收", "This is an archive; it cannot be accepted"), _PAPER_MEND),
    "program": (sentence("这是程序文件，不能接收", "This is a program; it cannot be accepted"), _PAPER_MEND),
    "web_page": (sentence("这是网页或矢量图，可能带有脚本，不能接收", "This is a web page or a drawing that may carry scripts"), _PAPER_MEND),
    "other_picture": (
        sentence("这种图片格式不接收，只接收JPG、PNG照片和PDF", "This kind of picture is not accepted: JPG, PNG or PDF only"), _PAPER_MEND,
    ),
    "unknown": (sentence("认不出这是什么文件，只接收JPG、PNG照片和PDF", "This is no kind of file that we know: JPG, PNG or PDF only"), _PAPER_MEND),
}  # fmt: skip


def _no(code: str, **values: object) -> CannotBecause:
    reason, mend = _REFUSALS[code]
    return CannotBecause(f"upload.{code}", sentence(reason.zh, reason.en, **values), mend)
