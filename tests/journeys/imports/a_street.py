"""A sub-district whose caseworker hands workbooks in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from jishiyu.evidence import queries as evidence
from jishiyu.evidence.queries import Batch, Row
from jishiyu.journeys.take_in_workbook import (
    receive_workbook,
    take_in,
)
from jishiyu.offices.operations import acting
from jishiyu.registry import queries as registry
from tests.conftest import NOON
from tests.fixtures import DESHENG, a_post


class Street:
    """A sub-district's caseworker and what becomes of the workbooks that they hand in."""

    def __init__(self, area: str = DESHENG) -> None:
        self.post = a_post("caseworker", area=area)

    def hand_in(
        self, content: bytes, name: str = "困难家庭.xlsx", *, moment: datetime = NOON
    ) -> tuple[UUID, bool]:
        with acting(self.post, moment=moment):
            return receive_workbook(
                content=content, file_name=name, sub_district=self.post.area, actor=self.post, moment=moment
            )

    def import_(self, content: bytes, *, moment: datetime = NOON, part: int = 500) -> Batch:
        made, _ = self.hand_in(content, moment=moment)
        for _ in take_in(made, actor=self.post, clock=lambda: moment, part=part):
            pass
        return self.batch(made)

    def batch(self, batch_id: UUID) -> Batch:
        with acting(self.post, moment=NOON):
            return evidence.batch(batch_id, self.post)

    def rows(self, batch: Batch) -> list[Row]:
        with acting(self.post, moment=NOON):
            return list(evidence.rows(batch))

    def states(self, batch: Batch) -> list[str]:
        return [row.state for row in self.rows(batch)]

    def codes(self, batch: Batch) -> set[str]:
        return {code for row in self.rows(batch) for code in row.codes}

    def households(self) -> int:
        with acting(self.post, moment=NOON):
            return registry.households(self.post).count()

    def situation(self, batch: Batch, place: int = 0) -> Any:
        household = self.rows(batch)[place].household
        assert household is not None
        with acting(self.post, moment=NOON):
            latest = registry.latest_snapshot(household)
            assert latest is not None
            return registry.situation(latest.id)
