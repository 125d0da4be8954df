"""A person decides; the chain is closed; the database itself refuses an award without it."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from jishiyu.cases import operations, queries
from jishiyu.cases.models import Award, ChainLine
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.notices import operations as notices
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.rooms.cases.a_case import AID, NEED, Street, a_basis

pytestmark = pytest.mark.django_db


def at_decision(street: Street, running: int = 1, **kwargs: object) -> "object":
    case_id = street.apply(running, **kwargs)  # type: ignore[arg-type]
    street.to_notice(case_id)
    with acting(street.caseworker, moment=street.now):
        notice = notices.publish(case_id, actor=street.caseworker, moment=street.now)
    street.pass_days(8)
    with acting(street.caseworker, moment=street.now):
        notices.close(notice.id, actor=street.caseworker, moment=street.now)
    return case_id


def check_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def decide(street: Street, case_id: object, **words: object) -> Award | None:
    papers = street.papers(case_id)  # type: ignore[arg-type]
    with acting(street.decider, moment=street.now):
        made = operations.decide(case_id, papers=papers, actor=street.decider, moment=street.now, **words)  # type: ignore[arg-type]
        check_constraints()
    return made


def test_granting_what_was_computed(street: Street) -> None:
    case_id = at_decision(street)
    award = decide(street, case_id, outcome="grant")
    assert award is not None
    assert (award.need, award.amount, award.computed_amount) == (NEED, AID, AID)
    assert (award.first_month, award.last_month) == (date(2027, 1, 1), None)
    with acting(street.finance, moment=street.now):
        kinds = [line.kind for line in queries.chain_of(award.id)]
        assert kinds == ["need", "basic_insurance", "government", "uncovered"]
        assert street.step_of(case_id) == "pay"  # type: ignore[arg-type]
        assert list(queries.awards_to_pay(street.finance, date(2026, 12, 1))) == []
        assert [one.id for one in queries.awards_to_pay(street.finance, date(2027, 1, 15))] == [award.id]


def test_another_amount_needs_a_reason(street: Street) -> None:
    case_id = at_decision(street)
    with pytest.raises(CannotBecause, match="departure_without_reason"):
        decide(street, case_id, outcome="grant", amount=100_000)
    award = decide(street, case_id, outcome="grant", amount=100_000, reasons=["部分费用已由单位承担"])
    assert award is not None
    assert (award.amount, award.computed_amount) == (100_000, AID)


def test_granting_against_the_conditions_needs_a_reason(street: Street) -> None:
    case_id = at_decision(street, basis=a_basis(entitled="no"))
    with pytest.raises(CannotBecause, match="departure_without_reason"):
        decide(street, case_id, outcome="grant")


def test_beyond_the_need_is_refused(street: Street) -> None:
    case_id = at_decision(street)
    with pytest.raises(CannotBecause, match="amount_beyond_need"):
        decide(street, case_id, outcome="grant", amount=NEED, reasons=["多给一些帮助"])


def test_an_amount_by_hand_where_nothing_could_be_computed(street: Street) -> None:
    case_id = at_decision(street, basis=a_basis(entitled="cannot_tell", computed=False))
    with pytest.raises(CannotBecause, match="amount_missing"):
        decide(street, case_id, outcome="grant")
    award = decide(street, case_id, outcome="grant", amount=30_000, need=50_000, reasons=["按入户调查核定"])
    assert award is not None
    assert (award.need, award.amount, award.computed_amount) == (50_000, 30_000, None)


def test_refusing_needs_its_reasons_and_makes_no_award(street: Street) -> None:
    case_id = at_decision(street)
    with pytest.raises(CannotBecause, match="reasons_missing"):
        decide(street, case_id, outcome="refuse")
    assert decide(street, case_id, outcome="refuse", reasons=["家庭收入高于标准"]) is None
    with acting(SYSTEM, moment=street.now):
        row = queries.case(case_id, SYSTEM)  # type: ignore[arg-type]
        assert (row.state, row.step) == ("refused", "end")
        assert Award.objects.count() == 0


def test_the_reviewer_never_decides(street: Street) -> None:
    case_id = at_decision(street)
    with acting(street.reviewer, moment=street.now), pytest.raises(NotYours):
        operations.decide(case_id, outcome="grant", actor=street.reviewer, moment=street.now)  # type: ignore[arg-type]


def an_award(street: Street, **change: object) -> Award:
    given = decide(street, at_decision(street), outcome="grant")
    assert given is not None
    with acting(SYSTEM, moment=street.now):
        given.id = uuid4()
        for name, value in change.items():
            setattr(given, name, value)
        return given


def write(award: Award, lines: list[tuple[str, int]]) -> None:
    award.save(force_insert=True)
    ChainLine.objects.bulk_create(
        ChainLine(award=award, position=place, kind=kind, label={}, amount=amount)
        for place, (kind, amount) in enumerate(lines)
    )
    check_constraints()


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [("need", 1000), ("government", 1000)],
        [("need", 1000), ("government", 400), ("uncovered", 400)],
        [("need", 900), ("government", 400), ("uncovered", 500)],
        [("need", 1000), ("government", 300), ("uncovered", 700)],
        [("need", 1000), ("government", 400), ("basic_insurance", 100), ("uncovered", 500)],
        [("government", 400), ("need", 1000), ("uncovered", 600)],
        [("need", 1000), ("government", 400), ("gift", 100), ("uncovered", 500)],
    ],
)
def test_the_database_refuses_an_award_without_its_closed_chain(
    street: Street, lines: list[tuple[str, int]]
) -> None:
    award = an_award(street, need=1000, amount=400)
    with (
        acting(SYSTEM, moment=street.now),
        pytest.raises(IntegrityError, match="closed chain"),
        transaction.atomic(),
    ):
        write(award, lines)


def test_the_database_takes_a_closed_chain(street: Street) -> None:
    award = an_award(street, need=1000, amount=400)
    with acting(SYSTEM, moment=street.now):
        lines = [
            ("need", 1000),
            ("critical_insurance", 100),
            ("government", 300),
            ("charity", 100),
            ("uncovered", 500),
        ]
        write(award, lines)


@pytest.mark.parametrize(
    "change",
    [
        "update cases_award set amount = amount + 1",
        "update cases_chainline set amount = 0",
        "delete from cases_award",
    ],
)
def test_an_award_and_its_chain_stay_as_decided(street: Street, change: str) -> None:
    decide(street, at_decision(street), outcome="grant")
    with acting(SYSTEM, moment=street.now):
        before = (list(Award.objects.values_list("amount")), list(ChainLine.objects.values_list("amount")))
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
        except DatabaseError:
            pass
        assert before == (
            list(Award.objects.values_list("amount")),
            list(ChainLine.objects.values_list("amount")),
        )


def test_ending_stops_payment_after_the_last_month(street: Street) -> None:
    case_id = at_decision(street)
    award = decide(street, case_id, outcome="grant")
    assert award is not None
    with acting(street.decider, moment=street.now):
        operations.end(
            case_id, reason="已迁出本区", last_month=date(2027, 2, 9), actor=street.decider, moment=street.now  # type: ignore[arg-type]
        )  # fmt: skip
    with acting(SYSTEM, moment=street.now):
        (kept,) = queries.awards_of_case(case_id)  # type: ignore[arg-type]
        assert kept.last_month == date(2027, 2, 1)
        assert queries.case(case_id, SYSTEM).state == "ended"  # type: ignore[arg-type]


def test_a_case_proposed_for_refusal_cannot_be_granted_around_the_public_notice(street: Street) -> None:
    case_id = street.apply(1)
    street.to_review(case_id)
    papers = street.papers(case_id)
    with acting(street.reviewer, moment=street.now):
        operations.review(
            case_id,
            outcome="propose_refuse",
            papers=papers,
            reasons=["收入不实"],
            actor=street.reviewer,
            moment=street.now,
        )
    papers = street.papers(case_id)
    with acting(street.decider, moment=street.now), pytest.raises(CannotBecause, match="step_skipped"):
        operations.decide(case_id, outcome="grant", papers=papers, actor=street.decider, moment=street.now)
