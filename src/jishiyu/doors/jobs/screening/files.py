"""Files screened in this process: read in runs of some 32,000 households, computed, written; memory does not grow with the file."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from jishiyu.assessment.rules.score import model_of
from jishiyu.doors.jobs.screening.columns import screened
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.law.rules.pack import Pack
from jishiyu.programmes.rules.screening import Screening
from jishiyu.registry.rules.arrow_form import HOUSEHOLD

CHUNK = 32_768


@dataclass(frozen=True)
class Job:
    """What to screen by: a pack, with the weights of its own matrix, on a legal date."""

    pack: Pack
    day: date

    @cached_property
    def screening(self) -> Screening:
        """The kernel, made once."""
        return Screening(self.pack, self.day, model_of(self.pack.indicators))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one file: some of its row groups. What is handed out."""

    path: Path
    groups: tuple[int, ...]


def pieces_of(source: Path, rows: int) -> list[Piece]:
    """A file, or the files of a folder, in pieces of about so many rows. Refused when it is not in the register's form."""
    files = sorted(source.glob("*.parquet")) if source.is_dir() else [source]
    if not files or not all(path.is_file() for path in files):
        raise CannotBecause(
            "screen.no_file", sentence("没有这个文件：{p}", "There is no such file: {p}", p=source)
        )
    return [piece for path in files for piece in _pieces(path, rows)]


def _pieces(path: Path, rows: int) -> Iterator[Piece]:
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as fault:
        raise CannotBecause(
            "screen.not_parquet", sentence("不是Parquet文件：{p}", "Not a Parquet file: {p}", p=path)
        ) from fault
    lacking = [name for name in HOUSEHOLD.names if name not in file.schema_arrow.names]
    if lacking:
        raise CannotBecause(
            "screen.not_the_form",
            sentence("{p}缺少列：{l}", "{p} lacks the columns: {l}", p=path.name, l="、".join(lacking)),
            sentence("格式见 jishiyu population", "`jishiyu population` makes files of this form"),
        )
    groups: list[int] = []
    held = 0
    for group in range(file.num_row_groups):
        groups.append(group)
        held += file.metadata.row_group(group).num_rows
        if held >= rows:
            yield Piece(path, tuple(groups))
            groups, held = [], 0
    if groups:
        yield Piece(path, tuple(groups))


def screen_file(source: Path, target: Path, job: Job) -> int:
    """Screen a file (or a folder of files) into one file. Returns how many households. The file is there whole or not at all."""
    return screen_pieces(pieces_of(source, CHUNK), target, job)


def screen_pieces(pieces: Sequence[Piece], target: Path, job: Job) -> int:
    """Screen pieces into one file, in their order."""
    if not target.absolute().parent.is_dir():
        raise CannotBecause(
            "screen.no_folder",
            sentence("没有这个文件夹：{p}", "There is no such folder: {p}", p=target.absolute().parent),
        )
    fresh = target.with_name(f".{target.name}.{uuid4().hex[:8]}.partial")
    done, writer = 0, None
    try:
        for batch in _batches(pieces):
            made = screened(job.screening, batch)
            writer = writer or pq.ParquetWriter(fresh, made.schema, compression="zstd")
            writer.write_batch(made)
            done += made.num_rows
        if writer is None:
            raise CannotBecause("screen.empty", sentence("文件里没有家庭", "The file holds no households"))
        writer.close()
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    return done


def _batches(pieces: Sequence[Piece]) -> Iterator[pa.RecordBatch]:
    for piece in pieces:
        file = pq.ParquetFile(piece.path)
        yield from file.iter_batches(CHUNK, row_groups=list(piece.groups), columns=HOUSEHOLD.names)
