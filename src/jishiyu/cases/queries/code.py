"""The code that lets an applicant ask after a case without a log-in: it stands on the application, and nowhere in the database."""

from typing import Any

from jishiyu.foundations.codes import code_from, same_code
from jishiyu.foundations.fields import index_of


def progress_code(row: Any) -> str:
    """The code of a case, ten signs in two groups, the same whenever it is asked for; only who holds the keys can make it."""
    return code_from(index_of(str(row.id), "cases.progress_code"))


def code_fits(row: Any, written: str) -> bool:
    """Whether a code is the case's, however it was typed: small letters, O for 0, with or without the dash."""
    return same_code(progress_code(row), written)
