"""Insurance that pays late more than once, and on the bill of a person who moved: each fen goes back where it came from."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.funds.queries import balances
from jishiyu.journal.queries import entries
from jishiyu.journeys.late_insurance import record_late_payment
from jishiyu.journeys.settle_recovery import settle_recovery
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import operations as registry
from jishiyu.registry import queries as register
from jishiyu.registry.rules.moves import Departure, Ground
from tests.fixtures import a_newcomer, open_offices
from tests.journeys.aided import BEGUN, YUAN, Aided, settled

pytestmark = pytest.mark.django_db


def test_a_second_recovery_goes_to_who_bore_the_rest() -> None:
    with acting(SYSTEM, moment=BEGUN):
        open_offices()
    aided = Aided()
    aided.money("government", 20_000)
    aided.money("upper_level", 50_000, number="2")
    hospital = aided.grant("ZY03")
    assert aided.pay() == 32_000 * YUAN
    with acting(SYSTEM, moment=aided.now):
        bill = case_queries.bills_now(hospital.id)[0].bill
    decider = aided.post("decider", "ZY03")
    for number in ("L-1", "L-2"):
        late = aided.late(20_000, bill=bill, number=number)
        with acting(aided.caseworker, moment=aided.now):
            (change,) = record_late_payment(hospital.id, late, actor=aided.caseworker, moment=aided.now)
            settled()
        assert change.recover == {"government": 16_000 * YUAN}
        with acting(decider, moment=aided.now):
            claim = case_queries.recoveries(decider).get(state="proposed")
            cases.confirm_recovery(claim.id, actor=decider, moment=aided.now)
        with acting(aided.finance, moment=aided.now):
            settle_recovery(claim.id, document_no=f"T-{number}", actor=aided.finance, moment=aided.now)
    with acting(aided.finance, moment=aided.now):
        # Whichever of the two is refunded first, in the end each has what it gave.
        left = {one.kind: one.left for one in balances() if one.left}
        assert left == {"government": 20_000 * YUAN, "upper_level": 50_000 * YUAN}


def test_a_recovery_is_of_the_household_whose_award_it_is_of() -> None:
    with acting(SYSTEM, moment=BEGUN):
        open_offices()
    aided = Aided(names=("单春雨", "王小满"))
    aided.money("donation", 50_000)
    aided.money("government", 100_000, number="2")
    hospital, before = aided.grant("ZY03"), aided.household
    aided.household = moved_out(aided)
    charity = aided.grant("CS01")
    aided.pay()
    with acting(SYSTEM, moment=aided.now):
        bill = case_queries.bills_now(hospital.id)[0].bill
        assert bill == case_queries.bills_now(charity.id)[0].bill
    late = aided.late(20_000, bill=bill)
    with acting(aided.caseworker, moment=aided.now):
        record_late_payment(hospital.id, late, actor=aided.caseworker, moment=aided.now)
        assert all(held(household) for household in (before, aided.household))
        settled()
        claims = {row.fund: row.household_id for row in case_queries.recoveries(aided.caseworker)}
        assert claims == {"government": before, "charity": aided.household}
    with acting(SYSTEM, moment=aided.now):
        told = entries(act="cases.propose_recovery")
        assert {row.household for row in told} == {before, aided.household}


def moved_out(aided: Aided) -> UUID:
    """The head founds a household of their own, where the same bill is told of again."""
    with acting(aided.caseworker, moment=aided.now):
        head, child = sorted(register.members(aided.household), key=lambda row: row.person.born)
        ground = Ground(aided.now.date(), "分户", "户口本")
        going = Departure(str(head.person_id), "apart", ground, {str(child.person_id): "02"})
        snapshot = register.latest_snapshot(aided.household)
        assert snapshot is not None
        told = register.situation(snapshot.id)
        registry.move_out(aided.household, going, actor=aided.caseworker, moment=aided.now)
        apart = a_newcomer(1, names=("单春雨",))
        own = apart.members[0].person_id
        facts = next(one for one in told.members if one.person_id == str(head.person_id))
        assert apart.situation is not None
        alone = replace(
            apart.situation,
            as_of=told.as_of,
            members=(replace(facts, person_id=own),),
            bills=tuple(replace(one, person_id=own) for one in told.bills),
        )
        newcomer = replace(apart, number="XC-apart", situation=alone, registered_on=aided.now.date())
        return registry.register_household(newcomer, actor=aided.caseworker, moment=aided.now)


def held(household: UUID) -> bool:
    """Whether the transaction holds the lock on a household's aid."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
            " and ((classid::bigint << 32) | objid::bigint) = hashtextextended(%s, 0))",
            [f"aid of {household}"],
        )
        return bool(cursor.fetchone()[0])
