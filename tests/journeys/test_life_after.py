"""What is done to a running award, in the months in which it is done: nothing twice, nothing in a suspended month."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishiyu.cases import operations
from jishiyu.cases import queries as cases
from jishiyu.cases.models import Award
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.rules.life_after import Planned, Running, Span, after, missed
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.foundations.periods import add_months
from jishiyu.journeys import life_after as journey
from jishiyu.journeys.move_household import move_household
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.rules.moves import Ground, NewHome
from tests.conftest import NOON
from tests.fixtures import SHICHAHAI, a_post, open_offices
from tests.journeys.living import AMOUNT, JANUARY, Living

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH, APRIL, MAY, JUNE = (add_months(JANUARY, step) for step in range(1, 6))


@pytest.fixture
def living() -> Living:
    with acting(SYSTEM, moment=NOON):
        open_offices()
    return Living()


def test_a_suspension_works_from_the_next_month_and_nothing_is_paid_until_it_is_resumed(
    living: Living,
) -> None:
    living.pay()
    living.do("suspend")
    for _ in range(2):
        living.next_month()
        assert living.pay() == 0
    living.do("resume")
    living.next_month()
    assert living.pay() == AMOUNT
    assert living.paid() == {JANUARY: AMOUNT, APRIL: AMOUNT}
    assert living.case_now().state == "granted"


def test_a_resumption_makes_good_only_when_that_was_decided(living: Living) -> None:
    living.pay()
    living.do("suspend")
    living.next_month()
    living.do("resume", back_pay=True)
    living.pay()  # February is suspended and stays so; the month made good is paid by a single award
    living.next_month()
    living.pay()
    assert sum(living.paid().values()) == 3 * AMOUNT
    assert living.payments_of_month(FEBRUARY) == 0


def test_a_stop_ends_the_case_and_still_pays_the_months_before_it(living: Living) -> None:
    made = living.do("stop")
    assert made.state == "confirmed"
    assert living.case_now().state == "ended"
    assert living.pay() == AMOUNT  # January is due although the case has ended
    living.next_month()
    assert living.pay() == 0
    assert living.award_now().last_month == JANUARY


def test_a_raise_and_a_reduction_replace_the_award_from_a_month_on(living: Living) -> None:
    living.pay()
    living.do("raise", amount=100_000)
    living.next_month()
    assert living.pay() == 100_000
    with acting(SYSTEM, moment=living.now):
        new = Award.objects.get(case=living.case, last_month=None)
        assert life.recheck_plan(new.id) is not None
        assert life.recheck_plan(living.award) is None
    living.do("lower", award=new.id, amount=30_000)
    living.next_month()
    assert living.pay() == 30_000
    assert living.paid() == {JANUARY: AMOUNT, FEBRUARY: 100_000, MARCH: 30_000}


def test_a_grace_period_pays_its_shares_and_then_ends_by_itself(living: Living) -> None:
    living.pay()
    made = living.do("grace")
    assert made.confidence == "uncertain"  # the present length is not known, and that goes with it
    amounts = []
    for _ in range(4):
        living.next_month()
        amounts.append(living.pay())
    assert amounts == [AMOUNT, AMOUNT // 2, 0, 0]
    assert living.case_now().state == "ended"


def test_nobody_confirms_what_he_proposed(living: Living) -> None:
    measure = living.propose("suspend")
    own = a_post("sub_district_head")
    with acting(SYSTEM, moment=living.now):
        proposer = life.measure(measure, SYSTEM).proposer
    own = type(own)(
        own.id, own.code, own.role, own.scope, own.area, own.agency, own.title, proposer, own.officer_name
    )
    with acting(own, moment=living.now), pytest.raises(NotYours) as refused:
        journey.confirm(measure, actor=own, moment=living.now)
    assert refused.value.code == "life.own_proposal"


def test_a_measure_without_a_reason_or_before_the_next_month_is_refused(living: Living) -> None:
    with pytest.raises(CannotBecause) as refused:
        living.propose("suspend", first=JANUARY)
    assert refused.value.code == "life.not_possible"
    with pytest.raises(CannotBecause) as refused:
        living.propose("resume")
    assert refused.value.code == "life.not_possible"


def test_a_change_that_begins_in_a_month_that_was_paid_is_refused(living: Living) -> None:
    measure = living.propose("lower", amount=10_000)
    living.next_month()
    living.pay()
    with acting(living.decider, moment=living.now), pytest.raises(CannotBecause) as refused:
        journey.confirm(measure, actor=living.decider, moment=living.now)
    assert refused.value.code == "life.month_paid_already"


def test_the_ledger_itself_refuses_a_suspended_month(living: Living) -> None:
    living.do("suspend")
    with (
        acting(SYSTEM, moment=living.now),
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into funds_payment (id, run_id, award_id, household_id, sub_district_id, item, programme, fund, month,"
            " attempt, amount, paid_on, payee, because) select gen_random_uuid(), gen_random_uuid(), %s, %s, '110102010',"
            " 'ZK01', 'ZK', 'government', %s, 1, 1, %s, '', ''",
            [living.award, living.household, FEBRUARY, FEBRUARY],
        )


def test_a_death_stops_the_award_from_the_following_month_once_a_person_confirms(living: Living) -> None:
    living.pay()
    living.next_month()
    living.pay()
    with acting(living.caseworker, moment=living.now):
        proposed = journey.note_change(
            living.household, "death", day=date(2026, 1, 20), reason="户主去世", paper="死亡证明",
            actor=living.caseworker, moment=living.now,
        )  # fmt: skip
        (made,) = proposed
        assert (made.kind, made.first_month, made.overpaid) == ("stop", FEBRUARY, AMOUNT)
        assert made.confidence == "illustrative"
    assert living.case_now().state == "granted"  # nothing happened yet
    living.confirm(made.id)
    living.next_month()
    assert living.pay() == 0
    assert living.award_now().last_month == JANUARY


def test_imprisonment_suspends_who_lives_alone_and_release_resumes() -> None:
    with acting(SYSTEM, moment=NOON):
        open_offices()
    alone, family = Living(1), Living(2, names=("单春雨", "王小满"))
    for one, kinds in ((alone, ["suspend"]), (family, [])):
        with acting(one.caseworker, moment=one.now):
            made = journey.note_change(
                one.household, "imprisoned", day=one.now.date(), reason="判处有期徒刑", paper="判决书",
                actor=one.caseworker, moment=one.now,
            )  # fmt: skip
            assert [each.kind for each in made] == kinds
            plan = life.recheck_plan(one.award)
            assert (plan is not None and plan.ground == "circumstance") is not bool(kinds)
    alone.confirm(next(iter_waiting(alone)).id)
    alone.next_month()
    assert alone.pay() == AMOUNT  # the family's
    with acting(alone.caseworker, moment=alone.now):
        (made,) = journey.note_change(
            alone.household, "released", day=alone.now.date(), reason="刑满释放", paper="释放证明",
            actor=alone.caseworker, moment=alone.now,
        )  # fmt: skip
    assert (made.kind, made.first_month) == ("resume", MARCH)


def iter_waiting(living: Living):
    with acting(SYSTEM, moment=living.now):
        return iter([one for one in life.measures_of_case(living.case) if one.state == "proposed"])


@pytest.mark.parametrize("moves_first", [True, False])
def test_a_move_leaves_no_gap_and_pays_no_month_twice(living: Living, *, moves_first: bool) -> None:
    def move() -> None:
        home, ground = NewHome("某社区", "某胡同1号", ""), Ground(living.now.date(), "搬家", "房产证")
        with acting(living.caseworker, moment=living.now):
            moved = move_household(
                living.household, SHICHAHAI, home, ground, actor=living.caseworker, moment=living.now
            )
        assert moved == 1

    for act in (move, living.pay) if moves_first else (living.pay, move):
        act()
    living.next_month()
    living.pay()
    assert living.paid() == {JANUARY: AMOUNT, FEBRUARY: AMOUNT}
    there = a_post("caseworker", area=SHICHAHAI)
    with acting(there, moment=living.now):
        (plan,) = life.rechecks(there, life.RecheckAsked())
        assert plan.ground == "moved"
        assert plan.due_on == date(2026, 1, 10) + timedelta(days=30)
        assert plan.confidence == "illustrative"
    with acting(living.caseworker, moment=living.now):
        assert not life.rechecks(living.caseworker, life.RecheckAsked())


STEPS = st.lists(
    st.sampled_from(
        ["pay", "pay", "month", "month", "suspend", "resume", "make good", "lower", "raise", "stop"]
    ),
    min_size=4,
    max_size=12,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_no_month_is_paid_twice_or_while_suspended(living: Living, steps: list[str]) -> None:
    with transaction.atomic():
        began, running = living.now, living.award
        for step in steps:
            try:
                with transaction.atomic():
                    running = _step(living, step, running)
            except CannotBecause:
                continue
        _nothing_wrong(living)
        transaction.set_rollback(True)
        living.now = began


def _step(living: Living, step: str, running):
    if step == "month":
        living.next_month()
    elif step == "pay":
        living.pay()
    elif step in ("resume", "make good"):
        living.do("resume", award=running, back_pay=step == "make good")
    else:
        more = {"amount": 50_000 if step == "lower" else 99_000} if step in ("lower", "raise") else {}
        living.do(step, award=running, **more)
    with acting(SYSTEM, moment=living.now):
        newest = Award.objects.filter(case=living.case, frequency="monthly").order_by("-first_month").first()
    return newest.id


def _nothing_wrong(living: Living) -> None:
    living.paid()  # asserts that no month of a monthly award was paid twice
    with acting(SYSTEM, moment=living.now), connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from funds_payment p join cases_suspension s on s.award_id = p.award_id"
            " where p.month >= s.first_month and (s.last_month is null or p.month <= s.last_month)"
            " and p.paid_on >= (select m.settled_at::date from cases_measure m where m.id = s.measure_id)"
        )
        assert cursor.fetchone() == (0,)


MONTHS = st.integers(0, 11).map(lambda step: add_months(JANUARY, step))


@given(first=MONTHS, length=st.integers(0, 5), at=MONTHS)
def test_a_resumed_award_makes_good_exactly_the_months_that_were_suspended(
    first: date, length: int, at: date
) -> None:
    span = Span(first, add_months(first, length))
    running = Running(Span(JANUARY), AMOUNT, (span,))
    owed = missed(running.suspended, None, at, [])
    assert all(running.pays(month) == 0 and month < at for month in owed)
    assert len(owed) == sum(
        span.holds(add_months(JANUARY, step)) and add_months(JANUARY, step) < at for step in range(24)
    )
    assert after(running, Planned("stop", at), at) == 0


def test_a_job_told_late_leaves_only_what_is_left_of_the_grace_period(living: Living) -> None:
    living.next_month()
    with acting(living.caseworker, moment=living.now):
        (made,) = journey.note_change(
            living.household, "job", day=date(2026, 1, 12), reason="上月就业", paper="劳动合同", actor=living.caseworker,
            moment=living.now,
        )  # fmt: skip
    assert (made.kind, made.first_month) == ("grace", MARCH)
    living.confirm(made.id)
    living.next_month()
    assert living.pay() == AMOUNT // 2  # February was the first month after it
    living.next_month()
    assert living.pay() == 0
    assert living.case_now().state == "ended"


def test_a_recheck_taken_as_a_plain_step_plans_the_next_one_or_ends_with_the_month(living: Living) -> None:
    with acting(living.caseworker, moment=living.now):
        row = cases.case(living.case, living.caseworker)
        step = cases.procedure_of(row).step("recheck")
        stays, ends = (
            next(one.key for one in step.outcomes if one.next == onward) for onward in ("recheck", "end")
        )
        told = {"papers": [one.key for one in step.papers], "actor": living.caseworker, "moment": living.now}
        operations.take_step(living.case, step="recheck", outcome=stays, reasons=["没有变化"], **told)
        plan = life.recheck_plan(living.award)
        assert plan is not None
        assert cases.case(living.case, living.caseworker).due_on == plan.due_on
        operations.take_step(living.case, step="recheck", outcome=ends, reasons=["收入超过标准"], **told)
        assert life.recheck_plan(living.award) is None
    assert living.award_now().last_month == JANUARY
    assert living.pay() == AMOUNT
    living.next_month()
    assert living.pay() == 0
