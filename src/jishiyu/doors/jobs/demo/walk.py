"""How one demo case goes: each step by the post whose turn it is, at a likely moment, up to where its story stops."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol
from uuid import UUID

from jishiyu.assessment.operations import assess_household
from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.doors.jobs.demo.by_hand import ByHand
from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.foundations.clock import day_of
from jishiyu.journeys.apply import apply_for
from jishiyu.journeys.withdraw_case import withdraw_case
from jishiyu.law.queries import procedure_for
from jishiyu.law.rules.procedures import Outcome, Procedure, Step
from jishiyu.notices import operations as notices
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import PUBLIC, Post
from jishiyu.registry.queries import latest_snapshot

Twist = Literal["none", "refused", "withdrawn", "objection", "sent back"]

# Working days that an officer takes for a step: fewest and most.
_PACE = {
    "accept": (0, 2),
    "check": (3, 8),
    "visit": (1, 4),
    "review": (1, 3),
    "notice": (0, 1),
    "decide": (1, 4),
}
_SOURCE = "demo"
_STATEMENT = "家庭生活困难，申请救助；所述情况属实，同意核对家庭经济状况。"


@dataclass(frozen=True, slots=True)
class Story:
    """One case as it will go. ``stops_at``: the step at which it is left waiting; empty when it runs to its end.

    ``by_hand`` is what the decider sets where the rules compute no amount.
    """

    household_id: UUID
    sub_district: str
    item: str
    applicant: str
    begins: datetime
    by_hand: ByHand
    twist: Twist = "none"
    stops_at: str = ""


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a case stands and whose turn it is."""

    step: Step
    procedure: Procedure
    amount: int | None
    clear: bool
    actor: Post


class ServicePart(Protocol):
    """What a case of a service does otherwise: who takes it in, and what becomes of it once it waits to be delivered."""

    def taken_in_by(self, moment: datetime) -> Post: ...
    def deliver(self, case_id: UUID, actor: Post, moment: datetime) -> None: ...


class Walk:
    """Walks one case through the diary."""

    def __init__(self, diary: Diary, desks: Desks, story: Story, services: ServicePart | None = None) -> None:
        self._diary, self._desks, self._story, self._services = diary, desks, story, services
        self._case = UUID(int=0)
        self._sent_back = False

    def begin(self) -> None:
        """Enter the application into the diary."""
        self._diary.enter(self._story.begins, self._apply_now)

    def _apply_now(self, moment: datetime) -> None:
        actor = self._desks.at("caseworker", self._story.sub_district)
        if self._services is not None:
            actor = self._services.taken_in_by(moment)
        with acting(actor, moment=moment, source=_SOURCE):
            # First the hardship score, which recommends; then the application.
            snapshot = latest_snapshot(self._story.household_id)
            if snapshot is not None:
                assess_household(snapshot.id, actor=actor, moment=moment, day=day_of(moment))
            self._case = apply_for(
                self._story.household_id, self._story.item, papers=self._papers(moment), statement=_STATEMENT, actor=actor,
                moment=moment,
            )  # fmt: skip
            self._go_on(actor, moment)

    def _papers(self, moment: datetime) -> tuple[str, ...]:
        first = procedure_for(self._story.item, day_of(moment)).first
        return tuple(paper.key for paper in first.papers if paper.required)

    def _go_on(self, actor: Post, moment: datetime) -> None:
        """Enter the next step into the diary, unless the story stops there or somebody else takes it."""
        row = case_queries.case(self._case, actor)
        if row.step == "deliver" and self._services is not None:
            step = case_queries.procedure_of(row).step("deliver")
            turn = self._desks.for_turn(
                step.role, sub_district=row.sub_district_id, agency=row.lead_agency_id
            )
            self._services.deliver(self._case, turn, moment)
            return
        if row.state not in ("open", "granted") or row.step in (
            "pay",
            "deliver",
            "recheck",
            "end",
            self._story.stops_at,
        ):
            return
        procedure, basis = case_queries.procedure_of(row), case_queries.basis_of(row)
        step = procedure.step(row.step)
        role = row.turn if step.key == "decide" and row.turn else step.role  # by the amount's tier
        turn = self._desks.for_turn(role, sub_district=self._story.sub_district, agency=row.lead_agency_id)
        at = _Standing(step, procedure, basis.amount, basis.entitled == "yes", turn)
        fewest, most = _PACE.get(step.key, (0, 2))
        self._diary.enter(
            self._diary.some_days_after(moment, fewest, most), lambda when: self._take(at, when)
        )

    def _take(self, at: _Standing, moment: datetime) -> None:
        with acting(at.actor, moment=moment, source=_SOURCE):
            if self._story.twist == "withdrawn" and at.step.key == "visit":
                withdraw_case(self._case, reason="已找到工作，申请人自愿撤回", actor=at.actor, moment=moment)
            elif at.step.key == "notice":
                self._publish(at, moment)
            else:
                self._step(at, moment)
                self._go_on(at.actor, moment)

    def _step(self, at: _Standing, moment: datetime) -> None:
        outcome = self._outcome(at)
        papers = [paper.key for paper in at.step.papers if paper.required]
        reasons = ["经核查，家庭人均收入不符合条件"] if outcome.next == "end" else []
        if not reasons and outcome.reasons:
            reasons = ["材料与调查结果不一致，请补充核实"]
        case_id, actor = self._case, at.actor
        match at.step.key:
            case "accept":
                cases.accept(
                    case_id, outcome=outcome.key, papers=papers, reasons=reasons, actor=actor, moment=moment
                )
            case "check":
                cases.check(
                    case_id, outcome=outcome.key, authorised_by=self._story.applicant, papers=papers, reasons=reasons,
                    actor=actor, moment=moment,
                )  # fmt: skip
            case "visit":
                visited = self._visit(at, moment)
                cases.visit(
                    case_id,
                    visited,
                    outcome=outcome.key,
                    papers=papers,
                    reasons=reasons,
                    actor=actor,
                    moment=moment,
                )
            case "review":
                cases.review(
                    case_id, outcome=outcome.key, papers=papers, reasons=reasons, actor=actor, moment=moment
                )
            case "decide":
                self._decide(at, outcome, papers, reasons, moment)
            case other:
                cases.take_step(
                    case_id, step=other, outcome=outcome.key, papers=papers, reasons=reasons, actor=actor, moment=moment
                )  # fmt: skip

    def _outcome(self, at: _Standing) -> Outcome:
        """The way on; the way out or back once where the story has such a turn."""
        places = [step.key for step in at.procedure.steps]
        here = places.index(at.step.key)
        back = [one for one in at.step.outcomes if one.next in places[:here]]
        out = [one for one in at.step.outcomes if one.next == "end"]
        on = [one for one in at.step.outcomes if one.next in places[here + 1 :]]
        if self._story.twist == "sent back" and at.step.key == "review" and back and not self._sent_back:
            self._sent_back = True
            return back[0]
        if self._story.twist == "refused" and at.step.key == "decide" and out:
            return out[0]
        return (on or list(at.step.outcomes))[0]

    def _visit(self, at: _Standing, moment: datetime) -> cases.VisitRecord:
        return cases.VisitRecord(
            visited_on=day_of(moment),
            first_visitor=at.actor.officer_name,
            second_visitor="社区社工甲",
            met_whom=self._story.applicant,
            living={},
            findings="家庭成员、住房和主要生活用品与申报情况一致，未见高档消费。",
            agrees=True,
            signed_by_household=self._story.applicant,
        )

    def _decide(
        self, at: _Standing, outcome: Outcome, papers: list[str], reasons: list[str], moment: datetime
    ) -> None:
        granted = outcome.next != "end"
        money = outcome.next in ("pay", "announce")
        amount = self._story.by_hand.amount if money and at.amount is None else None
        if granted and (amount is not None or not at.clear):
            reasons = [self._story.by_hand.because]
        cases.decide(
            self._case, outcome=outcome.key, amount=amount, need=amount, papers=papers, reasons=reasons, actor=at.actor,
            moment=moment,
        )  # fmt: skip

    def _publish(self, at: _Standing, moment: datetime) -> None:
        notice = notices.publish(self._case, actor=at.actor, moment=moment)
        over = self._diary.office_hours(notice.ends_on + timedelta(days=1))
        if self._story.twist == "objection":
            self._diary.enter(
                moment + timedelta(days=2, hours=3), lambda when: self._object(notice.id, over, when)
            )
        else:
            self._diary.enter(over, lambda when: self._close(notice.id, when))

    def _object(self, notice_id: UUID, over: datetime, moment: datetime) -> None:
        text = "反映该家庭有一处房屋出租，租金收入可能没有申报，请核实。"
        with acting(PUBLIC, moment=moment, source=_SOURCE):
            raised = notices.receive_objection(notice_id, text=text, actor=PUBLIC, moment=moment)
        answered = self._diary.some_days_after(moment, 1, 2)
        self._diary.enter(answered, lambda when: self._answer(raised.id, when))
        # Holidays may hold the answer up beyond the last day of the notice.
        closed = max(over, self._diary.some_days_after(answered, 1, 1))
        self._diary.enter(closed, lambda when: self._close(notice_id, when))

    def _answer(self, objection_id: UUID, moment: datetime) -> None:
        actor = self._desks.at("reviewer", self._story.sub_district)
        answer = "经核实，该房屋为申请人承租的直管公房，没有转租，异议不成立。"
        with acting(actor, moment=moment, source=_SOURCE):
            notices.answer_objection(objection_id, upheld=False, answer=answer, actor=actor, moment=moment)

    def _close(self, notice_id: UUID, moment: datetime) -> None:
        actor = self._desks.at("caseworker", self._story.sub_district)
        with acting(actor, moment=moment, source=_SOURCE):
            notices.close(notice_id, actor=actor, moment=moment)
            self._go_on(actor, moment)
