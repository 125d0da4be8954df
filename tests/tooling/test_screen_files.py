"""``jishiyu screen`` on plain files: the kernel's own answers, in order, whole or not at all, refused in plain words."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jishiyu.assessment.rules.explanation import assess
from jishiyu.doors.jobs.command_line import main
from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.doors.jobs.screening.cluster import _emptied, _unpacked
from jishiyu.doors.jobs.screening.files import Job, pieces_of, screen_file, screen_pieces
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.registry.rules.arrow_form import situations_of
from tests.fixtures import PACK_DIR, the_pack

DAY = date(2024, 3, 1)
HOUSEHOLDS = 30


@pytest.fixture(scope="module")
def made() -> pa.Table:
    census = read_census(PACK_DIR / "population.csv")
    return table(census, households=HOUSEHOLDS, kind="known", seed=2, as_of=DAY)


@pytest.fixture
def source(made: pa.Table, tmp_path: Path) -> Path:
    path = tmp_path / "in.parquet"
    pq.write_table(made, path, row_group_size=7)
    return path


def test_each_household_has_its_own_score_and_answers(source: Path, made: pa.Table, tmp_path: Path) -> None:
    out, job, pack = tmp_path / "out.parquet", Job(the_pack(), DAY), the_pack()
    assert main(["screen", str(source), str(out), "--day", "2024-03-01"]) == 0
    told = pq.read_table(out)
    assert told.schema.metadata[b"jishiyu.pack"].decode() == pack.version
    assert told.num_rows == HOUSEHOLDS
    for row, one in zip(told.to_pylist(), situations_of(made), strict=True):
        score = assess(one, DAY, pack, job.screening.model)
        assert (row["household_id"], row["score"], row["highest"], row["band"]) == (
            one.household_id, score.score, score.highest, score.band.key,
        )  # fmt: skip
        for each in score.indicators:
            assert row[f"points_{each.key}"] == (each.points if each.known else None)
        for answer in entitlements_of(one, DAY, pack):
            assert row[f"{answer.item}_outcome"] == answer.outcome
            assert row.get(f"{answer.item}_amount") == answer.amount
            assert row.get(f"{answer.item}_at_least") == answer.at_least
            assert row.get(f"{answer.item}_yields_to") == answer.yields_to


def test_however_it_is_cut_into_pieces_it_is_the_same(source: Path, tmp_path: Path) -> None:
    job, folder = Job(the_pack(), DAY), tmp_path / "folder"
    folder.mkdir()
    assert screen_file(source, tmp_path / "whole.parquet", job) == HOUSEHOLDS
    pieces = pieces_of(source, 10)
    assert [len(piece.groups) for piece in pieces] == [2, 2, 1]
    for place, piece in enumerate(pieces):
        screen_pieces([piece], folder / f"part-{place:05d}.parquet", job)
    together = pa.concat_tables(
        [pq.read_table(path) for path in sorted(folder.iterdir())], promote_options="none"
    )
    assert together.unify_dictionaries().to_pylist() == pq.read_table(tmp_path / "whole.parquet").to_pylist()


def test_what_cannot_be_screened_is_refused_in_words(
    source: Path, made: pa.Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, text = tmp_path / "words.parquet", tmp_path / "text.parquet"
    pq.write_table(made.drop_columns(["tenure"]), words)
    text.write_text("no Parquet")
    out = str(tmp_path / "out.parquet")
    for one, said in (
        (words, "lacks the columns: tenure"),
        (text, "Not a Parquet file"),
        (tmp_path / "nowhere.parquet", "There is no such file"),
    ):
        assert main(["screen", str(one), out]) == 1
        assert said in capsys.readouterr().err
    assert main(["screen", str(source), str(tmp_path / "no" / "out.parquet")]) == 1
    assert "no such folder" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["screen", str(source), "--district"])
    with pytest.raises(SystemExit):
        main(["screen", str(source)])


def test_a_household_without_members_is_named_and_nothing_is_left_behind(
    made: pa.Table, tmp_path: Path
) -> None:
    rows = made.to_pylist()
    rows[12]["members"], rows[12]["bills"] = [], []
    pq.write_table(pa.Table.from_pylist(rows, schema=made.schema), tmp_path / "in.parquet")
    with pytest.raises(CannotBecause) as refusal:
        screen_file(tmp_path / "in.parquet", tmp_path / "out.parquet", Job(the_pack(), DAY))
    assert rows[12]["household_id"] in refusal.value.reason.say("zh")
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_a_cluster_s_folder_holds_nothing_else(tmp_path: Path) -> None:
    folder = _emptied(tmp_path / "out")
    (folder / "part-00000.parquet").touch()
    (folder / "_SUCCESS").touch()
    assert list(_emptied(folder).iterdir()) == []
    (folder / "letters.docx").touch()
    with pytest.raises(CannotBecause) as refusal:
        _emptied(folder)
    assert refusal.value.code == "screen.not_empty"


def test_a_worker_with_other_rules_refuses_to_work() -> None:
    import pickle

    with pytest.raises(RuntimeError, match="install the same release"):
        _unpacked(pickle.dumps((the_pack(), DAY, "2026.1+000000000000")))
