"""Experts judge on screen and see their consistency at once; the office makes weights of it, and another person approves them."""

import pytest
from django.test import Client

from jishiyu.assessment.models import ExpertJudgement, IndicatorSet
from jishiyu.foundations.outcomes import sentence
from jishiyu.offices.operations import acting, engage, establish_post
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.fixtures import engage_all, open_offices
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


def test_consistency_is_told_at_once_with_the_two_judgements_that_spoil_it(desks: dict[str, Client]) -> None:
    choices = {"pair-0-1": "9", "pair-1-2": "9", "pair-0-2": "1/9"}
    page = desks["expert"].get("/desk/experts/check/", choices).content.decode()
    assert "请复核" in page
    assert page.count("<li>") == 2
    good = desks["expert"].get("/desk/experts/check/", {"pair-0-1": "2"}).content.decode()
    assert "可以采用" in good
    with acting(SYSTEM, moment=NOON):
        assert ExpertJudgement.objects.count() == 0, "a look keeps nothing"


def test_one_proposes_and_another_approves(desks: dict[str, Client]) -> None:
    desks["expert"].post("/desk/experts/", {"pair-0-1": "2", "pair-0-4": "3"})
    office, second = desks["office"], desks["office.two"]
    day = "2999-01-01"
    assert office.post("/desk/experts/weights/", {"label": "第一版", "first_day": day}).status_code == 302
    assert office.post("/desk/experts/weights/", {"label": "第一版", "first_day": day}).status_code == 422
    with acting(SYSTEM, moment=NOON):
        draft = IndicatorSet.objects.get()
    assert office.post(f"/desk/experts/weights/{draft.pk}/approve/").status_code == 409
    assert second.post(f"/desk/experts/weights/{draft.pk}/approve/").status_code == 302
    with acting(SYSTEM, moment=NOON):
        assert IndicatorSet.objects.get().status == "approved"
    assert "第一版" in second.get("/desk/experts/weights/").content.decode()


def test_the_weights_page_without_any_judgement_says_so(desks: dict[str, Client]) -> None:
    page = desks["office"].get("/desk/experts/weights/").content.decode()
    assert "还没有专家判断" in page


def test_a_value_off_the_scale_is_refused(desks: dict[str, Client]) -> None:
    assert desks["expert"].post("/desk/experts/", {"pair-0-1": "17"}).status_code == 409
    assert desks["expert"].get("/desk/experts/check/", {"pair-0-1": "17"}).status_code == 200
