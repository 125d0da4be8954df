"""Opening a workbook by what it contains, not by its name, and saying clearly why one cannot be opened."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from jishiyu.evidence.rules.cells import Raw
from jishiyu.evidence.rules.error_cells import failed_cells
from jishiyu.evidence.rules.headings import LOOK_DOWN, Headings, Merge, find_headings
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence

# A workbook of 50 000 persons has about 6 MB. A larger one is more likely a wrong file than a sub-district.
LARGEST = 40 * 1024 * 1024
LARGEST_UNPACKED = 800 * 1024 * 1024
MOST_ROWS = 200_000

# The hidden sheet that names the batch whose bad rows this workbook gives back to be mended.
ORIGIN_SHEET = "_batch"

# The sheet of our own template that holds no data of the district's.
HELP_SHEET = "填写说明"

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = sentence(
    "请用 Excel 或 WPS 打开后另存为 .xlsx 再上传", "Open it in Excel or WPS, save it as .xlsx and upload that"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet whose headings were found. Rows are read once, in order."""

    name: str
    headings: Headings
    source: CalamineSheet = field(repr=False)
    merges: tuple[Merge, ...] = ()
    failed: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Each row below the headings, with its number as the spreadsheet shows it (from 1); a failed formula shows its mark."""
        for index, row in enumerate(self.source.iter_rows()):
            if index >= self.headings.first_data_row:
                for column, mark in self.failed.get(index + 1, {}).items():
                    if column < len(row):
                        row[column] = mark
                yield index + 1, row


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook whose data sheets were found; ``ignored`` are sheets with content but no headings that we know."""

    sheets: tuple[Sheet, ...]
    ignored: tuple[str, ...]
    origin: UUID | None = None


def refuse_wrong_kind(content: bytes) -> None:
    """Raise :class:`CannotBecause` when the bytes are no workbook: too large, empty, another kind of file, locked."""
    if len(content) > LARGEST:
        raise CannotBecause(
            "file_too_large",
            sentence("文件超过 {n} MB", "The file is larger than {n} MB", n=LARGEST // 1024 // 1024),
            sentence("请按社区拆成几个文件", "Split it into several files, by community"),
        )
    if not content:
        raise CannotBecause(
            "file_empty",
            sentence("文件是空的（0字节）", "The file is empty (0 bytes)"),
            sentence("请重新选择文件", "Choose the file again"),
        )
    if content.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _locked()
        return
    if not content.startswith(_ZIP):
        raise CannotBecause(
            "not_a_workbook",
            sentence("这不是 Excel 工作簿（{k}）", "This is no Excel workbook ({k})", k=_guess(content)),
            _SAVE_AS,
        )
    _refuse_wrong_zip(content)


def _refuse_wrong_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise _damaged() from None
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise CannotBecause(
            "not_a_workbook",
            sentence("压缩包里没有 Excel 工作簿", "The archive is no Excel workbook"),
            _SAVE_AS,
        )
    if unpacked > LARGEST_UNPACKED:
        raise CannotBecause(
            "file_too_large",
            sentence("文件解压后过大", "The file unpacks to an unreasonable size"),
            sentence("请删除空白行列和图片后另存", "Remove empty rows, columns and pictures and save again"),
        )


def _guess(content: bytes) -> Sentence:
    kinds = (
        (b"%PDF", "PDF 文件", "a PDF"),
        (b"\x89PNG", "图片", "a picture"),
        (b"\xff\xd8\xff", "图片", "a picture"),
        (b"{\\rtf", "RTF 文件", "an RTF text"),
        (b"<", "网页文件", "a web page"),
        (b"Rar!", "RAR 压缩包", "a RAR archive"),
    )
    for mark, zh, en in kinds:
        if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(mark):
            return sentence(zh, en)
    return sentence("可能是文本或CSV文件", "perhaps a text or CSV file")


def _locked() -> CannotBecause:
    return CannotBecause(
        "file_locked",
        sentence("工作簿设有打开密码", "The workbook is protected by a password"),
        sentence(
            "请在 Excel 中取消打开密码后再上传", "Remove the opening password in Excel and upload again"
        ),
    )


def _damaged() -> CannotBecause:
    return CannotBecause(
        "file_damaged", sentence("文件已损坏，无法打开", "The file is damaged and cannot be opened"), _SAVE_AS
    )


def open_workbook(content: bytes, known: dict[str, str]) -> Opened:
    """Open a workbook and find its data sheets. ``known`` are the accepted headings (``columns.headings_of``).

    Raises :class:`CannotBecause` (``file_*``, ``not_a_workbook``, ``no_rows``, ``no_headings``).
    """
    refuse_wrong_kind(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except PasswordError:
        raise _locked() from None
    except (CalamineError, OSError, ValueError):
        raise _damaged() from None
    filled = [(name, sheet) for name, sheet in sheets if sheet.height > 0 and not _ours(name)]
    if not filled:
        raise CannotBecause(
            "no_rows",
            sentence("工作簿里没有任何内容", "There is nothing in the workbook"),
            sentence("请用模板填写后再上传", "Fill in the template and upload it"),
        )
    found, ignored, failed = [], [], failed_cells(content)
    for name, sheet in filled:
        merges = tuple(sheet.merged_cell_ranges or ())
        headings = find_headings(_top(sheet), known, merges)
        if headings and _holds_people(headings):
            found.append(Sheet(name, headings, sheet, merges, failed.get(name, {})))
        else:
            ignored.append(name)
    if not found:
        raise _no_headings([name for name, _ in filled])
    if any(sheet.source.total_height > MOST_ROWS for sheet in found):
        raise CannotBecause(
            "too_many_rows",
            sentence("超过 {n} 行", "There are more than {n} rows", n=f"{MOST_ROWS:,}"),
            sentence("请按社区拆成几个文件", "Split it into several files, by community"),
        )
    return Opened(tuple(found), tuple(ignored), _origin(sheets))


def _ours(name: str) -> bool:
    return name.startswith("_") or name == HELP_SHEET


def _holds_people(headings: Headings) -> bool:
    return bool({"name", "id_number"} & headings.places.keys())


def _top(sheet: CalamineSheet) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for row in sheet.iter_rows():
        rows.append(row)
        if len(rows) == LOOK_DOWN:
            break
    return rows


def _origin(sheets: Sequence[tuple[str, CalamineSheet]]) -> UUID | None:
    for name, sheet in sheets:
        if name == ORIGIN_SHEET:
            try:
                return UUID(str(_top(sheet)[0][0]))
            except (ValueError, IndexError):
                return None
    return None


def _no_headings(names: Sequence[str]) -> CannotBecause:
    return CannotBecause(
        "no_headings",
        sentence(
            "在前{n}行里没有找到表头（如“姓名”“身份证号”“与户主关系”）。已查看工作表：{s}",
            "No headings (such as 姓名, 身份证号, 与户主关系) were found in the first {n} rows of: {s}",
            n=LOOK_DOWN,
            s="、".join(names),
        ),
        sentence("请使用模板的表头，列的先后不限", "Use the template's headings, in any order"),
    )


def storable(raw: Raw | time | timedelta) -> str | float | bool:
    """A cell in a form that JSON keeps, days as ``2026-11-24``."""
    if isinstance(raw, (str, float, bool)):
        return raw
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ")
    return raw.isoformat() if isinstance(raw, (date, time)) else str(raw)
