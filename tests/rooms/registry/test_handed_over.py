"""A household that was handed over: its old sub-district reads what was of its time, in every room, and writes nothing more."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from jishiyu.assessment.models import HardshipScore
from jishiyu.assessment.operations import assess_household
from jishiyu.funds.models import BackPay
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.programmes.models import EntitlementRun, RunInWords
from jishiyu.programmes.operations import compute_entitlements
from jishiyu.registry import operations, queries
from jishiyu.registry.models import Answer, Change, Membership, Person
from jishiyu.registry.rules.answers import NewAnswer
from jishiyu.registry.rules.moves import Arrival, Ground, NewHome
from jishiyu.registry.rules.newcomers import NewMember
from tests.conftest import NOON
from tests.fixtures import SHICHAHAI, a_post, an_id, open_offices
from tests.rooms.funds.an_award import an_award

pytestmark = pytest.mark.django_db
OLD, NEW = a_post("caseworker"), a_post("caseworker", area=SHICHAHAI)
LEFT, LATER = NOON + timedelta(minutes=5), NOON + timedelta(days=3)
ROOMS = (Answer, Change, HardshipScore, EntitlementRun, RunInWords, Membership, BackPay)


def recorded(award: Any, post: Post, moment: datetime, running: int) -> UUID:
    """One more row in every room: a child is born, a question answered, all is worked out, a month made good. The child's id."""
    household, day = award.household_id, moment.date()
    ground = Ground(day, "出生登记", "出生医学证明")
    with acting(post, moment=moment):
        child = NewMember(str(uuid4()), "单新芽", an_id(day, 2, running), "30")
        born = operations.move_in(household, Arrival(child, "birth", ground), actor=post, moment=moment)
        answer = NewAnswer("q", True, "户主", "证明", day, reason="情况有变")
        operations.record_answer(household, answer, actor=post, moment=moment)
        snapshot = queries.latest_snapshot(household)
        assert snapshot is not None
        assess_household(snapshot.id, actor=post, moment=moment, day=day)
        compute_entitlements(snapshot.id, actor=post, moment=moment, day=day)
    with acting(SYSTEM, moment=moment):
        BackPay.objects.create(
            award=award, supplement=award, household_id=household, sub_district_id=award.case.sub_district_id,
            parameter="p", month=day.replace(day=1, month=running % 12 + 1), had=1, due=2, old_value=1, new_value=2,
            recorded_at=moment, recorded_by="system",
        )  # fmt: skip
    return born


@pytest.fixture
def moved() -> tuple[UUID, UUID, UUID]:
    """A household with rows of the old sub-district and of the new one: its id, and the child born in each."""
    with acting(SYSTEM, moment=NOON):
        open_offices()
        award = an_award(1)
    before = recorded(award, OLD, NOON, 40)
    with acting(OLD, moment=LEFT):
        ground = Ground(NOON.date(), "搬家", "房产证")
        home = NewHome("某社区", "某胡同1号", "")
        operations.hand_over(award.household_id, SHICHAHAI, home, ground, actor=OLD, moment=LEFT)
    return award.household_id, before, recorded(award, NEW, LATER, 41)


def counts(household: UUID) -> list[int]:
    return [model.objects.filter(household_id=household).count() for model in ROOMS]  # type: ignore[attr-defined]


def test_the_old_sub_district_reads_what_was_of_its_time_and_all_others_everything(
    moved: tuple[UUID, UUID, UUID],
) -> None:
    household, before, after = moved
    with acting(OLD, moment=LATER):
        # Two changes: the birth, and the hand-over itself. Two invented members and the child.
        assert counts(household) == [1, 2, 1, 1, 1, 3, 1]
        assert {row.kind for row in Change.objects.filter(household_id=household)} == {"birth", "hand_over"}
        assert Person.objects.filter(pk=before).exists()
        assert not Person.objects.filter(pk=after).exists()
    for post in (NEW, SYSTEM, a_post("auditor"), a_post("office"), a_post("agency_officer")):
        with acting(post, moment=LATER):
            assert counts(household) == [2, 3, 2, 2, 2, 4, 2], post.code


def test_the_old_sub_district_writes_nothing_more_about_it(moved: tuple[UUID, UUID, UUID]) -> None:
    household = moved[0]
    with acting(SYSTEM, moment=LATER):
        run = EntitlementRun.objects.filter(household_id=household).earliest("made_at")
        score = HardshipScore.objects.filter(household_id=household).earliest("made_at")
        words = RunInWords.objects.get(run=run)
        change = Change.objects.filter(household_id=household).earliest("recorded_at")
    run.day, run.digest = LATER.date(), "0" * 64
    score.day, score.digest = LATER.date(), "0" * 64
    with acting(OLD, moment=LATER):
        for row in (run, score, words, change):
            row.pk = uuid4()
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)


def test_what_a_list_reads_asks_no_stay_of_each_row(moved: tuple[UUID, UUID, UUID]) -> None:
    with acting(OLD, moment=LATER), connection.cursor() as cursor:
        for model in ROOMS:
            cursor.execute(f"explain select count(*) from {model._meta.db_table}")  # noqa: S608 - our own names
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "hashed SubPlan" in plan, plan
