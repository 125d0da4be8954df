"""Life after an award: what runs, what is due to be looked at again, what waits to be confirmed, appeals, suspended months."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jishiyu.cases.models import Appeal, Award, Case, Circumstance, Measure, RecheckPlan
from jishiyu.cases.queries.late import chain_now
from jishiyu.cases.queries.suspended import suspensions_of
from jishiyu.cases.rules.life_after import Running, Span
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post
from jishiyu.programmes.rules.coordination import AID, covered_by

# A standing award (a status, a card) has its first month only, and holds until its case ends.
_RUNS = Q(last_month=None) | Q(frequency="standing")
_RUNS_PLANNED = Q(award__last_month=None) | Q(award__frequency="standing")


@dataclass(frozen=True, slots=True)
class RecheckAsked:
    """What narrows the list of re-checks; ``until``: due by that day."""

    until: date | None = None
    item: str = ""


def recheck_plan(award_id: UUID) -> RecheckPlan | None:
    """The plan that holds for an award; None without one."""
    return RecheckPlan.objects.filter(award_id=award_id, newest=True).first()


def planned_recheck(case_id: UUID) -> date | None:
    """The day by which a case's running award is looked at again; None without a plan."""
    rows = RecheckPlan.objects.filter(case_id=case_id, newest=True)
    return rows.order_by("due_on").values_list("due_on", flat=True).first()


def rechecks(post: Post, asked: RecheckAsked) -> QuerySet[RecheckPlan]:
    """The re-checks of running awards within reach, the earliest first."""
    rows = within_reach(
        RecheckPlan.objects.filter(_RUNS_PLANNED, newest=True, case__state="granted"),
        post,
        area="case__sub_district_id",
        opened="case__lead_agency_id",
    )
    if asked.until is not None:
        rows = rows.filter(due_on__lte=asked.until)
    if asked.item:
        rows = rows.filter(award__item=asked.item)
    return rows.select_related("award", "case", "case__applicant", "case__sub_district").order_by(
        "due_on", "pk"
    )


def plans_of(award_id: UUID) -> list[RecheckPlan]:
    """Every plan that an award had, the first first."""
    return list(RecheckPlan.objects.filter(award_id=award_id).order_by("number"))


def running_awards(household_id: UUID) -> list[Award]:
    """The awards of a household that go on until somebody ends them, as far as the transaction's post may see."""
    rows = Award.objects.filter(_RUNS, household_id=household_id, case__state="granted")
    return list(rows.select_related("case").order_by("case__number"))


def running_awards_of_case(case_id: UUID) -> list[Award]:
    """The awards of a case that have no end yet, whatever state the case has come to."""
    return list(Award.objects.filter(_RUNS, case_id=case_id))


def without_plan(post: Post) -> QuerySet[Award]:
    """Running awards within reach that no re-check was planned for (decided before there were plans)."""
    plan = RecheckPlan.objects.filter(award=OuterRef("pk"), newest=True)
    rows = within_reach(
        Award.objects.filter(_RUNS, case__state="granted", frequency__in=["monthly", "standing"]),
        post,
        area="case__sub_district_id",
        opened="case__lead_agency_id",
    )
    return rows.filter(~Exists(plan)).order_by("case__number")


def monthly_amount(award_id: UUID) -> int:
    """What an award gives each month as its chain stands now, in fen."""
    return covered_by(chain_now(award_id), *AID)


def running_of(award: Award) -> Running:
    """An award's months as the rules read them."""
    spans = tuple(Span(one.first_month, one.last_month) for one in suspensions_of(award.id))
    return Running(Span(award.first_month, award.last_month), monthly_amount(award.id), spans)


def measures(post: Post) -> QuerySet[Measure]:
    """Measures within reach, the newest first."""
    rows = within_reach(
        Measure.objects.all(), post, area="case__sub_district_id", opened="case__lead_agency_id"
    )
    related = ("award", "case", "case__applicant", "case__sub_district", "circumstance", "appeal")
    return rows.select_related(*related).order_by("-proposed_at")


def measures_waiting(post: Post) -> QuerySet[Measure]:
    """Measures within reach that wait to be confirmed, the oldest first."""
    return measures(post).filter(state="proposed").order_by("proposed_at")


def measure(measure_id: UUID, post: Post) -> Measure:
    """One measure within reach. Raises NotFound."""
    row = measures(post).filter(pk=measure_id).first()
    if row is None:
        raise NotFound(
            "no_such_measure",
            sentence("在您的权限范围内没有这项处理", "There is no such measure within your reach"),
        )
    return row


def measures_of_case(case_id: UUID) -> list[Measure]:
    """The measures of a case, the oldest first."""
    return list(
        Measure.objects.filter(case_id=case_id)
        .select_related("circumstance", "award")
        .order_by("proposed_at")
    )


def run_out(post: Post, month: date) -> list[Case]:
    """Granted cases within reach whose grace is over before a month: nothing of them runs any more."""
    running = Award.objects.filter(case=OuterRef("pk"), frequency="monthly")
    running = running.filter(Q(last_month=None) | Q(last_month__gte=month))
    grace = Measure.objects.filter(case=OuterRef("pk"), kind="grace", state="confirmed")
    rows = within_reach(
        Case.objects.filter(state="granted"), post, area="sub_district_id", opened="lead_agency_id"
    )
    return list(rows.filter(Exists(grace), ~Exists(running)).select_for_update(of=("self",)))


def circumstances_of(household_id: UUID) -> list[Circumstance]:
    """The changes of circumstances of a household, the newest first, as far as the transaction's post may see."""
    return list(Circumstance.objects.filter(household_id=household_id).select_related("person"))


def appeals(post: Post) -> QuerySet[Appeal]:
    """Appeals within reach, those without an outcome first, the earliest due first."""
    rows = within_reach(
        Appeal.objects.all(), post, area="case__sub_district_id", opened="case__lead_agency_id"
    )
    return rows.select_related("case", "case__applicant", "case__sub_district").order_by("outcome", "due_on")


def appeal(appeal_id: UUID, post: Post) -> Appeal:
    """One appeal within reach. Raises NotFound."""
    row = appeals(post).filter(pk=appeal_id).first()
    if row is None:
        raise NotFound(
            "no_such_appeal",
            sentence("在您的权限范围内没有这件救济", "There is no such appeal within your reach"),
        )
    return row


def appeals_of_case(case_id: UUID) -> list[Appeal]:
    """The appeals in a case, the earliest first."""
    return list(Appeal.objects.filter(case_id=case_id).order_by("received_on"))


def earlier_cases(household_id: UUID, item: str) -> list[Case]:
    """The household's cases of an item that ended or were refused, the newest first: a new application knows them."""
    rows = Case.objects.filter(household_id=household_id, item=item, state__in=["ended", "refused"])
    return list(rows.order_by("-closed_on"))
