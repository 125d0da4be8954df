"""A sheet as PDF: set by Typst, tagged so that it can be read out (PDF/UA-1), the same bytes for the same sheet."""

import json
from functools import cache
from pathlib import Path

import typst

from jishiyu.doors.threshold.papers.fonts import face, installed
from jishiyu.doors.threshold.papers.sheet import Sheet

_FORM = Path(__file__).with_name("sheet.typ")


def write_pdf(sheet: Sheet) -> bytes:
    """The PDF of a sheet. Raises :class:`CannotBecause` when there is no Chinese font to set it with."""
    faces = {"body": face("body"), "title": face("title"), "heading": face("heading")}
    data = sheet.as_data() | {"faces": faces}
    made = typst.compile(
        _form(),
        font_paths=installed(),
        sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["1.7", "ua-1"],
        timestamp=0,  # the day of making is no part of the paper; the day it was signed stands in its words
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


@cache
def _form() -> bytes:
    return _FORM.read_bytes()
