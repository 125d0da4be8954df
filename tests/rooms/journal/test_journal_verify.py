"""Whoever gets round the locks is still found out: each changed, missing or swapped entry is named."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from jishiyu.doors.jobs.journal_command import journal_command
from jishiyu.journal.queries import find_faults, head
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.rooms.journal.conftest import Sql


@contextmanager
def locks_off(owner: Sql) -> Iterator[None]:
    """As somebody with the owner's password would do it."""
    owner("alter table journal_entry disable trigger user")
    yield
    owner("alter table journal_entry enable trigger user")


def named() -> list[tuple[int, str]]:
    """The faults that verification finds."""
    with acting(SYSTEM, moment=NOON):
        return [(fault.number, fault.kind) for fault in find_faults()]


def test_an_honest_journal_holds(five_entries: Sql, capsys: pytest.CaptureFixture[str]) -> None:
    assert named() == []
    assert journal_command([]) == 0
    said = capsys.readouterr().out
    assert "日志共 5 条" in said
    assert "the journal has 5 entries" in said
    assert "日志完整" in said


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "'never happened'"),
        ("officer", "'somebody else'"),
        ("at", "at - interval '1 day'"),
        ("household", "gen_random_uuid()"),
        ("detail", "'{\"n\": 30}'"),
        ("outcome", "'refused'"),
    ],
)
def test_a_changed_entry_is_named(five_entries: Sql, column: str, value: str) -> None:
    with locks_off(five_entries):
        five_entries(f"update journal_entry set {column} = {value} where number = 3")  # noqa: S608 - fixed words above
    assert named() == [(3, "changed")]


def test_a_missing_entry_is_named(five_entries: Sql, capsys: pytest.CaptureFixture[str]) -> None:
    with locks_off(five_entries):
        five_entries("delete from journal_entry where number = 3")
    assert named() == [(3, "missing")]
    assert journal_command([]) == 1
    said = capsys.readouterr().out
    assert "第3条缺失" in said
    assert "Entry 3 is missing" in said


def test_several_missing_entries_are_named(five_entries: Sql) -> None:
    with locks_off(five_entries):
        five_entries("delete from journal_entry where number in (2, 3)")
    assert named() == [(2, "missing")]


def test_a_missing_first_entry_is_named(five_entries: Sql) -> None:
    with locks_off(five_entries):
        five_entries("delete from journal_entry where number = 1")
    assert named() == [(1, "missing")]


def test_swapped_entries_are_named(five_entries: Sql) -> None:
    with locks_off(five_entries):
        five_entries("update journal_entry set number = 99 where number = 2")
        five_entries("update journal_entry set number = 2 where number = 3")
        five_entries("update journal_entry set number = 3 where number = 99")
    found = named()
    assert {number for number, _ in found} >= {2, 3}
    assert (2, "swapped") in found


def test_a_cut_off_end_is_named(five_entries: Sql) -> None:
    with locks_off(five_entries):
        five_entries("delete from journal_entry where number >= 4")
    assert named() == [(4, "lost_tail")]


def test_everything_gone_is_named(five_entries: Sql) -> None:
    with locks_off(five_entries):
        five_entries("delete from journal_entry")
    assert named() == [(1, "lost_tail")]


def test_a_replaced_last_seal_is_named(five_entries: Sql) -> None:
    five_entries("update journal_head set seal = decode(repeat('ab', 32), 'hex')")
    assert named() == [(5, "swapped")]


def test_a_chain_written_anew_is_found_by_a_seal_kept_outside(
    five_entries: Sql, capsys: pytest.CaptureFixture[str]
) -> None:
    with acting(SYSTEM, moment=NOON):
        number, seal = head()
    kept = f"{number}:{seal.hex()}"
    assert journal_command(["--expect", kept]) == 0
    with locks_off(five_entries):
        five_entries("delete from journal_entry where number = 5")
        five_entries(
            "update journal_head set number = 4, seal = (select seal from journal_entry where number = 4)"
        )
    assert named() == []
    capsys.readouterr()
    assert journal_command(["--expect", kept]) == 1
    assert "[expected] 5" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["5", "x:00", "5:zz"])
def test_an_unreadable_expectation_is_refused(text: str) -> None:
    with pytest.raises(SystemExit):
        journal_command(["--expect", text])
