"""A sheet as a Word file (docx), for offices that fill in and file their papers with a word processor."""

import io
from datetime import UTC, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordFile
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from jishiyu.doors.threshold.papers.sheet import (
    Block,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Points,
    Sheet,
    Ticks,
    ToSign,
)

# The names of the faces that the offices' machines have; a reader without them is given its own.
BODY, TITLE, HEADING = "仿宋", "方正小标宋简体", "黑体"  # as is: the faces' names
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # the same sheet gives the same file


def write_word(sheet: Sheet) -> bytes:
    """The docx of a sheet."""
    file = Document()
    _lay_out(file, sheet)
    title = _line(file, sheet.title, 22, TITLE)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.style = file.styles["Title"]
    if sheet.number:
        _line(file, sheet.number, 12).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in sheet.blocks:
        _write(file, block, sheet)
    for line in sheet.signed:
        signed = _line(file, line, 14)
        signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        signed.paragraph_format.right_indent = Pt(28)
        signed.paragraph_format.keep_with_next = True
    saved = io.BytesIO()
    file.save(saved)
    return _without_moment(saved)


def _without_moment(saved: io.BytesIO) -> bytes:
    """The same file with a fixed moment for each part, so that the same sheet is the same bytes."""
    out = io.BytesIO()
    with ZipFile(saved) as parts, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in parts.namelist():
            made.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return out.getvalue()


def _lay_out(file: WordFile, sheet: Sheet) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    style = file.styles["Normal"]
    style.font.size = Pt(14)
    _face(style.element.get_or_add_rPr(), BODY)
    heading = file.styles["Title"]
    _face(heading.element.get_or_add_rPr(), TITLE)
    told = file.core_properties
    told.title, told.author, told.created, told.modified = sheet.title, sheet.author, _MADE, _MADE
    told.language = "zh-CN" if sheet.language == "zh" else "en-GB"
    if sheet.foot:
        foot = page.footer.paragraphs[0]
        foot.text = sheet.foot
        foot.runs[0].font.size = Pt(9)


def _face(properties: Any, name: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.append(fonts)
    for attribute in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(attribute), name)


def _write(file: WordFile, block: Block, sheet: Sheet) -> None:
    match block:
        case Heading(text):
            _line(file, text, 15, HEADING, bold=True).paragraph_format.keep_with_next = True
        case Paragraph(text, indent):
            line = _line(file, text, 14)
            if indent and sheet.language == "zh":
                line.paragraph_format.first_line_indent = Pt(28)
        case Facts(rows):
            _table(file, (), rows, frozenset(), widths=(40, 116))
        case Grid(head, rows, numbers, _):
            _table(file, head, rows, numbers)
        case Points(items):
            for place, text in enumerate(items, start=1):
                _line(file, f"{place}. {text}", 14).paragraph_format.left_indent = Pt(14)
        case Ticks(items):
            for text, ticked in items:
                _line(file, f"{'☑' if ticked else '☐'} {text}", 14)
        case ToSign(lines):
            chinese = sheet.language == "zh"
            colon, day = ("：", "日期：") if chinese else (": ", "Date: ")  # as is: both are here
            for who, name in lines:
                _line(file, f"{who}{colon}{name or '＿＿＿＿＿＿'}    {day}＿＿＿＿＿＿＿＿", 14)
        case Picture(_, caption):
            _line(file, caption, 11).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _line(file: WordFile, text: str, size: float, face: str = BODY, *, bold: bool = False) -> WordParagraph:
    line = file.add_paragraph()
    line.paragraph_format.space_after = Pt(4)
    _run(line, text, size, face, bold=bold)
    return line


def _run(line: WordParagraph, text: str, size: float, face: str, *, bold: bool = False) -> Run:
    run = line.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    _face(run._element.get_or_add_rPr(), face)
    return run


def _table(
    file: WordFile, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], numbers: frozenset[int], *,
    widths: tuple[int, ...] = (),
) -> None:  # fmt: skip
    columns = len(head) or 2
    table = file.add_table(rows=0, cols=columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for place, words in enumerate((head, *rows) if head else rows):
        cells = table.add_row().cells
        for column, word in enumerate(words):
            is_label = (head and place == 0) or (not head and column == 0)
            line = cells[column].paragraphs[0]
            _run(line, word, 12, HEADING if is_label else BODY)
            if column in numbers:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if widths:
                cells[column].width = Mm(widths[column])
    if head:
        _repeat(table.rows[0]._tr)
    file.add_paragraph().paragraph_format.space_after = Pt(0)


def _repeat(row: Any) -> None:
    """Let a table's head stand on each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(mark)
