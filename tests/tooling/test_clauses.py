"""docs/clauses.md: every clause of the founding document with the tests that show it."""

from tools import clauses


def test_the_page_is_up_to_date() -> None:
    assert clauses.PAGE.read_text(encoding="utf-8") == clauses.page(), "run: python -m tools.clauses"


def test_the_numbers_are_the_documents() -> None:
    assert clauses.numbers() == [f"C{number}" for number in range(1, 50)]
    assert {one.clause for one in clauses.marks()} <= set(clauses.numbers())
