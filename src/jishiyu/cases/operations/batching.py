"""One act for several cases: tried first, then done case by case, each by its own step with its own entry in the journal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import Batch, BatchItem, Case
from jishiyu.cases.operations.stepping import accept, announce, take_step
from jishiyu.cases.rules.steps import STEP_NAMES
from jishiyu.cases.rules.work_desk import BATCH_MOST, IN_BATCHES
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journal.operations import attempt, record
from jishiyu.offices.rules import Post, require


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be done with each case of a batch."""

    step: str
    outcome: str
    papers: Sequence[str] = ()
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What would happen to one case: ``why`` is None when the act would be done."""

    case: Case
    why: Sentence | None


class _OnlyTried(Exception):
    """Ends a trial, so that nothing of it stays."""


def rehearse(case_ids: Sequence[UUID], act: Act, *, actor: Post, moment: datetime) -> list[Trial]:
    """Do the act with each case and undo it at once: which would go, and which not and why. Nothing stays, not in the journal either."""
    _require_in_batches(act, len(case_ids))
    require(actor, "cases.take_step")
    rows = {row.id: row for row in queries.cases(actor).filter(pk__in=case_ids).defer("basis", "statement")}
    return [Trial(rows[pk], _tried(pk, act, actor, moment)) for pk in case_ids if pk in rows]


def _tried(case_id: UUID, act: Act, actor: Post, moment: datetime) -> Sentence | None:
    try:
        with attempt():
            _do(case_id, act, actor, moment)
            raise _OnlyTried
    except _OnlyTried:
        return None
    except CannotBecause as why:
        return why.reason


def begin_batch(case_ids: Sequence[UUID], act: Act, *, actor: Post, moment: datetime) -> Batch:
    """Write down what is to be done with which cases. Nothing is done yet: :func:`go_on_with_batch` does it."""
    _require_in_batches(act, len(case_ids))
    require(actor, "cases.take_step")
    known = set(queries.cases(actor).filter(pk__in=case_ids).order_by().values_list("pk", flat=True))
    batch = Batch.objects.create(
        step=act.step, outcome=act.outcome, papers=sorted(act.papers), remarks=act.remarks.strip(), role=actor.role,
        area=actor.area, agency=actor.agency, post=actor.code, officer=actor.officer, officer_name=actor.officer_name,
        made_at=moment,
    )  # fmt: skip
    chosen = [pk for pk in dict.fromkeys(case_ids) if pk in known]
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, case_id=pk, position=place) for place, pk in enumerate(chosen)
    )
    record(
        act="cases.begin_batch", about=("batch", batch.id), detail={"step": act.step, "cases": len(chosen)}
    )
    return batch


def go_on_with_batch(
    batch_id: UUID, *, actor: Post, moment: datetime, goes_on: Callable[[], bool] = lambda: True
) -> int:
    """Do the act with the cases of a batch that still wait, while ``goes_on``. Returns how many wait after that."""
    batch = queries.batch(batch_id, actor)
    if batch.officer != actor.officer:
        raise CannotBecause(
            "cases.not_your_batch",
            sentence("此批量操作由{n}办理", "This batch is {n}'s", n=batch.officer_name),
        )
    act = Act(batch.step, batch.outcome, batch.papers, batch.remarks)
    waiting = list(BatchItem.objects.select_for_update().filter(batch=batch, state="waiting"))
    for place, item in enumerate(waiting):
        if not goes_on():
            return len(waiting) - place
        try:
            with attempt():
                _do(item.case_id, act, actor, moment)
        except CannotBecause as why:
            item.state, item.why = "refused", why.reason.as_data()
        else:
            # The step just written is the last one of the case: nobody else holds its lock.
            item.state, item.taken = "done", queries.steps_of(item.case_id)[-1]
        item.save(update_fields=["state", "taken", "why"])
    return 0


def _do(case_id: UUID, act: Act, actor: Post, moment: datetime) -> None:
    if act.step == "accept":
        accept(
            case_id, outcome=act.outcome, papers=act.papers, remarks=act.remarks, actor=actor, moment=moment
        )
    elif act.step == "announce":
        announce(
            case_id, outcome=act.outcome, papers=act.papers, remarks=act.remarks, actor=actor, moment=moment
        )
    else:
        take_step(
            case_id, step=act.step, outcome=act.outcome, papers=act.papers, remarks=act.remarks, actor=actor,
            moment=moment,
        )  # fmt: skip


def _require_in_batches(act: Act, count: int) -> None:
    if act.step not in IN_BATCHES:
        raise CannotBecause(
            "cases.not_in_batches",
            sentence(
                "“{s}”须逐案判断，不能批量办理",
                "“{s}” is judged case by case and cannot be done in a batch",
                s=STEP_NAMES.get(act.step, sentence(act.step, act.step)),
            ),
        )
    if not 0 < count <= BATCH_MOST:
        raise CannotBecause(
            "cases.batch_size",
            sentence("一次可选1至{n}个案件", "Choose from 1 to {n} cases", n=BATCH_MOST),
        )


def require_batch_step_is_last(item: BatchItem) -> None:
    """Refuse when a case went on since the batch, so that only the batch's own step is taken back."""
    last = queries.last_step(item.case)
    if last is None or last.id != item.taken_id:
        raise CannotBecause("cases.went_on", sentence("案件之后已有新的进展", "The case has gone on since"))


def note_batch_taken_back(batch: Batch, *, moment: datetime) -> None:
    """Mark a batch of which as much as could was taken back."""
    Batch.objects.filter(pk=batch.pk, taken_back_at=None).update(taken_back_at=moment)
