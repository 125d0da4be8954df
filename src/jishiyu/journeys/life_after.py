"""A running award through the rooms: re-checked on new evidence, changed by what befell the household, suspended, resumed, ended.

The rules of today compute and suggest; one person proposes, another confirms. What was paid already is looked up in the ledger,
which nobody else may write meanwhile, so that no month is paid twice and none that is suspended.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.cases.operations import measures, rechecks
from jishiyu.cases.operations.measures import Proposal
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.queries.suspended import suspensions_of
from jishiyu.cases.rules import life_after as rules
from jishiyu.cases.rules.basis import Basis
from jishiyu.cases.rules.recheck_classes import found_work
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.funds import operations as funds
from jishiyu.funds.queries.owed import paid_by_month
from jishiyu.journeys.apply import basis_on
from jishiyu.law.queries import pack
from jishiyu.law.rules.faults import UnknownValue
from jishiyu.law.rules.life_after import ChangeRule
from jishiyu.offices.rules import Post
from jishiyu.programmes.rules.coordination import AID, Cover
from jishiyu.registry import queries as registry

_SHOWN = 6  # months of a preview
GROUND = "271号令第13条"  # an award is changed or ended in writing, with its reasons


@dataclass(frozen=True, slots=True)
class Looked:
    """A re-check as the rules see it: what they say today, what it would lead to, and on which evidence."""

    basis: Basis
    snapshot_id: UUID
    before: int
    suggested: rules.MeasureKind | None
    newer: bool


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a measure would do: month by month, what was overpaid and what is made good, in fen."""

    months: tuple[rules.MonthPaid, ...]
    overpaid: int
    made_good: tuple[date, ...]
    shares: tuple[int, ...] = ()
    doubts: tuple[Sentence, ...] = ()


def look_again(award_id: UUID, *, actor: Post, moment: datetime) -> Looked:
    """Compute an award again on the household's newest evidence by the rules in force today. Keeps the answer, changes nothing."""
    award = case_queries.award(award_id, actor)
    snapshot = registry.latest_snapshot(award.household_id)
    if snapshot is None:
        raise CannotBecause(
            "life.no_evidence",
            sentence("该户没有经济状况快照", "There is no evidence of the household's means"),
        )
    basis = basis_on(snapshot.id, award.item, actor=actor, moment=moment)
    before = life.monthly_amount(award.id)
    suggested = rules.suggested(before, basis.entitled, basis.amount)
    if suggested == "stop" and award.item in pack().district.life_after.grace.items:
        then, now = registry.situation(award.snapshot_id), registry.situation(snapshot.id)
        suggested = "grace" if found_work(then, now) else "stop"
    return Looked(basis, snapshot.id, before, suggested, newer=snapshot.id != award.snapshot_id)


def recheck(
    award_id: UUID, *, kind: str, reasons: Sequence[str], amount: int | None = None, actor: Post, moment: datetime
) -> Any:  # fmt: skip
    """End a re-check: the award goes on, or another measure is proposed. Another outcome than the rules' needs no more than its reasons."""
    looked = look_again(award_id, actor=actor, moment=moment)
    wanted = amount if amount is not None else looked.basis.amount
    told = Proposal(
        award_id,
        kind,
        "recheck",
        rules.earliest(kind, day_of(moment)),  # type: ignore[arg-type]
        reasons,
        amount=wanted if kind in ("raise", "lower") else None,
        basis=looked.basis,
        snapshot_id=looked.snapshot_id,
        citation=GROUND,
    )
    return propose(told, actor=actor, moment=moment)


def propose(told: Proposal, *, actor: Post, moment: datetime) -> Any:
    """Propose a measure, with the shares of a grace period by the pack and what was overpaid by the ledger."""
    award = case_queries.award(told.award_id, actor)
    told = _whole(award, told)
    return measures.propose(told, actor=actor, moment=moment)


def foresee(told: Proposal, *, actor: Post) -> Foreseen:
    """What a measure would do, before it is proposed. Changes nothing."""
    award = case_queries.award(told.award_id, actor)
    return _foreseen(award, _whole(award, told))


def foresee_measure(made: Any) -> Foreseen:
    """What a measure that was proposed would do."""
    return _foreseen(made.award, _told_of(made))


def confirm(measure_id: UUID, *, actor: Post, moment: datetime) -> Any:
    """Confirm a measure: the award changes, and months that were decided to be made good are paid with the next run."""
    funds.hold_the_till()
    made = life.measure(measure_id, actor)
    had = _had(made.award_id)
    if made.kind in ("raise", "lower", "grace", "resume") and any(m >= made.first_month for m in had):
        raise CannotBecause(
            "life.month_paid_already",
            sentence(
                "{m}已按原决定发放，不能再从该月变更",
                "{m} was paid by the old decision: the change cannot begin there any more",
                m=f"{made.first_month:%Y-%m}",
            ),
            sentence("请不予采纳，重新提出，从次月起变更", "Decline it and propose anew from the next month"),
        )
    owed = _foreseen(made.award, _told_of(made)).made_good if made.kind == "resume" and made.back_pay else ()
    award = made.award
    made, _ = measures.confirm(measure_id, actor=actor, moment=moment)
    if owed:
        because = sentence("恢复发放，补发{n}个月", "Resumed: {n} months are made good", n=len(owed))
        cases.supplement(award.id, _covers(award.id, owed), because=because, actor=actor, moment=moment)
    return made


def note_change(
    household_id: UUID, kind: str, *, day: date, reason: str, paper: str, person: UUID | None = None, actor: Post,
    moment: datetime,
) -> list[Any]:  # fmt: skip
    """Record a change of circumstances and propose what the pack says for each running award. Returns the measures proposed.

    An award that is only to be looked at again gets an earlier day for its re-check. Nothing is done to any award yet.
    """
    rows = registry.members(household_id)
    alone = not [one for one in rows if str(one.person_id) != str(person)] if person else len(rows) <= 1
    awards = life.running_awards(household_id)
    noted = rechecks.note_circumstance(
        household_id, kind, day=day, reason=reason, paper=paper, person=person, actor=actor, moment=moment
    )
    return _consequences(awards, noted, alone=alone, actor=actor, moment=moment)


def plan_missing(*, actor: Post, moment: datetime) -> int:
    """Plan the re-checks of running awards that were decided before there were plans. Returns how many."""
    planned = [
        rechecks.plan_recheck(award, ground="decision", actor=actor, moment=moment)
        for award in life.without_plan(actor)
    ]
    return sum(one is not None for one in planned)


def _consequences(
    awards: Sequence[Any], noted: Any, *, alone: bool, actor: Post, moment: datetime
) -> list[Any]:
    table = pack().district.life_after
    rule = table.change(noted.kind)
    found: list[Any] = []
    if rule is None:
        return found
    for award in awards:
        wanted = rule.measure_for(award.item, alone=alone)
        suspended = any(one.last_month is None for one in suspensions_of(award.id))
        if wanted == "resume" and not suspended:
            wanted = "recheck"
        able = award.frequency == "monthly" or wanted == "stop"
        if wanted in ("suspend", "grace", "stop", "resume") and able and not _waits(award):
            told = _proposal(award, wanted, rule, noted, earliest=rules.earliest("resume", day_of(moment)))
            found.append(propose(told, actor=actor, moment=moment))
        elif wanted != "none" and table.change_recheck is not None:
            because = sentence("{n}，须复核", "{n}: to be looked at again", n=rule.name)
            rechecks.bring_forward(
                award,
                table.change_recheck,
                ground="circumstance",
                because=because,
                actor=actor,
                moment=moment,
            )
    return found


def _proposal(award: Any, wanted: str, rule: ChangeRule, noted: Any, *, earliest: date) -> Proposal:
    """What a change leads to for one award, from the month after it; grace and resumption not before the next month."""
    first = add_months(month_start(noted.day), 1)
    start = max(first, earliest) if wanted in ("resume", "grace") else first
    shares = _shares_left(award.item, first, start) if wanted == "grace" else ()
    if wanted == "grace" and not any(shares):
        wanted = "stop"  # told so late that the grace period would be over by now
    return Proposal(
        award.id,
        wanted,
        "circumstance",
        start,
        [f"{rule.name.zh}（{noted.day.isoformat()}）：{noted.said['reason']}"],
        shares=shares,
        circumstance_id=noted.id,
        citation=rule.citation,
        confidence=rule.confidence,
    )


def _waits(award: Any) -> bool:
    return bool([one for one in life.measures_of_case(award.case_id) if one.state == "proposed"])


def _told_of(made: Any) -> Proposal:
    return Proposal(
        made.award_id, made.kind, made.source, made.first_month, (), amount=made.amount, back_pay=made.back_pay,
        shares=tuple((made.basis or {}).get("shares", ())),
    )  # fmt: skip


def _whole(award: Any, told: Proposal) -> Proposal:
    shares, doubts = _shares(award.item, told.first) if told.kind == "grace" else ((), ())
    told = replace(told, shares=told.shares or shares)
    if doubts:
        told = replace(told, confidence="uncertain")
    running, had = life.running_of(award), _had(award.id)
    return replace(told, overpaid=rules.overpaid(running, _planned(told), had))


def _foreseen(award: Any, told: Proposal) -> Foreseen:
    running, had = life.running_of(award), _had(award.id)
    planned = _planned(told)
    owed: Sequence[date] = ()
    if told.kind == "resume" and told.back_pay:
        owed = rules.missed(running.suspended, running.months.last, told.first, had)
    begin = min([told.first, *[month for month in had if month >= told.first]])
    months = rules.foresee(running, planned, first=add_months(begin, -1), months=_SHOWN, had=had)
    doubts = _shares(award.item, told.first)[1] if told.kind == "grace" else ()
    return Foreseen(
        tuple(months), rules.overpaid(running, planned, had), tuple(owed), tuple(told.shares), doubts
    )


def _planned(told: Proposal) -> rules.Planned:
    return rules.Planned(
        told.kind,  # type: ignore[arg-type]
        told.first,
        amount=told.amount,
        shares=tuple(told.shares),
        back_pay=told.back_pay,
    )


def _shares(item: str, first: date) -> tuple[tuple[int, ...], tuple[Sentence, ...]]:
    """The share of each month of grace in basis points, and what is not certain about them. None for items without grace."""
    grace = pack().district.life_after.grace
    shares: list[int] = []
    doubts: list[Sentence] = []
    if item not in grace.items:
        return (), ()
    for parameter in grace.shares:
        try:
            dated = pack().parameter(parameter, first)
        except UnknownValue as unknown:
            return (), (unknown.reason,)
        shares.append(dated.value)
        if dated.confidence not in ("verified", "recalled"):
            doubts.append(dated.name)
    return tuple(shares), tuple(doubts)


def _shares_left(item: str, first: date, start: date) -> tuple[int, ...]:
    """The shares of the months of grace that are still to come, where it was told late: they count from ``first``."""
    gone = (start.year - first.year) * 12 + start.month - first.month
    return _shares(item, first)[0][gone:]


def _had(award_id: UUID) -> Mapping[date, int]:
    """What was paid of an award by month, in fen."""
    return paid_by_month(award_id)


def _covers(award_id: UUID, months: Sequence[date]) -> list[Cover]:
    lines = [one for one in case_queries.chain_now(award_id) if one.kind in AID and one.amount]
    return [
        Cover(
            line.kind,
            line.amount,
            line.citation,
            label=sentence(
                "{m}补发{a}元", "{m}, made good: {a} yuan", m=f"{month:%Y-%m}", a=yuan_text(line.amount)
            ),
            first=month,
            last=month,
        )
        for line in sorted(lines, key=lambda one: AID.index(one.kind))
        for month in months
    ]
