"""A notice is a gate: masked, seven whole days, every objection answered; and the public sees nothing else."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from jishiyu.cases import queries as cases
from jishiyu.cases.models import Case
from jishiyu.foundations.outcomes import CannotBecause, NotFound
from jishiyu.notices import operations, queries
from jishiyu.notices.models import Objection, PublicNotice
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import PUBLIC, SYSTEM
from jishiyu.registry.models import Household, Person
from tests.fixtures import DESHENG, SHICHAHAI
from tests.rooms.cases.a_case import Street

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(street: Street) -> PublicNotice:
    case_id = street.apply(1)
    street.to_notice(case_id)
    with acting(street.caseworker, moment=street.now):
        return operations.publish(case_id, actor=street.caseworker, moment=street.now)


def close(street: Street, notice_id: UUID) -> None:
    with acting(street.caseworker, moment=street.now):
        operations.close(notice_id, actor=street.caseworker, moment=street.now)


def object_to(street: Street, notice_id: UUID, **words: str) -> None:
    with acting(PUBLIC, moment=street.now):
        operations.receive_objection(
            notice_id, text="该户有一辆汽车未申报", actor=PUBLIC, moment=street.now, **words
        )


def test_the_public_sees_the_masked_notice_and_no_table_of_people(
    street: Street, published: PublicNotice
) -> None:
    with acting(PUBLIC, moment=street.now):
        (shown,) = queries.current_notices(street.now.date(), DESHENG)
        assert shown.content["head"] == "单**"
        assert queries.current_notices(street.now.date(), SHICHAHAI) == []
        assert (Case.objects.count(), Household.objects.count(), Person.objects.count()) == (0, 0, 0)


def test_only_at_its_step_only_once_and_only_by_the_right_post(
    street: Street, published: PublicNotice
) -> None:
    with acting(street.caseworker, moment=street.now), pytest.raises(CannotBecause, match="up_already"):
        operations.publish(published.case_id, actor=street.caseworker, moment=street.now)
    early = street.apply(2)
    with acting(street.caseworker, moment=street.now), pytest.raises(CannotBecause, match="not_at_notice"):
        operations.publish(early, actor=street.caseworker, moment=street.now)
    with acting(street.reviewer, moment=street.now), pytest.raises(CannotBecause, match="not_your_act"):
        operations.publish(published.case_id, actor=street.reviewer, moment=street.now)


def test_the_window_is_seven_whole_days(street: Street, published: PublicNotice) -> None:
    for days in range(8):
        assert (published.ends_on >= street.now.date()) == (days <= 7)
        with pytest.raises(CannotBecause, match="window_open"):
            close(street, published.id)
        street.pass_days(1)
    close(street, published.id)
    assert street.step_of(published.case_id) == "decide"
    with acting(PUBLIC, moment=street.now):
        assert PublicNotice.objects.count() == 0


def test_a_past_notice_leaves_the_page_by_itself(street: Street, published: PublicNotice) -> None:
    street.pass_days(8)
    with acting(PUBLIC, moment=street.now):
        assert queries.current_notices(street.now.date()) == []
        with pytest.raises(NotFound):
            queries.notice(published.id, street.now.date())
    with pytest.raises(NotFound):
        object_to(street, published.id)


def test_an_objection_holds_the_notice_until_it_is_answered(street: Street, published: PublicNotice) -> None:
    object_to(street, published.id)
    street.pass_days(8)
    with pytest.raises(CannotBecause, match="objections_waiting"):
        close(street, published.id)
    with acting(street.head, moment=street.now):
        (waiting,) = queries.objections(street.head, waiting=True)
        assert not waiting.named
        operations.answer_objection(
            waiting.id, upheld=False, answer="经核实，车辆属邻居所有", actor=street.head, moment=street.now
        )
    close(street, published.id)
    assert street.step_of(published.case_id) == "decide"


def test_an_upheld_objection_takes_the_notice_down_and_reopens_the_enquiry(
    street: Street, published: PublicNotice
) -> None:
    object_to(street, published.id, objector="李四", contact="19900000000")
    with acting(street.head, moment=street.now):
        (waiting,) = queries.objections(street.head, waiting=True)
        assert (waiting.named, waiting.objector) == (True, "李四")
        operations.answer_objection(
            waiting.id, upheld=True, answer="经核实，确有车辆未申报", actor=street.head, moment=street.now
        )
        row = cases.case(published.case_id, street.head)
        assert (row.step, row.state) == ("appraisal", "open")
    with acting(PUBLIC, moment=street.now):
        assert queries.current_notices(street.now.date()) == []


def test_the_public_can_object_but_never_read_an_objection(street: Street, published: PublicNotice) -> None:
    object_to(street, published.id)
    with acting(PUBLIC, moment=street.now):
        assert Objection.objects.count() == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Objection(
                id=uuid4(), notice_id=published.id, case_id=uuid4(), received_at=street.now, channel="portal"
            ).save(force_insert=True)
    with acting(SYSTEM, moment=street.now), connection.cursor() as cursor:
        cursor.execute("select text, objector from notices_objection")
        assert "汽车".encode() not in b"".join(bytes(part) for part in cursor.fetchone())


def test_what_a_notice_says_stays(street: Street, published: PublicNotice) -> None:
    with acting(SYSTEM, moment=street.now), pytest.raises(DatabaseError), transaction.atomic():
        PublicNotice.objects.update(content={"head": "全名"})


def test_withdrawing_takes_the_notice_down(street: Street, published: PublicNotice) -> None:
    from jishiyu.cases.operations import withdraw

    with acting(street.caseworker, moment=street.now):
        operations.take_down(published.case_id, actor=street.caseworker, moment=street.now)
        withdraw(published.case_id, reason="已就业", actor=street.caseworker, moment=street.now)
    with acting(PUBLIC, moment=street.now):
        assert PublicNotice.objects.count() == 0
