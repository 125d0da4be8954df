"""An appeal against a refusal: when it succeeds the case is looked at again; when it fails, or another case is open, nothing moves."""

from uuid import UUID

import pytest

from jishiyu.cases import operations, queries
from jishiyu.cases.operations import Application
from jishiyu.cases.operations.appeals import Answer, NewAppeal, receive_appeal, settle_appeal
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.offices.operations import acting
from tests.rooms.cases.a_case import REQUIRED, Street, a_basis
from tests.rooms.cases.test_case_awards import at_decision, decide

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C6")]


def refused(street: Street) -> UUID:
    case_id = at_decision(street)
    decide(street, case_id, outcome="refuse", reasons=["家庭收入高于标准"])
    assert isinstance(case_id, UUID)
    return case_id


def appealed(street: Street, case_id: UUID, outcome: str) -> str:
    """Received today, answered today; what it did to the case."""
    day = day_of(street.now)
    told = NewAppeal("reconsideration", day, day, 0, "单春雨", "家庭收入核算有误，请求撤销")
    answer = Answer(outcome, day, "复〔2026〕1号", "事实不清")
    with acting(street.caseworker, moment=street.now):
        made = receive_appeal(case_id, told, actor=street.caseworker, moment=street.now)
        return settle_appeal(made.id, answer, actor=street.caseworker, moment=street.now).effect


@pytest.mark.parametrize(
    ("outcome", "effect", "state", "step"),
    [
        ("revoked", "reopened", "open", "review"),
        ("changed", "reopened", "open", "review"),
        ("upheld", "none", "refused", "end"),
        ("withdrawn", "none", "refused", "end"),
    ],
)
def test_what_an_appeal_does_to_a_refusal(
    street: Street, outcome: str, effect: str, state: str, step: str
) -> None:
    case_id = refused(street)
    assert appealed(street, case_id, outcome) == effect
    with acting(street.reviewer, moment=street.now):
        row = queries.case(case_id, street.reviewer)
        assert (row.state, row.step) == (state, step)
        assert (row.due_on is not None) == (state == "open")


def test_a_case_under_way_is_where_it_is_carried_out(street: Street) -> None:
    case_id = refused(street)
    with acting(street.caseworker, moment=street.now):
        first = queries.case(case_id, street.caseworker)
        again = Application(
            first.household_id, "ZK01", first.snapshot_id, a_basis("ZK01"), REQUIRED["apply"], "再次申请"
        )
        other = operations.apply(again, actor=street.caseworker, moment=street.now)
    with pytest.raises(CannotBecause) as refusal:
        appealed(street, case_id, "revoked")
    assert refusal.value.code == "appeals.open_already"
    assert other.number in refusal.value.reason.say("en")
