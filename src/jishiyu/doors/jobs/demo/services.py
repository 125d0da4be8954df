"""Services of the demo by several agencies: referred, taken in at the agency's own window, and delivered, under way, late, or not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from jishiyu.cases import queries as case_queries
from jishiyu.cases.operations import appointments, services
from jishiyu.cases.operations.appointments import Plan
from jishiyu.cases.operations.providers import NewProvider, enter_provider
from jishiyu.cases.operations.services import Arrangement
from jishiyu.cases.queries import services as queries
from jishiyu.cases.rules.service_kinds import KINDS
from jishiyu.doors.jobs.demo.by_hand import ByHand
from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.doors.jobs.demo.service_words import ARRANGED, DONE, PROVIDERS
from jishiyu.doors.jobs.demo.stories import SHOWN
from jishiyu.doors.jobs.demo.walk import ServicePart, Story, Walk
from jishiyu.foundations.clock import day_of
from jishiyu.journeys.refer_to_agency import refer_to_agency, units_to_refer_to
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post
from jishiyu.registry.rules.newcomers import NewHousehold
from jishiyu.registry.rules.situation import HouseholdSituation

Ending = Literal["waiting", "appointed", "overdue", "missed", "done", "not"]
_SOURCE = "demo"


@dataclass(frozen=True, slots=True)
class _Plot:
    """One service: the item, whose window takes it in (empty: the street's), its kind, how far it is, and whom it suits."""

    item: str
    agency: str
    kind: str
    ending: Ending
    suits: Callable[[HouseholdSituation], bool]


def _anybody(told: HouseholdSituation) -> bool:
    return bool(told.members)


def _elder(told: HouseholdSituation) -> bool:
    return any(one.born is not None and told.as_of.year - one.born.year >= 80 for one in told.members)


def _child(told: HouseholdSituation) -> bool:
    return any(one.schooling in ("kindergarten", "compulsory") for one in told.members)


def _disabled(told: HouseholdSituation) -> bool:
    return any(one.disability_grade for one in told.members)


def _rents(told: HouseholdSituation) -> bool:
    return told.tenure == "public_rent"


_PLOTS = (
    _Plot("ZL06", "", "visit", "done", _elder),
    _Plot("XL01", "", "comfort", "overdue", _elder),
    _Plot("ZF04", "FD", "waiver", "done", _rents),
    _Plot("ZF04", "XF", "waiver", "waiting", _rents),
    _Plot("FL02", "SF", "legal", "done", _anybody),
    _Plot("JY05", "RS", "course", "appointed", _anybody),
    _Plot("XL02", "JS", "comfort", "missed", _elder),
    _Plot("ZC04", "CL", "goods", "done", _disabled),
    _Plot("ZX05", "JW", "waiver", "not", _child),
    _Plot("XL03", "TW", "comfort", "appointed", _child),
    _Plot("JZ05", "HH", "goods", "done", _anybody),
    _Plot("ZL05", "MZ", "visit", "overdue", _elder),
)


def enter_services(
    diary: Diary, desks: Desks, known: Sequence[NewHousehold], *, besides: Iterable[UUID], today: date
) -> int:
    """Put the services into the diary, each for a household of its own, in the shown sub-district where it can be. Returns how many."""
    taken = {str(one) for one in besides}
    homes = sorted((one for one in known if one.situation), key=lambda one: one.sub_district != SHOWN)
    entered = 0
    for place, plot in enumerate(_PLOTS):
        free = [one for one in homes if one.household_id not in taken and one.situation]
        home = next(
            (one for one in free if one.situation and plot.suits(one.situation)), free[0] if free else None
        )
        if home is None:
            break
        taken.add(home.household_id)
        begins = diary.morning(today - timedelta(days=48 - place))
        story = Story(
            household_id=UUID(home.household_id),
            sub_district=home.sub_district,
            item=plot.item,
            applicant=home.members[0].name,
            begins=begins,
            by_hand=ByHand(0, "经走访核实，确有此项需要。"),
        )
        Walk(diary, desks, story, services=_Service(diary, desks, story, plot, today)).begin()
        entered += 1
    return entered


class _Service(ServicePart):
    """What a service case does otherwise than others: it begins at the agency's window, and ends by being delivered."""

    def __init__(self, diary: Diary, desks: Desks, story: Story, plot: _Plot, today: date) -> None:
        self._diary, self._desks, self._story, self._plot, self._today = diary, desks, story, plot, today

    def taken_in_by(self, moment: datetime) -> Post:
        """The street's caseworker, or the agency's officer once the household is referred to the agency."""
        street = self._desks.at("caseworker", self._story.sub_district)
        if not self._plot.agency:
            return street
        with acting(street, moment=moment, source=_SOURCE):
            units = dict(units_to_refer_to(self._story.household_id, moment=moment))
            if self._plot.agency in units:
                why = "家庭提出此项需要，转请办理"
                refer_to_agency(
                    self._story.household_id, self._plot.agency, why=why, actor=street, moment=moment
                )
        return self._desks.at("agency_officer", self._plot.agency)

    def deliver(self, case_id: UUID, actor: Post, moment: datetime) -> None:
        """Enter what becomes of the delivery into the diary."""
        if self._plot.ending == "waiting":
            return
        self._diary.enter(
            self._diary.some_days_after(moment, 1, 2), lambda when: self._arrange(case_id, actor, when)
        )

    def _arrange(self, case_id: UUID, actor: Post, moment: datetime) -> None:
        later = self._diary.some_days_after(moment, 2, 4)
        with acting(actor, moment=moment, source=_SOURCE):
            if self._plot.ending == "not":
                services.not_deliver(
                    case_id, reasons=["学校已按市级政策直接减免，无须重复办理"], actor=actor, moment=moment
                )
                return
            kind = self._plot.kind
            provider = _provider(kind, actor, moment) if KINDS[kind].provider else None
            answers = {
                key: when(day_of(moment)) if callable(when) else when for key, when in ARRANGED[kind].items()
            }
            made = services.arrange(case_id, Arrangement(kind, answers, provider), actor=actor, moment=moment)
            if KINDS[kind].by_appointment:
                appointments.appoint(
                    made.id, Plan(self._first_day(later), actor.officer_name, "家中"), actor=actor
                )
        if self._plot.ending in ("done", "missed"):
            self._diary.enter(later, lambda when: self._come(case_id, made.id, actor, when))

    def _first_day(self, later: datetime) -> date:
        """The day of the first appointment: past and not marked, to come, or the one on which somebody comes."""
        match self._plot.ending:
            case "overdue":
                return self._today - timedelta(days=2)
            case "appointed":
                return self._today + timedelta(days=1)
            case _:
                return day_of(later)

    def _come(self, case_id: UUID, delivery_id: UUID, actor: Post, moment: datetime) -> None:
        with acting(actor, moment=moment, source=_SOURCE):
            planned = [
                one
                for row in queries.deliveries_of_case(case_id)
                for one in row.appointments.all()
                if one.state == "planned"
            ]
            for one in planned:
                kept = self._plot.ending == "done"
                words = "按约上门，已当面办理" if kept else "到门无人应答，邻居说去外地探亲"
                appointments.keep_or_miss(
                    one.id,
                    kept=kept,
                    what_happened=words,
                    minutes=60 if kept else None,
                    actor=actor,
                    moment=moment,
                )
            if self._plot.ending == "missed":
                again = Plan(self._today + timedelta(days=3), actor.officer_name, "家中")
                appointments.appoint(delivery_id, again, actor=actor)
                return
            self._finish(case_id, delivery_id, actor, moment)

    def _finish(self, case_id: UUID, delivery_id: UUID, actor: Post, moment: datetime) -> None:
        services.deliver(
            case_id,
            DONE[self._plot.kind](day_of(moment)),
            papers=_papers(case_id, actor),
            actor=actor,
            moment=moment,
        )
        services.tell_satisfaction(
            delivery_id, score=5 - len(self._plot.kind) % 2, words="办得及时", told_by=self._story.applicant,
            actor=actor, moment=moment,
        )  # fmt: skip
        if self._plot.item == "ZL06":  # a visit each week goes on
            for days in (0, 7):
                plan = Plan(self._today + timedelta(days=days), actor.officer_name, "家中")
                appointments.appoint(delivery_id, plan, actor=actor)


def _papers(case_id: UUID, actor: Post) -> tuple[str, ...]:
    step = case_queries.procedure_of(case_queries.case(case_id, actor)).step("deliver")
    return tuple(paper.key for paper in step.papers if paper.required)


def _provider(kind: str, actor: Post, moment: datetime) -> UUID:
    known = queries.providers_for(actor, kind)
    if known:
        return known[0].id
    new = NewProvider(PROVIDERS[kind], True, [kind], "值班电话", "010-00000000")
    return enter_provider(new, actor=actor, moment=moment).id
