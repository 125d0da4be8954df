"""When an award is looked at again: planned by the class of the household, and brought forward by a move or a change."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.cases.models import Award, Case, Circumstance, RecheckPlan
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.rules.clocks import due_within
from jishiyu.cases.rules.recheck_classes import class_of, cycle_of
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.foundations.periods import month_start
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.law.rules.life_after import Within
from jishiyu.offices.rules import Post, require
from jishiyu.registry import queries as registry
from jishiyu.registry.queries import situation

RECURRING = ("monthly", "standing")


def plan_recheck(
    award: Award, *, ground: str, actor: Post, moment: datetime, snapshot_id: UUID | None = None
) -> RecheckPlan | None:
    """Plan the next re-check by the rules in force today. None for what is given once, or where the pack has no cycle."""
    if award.frequency not in RECURRING or (award.frequency == "monthly" and award.last_month is not None):
        return None
    day = day_of(moment)
    classed = class_of(situation(snapshot_id or award.snapshot_id), day)
    try:
        procedure = pack().procedure_for(award.item, day)
    except CannotBecause:  # nothing is recorded for the item in this era: no cycle is made up
        return None
    cycle = cycle_of(classed.key, procedure.rechecks)
    if cycle is None:
        return None
    because = classed.because
    if not cycle.named:
        because = sentence(
            "{w}；政策包没有这一类的周期，按“{n}”",
            "{w}; the pack has no cycle for that class, so that of “{n}” is taken",
            w=because,
            n=cycle.name,
        )
    return _set(
        award,
        ground=ground,
        class_key=classed.key,
        months=cycle.months,
        era=procedure.era,
        confidence=cycle.confidence,
        because=because,
        due_on=cycle.due_from(day),
        actor=actor,
        moment=moment,
    )


def bring_forward(
    award: Award, limit: Within, *, ground: str, because: Sentence, actor: Post, moment: datetime
) -> RecheckPlan | None:
    """Let an award be re-checked within a limit from today, unless it is due earlier anyway."""
    due = due_within(limit, day_of(moment), pack().calendar)
    newest = life.recheck_plan(award.id)
    if newest is not None and newest.due_on <= due:
        return newest
    return _set(
        award,
        ground=ground,
        class_key=newest.class_key if newest else "",
        months=newest.months if newest else None,
        era=pack().era_on(day_of(moment)).key,
        confidence=limit.confidence,
        because=because,
        due_on=due,
        actor=actor,
        moment=moment,
    )


def after_recheck(row: Case, *, ends: bool, actor: Post, moment: datetime) -> None:
    """A re-check was done as a plain step of the procedure: its awards are planned again, or end with this month."""
    for award in life.running_awards_of_case(row.id):
        if ends:
            Award.objects.filter(pk=award.pk).update(last_month=month_start(day_of(moment)))
            drop_plan(award)
        else:
            plan_recheck(award, ground="recheck", actor=actor, moment=moment)


def drop_plan(award: Award) -> None:
    """An award that ended is not looked at again."""
    RecheckPlan.objects.filter(award=award, newest=True).update(newest=False)


def note_circumstance(
    household_id: UUID, kind: str, *, day: date, reason: str, paper: str, person: UUID | None = None, actor: Post,
    moment: datetime,
) -> Circumstance:  # fmt: skip
    """Record a change of circumstances of the pack's table, with its reason and paper. What it leads to is proposed apart."""
    require(actor, "cases.note_change")
    household = registry.household(household_id, actor)
    rule = pack().district.life_after.change(kind)
    if rule is None:
        raise CannotBecause(
            "life.no_such_change", sentence("政策包没有这种情况变化", "The pack knows no such change")
        )
    if len(reason.strip()) < 2 or len(paper.strip()) < 2:
        raise CannotBecause(
            "life.without_ground",
            sentence("请写明情况和凭据材料", "Say what happened, and on which paper it rests"),
        )
    if day > day_of(moment):
        raise CannotBecause(
            "life.not_yet", sentence("日期不能晚于今天", "The day cannot be later than today")
        )
    row = Circumstance.objects.create(
        household=household,
        person_id=person,
        kind=kind,
        day=day,
        said={"reason": reason.strip(), "paper": paper.strip()},
        recorded_at=moment,
        recorded_by=actor.code,
        officer_name=actor.officer_name or actor.title.say("zh"),
    )
    record(
        act="cases.note_change",
        about=("household", household.number),
        household=household.id,
        detail={"kind": kind, "day": str(day)},
    )
    return row


def hand_over_cases(household_id: UUID, to: str, *, actor: Post, moment: datetime) -> int:
    """Hand the running cases of a household to another sub-district, with their clocks; each award is re-checked there in time.

    To be called before the register hands the household over. Returns how many cases went.
    """
    require(actor, "registry.change")
    limit = pack().district.life_after.transfer_recheck
    because = sentence(
        "家庭迁入，由新街道复核", "The household moved here: looked at by its new sub-district"
    )
    for award in life.running_awards(household_id):
        if limit is not None:
            bring_forward(award, limit, ground="moved", because=because, actor=actor, moment=moment)
    with connection.cursor() as cursor:
        cursor.execute("select cases_hand_over(%s, %s)", [household_id, to])
        (moved,) = cursor.fetchone()
    if moved:
        record(
            act="cases.hand_over", about=("sub-district", to), household=household_id, detail={"cases": moved}
        )
    return int(moved)


def _set(award: Award, *, because: Sentence, actor: Post, moment: datetime, **told: Any) -> RecheckPlan:
    newest = life.recheck_plan(award.id)
    number = RecheckPlan.objects.filter(award=award).count() + 1
    if newest is not None:
        RecheckPlan.objects.filter(pk=newest.pk).update(newest=False)
    Case.objects.filter(pk=award.case_id, step="recheck").update(due_on=told["due_on"])
    return RecheckPlan.objects.create(
        award=award,
        case_id=award.case_id,
        number=number,
        because=because.as_data(),
        set_at=moment,
        set_by=actor.code,
        **told,
    )
