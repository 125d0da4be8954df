"""docs/clauses.md: every clause of the founding document with the tests that show it."""

from tools import clauses

# What a caseworker, an agency and a citizen touch each day: each of these has to be shown by a test that drives the system.
EVERY_DAY = [f"C{number}" for number in (*range(6, 18), *range(33, 50))]


def test_the_page_is_up_to_date() -> None:
    assert clauses.PAGE.read_text(encoding="utf-8") == clauses.page(), "run: python -m tools.clauses"


def test_the_numbers_are_the_documents() -> None:
    assert clauses.numbers() == [f"C{number}" for number in range(1, 50)]
    assert {one.clause for one in clauses.marks()} <= set(clauses.numbers())


def test_each_programme_and_each_agencys_duty_is_shown() -> None:
    shown = {one.clause for one in clauses.marks()}
    assert [clause for clause in EVERY_DAY if clause not in shown] == []
