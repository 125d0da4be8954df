"""The law of the day of acceptance binds a case: its steps, its days, its second notice."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from jishiyu.cases import operations, queries
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.notices import operations as notices
from jishiyu.offices.operations import acting
from tests.rooms.cases.a_case import Street

pytestmark = pytest.mark.django_db


def test_an_application_before_the_change_accepted_after_it_walks_the_new_way(street: Street) -> None:
    street.now = datetime(2021, 6, 30, 10, 0, tzinfo=SHANGHAI)
    case_id = street.apply(1)
    with acting(street.caseworker, moment=street.now):
        assert queries.case(case_id, street.caseworker).era == "E2"
    street.pass_days(1)
    with acting(street.caseworker, moment=street.now):
        row = operations.accept(case_id, outcome="accepted", actor=street.caseworker, moment=street.now)
        assert (row.era, row.accepted_on) == ("E3", street.now.date())


def test_a_case_accepted_before_the_change_keeps_the_old_way(street: Street) -> None:
    street.now = datetime(2021, 6, 30, 10, 0, tzinfo=SHANGHAI)
    case_id = street.apply(1)
    street.to_visit(case_id)
    street.pass_days(5)
    with acting(street.caseworker, moment=street.now):
        row = queries.case(case_id, street.caseworker)
        assert row.era == "E2"
        assert [stage.key for stage in queries.stages(row, street.now.date())].count("announce") == 1


def review_publish_decide(street: Street, case_id: UUID) -> None:
    papers = street.papers(case_id)
    with acting(street.reviewer, moment=street.now):
        operations.review(
            case_id, outcome="propose_grant", papers=papers, actor=street.reviewer, moment=street.now
        )
    with acting(street.caseworker, moment=street.now):
        notice = notices.publish(case_id, actor=street.caseworker, moment=street.now)
        street.now += timedelta(days=8)
        notices.close(notice.id, actor=street.caseworker, moment=street.now)
    papers = street.papers(case_id)
    with acting(street.decider, moment=street.now):
        operations.decide(case_id, outcome="grant", papers=papers, actor=street.decider, moment=street.now)


def test_in_2013_the_neighbours_are_heard_and_the_decision_is_published_again(street: Street) -> None:
    street.now = datetime(2013, 12, 2, 10, 0, tzinfo=SHANGHAI)
    case_id = street.apply(1)
    street.to_review(case_id)
    assert street.step_of(case_id) == "appraisal"
    papers = street.papers(case_id)
    with acting(street.caseworker, moment=street.now):
        operations.take_step(
            case_id,
            step="appraisal",
            outcome="agreed",
            papers=papers,
            actor=street.caseworker,
            moment=street.now,
        )
    review_publish_decide(street, case_id)
    assert street.step_of(case_id) == "announce"
    with (
        acting(street.caseworker, moment=street.now),
        pytest.raises(CannotBecause, match="second_notice_open"),
    ):
        operations.announce(case_id, outcome="no_objection", actor=street.caseworker, moment=street.now)
    with acting(street.caseworker, moment=street.now):
        row = operations.announce(
            case_id, outcome="objection", reasons=["邻居反映有车"], actor=street.caseworker, moment=street.now
        )
        assert (row.step, row.state) == ("review", "open")
    with acting(street.finance, moment=street.now):
        assert not queries.awards_to_pay(street.finance, date(2014, 1, 1)).exists()
    review_publish_decide(street, case_id)
    street.pass_days(8)
    with acting(street.caseworker, moment=street.now):
        operations.announce(case_id, outcome="no_objection", actor=street.caseworker, moment=street.now)
    assert street.step_of(case_id) == "pay"
    with acting(street.finance, moment=street.now):
        payable = list(queries.awards_to_pay(street.finance, date(2014, 1, 1)))
        assert len(payable) == 1  # the award before the objection was cancelled by the one after it
