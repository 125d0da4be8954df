"""Bills of one household, aided by several items in their order; insurance that pays late; money that comes back."""

from datetime import UTC, date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.cases.models import Award, ChainLine
from jishiyu.cases.operations.chains import write_bills
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.funds.queries import balances
from jishiyu.journal.queries import entries
from jishiyu.journeys.aid_had import aid_had_by
from jishiyu.journeys.late_insurance import foresee_late_payment, record_late_payment
from jishiyu.journeys.replay import replay, replay_case
from jishiyu.journeys.screen_the_district import begin_screening, screen_the_district
from jishiyu.journeys.settle_recovery import settle_recovery
from jishiyu.law.operations import adopt_pack
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.programmes.queries import entitlements_now, latest_run
from jishiyu.programmes.rules.bills import BillChain
from jishiyu.programmes.rules.coordination import covered_by
from jishiyu.programmes.rules.numbers import numbers_of
from tests.fixtures import a_post, open_offices
from tests.journeys.aided import BEGUN, YUAN, Aided, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def aided() -> Aided:
    with acting(SYSTEM, moment=BEGUN):
        open_offices()
    return Aided()


def yuan(chain: object, *kinds: str) -> int:
    return covered_by(chain, *kinds) // YUAN  # type: ignore[arg-type]


@pytest.mark.clause("C2")
def test_each_item_sees_what_the_one_before_has_left(aided: Aided) -> None:
    aided.money("donation", 50_000)
    hospital = aided.grant("ZY03")
    assert (hospital.amount, hospital.frequency) == (32_000 * YUAN, "per_case")
    charity = aided.grant("CS01")
    assert charity.amount == 9_000 * YUAN
    with acting(SYSTEM, moment=aided.now):
        (bill,) = case_queries.bills_now(charity.id)
        assert [yuan(bill.chain, kind) for kind in ("basic_insurance", "other_aid", "charity", "uncovered")] == [
            50_000, 32_000, 9_000, 9_000,
        ]  # fmt: skip
        assert case_queries.borne_of_bill(bill.bill) == (10_000_000, 5_000_000, 4_100_000)
    aided.money("government", 50_000, number="2")
    aided.pay()
    again = aided.grant("ZY03")
    assert again.amount == 0, "the same bill is not aided twice"


def test_the_database_refuses_a_second_award_on_the_same_fen(aided: Aided) -> None:
    award = aided.grant("ZY03")
    case_id = aided.apply("ZY04")
    with pytest.raises(CannotBecause, match="amount_beyond_need"):
        aided.decide(case_id, "ZY04", amount=3_000_000, reasons=["另行核定的金额"])
    with acting(SYSTEM, moment=aided.now):
        (bill,) = case_queries.bills_now(award.id)
        with pytest.raises(IntegrityError, match="more than once"), transaction.atomic():
            _award_again(award.id, bill)


def _award_again(award_id: UUID, bill: BillChain) -> None:
    twin = Award.objects.get(pk=award_id)
    twin.pk = uuid4()
    twin.save(force_insert=True)
    for place, line in enumerate(case_queries.chain_now(award_id)):
        ChainLine.objects.create(award=twin, position=place, kind=line.kind, label={}, amount=line.amount)
    write_bills(twin, [bill])
    settled()


def test_a_late_payment_revises_every_award_and_what_comes_back_is_with_its_sources(aided: Aided) -> None:
    aided.money("donation", 50_000)
    aided.money("government", 100_000, number="2")
    hospital = aided.grant("ZY03")
    aided.grant("CS01")
    assert aided.pay() == 41_000 * YUAN
    with acting(SYSTEM, moment=aided.now):
        (bill,) = case_queries.bills_now(hospital.id)
    told = aided.late(20_000, bill=bill.bill)
    with acting(aided.caseworker, moment=aided.now):
        first, second = record_late_payment(hospital.id, told, actor=aided.caseworker, moment=aided.now)
        settled()
        assert (first.by_rules, second.by_rules) == (True, True)
        assert (first.recover, second.recover) == ({"government": 1_600_000}, {"charity": 200_000})
        assert [yuan(second.chain, kind) for kind in ("basic_insurance", "commercial_insurance", "other_aid", "charity", "uncovered")] == [
            50_000, 20_000, 16_000, 7_000, 7_000,
        ]  # fmt: skip
        assert yuan(case_queries.chain_now(hospital.id), "government") == 16_000
        assert [line.kind for line in case_queries.chain_of(hospital.id)][-1] == "uncovered", (
            "the old chain stays"
        )
    with acting(aided.finance, moment=aided.now):
        claims = list(case_queries.recoveries(aided.finance))
    assert {(one.fund, one.state) for one in claims} == {("government", "proposed"), ("charity", "proposed")}
    for claim, item in ((claims[1], "ZY03"), (claims[0], "CS01")):
        assert claim.fund == ("government" if item == "ZY03" else "charity")
        with acting(aided.caseworker, moment=aided.now), pytest.raises(NotYours):
            cases.confirm_recovery(claim.id, actor=aided.caseworker, moment=aided.now)
        with acting(aided.finance, moment=aided.now), pytest.raises(CannotBecause, match="moved_on"):
            settle_recovery(claim.id, document_no="T-0", actor=aided.finance, moment=aided.now)
        decider = aided.post("decider", item)
        with acting(decider, moment=aided.now):
            cases.confirm_recovery(claim.id, actor=decider, moment=aided.now)
        with acting(aided.finance, moment=aided.now):
            settle_recovery(claim.id, document_no=f"T-{claim.fund}", actor=aided.finance, moment=aided.now)
    with acting(aided.finance, moment=aided.now):
        left = {one.kind: one.left for one in balances()}
        assert left["donation"] == (50_000 - 9_000 + 2_000) * YUAN
        assert left["government"] == (100_000 - 32_000 + 16_000) * YUAN
    with acting(SYSTEM, moment=aided.now):
        acts = [row.act for row in entries()]
        assert {
            "cases.note_late_insurance",
            "cases.propose_recovery",
            "cases.confirm_recovery",
            "cases.note_recovered",
        } <= set(acts)
        found = replay_case(hospital.case.number, actor=SYSTEM)
        assert found.same, found.changed
        (kept,) = found.awards
        assert kept.same
        assert len(kept.evidence_digest) == 64
        assert (kept.pack_version, kept.rules_version) == (
            found.rests_on.pack_version,
            found.rests_on.rules_version,
        )


def test_before_it_is_paid_less_is_paid_and_nothing_comes_back(aided: Aided) -> None:
    aided.money("government", 100_000)
    hospital = aided.grant("ZY03")
    with acting(SYSTEM, moment=aided.now):
        (bill,) = case_queries.bills_now(hospital.id)
    with acting(aided.caseworker, moment=aided.now):
        (change,) = record_late_payment(
            hospital.id, aided.late(20_000, bill=bill.bill), actor=aided.caseworker, moment=aided.now
        )
        settled()
    assert change.recover == {}
    assert aided.pay() == 16_000 * YUAN
    with acting(aided.caseworker, moment=aided.now):
        (more,) = record_late_payment(
            hospital.id,
            aided.late(20_000, bill=bill.bill, number="L-2"),
            actor=aided.caseworker,
            moment=aided.now,
        )
        settled()
        assert more.recover == {"government": 16_000 * YUAN}, "the rest of the burden is insured now"
        with pytest.raises(CannotBecause, match="late_document_known"), transaction.atomic():
            record_late_payment(
                hospital.id,
                aided.late(1, bill=bill.bill, number="L-2"),
                actor=aided.caseworker,
                moment=aided.now,
            )


def test_an_amount_by_hand_is_cut_to_what_is_open(aided: Aided) -> None:
    aided.money("government", 100_000)
    hospital = aided.grant("ZY03", amount=40_000 * YUAN, reasons=["按特殊困难核定"])
    aided.pay()
    with acting(SYSTEM, moment=aided.now):
        (bill,) = case_queries.bills_now(hospital.id)
    with acting(aided.caseworker, moment=aided.now):
        (change,) = foresee_late_payment(
            hospital.id, aided.late(20_000, bill=bill.bill), actor=aided.caseworker, moment=aided.now
        )
        # The day is that of Beijing, in whatever zone the moment is told.
        early = aided.now.replace(hour=1).astimezone(UTC)
        again = aided.late(20_000, bill=bill.bill)
        assert foresee_late_payment(hospital.id, again, actor=aided.caseworker, moment=early) == (change,)
    # 32,000 were computed and 8,000 more given; 16,000 would be computed now, and 8,000 more.
    assert change.recover == {"government": 16_000 * YUAN}
    assert yuan(change.chain, "government") == 24_000


def test_waiving_needs_a_reason_and_goes_no_further(aided: Aided) -> None:
    aided.money("government", 100_000)
    hospital = aided.grant("ZY03")
    aided.pay()
    with acting(SYSTEM, moment=aided.now):
        (bill,) = case_queries.bills_now(hospital.id)
    with acting(aided.caseworker, moment=aided.now):
        record_late_payment(
            hospital.id, aided.late(20_000, bill=bill.bill), actor=aided.caseworker, moment=aided.now
        )
        (claim,) = case_queries.recoveries(aided.caseworker)
    other, own = a_post("decider", agency="CS"), aided.post("decider", "ZY03")
    with acting(other, moment=aided.now), pytest.raises(CannotBecause, match="no_such_recovery"):
        cases.waive_recovery(claim.id, reason="与本单位无关", actor=other, moment=aided.now)
    with acting(own, moment=aided.now):
        with pytest.raises(CannotBecause, match="without_reason"):
            cases.waive_recovery(claim.id, reason="免", actor=own, moment=aided.now)
        cases.waive_recovery(claim.id, reason="家庭无力退还", actor=own, moment=aided.now)
        with pytest.raises(CannotBecause, match="moved_on"):
            cases.confirm_recovery(claim.id, actor=own, moment=aided.now)


def test_several_bills_share_the_cap_and_a_late_payment_changes_its_own_bill() -> None:
    with acting(SYSTEM, moment=BEGUN):
        open_offices()
    aided = Aided(((date(2021, 5, 1), 50_000, 50_000, 0), (date(2021, 3, 1), 50_000, 50_000, 0)))
    aided.money("government", 100_000)
    award = aided.grant("ZY03")
    assert award.amount == 60_000 * YUAN
    aided.pay()
    with acting(SYSTEM, moment=aided.now):
        early, later = case_queries.bills_now(award.id)
        assert [yuan(one.chain, "government") for one in (early, later)] == [40_000, 20_000]
    with acting(aided.caseworker, moment=aided.now):
        (change,) = record_late_payment(
            award.id, aided.late(40_000, bill=later.bill), actor=aided.caseworker, moment=aided.now
        )
        settled()
        # 80% of the 10,000 that are left of the later bill; the earlier one keeps what it had.
        assert [yuan(one.chain, "government") for one in change.bills] == [40_000, 8_000]
        assert change.recover == {"government": 12_000 * YUAN}


def test_a_cap_that_one_bill_leaves_is_the_next_ones() -> None:
    with acting(SYSTEM, moment=BEGUN):
        open_offices()
    aided = Aided(((date(2021, 3, 1), 50_000, 50_000, 0), (date(2021, 5, 1), 50_000, 50_000, 0)))
    aided.money("government", 100_000)
    award = aided.grant("ZY03")
    aided.pay()
    with acting(SYSTEM, moment=aided.now):
        early = case_queries.bills_now(award.id)[0]
    with acting(aided.caseworker, moment=aided.now):
        (change,) = record_late_payment(
            award.id, aided.late(40_000, bill=early.bill), actor=aided.caseworker, moment=aided.now
        )
        settled()
        # 8,000 of the first bill; the 20,000 of the cap that it leaves go to the second: 48,000 of 60,000.
        assert [yuan(one.chain, "government") for one in change.bills] == [8_000, 40_000]
        assert change.recover == {"government": 12_000 * YUAN}
        whole = aided.late(10_000, bill=early.bill, number="L-2")
        record_late_payment(award.id, whole, actor=aided.caseworker, moment=aided.now)
        more = aided.late(1, bill=early.bill, number="L-3")
        with pytest.raises(CannotBecause, match="bill_wholly_insured"):
            record_late_payment(award.id, more, actor=aided.caseworker, moment=aided.now)


def test_charity_that_was_short_keeps_what_it_would_still_give() -> None:
    with acting(SYSTEM, moment=BEGUN):
        open_offices()
    aided = Aided()
    aided.money("donation", 6_500)
    aided.money("government", 100_000, number="2")
    hospital = aided.grant("ZY03")
    charity = aided.grant("CS01")
    assert charity.amount == 6_500 * YUAN
    aided.pay()
    with acting(SYSTEM, moment=aided.now):
        (bill,) = case_queries.bills_now(hospital.id)
    with acting(aided.caseworker, moment=aided.now):
        _, second = foresee_late_payment(
            hospital.id, aided.late(20_000, bill=bill.bill), actor=aided.caseworker, moment=aided.now
        )
    # The rules would give 7,000 in place of 9,000: more than the 6,500 that there were.
    assert second.recover == {}
    assert [yuan(second.chain, kind) for kind in ("other_aid", "charity")] == [16_000, 6_500]


@pytest.mark.clause("C3")
def test_charity_gives_what_it_holds_and_the_rest_waits(aided: Aided) -> None:
    aided.money("donation", 3_000)
    case_id = aided.apply("CS01")
    with pytest.raises(CannotBecause, match="charity_short"):
        aided.decide(case_id, "CS01", amount=3_001 * YUAN, reasons=["按测算批准"])
    award = aided.decide(case_id, "CS01")
    assert award.amount == 3_000 * YUAN
    with acting(aided.finance, moment=aided.now):
        (need,) = case_queries.waiting_needs(aided.finance)
        assert need.amount == 6_000 * YUAN
    decider = aided.post("decider", "CS01")
    with acting(decider, moment=aided.now):
        cases.close_waiting_need(need.id, reason="另行募集已解决", actor=decider, moment=aided.now)
        assert not case_queries.waiting_needs(decider).exists()
    with acting(SYSTEM, moment=aided.now):
        assert entries(act="cases.close_waiting_need").get().detail == {"amount": 6_000 * YUAN}
    second = Aided(running=5)
    second.now = aided.now
    nothing = second.grant("CS01")
    assert nothing.amount == 0, "what is granted and not paid yet is spoken for"


def test_the_districts_run_counts_what_was_had_as_one_by_one(aided: Aided) -> None:
    aided.money("government", 100_000)
    aided.grant("ZY03")
    aided.pay()
    day, moment = aided.now.date(), aided.now
    with acting(SYSTEM, moment=moment):
        adopt_pack(pack(), at=moment)
        number = begin_screening(day=day, actor=SYSTEM, moment=moment)
    list(screen_the_district(number, actor=SYSTEM, clock=lambda: moment))
    with acting(SYSTEM, moment=moment):
        run = latest_run(aided.household)
        assert run is not None
        had = aid_had_by(aided.household, day)
        assert had.people == {"medical_aid_given": {aided.person: 32_000 * YUAN}}
        answers = entitlements_now(aided.household, day, used=had)
        assert digest(numbers_of(answers, pack())) == run.digest
        assert {one.item: one.amount for one in answers}["ZY03"] == 0
        assert replay(str(run.id), actor=SYSTEM).same
