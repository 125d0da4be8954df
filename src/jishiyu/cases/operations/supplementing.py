"""A further payment on an award that was too low for months gone by: an award of its own beside it, paid once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import Award, ChainLine
from jishiyu.cases.operations.chains import write_chain
from jishiyu.cases.operations.walking import about
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.foundations.periods import month_start
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.rules import coordination
from jishiyu.programmes.rules.coordination import Cover

ONCE = "once"


def supplement(
    award_id: UUID, covers: Sequence[Cover], *, because: Sentence, actor: Post, moment: datetime
) -> Award:
    """Make a single award that pays the covers' sum beside an award in force, with its closed chain; the award itself stays.

    It is paid with the next run. Raises CannotBecause when the case is not granted any more, or nothing would be paid.
    """
    require(actor, "cases.back_pay")
    award = queries.award(award_id, actor)
    case = award.case
    amount = sum(one.offered for one in covers if isinstance(one.offered, int))
    if case.state != "granted" or amount <= 0:
        raise CannotBecause(
            "cases.no_supplement",
            sentence(
                "案件{n}已不在享受中，或没有应补的金额",
                "Case {n} is not in force any more, or nothing is owed",
                n=case.number,
            ),
        )
    chain = coordination.coordinate(amount, covers, label=because)
    coordination.require_closed(chain)
    month = month_start(day_of(moment))
    row = Award.objects.create(
        case=case,
        household_id=award.household_id,
        item=award.item,
        need=amount,
        amount=amount,
        form=award.form,
        frequency=ONCE,
        first_month=month,
        last_month=month,
        decided_on=day_of(moment),
        decided_by=actor.code,
        snapshot_id=award.snapshot_id,
        pack_version=pack().version,
        computed_amount=amount,
        reasons=[because.as_data()],
    )
    write_chain(ChainLine, chain, award=row)
    record(act="cases.back_pay", detail={"amount": amount, "beside": str(award.id)}, **about(case))
    return row
