"""The chain itself, without a database."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from jishiyu.journal.rules import FIRST_SEAL, Line, Sealed, faults, seal_of


def chain(length: int) -> list[Sealed]:
    """An honest chain."""
    made, previous = [], FIRST_SEAL
    for number in range(1, length + 1):
        line = Line(
            number, "2026-11-24T04:00:00+00:00", "p", "o", "a", "", "", "", "done", f"{number}", "", {}
        )
        seal = seal_of(line, previous)
        made.append(Sealed(line, previous, seal))
        previous = seal
    return made


def found(entries: list[Sealed], honest: list[Sealed]) -> list[tuple[int, str]]:
    """Numbers and kinds of what verification says, with the head that the honest chain left."""
    last = honest[-1] if honest else None
    walked = faults(
        entries,
        last_number=last.line.number if last else 0,
        last_seal=last.seal if last else FIRST_SEAL,
    )
    return [(fault.number, fault.kind) for fault in walked]


def test_an_empty_journal_holds() -> None:
    assert found([], []) == []


@given(st.integers(1, 12))
def test_an_honest_chain_holds(length: int) -> None:
    honest = chain(length)
    assert found(honest, honest) == []


@given(st.integers(1, 12), st.data())
def test_any_one_change_is_found_at_its_number(length: int, data: st.DataObject) -> None:
    honest = chain(length)
    at = data.draw(st.integers(0, length - 1))
    changed = list(honest)
    changed[at] = replace(honest[at], line=replace(honest[at].line, reason="other"))
    assert found(changed, honest) == [(at + 1, "changed")]


@given(st.integers(2, 12), st.data())
def test_any_one_gap_is_found(length: int, data: st.DataObject) -> None:
    honest = chain(length)
    at = data.draw(st.integers(0, length - 1))
    kind = "lost_tail" if at == length - 1 else "missing"
    assert found(honest[:at] + honest[at + 1 :], honest) == [(at + 1, kind)]


def test_a_change_sealed_anew_breaks_the_next_link() -> None:
    honest = chain(3)
    line = replace(honest[1].line, reason="other")
    forged = [honest[0], Sealed(line, honest[1].previous, seal_of(line, honest[1].previous)), honest[2]]
    assert found(forged, honest) == [(3, "swapped")]
