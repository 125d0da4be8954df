"""The awards of a case as its page tells them: the chain now and as decided, bills, late payments, and what comes back."""

from dataclasses import dataclass
from typing import Any

from jishiyu.cases import queries
from jishiyu.programmes.rules.bills import BillChain
from jishiyu.programmes.rules.coordination import AID, ChainLine, covered_by


@dataclass(frozen=True, slots=True)
class AwardTold:
    """One award; ``chain`` and ``amount`` (fen) as they stand now. ``may_be_late``: insurance may still pay on it."""

    award: Any
    chain: tuple[ChainLine, ...]
    bills: tuple[BillChain, ...]
    revisions: list[Any]
    waiting: Any
    may_be_late: bool

    @property
    def amount(self) -> int:
        """What government and charity give now, in fen."""
        return covered_by(self.chain, *AID)


def awards_told(case: Any) -> list[AwardTold]:
    """The awards of a case, newest first."""
    revisions = queries.revisions_of(case.id)
    return [
        AwardTold(
            one,
            queries.chain_now(one.id),
            queries.bills_now(one.id),
            [each for each in revisions if each.award_id == one.id],
            getattr(one, "waiting", None),
            one.frequency != "monthly" and one.amount > 0,
        )
        for one in queries.awards_of_case(case.id)
    ]
