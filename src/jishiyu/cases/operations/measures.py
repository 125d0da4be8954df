"""What is done to a running award: one person proposes with reasons, another confirms; only then does anything change.

What was paid already is for the caller to look at (:mod:`jishiyu.journeys.life_after`): this room does not see the ledger.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import Award, Case, Measure, Suspension
from jishiyu.cases.operations.effects import Doing, done
from jishiyu.cases.operations.ending import close
from jishiyu.cases.operations.walking import Said, about, fetch, write_step
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.rules.basis import Basis
from jishiyu.cases.rules.life_after import MEASURE_NAMES, earliest, require_reasons
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotYours, Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for an award. ``first``: the first month in which it works; amounts are fen each month.

    ``shares``: basis points of each month of grace.
    """

    award_id: UUID
    kind: str
    source: str
    first: date
    reasons: Sequence[str]
    amount: int | None = None
    basis: Basis | None = None
    snapshot_id: UUID | None = None
    circumstance_id: UUID | None = None
    appeal_id: UUID | None = None
    back_pay: bool = False
    shares: Sequence[int] = ()
    overpaid: int = 0
    citation: str = ""
    confidence: str = "verified"


def propose(told: Proposal, *, actor: Post, moment: datetime) -> Measure:
    """Propose a measure with its reasons. ``continue`` needs nobody else and is settled at once."""
    require(actor, "cases.recheck" if told.source == "recheck" else "cases.propose_measure")
    award = queries.award(told.award_id, actor)
    row = fetch(award.case_id, actor)
    reasons = require_reasons(told.reasons)
    _require_possible(award, row, told, today=day_of(moment))
    plan = life.recheck_plan(award.id)
    made = Measure(
        award=award,
        case=row,
        kind=told.kind,
        source=told.source,
        plan=plan if told.source == "recheck" else None,
        circumstance_id=told.circumstance_id,
        appeal_id=told.appeal_id,
        snapshot_id=told.snapshot_id,
        basis=_rests_on(row, told),
        amount_before=life.monthly_amount(award.id),
        amount=told.amount,
        first_month=told.first,
        back_pay=told.back_pay,
        overpaid=told.overpaid,
        reasons=[{"zh": one, "en": one} for one in reasons],
        citation=told.citation,
        confidence=told.confidence,
        proposed_at=moment,
        proposed_by=actor.code,
        proposer=actor.officer,
        proposer_name=actor.officer_name or actor.title.say("zh"),
    )
    made.save(force_insert=True)
    record(
        act="cases.propose_measure",
        detail={"kind": told.kind, "source": told.source, "first": str(told.first), "amount": told.amount},
        **about(row),
    )
    if told.kind == "continue":
        _settle(made, "confirmed", "", actor=actor, moment=moment)
        done(Doing(award, row, made, actor, moment))
    return made


def confirm(measure_id: UUID, *, actor: Post, moment: datetime) -> tuple[Measure, list[Award]]:
    """Confirm a measure and do it. Returns it with the awards that it made. Never by the person who proposed it."""
    require(actor, "cases.confirm_measure")
    made = _waiting(measure_id, actor)
    if actor.officer and made.proposer == actor.officer:
        raise NotYours(
            "life.own_proposal",
            sentence(
                "提出与确认须由不同人员办理：这项处理是您提出的",
                "Proposing and confirming are for different people: you proposed this",
            ),
        )
    row = fetch(made.case_id, actor)
    award = queries.award(made.award_id, actor)
    _settle(made, "confirmed", "", actor=actor, moment=moment)
    awards = done(Doing(award, row, made, actor, moment))
    record(
        act="cases.confirm_measure",
        detail={"kind": made.kind, "first": str(made.first_month), "back_pay": made.back_pay},
        **about(row),
    )
    return made, awards


def decline(measure_id: UUID, *, because: str, actor: Post, moment: datetime) -> Measure:
    """Leave the award as it is, with a reason."""
    require(actor, "cases.confirm_measure")
    made = _waiting(measure_id, actor)
    _settle(made, "declined", require_reasons([because])[0], actor=actor, moment=moment)
    record(
        act="cases.decline_measure",
        about=("case", made.case.number),
        household=made.award.household_id,
        detail={"kind": made.kind},
    )
    return made


def close_run_out(month: date, *, actor: Post, moment: datetime) -> int:
    """End the cases whose grace is over before a month. Returns how many. For the room of funds, which has paid it."""
    require(actor, "funds.pay")
    ended = 0
    for row in life.run_out(actor, month):
        write_step(
            row,
            outcome="run_out",
            next_step="end",
            said=Said("run_out", (), _OVER.zh),
            actor=actor,
            moment=moment,
        )
        close(row, "ended", moment)
        record(act="cases.end", detail={"run_out": True}, **about(row))
        ended += 1
    return ended


_OVER = sentence("渐退期满", "The grace period is over")


def _require_possible(award: Award, row: Case, told: Proposal, *, today: date) -> None:
    suspended = Suspension.objects.filter(award=award, last_month=None).first()
    why: Sentence | None = None
    if told.kind not in MEASURE_NAMES or told.first.day != 1:
        why = sentence("没有这种处理", "There is no such measure")
    elif award.frequency != "monthly" and told.kind not in ("continue", "stop"):
        why = sentence("只有按月发放的救助可以这样处理", "Only an award paid each month can be dealt with so")
    elif told.kind == "resume":
        if suspended is None and award.last_month is None:
            why = sentence("该救助没有停发", "This award is not suspended")
        elif suspended is not None and told.first <= suspended.first_month:
            why = sentence("恢复的月份须在停发之后", "It can only be resumed after the month of suspension")
    elif row.state != "granted" or _over(award, told.first):
        why = sentence("该救助已不在发放", "This award does not run any more")
    elif suspended is not None and told.kind in ("suspend", "raise", "lower", "grace"):
        why = sentence("该救助正在停发，请先恢复", "This award is suspended: resume it first")
    elif told.kind in ("raise", "lower") and not told.amount:
        why = sentence("请填写新的金额", "Enter the new amount")
    elif told.kind == "grace" and not any(told.shares):
        why = sentence("政策包没有该日的渐退比例", "The pack has no shares of a grace period for that day")
    elif told.source != "circumstance" and told.kind != "continue" and told.first < earliest("stop", today):
        why = sentence(
            "变更从次月起：最早{m}",
            "Changes work from the next month: {m} at the earliest",
            m=f"{earliest('stop', today):%Y-%m}",
        )
    if why is not None:
        raise CannotBecause("life.not_possible", why)


def _over(award: Award, first: date) -> bool:
    return award.frequency == "monthly" and award.last_month is not None and award.last_month < first


def _rests_on(row: Case, told: Proposal) -> dict[str, Any] | None:
    """What the measure rests on: what the rules say now beside what the case rested on, and the months of grace."""
    if told.basis:
        return {"before": row.basis, "now": told.basis.as_data()}
    return {"shares": list(told.shares)} if told.shares else None


def _waiting(measure_id: UUID, actor: Post) -> Measure:
    made = life.measure(measure_id, actor)
    if made.state != "proposed":
        raise CannotBecause(
            "life.settled_already", sentence("这项处理已有结论", "This measure was settled already")
        )
    return made


def _settle(made: Measure, state: str, because: str, *, actor: Post, moment: datetime) -> None:
    made.state, made.because = state, because
    made.settled_at, made.settled_by = moment, actor.code
    made.settler_name = actor.officer_name or actor.title.say("zh")
    made.save(update_fields=["state", "because", "settled_at", "settled_by", "settler_name"])
