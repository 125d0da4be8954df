"""Money for tests: an opened district with one source of each kind."""

from datetime import date
from typing import Any

import pytest

from jishiyu.foundations.outcomes import sentence
from jishiyu.funds.operations import name_source, receive_deposit
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.fixtures import a_post, open_offices


class Treasury:
    """The finance post and its sources; ``gets`` records money that came in."""

    def __init__(self) -> None:
        self.finance = a_post("finance")
        self.running = 0
        names = {
            "upper_level": "市级困难群众救助补助",
            "government": "区级财政预算",
            "donation": "慈善协会募集",
        }
        self.sources = {
            kind: name_source(kind=kind, name=sentence(name, kind), actor=self.finance)  # type: ignore[arg-type]
            for kind, name in names.items()
        }

    def gets(self, kind: str, amount: int, *, purpose: str = "", day: date = date(2026, 11, 1)) -> Any:
        self.running += 1
        return receive_deposit(
            source_id=self.sources[kind].id,
            amount=amount,
            received_on=day,
            document_no=f"文{self.running}",
            purpose=purpose,
            actor=self.finance,
            moment=NOON,
        )


@pytest.fixture
def treasury(db: None) -> Treasury:
    with acting(SYSTEM, moment=NOON):
        open_offices()
        return Treasury()
