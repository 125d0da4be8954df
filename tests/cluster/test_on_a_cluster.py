"""The same households, the same kernel, on a real cluster: every column equal to the run in one process, to the last fen."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.doors.jobs.screening.files import Job, screen_file
from tests.cluster.a_cluster import HOST, a_cluster, wait_until
from tests.fixtures import PACK_DIR, the_pack

pytestmark = pytest.mark.cluster
DAY = date(2024, 3, 1)
HOUSEHOLDS, IN_A_GROUP = 24_000, 500
PIECES = HOUSEHOLDS // IN_A_GROUP


@pytest.fixture(scope="module")
def households(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of many small row groups, so that there is much to hand out."""
    census = read_census(PACK_DIR / "population.csv")
    made = table(census, households=HOUSEHOLDS, kind="known", seed=11, as_of=DAY)
    path = tmp_path_factory.mktemp("in") / "households.parquet"
    pq.write_table(made, path, row_group_size=IN_A_GROUP)
    return path


@pytest.fixture(scope="module")
def expected(households: Path, tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    """What the run in this process gives."""
    out = tmp_path_factory.mktemp("local") / "out.parquet"
    assert screen_file(households, out, Job(the_pack(), DAY)) == HOUSEHOLDS
    return pq.read_table(out)


def on_cluster(source: Path, target: Path, master: str) -> "subprocess.Popen[bytes]":
    """``jishiyu screen --engine spark`` as somebody would call it."""
    words = ["screen", str(source), str(target), "--engine", "spark", "--master", master, "--day", str(DAY)]
    program = "import sys; from jishiyu.doors.jobs.command_line import main; sys.exit(main())"
    environment = os.environ | {
        "SPARK_LOCAL_IP": HOST,
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": "--driver-memory 512m --conf spark.executor.memory=512m pyspark-shell",
    }
    return subprocess.Popen(
        [sys.executable, "-c", program, *words, "--rows", str(IN_A_GROUP)], env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def parts(folder: Path) -> int:
    return len(list(folder.glob("part-*.parquet")))


def test_a_cluster_gives_what_one_process_gives(households: Path, expected: pa.Table, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with a_cluster(tmp_path / "cluster") as cluster:
        run = on_cluster(households, out, cluster.master)
        words, _ = run.communicate(timeout=300)
        assert run.returncode == 0, words.decode()
        assert cluster.has_executor("worker0")
        assert cluster.has_executor("worker1")
    assert f"{HOUSEHOLDS:,}" in words.decode()
    assert (out / "_SUCCESS").is_file()
    assert parts(out) == PIECES
    assert as_one(out).equals(as_words(expected))


def test_a_worker_killed_midway_changes_nothing(households: Path, expected: pa.Table, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with a_cluster(tmp_path / "cluster") as cluster:
        run = on_cluster(households, out, cluster.master)
        try:
            begun = lambda: parts(out) >= 4 and cluster.has_executor("worker1")  # noqa: E731 - said once
            wait_until(lambda: begun() or run.poll() is not None, "some pieces are done")
            assert run.poll() is None, (
                run.communicate()[0] or b""
            ).decode()  # it ended before its time: says why
            cluster.kill("worker1")
            done_at_the_kill = parts(out)
            words, _ = run.communicate(timeout=300)
        finally:
            run.kill()
        assert run.returncode == 0, words.decode()
        wait_until(lambda: cluster.alive_workers() == 1, "the master counts one worker")
    assert done_at_the_kill < PIECES
    assert parts(out) == PIECES
    assert list(out.glob(".*.partial")) == []
    assert as_one(out).equals(as_words(expected))


def as_one(folder: Path) -> pa.Table:
    return as_words(
        pa.concat_tables([as_words(pq.read_table(path)) for path in sorted(folder.glob("part-*.parquet"))])
    )


def as_words(found: pa.Table) -> pa.Table:
    """The table with its words as plain text: each file has a dictionary of its own."""
    kinds = [
        field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field
        for field in found.schema
    ]
    return found.cast(pa.schema(kinds)).combine_chunks()
