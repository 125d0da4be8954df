"""Meetings and training: planned, held, written down, and what was decided followed until it is done."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.oversight import queries
from jishiyu.oversight.models import Attendance, Decision, Meeting, Training, TrainingPlace


def plan_meeting(
    *, kind: str, title: str, held_on: date, place: str, agenda: Sequence[str], actor: Post
) -> Meeting:
    """Plan a meeting (``quarterly``, ``liaison`` or ``other``) with its agenda."""
    require(actor, "oversight.manage")
    if kind not in ("quarterly", "liaison", "other") or not title.strip():
        raise CannotBecause(
            "oversight.words_missing", sentence("请填写会议类别和名称", "Enter the meeting's kind and title")
        )
    row = Meeting.objects.create(
        kind=kind,
        title=title.strip(),
        held_on=held_on,
        place=place.strip(),
        agenda=[one.strip() for one in agenda if one.strip()],
        planned_by=actor.code,
    )
    record(act="oversight.plan_meeting", about=("meeting", row.id))
    return row


def note_attendance(
    meeting_id: UUID, *, present: Mapping[str, str | None], actor: Post, moment: datetime
) -> None:
    """Note who came: for each unit the person or post, or None for absent. Not before the day of the meeting."""
    require(actor, "oversight.manage")
    row = queries.meeting(meeting_id)
    _has_come(row.held_on, moment)
    for unit, by_whom in present.items():
        _known_unit(unit)
        Attendance.objects.update_or_create(
            meeting=row,
            unit=unit,
            defaults={"present": by_whom is not None, "by_whom": (by_whom or "").strip()},
        )
    record(act="oversight.note_attendance", about=("meeting", row.id), detail={"units": len(present)})


def keep_minutes(meeting_id: UUID, *, minutes: str, actor: Post, moment: datetime) -> None:
    """Write down the minutes. Not before the day of the meeting."""
    require(actor, "oversight.manage")
    row = queries.meeting(meeting_id)
    _has_come(row.held_on, moment)
    row.minutes = minutes.strip()
    row.save(update_fields=["minutes"])
    record(act="oversight.keep_minutes", about=("meeting", row.id))


def decide_in_meeting(meeting_id: UUID, *, text: str, unit: str, due_on: date, actor: Post) -> Decision:
    """Record what the meeting decided: which unit does what by when."""
    require(actor, "oversight.manage")
    row = queries.meeting(meeting_id)
    _known_unit(unit)
    if not text.strip() or due_on < row.held_on:
        raise CannotBecause(
            "oversight.decision_unclear",
            sentence(
                "请写明事项，期限不早于会议日期", "Say what is to be done, by a day not before the meeting"
            ),
        )
    last: int | None = Decision.objects.filter(meeting=row).aggregate(last=Max("position"))["last"]
    made = Decision.objects.create(
        meeting=row, position=0 if last is None else last + 1, text=text.strip(), unit=unit, due_on=due_on
    )
    record(act="oversight.decide_in_meeting", about=("meeting", row.id), detail={"unit": unit})
    return made


def finish_decision(decision_id: UUID, *, outcome: str, actor: Post, moment: datetime) -> None:
    """Say how a decision was carried out."""
    require(actor, "oversight.manage")
    row = Decision.objects.filter(pk=decision_id, done_on=None).first()
    if row is None or not outcome.strip():
        raise CannotBecause(
            "oversight.nothing_to_finish",
            sentence("请写明落实情况；已办结的事项不再更改", "Say how it was done; what is done stays so"),
        )
    row.done_on, row.outcome = day_of(moment), outcome.strip()
    row.save(update_fields=["done_on", "outcome"])
    record(act="oversight.finish_decision", about=("meeting", row.meeting_id))


def plan_training(
    *, title: str, kind: str, planned_on: date, place: str, teacher: str, content: str,
    enrolled: Mapping[str, int], actor: Post,
) -> Training:  # fmt: skip
    """Plan a session (``regular`` or ``adhoc``) with the number of people from each unit."""
    require(actor, "oversight.manage")
    if kind not in ("regular", "adhoc") or not title.strip():
        raise CannotBecause(
            "oversight.words_missing", sentence("请填写培训类别和名称", "Enter the training's kind and title")
        )
    row = Training.objects.create(
        title=title.strip(),
        kind=kind,
        planned_on=planned_on,
        place=place.strip(),
        teacher=teacher.strip(),
        content=content.strip(),
        planned_by=actor.code,
    )
    for unit, people in enrolled.items():
        _known_unit(unit)
        if people:
            TrainingPlace.objects.create(training=row, unit=unit, enrolled=people)
    record(act="oversight.plan_training", about=("training", row.id))
    return row


def hold_training(
    training_id: UUID, *, came: Mapping[str, tuple[int, int]], actor: Post, moment: datetime
) -> None:
    """Note for each unit how many attended and passed. Passed ≤ attended ≤ enrolled; whoever came unasked is enrolled now."""
    require(actor, "oversight.manage")
    row = queries.training(training_id)
    _has_come(row.planned_on, moment)
    for unit, (attended, passed) in came.items():
        _known_unit(unit)
        if not 0 <= passed <= attended:
            raise CannotBecause(
                "oversight.counts_wrong",
                sentence("合格人数不能超过到场人数", "No more can pass than attended"),
            )
        place, _ = TrainingPlace.objects.get_or_create(training=row, unit=unit)
        place.attended, place.passed = attended, passed
        place.enrolled = max(place.enrolled, attended)
        place.save(update_fields=["enrolled", "attended", "passed"])
    row.held_on = row.held_on or day_of(moment)
    row.save(update_fields=["held_on"])
    record(act="oversight.hold_training", about=("training", row.id))


def _known_unit(code: str) -> None:
    if code not in pack().district.member_units():
        raise CannotBecause(
            "oversight.no_such_unit", sentence("“{c}”不是成员单位", "“{c}” is not a member unit", c=code)
        )


def _has_come(day: date, moment: datetime) -> None:
    if day > day_of(moment):
        raise CannotBecause(
            "oversight.not_held_yet",
            sentence("尚未到{d}，不能登记结果", "It is not {d} yet: nothing to record", d=day),
        )
