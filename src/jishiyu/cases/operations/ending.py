"""Ways out: the applicant withdraws, or an award ends."""

from datetime import date, datetime
from uuid import UUID

from jishiyu.cases.models import Award, Case
from jishiyu.cases.operations.walking import MOVED, Said, about, fetch, write_step
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.foundations.periods import month_start
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


def withdraw(case_id: UUID, *, reason: str, actor: Post, moment: datetime) -> Case:
    """The applicant takes the application back, at any step before the decision."""
    require(actor, "cases.withdraw")
    row = fetch(case_id, actor)
    if row.state != "open":
        raise CannotBecause(
            "cases.not_open",
            sentence("案件已有结论，不能撤回", "The case has its outcome: it cannot be withdrawn"),
        )
    _require_reason(reason)
    write_step(
        row,
        outcome="withdraw",
        next_step="end",
        said=Said("withdraw", (), reason),
        actor=actor,
        moment=moment,
    )
    close(row, "withdrawn", moment)
    record(act="cases.withdraw", **about(row))
    return row


def end(case_id: UUID, *, reason: str, last_month: date, actor: Post, moment: datetime) -> Case:
    """End a granted case: nothing is paid after ``last_month``. The decision to end has its reason (271号令第13条)."""
    require(actor, "cases.close")
    row = fetch(case_id, actor)
    if row.state != "granted":
        raise CannotBecause(
            "cases.not_granted", sentence("只有已批准的案件可以停发", "Only a granted case can be ended")
        )
    _require_reason(reason)
    for award in Award.objects.filter(case=row):
        last = max(month_start(last_month), award.first_month) if award.frequency != "monthly" else last_month
        Award.objects.filter(pk=award.pk).update(last_month=month_start(last))
    write_step(row, outcome="end", next_step="end", said=Said("end", (), reason), actor=actor, moment=moment)
    close(row, "ended", moment)
    record(act="cases.end", detail={"last_month": str(month_start(last_month))}, **about(row))
    return row


def close(row: Case, state: str, moment: datetime) -> None:
    """The case has come to its end in a state; nothing of it is due any more."""
    row.state, row.step, row.turn = state, "end", ""
    row.step_began, row.closed_on = moment, day_of(moment)
    row.due_on = row.whole_due_on = None
    row.save(update_fields=MOVED)


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < 2:
        raise CannotBecause("cases.reasons_missing", sentence("请写明理由", "Say why"))
