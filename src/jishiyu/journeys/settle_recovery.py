"""Aid that came back: finance notes the refund, and the money is with the sources that bore it again, the last one first."""

from datetime import datetime
from uuid import UUID

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.funds import operations as funds
from jishiyu.funds import queries as fund_queries
from jishiyu.offices.rules import Post, require


def settle_recovery(recovery_id: UUID, *, document_no: str, actor: Post, moment: datetime) -> None:
    """Note that a recovery came back, and enter the money with its sources, for the programme that it was given under."""
    require(actor, "funds.settle_recovery")
    funds.hold_the_till()  # what another recovery of this award gives back is known before this one looks
    row = case_queries.recovery(recovery_id, actor)
    cases.note_recovered(recovery_id, document_no=document_no, actor=actor, moment=moment)
    left, already = row.amount, case_queries.recovered(row.award_id, row.fund, besides=row.id)
    for source, part in fund_queries.bearers(
        row.award_id, "charity" if row.fund == "charity" else "government"
    ):
        # Earlier recoveries went to the last sources: what these bore is with them again.
        skipped = min(part, already)
        already -= skipped
        share = min(part - skipped, left)
        if share:
            funds.receive_deposit(
                source_id=source.id,
                amount=share,
                received_on=day_of(moment),
                document_no=document_no,
                purpose=row.award.case.programme,
                actor=actor,
                moment=moment,
            )
            left -= share
    if left:
        raise CannotBecause(
            "funds.recovery_without_source",
            sentence("找不到这笔救助的资金来源", "The sources that bore this aid are not to be found"),
        )
