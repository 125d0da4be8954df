"""Experts judge on screen and see their consistency at once; the office makes weights of it, and another person approves them."""

from fractions import Fraction

import pytest
from django.test import Client

from jishiyu.assessment import operations
from jishiyu.assessment.models import ExpertJudgement, IndicatorSet
from jishiyu.assessment.queries import newest_reading, reading_of
from jishiyu.assessment.rules.district_poverty import Question, answer
from jishiyu.assessment.rules.sensitivity import Shift
from jishiyu.assessment.rules.small_cells import LEAST
from jishiyu.doors.desk.experts import poverty_shown
from jishiyu.doors.desk.experts.district import change_of
from jishiyu.doors.desk.experts.shown import hides_few, move_lines
from jishiyu.doors.jobs.tasks import run_waiting_jobs
from jishiyu.foundations.outcomes import sentence
from jishiyu.journal.models import Entry
from jishiyu.journeys.read_district import ask_for_reading
from jishiyu.offices.operations import acting, engage, establish_post
from jishiyu.offices.queries import post_by_code
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.operations import store_households
from jishiyu.registry.queries import latest_snapshot_ids
from tests.conftest import NOON
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post, engage_all, open_offices, the_pack
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> dict[str, Client]:
    """An expert, and two people of the office."""
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all()
        establish_post(code="office.two", role="office", title=sentence("办公室二", "Office two"))
        engage(
            username="office.two",
            name="测试二",
            password="only-for-tests-1",
            post_code="office.two",
            first_day=NOON.date().replace(month=1),
        )
    return {name: logged_in(name) for name in ("expert", "office", "office.two")}


STAR = {f"pair-0-{column}": "2" for column in range(1, 9)}


def test_the_form_shows_every_pair_and_keeps_what_was_judged(desks: dict[str, Client]) -> None:
    expert = desks["expert"]
    page = expert.get("/desk/experts/").content.decode()
    assert page.count("<select") == 36
    answer = expert.post("/desk/experts/", {"pair-0-1": "3", "pair-1-2": "1/5", "pair-3-4": ""})
    assert answer.status_code == 302
    page = expert.get("/desk/experts/").content.decode()
    assert page.count(" selected>") == 2
    with acting(SYSTEM, moment=NOON):
        kept = {(row.row, row.column): row.value for row in ExpertJudgement.objects.all()}
    assert kept == {("income", "health"): "3", ("health", "disability_care"): "1/5"}
    expert.post("/desk/experts/", {"pair-0-1": "2"})
    with acting(SYSTEM, moment=NOON):
        assert [row.value for row in ExpertJudgement.objects.all()] == ["2"], "what was cleared is taken back"


def test_each_branch_of_the_tree_is_judged_on_its_own(desks: dict[str, Client]) -> None:
    expert = desks["expert"]
    page = expert.get("/desk/experts/?branch=income").content.decode()
    assert page.count("<select") == 3
    answer = expert.post("/desk/experts/", {"branch": "income", "pair-0-1": "3", "next": "1"})
    assert "branch=health" in answer["Location"]
    with acting(SYSTEM, moment=NOON):
        row = ExpertJudgement.objects.get()
    assert (row.branch, row.row, row.column) == ("income", "inc_ratio", "inc_stability")
    assert "1/3" in expert.get("/desk/experts/").content.decode()
    assert expert.get("/desk/experts/?branch=sudden_event").status_code == 404


def test_consistency_is_told_at_once_with_the_two_judgements_that_spoil_it(desks: dict[str, Client]) -> None:
    choices = {"pair-0-1": "9", "pair-1-2": "9", "pair-0-2": "1/9"}
    page = desks["expert"].get("/desk/experts/check/", choices).content.decode()
    assert "请复核" in page
    assert page.count("<li>") == 2
    assert "请再比较“" in page, "what is not connected has no weights yet"
    good = desks["expert"].get("/desk/experts/check/", STAR | {"pair-1-2": "1"}).content.decode()
    assert "可以采用" in good
    assert "只供参考" in good
    assert "jsy-bars" in good
    tree = desks["expert"].get("/desk/experts/check/", STAR).content.decode()
    assert "尚无可互相印证的" in tree
    with acting(SYSTEM, moment=NOON):
        assert ExpertJudgement.objects.count() == 0, "a look keeps nothing"


@pytest.mark.clause("C26")
def test_one_proposes_and_another_approves_after_seeing_what_it_does(desks: dict[str, Client]) -> None:
    desks["expert"].post("/desk/experts/", STAR)
    desks["expert"].post("/desk/experts/", {"branch": "income", "pair-0-1": "3", "pair-0-2": "3"})
    office, second = desks["office"], desks["office.two"]
    told = {"label": "第一版", "first_day": "2999-01-01", "way": "judgements", "minutes": "会议纪要3号"}
    assert office.post("/desk/experts/weights/", told).status_code == 302
    assert office.post("/desk/experts/weights/", told).status_code == 422
    with acting(SYSTEM, moment=NOON):
        draft = IndicatorSet.objects.get()
    assert draft.within == {"income": [600_000, 200_000, 200_000]}
    assert office.post(f"/desk/experts/weights/{draft.pk}/approve/").status_code == 409
    page = second.get(f"/desk/experts/weights/{draft.pk}/").content.decode()
    assert "会议纪要3号" in page
    assert "还没有读取全区" in page
    assert second.post(f"/desk/experts/weights/{draft.pk}/approve/").status_code == 302
    with acting(SYSTEM, moment=NOON):
        assert IndicatorSet.objects.get().status == "approved"
    assert "第一版" in second.get("/desk/experts/weights/").content.decode()
    beside = desks["expert"].get(f"/desk/experts/weights/compare/?a=pack&b={draft.pk}")
    assert "第一版" in beside.content.decode()
    assert office.get("/desk/experts/weights/compare/?a=x").status_code == 404


def test_the_weights_page_without_any_judgement_says_so(desks: dict[str, Client]) -> None:
    page = desks["office"].get("/desk/experts/weights/").content.decode()
    assert "还没有专家判断" in page
    own = desks["expert"].get("/desk/experts/weights/").content.decode()
    assert "还没有版本" in own
    assert "形成新版本" not in own


def test_a_value_off_the_scale_is_refused(desks: dict[str, Client]) -> None:
    assert desks["expert"].post("/desk/experts/", {"pair-0-1": "17"}).status_code == 409
    assert desks["expert"].get("/desk/experts/check/", {"pair-0-1": "17"}).status_code == 200


def test_a_panel_is_opened_judged_reminded_and_closed(desks: dict[str, Client]) -> None:
    office, expert = desks["office"], desks["expert"]
    assert "还没有专家组" in office.get("/desk/experts/weights/panels/").content.decode()
    told = {
        "title": "2024年专家组", "question": "哪些方面更能说明困难？", "opens_on": "2000-01-01",
        "closes_on": "2999-01-01", "share_expert": "1",
    }  # fmt: skip
    assert office.post("/desk/experts/weights/panels/new/", told | {"share_expert": "0"}).status_code == 422
    made = office.post("/desk/experts/weights/panels/new/", told)
    assert made.status_code == 302
    where = made["Location"]
    assert office.post("/desk/experts/weights/panels/new/", told).status_code == 422
    panel = where.rstrip("/").split("/")[-1]
    home = expert.get("/desk/experts/").content.decode()
    assert "哪些方面更能说明困难？" in home, "the panel that waits comes first"
    assert expert.post("/desk/experts/", STAR | {"panel": panel}).status_code == 302
    page = office.get(where).content.decode()
    assert "提醒未完成的 1 位" in page
    assert office.post(f"{where}remind/").status_code == 302
    assert office.post(where, {"label": "x", "first_day": "2999-01-01"}).status_code == 422
    assert office.post(f"{where}close/").status_code == 302
    assert office.post(where, {"label": "x", "first_day": "2999-01-01"}).status_code == 302
    assert expert.post("/desk/experts/", STAR | {"panel": panel}).status_code == 409
    assert "现在不能判断" in expert.get(f"/desk/experts/?panel={panel}").content.decode()
    assert expert.get("/desk/experts/?panel=nobody").status_code == 404


@pytest.fixture
def scored(desks: dict[str, Client]) -> dict[str, Client]:
    """The desks, with households of two sub-districts scored, few of them in the second; the auditor too."""
    district = [a_newcomer(n, wage=n * 100_000, area=SHICHAHAI if n < 2 else DESHENG) for n in range(12)]
    with acting(SYSTEM, moment=NOON):
        store_households(district, recorded_by="test", moment=NOON)
        ids = latest_snapshot_ids(SYSTEM)
        operations.assess_many(ids, actor=SYSTEM, moment=NOON, day=NOON.date())
    return desks | {"auditor": logged_in("auditor")}


def test_how_far_a_weight_may_move_is_shown_once_the_district_is_read(scored: dict[str, Client]) -> None:
    office, expert = scored["office"], scored["expert"]
    page = "/desk/experts/weights/sensitivity/"
    assert "请领导小组办公室先读取" in expert.get(page).content.decode()
    assert office.post("/desk/experts/weights/reading/", {"back": page}).status_code == 302
    for level, rows in (("dimensions", 9), ("indicators", 21)):
        text = expert.get(f"{page}?level={level}").content.decode()
        assert text.count("#one") == rows
        assert "最经不起变动的是" in text
    book = office.post(f"{page}export/", {"level": "dimensions"})
    assert book["Content-Type"].endswith("sheet")
    assert expert.get(f"{page}?set=pack&weight=health").status_code == 200
    assert expert.get(f"{page}?set=nobody").status_code == 404


def test_multidimensional_poverty_is_measured_as_asked_and_few_are_not_shown(
    scored: dict[str, Client],
) -> None:
    office, auditor = scored["office"], scored["auditor"]
    page = "/desk/experts/poverty/"
    assert "请领导小组办公室先读取" in auditor.get(page).content.decode()
    office.post("/desk/experts/weights/reading/", {"back": "https://elsewhere.example/"})
    text = auditor.get(f"{page}?unit=household&weights=equal&k=1/5&line=3000").content.decode()
    assert "调整后贫困发生率" in text
    assert "户数少，不显示" in text
    assert auditor.get(f"{page}?k=2/1").status_code == 422
    assert auditor.get(f"{page}?k=a+third").status_code == 422
    few = auditor.get(f"{page}?k=9/10&line=10000").content.decode()
    assert "elsewhere" not in few
    assert auditor.get(f"{page}?k=1e999999999").status_code == 422
    told = {"unit": "household", "weights": "equal", "k": "1/5", "line": "3000"}
    assert office.post(f"{page}export/", told)["Content-Type"].endswith("sheet")
    with acting(SYSTEM, moment=NOON):
        taken = Entry.objects.get(act="assessment.export")
    assert (taken.about_kind, taken.detail["what"], taken.detail["k"]) == ("reading", "poverty", "1/5")


def test_where_few_are_poor_no_chart_table_or_file_tells_of_them(scored: dict[str, Client]) -> None:
    scored["office"].post("/desk/experts/weights/reading/", {})
    with acting(SYSTEM, moment=NOON):
        row = newest_reading()
        assert row is not None
        reading = reading_of(row)
    content = the_pack().indicators
    asked = [
        Question(False, None, line, Fraction(n, 20)) for line in (3000, 5000, 8000) for n in range(1, 21)
    ]
    found = [(one, answer(reading, one, content)) for one in asked]
    few = next((one, told) for one, told in found if 0 < told.poor_households < LEAST)
    many = next(
        (one, told) for one, told in found
        if told.poor_households >= LEAST and any(0 < n < LEAST for n in told.poor_over_k)
    )  # fmt: skip
    shown = poverty_shown.page(few[1], few[0])
    assert shown["small"]
    assert not any(name.endswith("chart") or name in ("areas", "indicators") for name in shown)
    told = {"unit": "household", "weights": "equal", "k": str(few[0].k), "line": str(few[0].line)}
    assert scored["office"].post("/desk/experts/poverty/export/", told).status_code == 409
    assert "户数少" not in scored["auditor"].get("/desk/experts/poverty/", told).content.decode()
    shown = poverty_shown.page(many[1], many[0])
    sheet = list(poverty_shown.sheets(many[1], shown)[3].rows)
    for place, n in enumerate(many[1].poor_over_k):
        hidden = 0 < n < LEAST
        drawn = [one["data"][place] for one in shown["curve_chart"]["series"]]
        assert (drawn == [None, None]) == hidden
        assert (sheet[place][1:] == ["", "", ""]) == hidden


def test_moves_of_a_few_are_kept_from_who_sees_no_households() -> None:
    moves = ((10, 2, 0), (9, 20, 0), (0, 0, 5))
    told = [n for _, _, n in move_lines((*moves,), hide=False)]
    assert told == [9, 2]
    assert [n for _, _, n in move_lines(moves, hide=True)] == [None, None], (
        "of one the other could be worked out"
    )
    change = change_of(Shift(Fraction(1, 10), Fraction(1, 5), moves), hide=True)
    assert (change.harder, change.milder, change.changed) == (None, 9, None)
    assert hides_few(a_post("expert"))
    assert not hides_few(a_post("office"))


def test_nothing_scored_is_told_where_the_district_would_be_read(desks: dict[str, Client]) -> None:
    answer = desks["office"].post(
        "/desk/experts/weights/reading/", {"back": "/desk/experts/poverty/"}, follow=True
    )
    assert "还没有按现行指标评估的家庭" in answer.content.decode()


def test_a_large_district_is_read_by_the_worker(scored: dict[str, Client]) -> None:
    with acting(SYSTEM, moment=NOON):
        office = post_by_code("office", NOON.date())
    with acting(office, moment=NOON):
        assert ask_for_reading(actor=office, moment=NOON, at_once=11) is None
        assert ask_for_reading(actor=office, moment=NOON, at_once=11) is None, "it waits already"
        assert newest_reading() is None
    assert run_waiting_jobs() == 1
    assert "最经不起变动的是" in scored["expert"].get("/desk/experts/weights/sensitivity/").content.decode()
