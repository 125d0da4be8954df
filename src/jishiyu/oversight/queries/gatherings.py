"""Meetings with their decisions, and training."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from jishiyu.cases.queries import cases
from jishiyu.foundations.outcomes import NotFound, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.offices.queries import liaison_officers
from jishiyu.offices.rules import Post
from jishiyu.oversight.models import Decision, Meeting, Training


@dataclass(frozen=True, slots=True)
class Follow:
    """A decision that is not done yet, with the days left (negative: late)."""

    decision: Decision
    unit: Sentence
    days_left: int


def meetings() -> QuerySet[Meeting]:
    """Meetings, newest first, with how many units were ``present`` and how many decisions are ``undone``."""
    return Meeting.objects.annotate(
        present=Count("attendance", filter=Q(attendance__present=True), distinct=True),
        undone=Count("decisions", filter=Q(decisions__done_on=None), distinct=True),
    ).order_by("-held_on", "pk")


def meeting(meeting_id: UUID) -> Meeting:
    """One meeting with attendance and decisions. Raises NotFound."""
    row = meetings().prefetch_related("attendance", "decisions").filter(pk=meeting_id).first()
    if row is None:
        raise NotFound("oversight.no_such_meeting", sentence("没有这次会议", "There is no such meeting"))
    return row


def open_decisions(today: date) -> list[Follow]:
    """Decisions of all meetings that wait to be done, the most urgent first."""
    rows = Decision.objects.filter(done_on=None).select_related("meeting").order_by("due_on", "position")
    district = pack().district
    return [Follow(row, district.unit_name(row.unit), (row.due_on - today).days) for row in rows]


def suggested_agenda(post: Post, today: date) -> list[Sentence]:
    """What lies open and belongs before the group: late decisions, late cases, units without a liaison officer."""
    said = []
    late = [one for one in open_decisions(today) if one.days_left < 0]
    if late:
        said.append(
            sentence("督办逾期议定事项{n}项", "{n} decisions of earlier meetings that are late", n=len(late))
        )
    cases_late = cases(post).filter(state="open", due_on__lt=today).count()
    if cases_late:
        said.append(sentence("通报超期在办案件{n}件", "{n} cases past their term", n=cases_late))
    seated = {row.agency_id or row.area_id for row in liaison_officers(today)}
    without = [code for code in pack().district.member_units() if code not in seated]
    if without:
        said.append(
            sentence("补齐{n}个单位的联络员", "Liaison officers for {n} units without one", n=len(without))
        )
    return [*said, sentence("审议本季度工作开展及资金使用情况", "The quarter's work and use of funds")]


def trainings() -> QuerySet[Training]:
    """Training sessions, newest first, with counts of people ``enrolled``, ``attended``, ``passed``."""
    return Training.objects.annotate(
        enrolled=Sum("places__enrolled"), attended=Sum("places__attended"), passed=Sum("places__passed")
    ).order_by("-planned_on", "pk")


def training(training_id: UUID) -> Training:
    """One session with its places. Raises NotFound."""
    row = trainings().prefetch_related("places").filter(pk=training_id).first()
    if row is None:
        raise NotFound("oversight.no_such_training", sentence("没有这次培训", "There is no such training"))
    return row
