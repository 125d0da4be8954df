"""A notice raises a standard for months gone by: each award is made good once, by month, and what a person decided is left alone."""

from datetime import date, datetime
from typing import Any

import pytest

from jishiyu.cases.models import Award
from jishiyu.cases.queries import chain_of
from jishiyu.doors.jobs.back_pay_command import back_pay_command
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.funds.operations import name_source, receive_deposit
from jishiyu.funds.queries import back_pay_of_household
from jishiyu.journeys.back_pay import make_good, preview_back_pay
from jishiyu.journeys.pay_the_month import pay_the_month
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.programmes.rules.back_pay import amounts_by_both, back_pay, items_raised, raise_of
from jishiyu.registry.queries import situation
from tests.fixtures import a_post, open_offices, the_pack
from tests.rooms.funds.an_award import an_award

JULY = date(2023, 7, 1)
OCTOBER = datetime(2023, 10, 25, 9, 0, tzinfo=SHANGHAI)
DIBAO = "bj.dibao.urban"
ALONE = ("单春雨",)
_ARGS = (DIBAO, JULY)


def test_plain_numbers_three_people_for_three_months() -> None:
    # 京民社救发〔2023〕240号: 1395 from July 2023. Three without income, paid by 1320: 75 × 3 for each month.
    months = [date(2023, month, 1) for month in (7, 8, 9)]
    owed = back_pay(months, had=3 * 132_000, due=3 * 139_500)
    assert [one.owed for one in owed] == [22_500] * 3
    assert sum(one.owed for one in owed) == 3 * 75_00 * 3
    assert back_pay(months, had=139_500, due=139_500) == ()
    assert back_pay(months, had=150_000, due=139_500) == ()


def test_a_raise_has_both_values_and_their_document() -> None:
    rise = raise_of(the_pack(), DIBAO, JULY)
    assert (rise.old.value, rise.new.value) == (132_000, 139_500)
    assert "240号" in rise.say().say("zh")
    assert rise.unraised.parameter(DIBAO, date(2023, 10, 1)).value == 132_000
    assert rise.unraised.parameter(DIBAO, date(2022, 8, 1)).value == 132_000
    assert "ZK01" in items_raised(the_pack(), rise)
    assert "ZL01" not in items_raised(the_pack(), rise)


@pytest.mark.parametrize("first", [date(2023, 8, 1), date(2024, 7, 2), date(2025, 7, 1)])
def test_no_raise_is_found_where_none_is_certain(first: date) -> None:
    with pytest.raises(CannotBecause):
        raise_of(the_pack(), DIBAO, first)


@pytest.fixture
def district(db: None) -> dict[str, Any]:
    """Four dibao awards of 2023: paid by 1320, set otherwise by a person, decided by 1395 already, ended in August."""
    with acting(SYSTEM, moment=OCTOBER):
        open_offices()
        first = an_award(1, government=1, first=date(2023, 3, 1), names=ALONE)
        facts = situation(first.snapshot_id)
        old, new = amounts_by_both(facts, ["ZK01"], JULY, the_pack(), raise_of(the_pack(), DIBAO, JULY))[
            "ZK01"
        ]
        assert old is not None
        assert new is not None
        awards = {
            "plain": an_award(2, government=old, first=date(2023, 3, 1), names=ALONE),
            "set": an_award(3, government=old - 5_000, first=date(2023, 3, 1), names=ALONE),
            "new": an_award(4, government=new, first=date(2023, 8, 1), names=ALONE),
            "short": an_award(5, government=old, first=date(2023, 3, 1), last=date(2023, 8, 1), names=ALONE),
        }
        return {**awards, "old": old, "new": new}


def test_each_award_is_made_good_by_month_and_only_once(district: dict[str, Any]) -> None:
    decider = a_post("decider", agency="MZ")
    with acting(decider, moment=OCTOBER):
        until = date(2023, 9, 30)
        seen = preview_back_pay(*_ARGS, until=until, actor=decider)
        step = district["new"] - district["old"]
        assert {one.award: len(one.months) for one in seen.owing} == {
            district["plain"].id: 3,
            district["short"].id: 2,
        }
        assert seen.amount == 5 * step
        assert {one.number for one in seen.unclear} == {"AJ-000001", "AJ-000003"}
        made = make_good(*_ARGS, until=until, actor=decider, moment=OCTOBER)
        assert (made.awards, made.months, made.amount) == (2, 5, 5 * step)
        again = make_good(*_ARGS, until=until, actor=decider, moment=OCTOBER)
        assert (again.awards, again.amount) == (0, 0)
        later = preview_back_pay(*_ARGS, until=date(2023, 10, 1), actor=decider)
        assert [len(one.months) for one in later.owing] == [1]
    with acting(SYSTEM, moment=OCTOBER):
        extra = Award.objects.get(case=district["plain"].case, frequency="once")
        lines = chain_of(extra.id)
        assert [line.kind for line in lines] == ["need", *["government"] * 3, "uncovered"]
        assert "1,320.00元调为1,395.00元" in lines[1].label["zh"]
        assert "240号" in lines[1].citation
        assert len(back_pay_of_household(extra.household_id)) == 3


def test_what_was_told_counts_and_money_of_charity_stays_charitys(district: dict[str, Any]) -> None:
    decider = a_post("decider", agency="MZ")
    with acting(SYSTEM, moment=OCTOBER):
        given = an_award(6, government=0, charity=district["old"], first=date(2023, 3, 1), names=ALONE)
        # By both standards 114 yuan of the rent, as long as somebody told that the home is public rental housing.
        rent = {"government": 11_400, "first": date(2023, 3, 1), "item": "ZF03", "names": ALONE}
        told = an_award(7, told=(("in_public_rental", True),), **rent)
        untold = an_award(8, **rent)
    with acting(decider, moment=OCTOBER):
        seen = preview_back_pay(*_ARGS, until=date(2023, 7, 31), actor=decider)
        assert untold.id in {one.award for one in seen.unclear}
        assert told.id not in {one.award for one in seen.awards}
        make_good(*_ARGS, until=date(2023, 7, 31), actor=decider, moment=OCTOBER)
        extra = Award.objects.get(case=given.case, frequency="once")
        assert [line.kind for line in chain_of(extra.id)] == ["need", "charity", "uncovered"]


def test_the_next_run_pays_it(district: dict[str, Any]) -> None:
    with acting(SYSTEM, moment=OCTOBER):
        source = name_source(kind="government", name=sentence("区级财政", "District"), actor=SYSTEM)
        receive_deposit(
            source_id=source.id,
            amount=2_000_000_00,
            received_on=JULY,
            document_no="1",
            actor=SYSTEM,
            moment=OCTOBER,
        )
        make_good(*_ARGS, until=date(2023, 9, 1), actor=SYSTEM, moment=OCTOBER)
        before = district["new"] - district["old"]
        paid = pay_the_month(date(2023, 10, 1), actor=SYSTEM, moment=OCTOBER)
        monthly = 1 + district["old"] * 2 - 5_000 + district["new"]
        assert paid.amount == monthly + 5 * before


def test_who_may_not_decide_may_not_make_good(district: dict[str, Any]) -> None:
    finance = a_post("finance")
    with acting(finance, moment=OCTOBER), pytest.raises(NotYours):
        make_good(*_ARGS, until=date(2023, 9, 1), actor=finance, moment=OCTOBER)


@pytest.mark.django_db(transaction=True)
def test_the_command_looks_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert back_pay_command([DIBAO, "2023-07-01", "--until", "2023-09-30"]) == 0
    assert "240号" in capsys.readouterr().out
    assert back_pay_command([DIBAO, "2023-08-01"]) == 2
    assert "2023-08-01" in capsys.readouterr().err
