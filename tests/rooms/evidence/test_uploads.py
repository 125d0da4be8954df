"""What is uploaded is known by its content; what runs, hides or bursts is refused with how to mend it; metadata fall away."""

import pytest

from jishiyu.evidence.rules.pictures import MOST_PIXELS
from jishiyu.evidence.rules.uploads import JPEG, MOST_BYTES, PDF, PNG_TYPE, check_upload, clean_name
from jishiyu.foundations.outcomes import CannotBecause
from tests.papers import a_chunk, a_jpeg, a_pdf, a_png, a_segment, an_exif


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(a_jpeg(), JPEG), (a_png(), PNG_TYPE), (a_pdf(), PDF)],
    ids=["jpg", "png", "pdf"],
)
def test_photographs_and_papers_are_taken_whatever_they_are_called(content: bytes, media_type: str) -> None:
    kept = check_upload(content, "户口簿.exe")
    assert kept.media_type == media_type
    assert kept.name == "户口簿" + {JPEG: ".jpg", PNG_TYPE: ".png", PDF: ".pdf"}[media_type]
    assert (
        check_upload(kept.content, kept.name) == kept
    )  # what is kept is whole, and has nothing more to take out


HOSTILE = {
    "empty": (b"", "upload.empty"),
    "too large": (a_jpeg() + b"\x00" * MOST_BYTES, "upload.too_large"),
    "a program": (b"MZ\x90\x00" + b"\x00" * 400, "upload.program"),
    "a script": (b"#!/bin/sh\nrm -rf /", "upload.program"),
    "a web page": (b"\n <!DOCTYPE html><script>alert(1)</script>", "upload.web_page"),
    "a drawing with a script": (b"<svg xmlns='x'><script>alert(1)</script></svg>", "upload.web_page"),
    "an office file": (b"PK\x03\x04....[Content_Types].xml word/vbaProject.bin", "upload.office"),
    "an old office file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1macros", "upload.office"),
    "an archive": (b"PK\x03\x04 many files", "upload.archive"),
    "an iPhone's own": (b"\x00\x00\x00\x20ftypheic\x00\x00\x00\x00mif1", "upload.heic"),
    "a film": (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "upload.video"),
    "a moving picture": (b"GIF89a" + b"\x00" * 90, "upload.other_picture"),
    "words": ("只是文字".encode(), "upload.unknown"),
    "a broken photograph": (a_jpeg()[:-40], "upload.damaged"),
    "a broken picture": (a_png()[:-20], "upload.damaged"),
    "a bent picture": (a_png().replace(b"IDAT", b"IDAX"), "upload.damaged"),
    "huge sides": (a_jpeg(size=(9_000, 9_000)), "upload.too_many_pixels"),
    "a PNG with huge sides": (a_png(size=(65_000, 65_000), lines=b"\x00" * 10), "upload.too_many_pixels"),
    "a PNG that bursts": (a_png(lines=b"\x00" * 30_000_000), "upload.too_many_pixels"),
    "an archive behind a photograph": (a_jpeg(after=b"PK\x03\x04 ... PK\x05\x06"), "upload.two_kinds"),
    "a page behind a picture": (a_png(after=b"<script>alert(1)</script>"), "upload.two_kinds"),
    "a PDF in a comment": (a_jpeg(before=a_segment(0xFE, b"%PDF-1.7 ...")), "upload.two_kinds"),
    "a script in a text chunk": (a_png(extra=a_chunk(b"tEXt", b"c\x00<script>")), "upload.two_kinds"),
    "a PDF with a script": (a_pdf(catalog=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "upload.active"),
    "a PDF with a script spelt oddly": (a_pdf(catalog=b"/AA<</O<</S/J#61vaScript/J#53(1)>>>>"), "upload.active"),
    "a PDF with a hidden script": (a_pdf(packed=b"<</S/JavaScript/JS(1)>>"), "upload.active"),
    "a PDF that starts a program": (a_pdf(catalog=b"/OpenAction<</S/Launch/F(cmd.exe)>>"), "upload.active"),
    "a PDF with a file in it": (a_pdf(catalog=b"/Names<</EmbeddedFiles 9 0 R>>"), "upload.active"),
    "a PDF with a form": (a_pdf(catalog=b"/AcroForm<</XFA 9 0 R>>"), "upload.active"),
    "a locked PDF": (a_pdf(catalog=b"/X 1").replace(b"trailer<<", b"trailer<</Encrypt 9 0 R"), "upload.locked"),
    "a PDF that bursts": (a_pdf(packed=b"\x00" * 220_000_000), "upload.too_many_pixels"),
    "something behind a PDF": (a_pdf() + b"PK\x03\x04", "upload.active"),
    "a PDF that is none": (b"%PDF-1.7 nothing", "upload.damaged"),
    "a page and a PDF": (a_pdf().replace(b"%PDF-1.7", b"%PDF-1.7\n%<html><script>"), "upload.two_kinds"),
    "a PDF packed so that nobody can look": (
        a_pdf(catalog=b"/X/ObjStm/Filter[/ASCII85Decode/FlateDecode]"), "upload.active",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_cannot_be_kept_is_refused_with_how_to_mend_it(content: bytes, code: str) -> None:
    with pytest.raises(CannotBecause) as refused:
        check_upload(content, "照片.jpg")
    assert refused.value.code == code
    assert refused.value.mend is not None
    for language in ("zh", "en"):
        assert refused.value.reason.say(language)
        assert refused.value.mend.say(language)


def test_where_a_photograph_was_taken_is_not_kept_but_how_it_is_turned_is() -> None:
    raw = a_jpeg(
        before=an_exif(6) + a_segment(0xFE, b"Zhang San's phone") + a_segment(0xED, b"Photoshop 3.0")
    )
    kept = check_upload(raw, "a.jpg").content
    assert not any(told in kept for told in (b"GPS", b"39 54", b"Zhang", b"Photoshop"))
    assert kept.count(b"Exif") == 1
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in kept
    assert b"Exif" not in check_upload(a_jpeg(before=an_exif(1)), "a.jpg").content


def test_a_moving_tail_is_cut_from_a_photograph_and_text_from_a_picture() -> None:
    assert (
        check_upload(a_jpeg(after=b"....ftypmp42 film"), "a.jpg").content
        == check_upload(a_jpeg(), "a").content
    )
    named = a_png(extra=a_chunk(b"tEXt", b"Author\x00Zhang San"))
    assert check_upload(named, "a.png").content == a_png()


def test_a_page_to_open_at_is_no_action() -> None:
    assert check_upload(a_pdf(catalog=b"/OpenAction[3 0 R/Fit]"), "a.pdf").media_type == PDF
    assert check_upload(a_pdf(catalog=b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"), "a.pdf").media_type == PDF


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\照片\\我的 身份证.JPG", "我的 身份证.jpg"),
        ("a\x00b\r\nSet-Cookie: x.png", "a_b_Set-Cookie_x.jpg"),
        ("<script>.svg", "script.jpg"),
        ("…", "file.jpg"),
        ("", "file.jpg"),
        ("字" * 300 + ".jpeg", "字" * 90 + ".jpg"),
        ("photo.jpg.exe", "photo.jpg.jpg"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert clean_name(given, JPEG) == kept


def test_an_ordinary_phone_photograph_is_within_the_limits() -> None:
    assert check_upload(a_jpeg(size=(8_160, 6_120)), "a.jpg").width == 8_160  # fifty million pixels
    assert MOST_PIXELS > 50_000_000
