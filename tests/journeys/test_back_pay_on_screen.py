"""Back-pay on the desk: the raises of the pack, what each award owes by month, confirmed by who decides, paid with the next run."""

from datetime import date, datetime
from urllib.parse import urlencode

import pytest

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.money import yuan_text
from jishiyu.journal.models import Entry
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.programmes.rules.back_pay import amounts_by_both, raise_of, raises
from jishiyu.registry.queries import situation
from tests.fixtures import a_post, engage_all, open_offices, the_pack
from tests.journeys.logged_in import logged_in
from tests.rooms.funds.an_award import an_award

pytestmark = pytest.mark.django_db
RAISED = date(2024, 7, 1)
THEN = datetime(2024, 6, 3, 9, 0, tzinfo=SHANGHAI)
ASKED = {"rise": "bj.dibao.urban@2024-07-01", "until": "2024-09"}
PAGE = "/desk/funds/back-pay/"


def owing() -> int:
    """An award by the standard of before, and one that a person set otherwise. Returns what a month of the first owes."""
    rise = raise_of(the_pack(), "bj.dibao.urban", RAISED)
    with acting(SYSTEM, moment=THEN):
        open_offices()
        engage_all()
        first = an_award(1, government=1, first=date(2024, 3, 1), names=("单春雨",))
        facts = situation(first.snapshot_id)
        old, new = amounts_by_both(facts, ["ZK01"], RAISED, the_pack(), rise)["ZK01"]
        assert old is not None
        assert new is not None
        an_award(2, government=old, first=date(2024, 3, 1), names=("单春雨",))
    return new - old


def test_the_raises_of_the_pack_that_a_monthly_item_rests_on() -> None:
    found = raises(the_pack(), date(2023, 1, 1), date(2024, 12, 31))
    assert found == tuple(sorted(found, key=lambda one: one.first, reverse=True))
    assert {("bj.dibao.urban", date(2023, 7, 1)), ("bj.dibao.urban", RAISED)} <= {
        (one.parameter, one.first) for one in found
    }
    assert all(one.new.value > one.old.value for one in found)


def test_looked_at_by_month_confirmed_by_the_decider_once_and_paid_with_the_next_run() -> None:
    step = owing()
    finance, decider = logged_in("finance"), logged_in("decider.MZ")
    assert "2024-07-01" in finance.get(PAGE).content.decode()
    page = finance.get(f"{PAGE}?{urlencode(ASKED)}").content.decode()
    assert page.count("补发：标准由1,395.00元调为1,450.00元") == 3
    assert yuan_text(3 * step) in page
    assert "由人核定补发" in page
    assert "确认补发" not in page
    assert finance.post(f"{PAGE}make/", ASKED).status_code == 403
    assert "确认补发" in decider.get(f"{PAGE}?{urlencode(ASKED)}").content.decode()
    done = decider.post(f"{PAGE}make/", ASKED, follow=True).content.decode()
    assert f"1 户、3 个月，共 {yuan_text(3 * step)} 元" in done
    assert "没有应补的金额" in done
    again = decider.post(f"{PAGE}make/", ASKED, follow=True).content.decode()
    assert "未作任何改动" in again
    month = f"{datetime.now(tz=SHANGHAI):%Y-%m}"
    assert yuan_text(3 * step) in finance.get(f"/desk/funds/runs/preview/?month={month}").content.decode()
    with acting(a_post("auditor"), moment=THEN):
        assert Entry.objects.filter(act="cases.look_at_back_pay").count() == 4
        assert Entry.objects.filter(act="cases.back_pay").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"rise": "bj.dibao.urban@2020-01-01"}, {"until": "soon"}, {"until": "2099-01"}]
)
def test_no_raise_of_the_pack_no_month_or_one_not_begun_changes_nothing(wrong: dict[str, str]) -> None:
    owing()
    decider = logged_in("decider.MZ")
    assert decider.get(f"{PAGE}?{urlencode(ASKED | wrong)}").status_code == 422
    assert decider.post(f"{PAGE}make/", ASKED | wrong).status_code == 422
    with acting(a_post("auditor"), moment=THEN):
        assert not Entry.objects.filter(act__in=["cases.look_at_back_pay", "cases.back_pay"]).exists()
