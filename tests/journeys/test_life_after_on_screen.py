"""What comes after an award as each post sees and does it on the desk, without a browser."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pypdf import PdfReader

from jishiyu.cases.models import Appeal, Measure
from jishiyu.cases.queries import life_after as life
from jishiyu.foundations.clock import wind_to
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.fixtures import DESHENG, SHICHAHAI, engage_all, open_offices
from tests.journeys.living import AMOUNT, JANUARY, Living
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db
AWARDS = "/desk/afterwards/awards/"


@pytest.fixture
def living(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Living:
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    with acting(SYSTEM, moment=Living.began()):
        open_offices()
        engage_all(JANUARY)
    made = Living()
    wind_to(made.now)
    return made


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return re.sub(r"\s+", " ", answer.content.decode())


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def waiting(living: Living) -> Measure:
    with acting(SYSTEM, moment=living.now):
        return Measure.objects.get(case=living.case, state="proposed")


def test_a_suspension_from_its_preview_to_its_letter_and_back(living: Living) -> None:
    street, decider = logged_in(f"caseworker.{DESHENG}"), logged_in("decider.MZ")
    page = f"{AWARDS}{living.award}/"
    assert f"{page}measure/" in text(street, page)
    told = {"kind": "suspend", "first": "2026-02-01", "amount": "", "reasons": "无正当理由拒绝核查"}
    shown = street.post(f"{page}measure/", told | {"do": "preview"}).content.decode()
    assert "800.00" in shown
    assert "2026-02" in shown
    street.post(f"{page}measure/", told | {"do": "propose"})
    made = waiting(living)
    settle = f"/desk/afterwards/measures/{made.id}/"
    assert settle in text(decider, "/desk/afterwards/")
    assert settle in text(decider, "/desk/")
    assert street.post(settle, {"do": "confirm"}).status_code == 403
    assert street.get(f"{settle}letter.pdf").status_code == 409
    decider.post(settle, {"do": "confirm"})
    assert "2026-02 — 至恢复为止" in text(street, page)
    letter = words(street.get(f"{settle}letter.pdf").content)
    for said in ("停发社会救助告知书", "无正当理由拒绝核查", "自2026-02起停发", "西城区人民政府", "60日内"):
        assert said in letter, said
    assert "北京市民政局提出" not in letter  # from 2024 on it is the district's government alone
    assert street.get(f"{settle}letter.docx").content[:2] == b"PK"
    street.post(
        f"{page}measure/", told | {"kind": "resume", "first": "2026-03-01", "back_pay": "on", "do": "propose"}
    )
    decider.post(f"/desk/afterwards/measures/{waiting(living).id}/", {"do": "confirm"})
    assert "2026-02 — 2026-02" in text(street, page)


def test_a_measure_is_declined_with_a_reason_and_nothing_changes(living: Living) -> None:
    made = living.propose("stop")
    decider = logged_in("decider.MZ")
    address = f"/desk/afterwards/measures/{made}/"
    decider.post(address, {"do": "decline", "because": ""})
    assert waiting(living).id == made
    decider.post(address, {"do": "decline", "because": "情况尚未查清"})
    with acting(SYSTEM, moment=living.now):
        assert life.measure(made, SYSTEM).state == "declined"
    assert living.case_now().state == "granted"


def test_a_recheck_computes_anew_and_a_person_says_how_it_ends(living: Living) -> None:
    street = logged_in(f"caseworker.{DESHENG}")
    page = f"{AWARDS}{living.award}/"
    assert "尚未定出复核日" in text(street, "/desk/afterwards/")
    street.post("/desk/afterwards/plan/")
    assert living.case_now().number in text(street, "/desk/afterwards/?ahead=all")
    shown = text(street, f"{page}recheck/")
    assert "按现行规则测算" in shown
    assert "不能测算，由人核定" in shown  # the pack does not know the standard of 2026: no amount is made up
    assert street.post(f"{page}recheck/", {"kind": "continue", "reasons": "无"}).status_code == 422
    street.post(f"{page}recheck/", {"kind": "continue", "reasons": "家庭人口、收入没有变化"})
    with acting(SYSTEM, moment=living.now):
        plan = life.recheck_plan(living.award)
        assert plan is not None
        assert (plan.ground, plan.number, plan.due_on) == ("recheck", 2, date(2026, 7, 10))
    assert "动态复核通知书" in words(street.get(f"{page}recheck-notice.pdf").content)
    assert living.pay() == AMOUNT


def test_a_change_of_circumstances_is_told_and_only_proposed(living: Living) -> None:
    street = logged_in(f"caseworker.{DESHENG}")
    form = f"/desk/afterwards/households/{living.household}/change/"
    shown = text(street, form)
    assert "死亡当月是否发放未见规定" in shown
    assert "示例" in shown
    told = {"kind": "job", "person": "", "day": "2026-01-05", "reason": "找到工作", "paper": "劳动合同"}
    assert street.post(form, told | {"day": "2026-02-01"}).status_code == 422
    street.post(form, told)
    made = waiting(living)
    assert (made.kind, made.first_month, made.confidence) == ("grace", date(2026, 2, 1), "uncertain")
    settle = text(logged_in("decider.MZ"), f"/desk/afterwards/measures/{made.id}/")
    assert "400.00" in settle
    assert "待核实" in settle
    assert "找到工作" in text(street, f"/desk/households/{living.household}/")
    assert logged_in(f"caseworker.{SHICHAHAI}").get(form).status_code == 404


def test_an_appeal_has_its_body_and_its_clock_by_the_law_of_the_day_and_makes_a_stop_good(
    living: Living,
) -> None:
    street = logged_in(f"caseworker.{DESHENG}")
    living.do("stop")
    new = f"/desk/afterwards/appeals/new/{living.case}/"
    assert "西城区人民政府" in text(street, new)
    assert "北京市民政局" not in text(street, new)
    told = {
        "way": "reconsideration-0", "against_day": "2026-01-10", "received_on": "2026-01-10", "appellant": "单春雨",
        "grounds": "家庭收入核算有误，请求撤销",
    }  # fmt: skip
    assert street.post(new, told | {"grounds": "无"}).status_code == 422
    street.post(new, told)
    with acting(SYSTEM, moment=living.now):
        row = Appeal.objects.get(case=living.case)
        assert (row.in_time, row.due_on, row.confidence) == (True, date(2026, 3, 11), "verified")
    page = f"/desk/afterwards/appeals/{row.id}/"
    assert page in text(street, "/desk/afterwards/appeals/")
    assert street.get(f"{page}letter.pdf").status_code == 409
    answer = {
        "outcome": "revoked",
        "decided_on": "2026-01-10",
        "document_no": "西政复〔2026〕1号",
        "words": "事实不清",
    }
    street.post(page, answer)
    assert "按结论处理救助" in text(street, page)
    assert "西政复〔2026〕1号" in words(street.get(f"{page}letter.pdf").content)
    # The stop fell: the award is resumed with what was missed, once a person confirms.
    living.do("resume", back_pay=True, first=date(2026, 3, 1))
    assert living.case_now().state == "granted"
    for _ in range(3):
        living.pay()
        living.next_month()
    assert sum(living.paid().values()) == 3 * AMOUNT  # January, March, and February made good


def test_an_appeal_that_came_late_is_registered_and_marked(living: Living) -> None:
    living.do("stop")
    for _ in range(4):
        living.next_month()
    wind_to(living.now)
    street = logged_in(f"caseworker.{DESHENG}")
    street.post(
        f"/desk/afterwards/appeals/new/{living.case}/",
        {"way": "reconsideration-0", "against_day": "2026-01-10", "received_on": f"{living.now:%Y-%m-%d}",
         "appellant": "单春雨", "grounds": "不服终止决定"},
    )  # fmt: skip
    assert "逾期提出" in text(street, "/desk/afterwards/appeals/")
