"""Files handed out to a Spark cluster: each piece is read, screened by the same kernel, and written by the worker that has it.

Nothing but names of files goes through Spark: rows never cross into the JVM. Source and target have to be places that every
worker sees; each worker needs this package of the same text of the rules. A piece is written under another name and moved to
its place when whole, so that a worker may die at any time and another one does its piece again.
"""

import os
import pickle
import shutil
import sys
from collections.abc import Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from jishiyu.doors.jobs.screening.files import Job, Piece, pieces_of, screen_pieces
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.programmes.rules.versions import rules_version

ROWS = 65_536
_DONE = "_SUCCESS"


def screen_on_cluster(
    source: Path, target: Path, job: Job, *, master: str, rows: int = ROWS, settings: Mapping[str, str] | None = None
) -> int:  # fmt: skip
    """Screen a file or folder into a folder of files ``part-00000.parquet`` …, in order. Returns how many households.

    ``rows``: how many households a piece has, about. ``settings`` are Spark's own. Refused without pyspark and Java.
    """
    require_spark()
    pieces = [Piece(piece.path.absolute(), piece.groups) for piece in pieces_of(source, rows)]
    folder = _emptied(target.absolute())
    parcel = pickle.dumps((job.pack, job.day, rules_version()))
    with _context(master, settings or {}) as spark:
        sent = spark.broadcast(parcel)
        tasks = [(place, piece, str(folder)) for place, piece in enumerate(pieces)]
        counts = spark.parallelize(tasks, len(tasks)).map(lambda task: _one_piece(task, sent.value)).collect()
    for left in folder.glob(".*.partial"):  # of a worker that died
        left.unlink()
    (folder / _DONE).touch()
    return sum(counts)


def require_spark() -> None:
    """Refuse in plain words when the cluster's extra is not installed."""
    lacking = []
    try:
        import pyspark  # noqa: F401
    except ImportError:
        lacking.append("pyspark")
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        lacking.append("Java 17")
    if lacking:
        raise CannotBecause(
            "screen.no_cluster",
            sentence("缺少{l}，不能用Spark", "Spark cannot be used without {l}", l="、".join(lacking)),
            sentence(
                "安装：.venv/bin/python -m pip install --require-hashes -r requirements/cluster.txt，另装Java 17",
                "Install: .venv/bin/python -m pip install --require-hashes -r requirements/cluster.txt, and Java 17",
            ),
        )


@contextmanager
def _context(master: str, settings: Mapping[str, str]) -> Any:
    from pyspark import SparkConf, SparkContext

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    wanted = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", **settings}
    conf = SparkConf().setMaster(master).setAppName("jishiyu screen").setAll(list(wanted.items()))
    spark = SparkContext.getOrCreate(conf)
    spark.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def _one_piece(task: tuple[int, Piece, str], parcel: bytes) -> int:
    place, piece, folder = task
    return screen_pieces([piece], Path(folder) / f"part-{place:05d}.parquet", _unpacked(parcel))


@lru_cache(maxsize=2)
def _unpacked(parcel: bytes) -> Job:
    """The job as it was sent; made once in each worker. Refused by a worker that has other rules."""
    pack, day, version = pickle.loads(parcel)  # noqa: S301 - our own parcel, from the driver
    if version != rules_version():
        raise RuntimeError(
            f"this worker has rules {rules_version()}, the driver {version}: install the same release"
        )
    return Job(pack, day)


def _emptied(folder: Path) -> Path:
    """The folder to write to, without what an earlier run wrote. Refused when something else lies there."""
    if folder.is_file():
        raise CannotBecause(
            "screen.is_a_file",
            sentence(
                "{p}已是一个文件，Spark写成文件夹", "{p} is a file already; Spark writes a folder", p=folder
            ),
        )
    if not folder.parent.is_dir():
        raise CannotBecause(
            "screen.no_folder",
            sentence("没有这个文件夹：{p}", "There is no such folder: {p}", p=folder.parent),
        )
    folder.mkdir(exist_ok=True)
    old = list(folder.iterdir())
    if any(
        not (one.name == _DONE or one.name.startswith("part-") or one.name.endswith(".partial"))
        for one in old
    ):
        raise CannotBecause(
            "screen.not_empty",
            sentence("文件夹{p}里有别的文件", "The folder {p} holds other files", p=folder),
        )
    for one in old:
        one.unlink()
    return folder
