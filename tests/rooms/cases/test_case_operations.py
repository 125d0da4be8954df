"""A case walks step by step, by the right posts, and leaves an unchangeable record."""

from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from jishiyu.cases import operations, queries
from jishiyu.cases.models import Case, CaseStep
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal.queries import entries
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.registry.queries import households
from tests.fixtures import SHICHAHAI, a_post
from tests.rooms.cases.a_case import VISIT, Street, a_basis

pytestmark = pytest.mark.django_db


def refusal(code: str) -> "pytest.RaisesContext":  # type: ignore[name-defined]
    return pytest.raises(CannotBecause, match=code)


def test_applying_numbers_freezes_and_opens_the_file_to_the_lead_agency(street: Street) -> None:
    with acting(street.decider, moment=street.now):
        assert households(street.decider).count() == 0
    case_id = street.apply(1)
    with acting(street.decider, moment=street.now):
        row = queries.case(case_id, street.decider)
        assert row.number.startswith("ZK01-110102010-2026-")
        assert (row.step, row.turn, row.state, row.era) == ("accept", "caseworker", "open", "E3")
        assert queries.basis_of(row) == a_basis()
        assert households(street.decider).count() == 1


def test_a_second_open_case_of_the_same_item_is_refused(street: Street) -> None:
    case_id = street.apply(1)
    with acting(street.caseworker, moment=street.now), refusal("open_already"):
        row = queries.case(case_id, street.caseworker)
        application = operations.Application(
            row.household_id,
            "ZK01",
            row.snapshot_id,
            a_basis(),
            ("application", "id_and_hukou", "means_statement"),
        )
        operations.apply(application, actor=street.caseworker, moment=street.now)


def test_an_item_that_is_not_in_force_any_more_cannot_be_applied_for(street: Street) -> None:
    with refusal("no_procedure"):
        street.apply(1, item="ZK04", basis=a_basis("ZK04"))


def test_applying_without_the_required_papers_is_refused(street: Street) -> None:
    case_id = street.apply(1)
    with acting(street.caseworker, moment=street.now):
        row = queries.case(case_id, street.caseworker)
        with refusal("papers_missing"):
            application = operations.Application(row.household_id, "ZY02", row.snapshot_id, a_basis("ZY02"))
            operations.apply(application, actor=street.caseworker, moment=street.now)


def test_no_step_is_skipped_and_none_is_taken_twice(street: Street) -> None:
    case_id = street.apply(1)
    with acting(street.caseworker, moment=street.now), refusal("not_at_this_step"):
        operations.visit(case_id, VISIT, outcome="visited", actor=street.caseworker, moment=street.now)
    street.to_review(case_id)
    with acting(street.caseworker, moment=street.now), refusal("not_at_this_step"):
        operations.accept(case_id, outcome="accepted", actor=street.caseworker, moment=street.now)


def test_no_check_without_authorisation(street: Street) -> None:
    case_id = street.apply(1)
    with acting(street.caseworker, moment=street.now):
        operations.accept(case_id, outcome="accepted", actor=street.caseworker, moment=street.now)
        with refusal("not_authorised"):
            operations.check(
                case_id, outcome="within", authorised_by=" ", actor=street.caseworker, moment=street.now
            )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"second_visitor": "测试甲"}, "visit_by_two"),
        ({"second_visitor": ""}, "visit_by_two"),
        ({"visited_on": date(2026, 11, 25)}, "visit_in_future"),
        ({"signed_by_household": ""}, "visit_unsigned"),
        ({"agrees": False}, "visit_differences"),
        ({"findings": ""}, "visit_findings"),
    ],
)
def test_a_visit_that_is_no_visit_is_refused(street: Street, change: dict[str, object], code: str) -> None:
    from dataclasses import replace

    with acting(street.caseworker, moment=street.now), refusal(code):
        operations.visit(
            UUID(int=0), replace(VISIT, **change), outcome="visited", actor=street.caseworker, moment=street.now  # type: ignore[arg-type]
        )  # fmt: skip


def test_more_papers_sends_the_application_back_and_the_law_binds_from_acceptance(street: Street) -> None:
    case_id = street.apply(1)
    with acting(street.caseworker, moment=street.now):
        with refusal("reasons_missing"):
            operations.accept(case_id, outcome="more_papers", actor=street.caseworker, moment=street.now)
        operations.accept(
            case_id, outcome="more_papers", reasons=["缺户口簿"], actor=street.caseworker, moment=street.now
        )
        row = queries.case(case_id, street.caseworker)
        assert (row.step, row.accepted_on) == ("apply", None)
        operations.supply_papers(
            case_id, outcome="submitted", papers=["application", "id_and_hukou", "means_statement"],
            actor=street.caseworker, moment=street.now,
        )  # fmt: skip
        row = operations.accept(case_id, outcome="accepted", actor=street.caseworker, moment=street.now)
        assert row.accepted_on == date(2026, 11, 24)
        assert row.whole_due_on == date(2027, 1, 5)  # 30 working days; January counted provisionally


def test_whoever_visited_does_not_review(street: Street) -> None:
    case_id = street.apply(1)
    street.to_review(case_id)
    same = Post(
        "",
        "reviewer.same",
        "reviewer",
        "sub_district",
        street.area,
        "",
        street.reviewer.title,
        street.caseworker.officer,
        "同一人",
    )
    papers = street.papers(case_id)
    with acting(same, moment=street.now), pytest.raises(NotYours):
        operations.review(case_id, outcome="propose_grant", papers=papers, actor=same, moment=street.now)
    with acting(same, moment=street.now):
        assert queries.open_work(same, street.now.date()) == []
    with acting(street.reviewer, moment=street.now):
        (work,) = queries.open_work(street.reviewer, street.now.date())
        assert (work.case_id, work.step) == (case_id, "review")
        assert work.days_left is not None


def test_another_street_and_another_agency_see_nothing(street: Street) -> None:
    case_id = street.apply(1)
    for other in (a_post("caseworker", area=SHICHAHAI), a_post("decider", agency="CS"), a_post("expert")):
        with acting(other, moment=street.now):
            assert queries.cases(other).count() == 0
            assert Case.objects.count() == 0  # a forgotten filter shows nothing either
            assert CaseStep.objects.count() == 0
            with pytest.raises((NotFound, NotYours)):
                operations.look(case_id, actor=other)


def test_audit_reads_and_writes_nothing(street: Street) -> None:
    case_id = street.apply(1)
    audit = a_post("auditor")
    with acting(audit, moment=street.now):
        assert queries.cases(audit).count() == 1
        row = queries.case(case_id, audit)
        with pytest.raises(DatabaseError), transaction.atomic():
            CaseStep.objects.create(
                case=row, position=9, step="x", outcome="x", next="x", post="x", role="x", officer_name="x",
                began=street.now, at=street.now,
            )  # fmt: skip


@pytest.mark.parametrize("change", ["update cases_casestep set outcome = 'x'", "delete from cases_casestep"])
def test_steps_stay(street: Street, change: str) -> None:
    street.apply(1)
    with acting(SYSTEM, moment=street.now):
        before = list(CaseStep.objects.values_list("outcome", flat=True))
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
        except DatabaseError:
            pass
        assert list(CaseStep.objects.values_list("outcome", flat=True)) == before


def test_withdrawing_ends_the_case_and_the_work(street: Street) -> None:
    case_id = street.apply(1)
    with acting(street.caseworker, moment=street.now):
        row = operations.withdraw(case_id, reason="已就业", actor=street.caseworker, moment=street.now)
        assert (row.state, row.step) == ("withdrawn", "end")
        assert queries.open_work(street.caseworker, street.now.date()) == []
        with refusal("not_open"):
            operations.withdraw(case_id, reason="再撤", actor=street.caseworker, moment=street.now)


def test_each_step_is_in_the_journal_and_on_the_timeline(street: Street) -> None:
    case_id = street.apply(1)
    street.to_review(case_id)
    with acting(SYSTEM, moment=street.now):
        household = queries.case(case_id, SYSTEM).household_id
        acts = set(entries(act="cases.", household=household).values_list("act", flat=True))
        assert {"cases.apply", "cases.accept", "cases.check", "cases.visit"} <= acts
        kinds = [one.kind for one in queries.timeline(household)]
        assert kinds.count("visit") == 1
        assert kinds.count("step") == 4


def test_remarks_and_basis_are_sealed_at_rest(street: Street) -> None:
    street.apply(1)
    with acting(SYSTEM, moment=street.now), connection.cursor() as cursor:
        cursor.execute("select basis, statement from cases_case")
        stored = b"".join(bytes(part) for part in cursor.fetchone())
        assert "生活困难".encode() not in stored
        assert b"conditions" not in stored
