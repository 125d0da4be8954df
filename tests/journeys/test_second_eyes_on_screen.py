"""Second eyes as the posts and the public see them, without a browser: tiers, posts, near relatives, draws and checks."""

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from jishiyu.cases import operations, queries
from jishiyu.doors.jobs.command_line import main
from jishiyu.foundations.clock import wind_to
from jishiyu.foundations.outcomes import NotYours
from jishiyu.journeys.apply import apply_for
from jishiyu.offices.operations import acting
from jishiyu.offices.queries import post_by_code
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.registry.operations import register_household
from tests.fixtures import DESHENG, a_newcomer, an_id, engage_all, open_offices
from tests.journeys.logged_in import logged_in
from tests.rooms.cases.a_case import MORNING, Street
from tests.rooms.cases.test_two_hands import ALONE, relief

pytestmark = pytest.mark.django_db


class Screens:
    """A street whose posts have log-ins, the browser of each, and the clock that both go by."""

    def __init__(self) -> None:
        self.street = Street()
        self.street.caseworker = self.post(f"caseworker.{DESHENG}")
        self.street.reviewer = self.post(f"reviewer.{DESHENG}")
        self.street.head = self.post(f"sub_district_head.{DESHENG}")
        self.street.decider = self.post("decider.MZ")
        self.street.finance = self.post("finance")

    def post(self, code: str) -> Post:
        with acting(SYSTEM, moment=MORNING):
            return post_by_code(code, MORNING.date())

    def on(self, moment: datetime) -> None:
        self.street.now = moment
        wind_to(moment)

    def as_(self, code: str) -> Client:
        wind_to(self.street.now)
        return logged_in(code)


@pytest.fixture
def screens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Screens:
    monkeypatch.setenv("JISHIYU_CLOCK_FILE", str(tmp_path / "clock"))
    with acting(SYSTEM, moment=MORNING):
        open_offices()
        engage_all()
    return Screens()


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return re.sub(r"\s+", " ", answer.content.decode())


def done(client: Client, address: str, **words: Any) -> str:
    answer = client.post(address, words, follow=True)
    assert answer.status_code == 200, (address, answer.status_code, answer.content.decode()[:2000])
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_sum_beyond_one_hand_from_both_desks(screens: Screens) -> None:
    case_id = relief(screens.street, 1, ALONE + 1)
    page, decide = f"/desk/cases/{case_id}/", f"/desk/cases/{case_id}/decide/"
    decider, head = screens.as_("decider.MZ"), screens.as_("agency_head.MZ")
    shown = text(decider, decide)
    assert "本案适用" in shown
    assert "须两人签署" in shown
    assert "金额为示例，由区里核定" in shown
    papers = list(screens.street.papers(case_id))
    assert "第一签已记录" in done(decider, decide, outcome="grant", papers=papers, remarks="", reasons="")
    assert "等待第二签" in text(decider, page)
    assert "已签署" in text(head, decide)
    done(head, f"/desk/checks/signatures/{case_id}/", do="decline", reason="请补充用途说明")
    done(decider, decide, outcome="grant", papers=papers, remarks="", reasons="")
    assert "决定已作出" in done(head, decide, outcome="grant", papers=papers, remarks="", reasons="")
    with acting(SYSTEM, moment=screens.street.now):
        assert [award.amount for award in queries.awards_of_case(case_id)] == [ALONE + 1]


def test_incompatible_posts_are_refused_on_screen(screens: Screens) -> None:
    admin = screens.as_("admin")
    words = {"username": f"caseworker.{DESHENG}", "first_day": "2026-11-24"}
    refused = admin.post("/desk/posts/", {**words, "post": f"reviewer.{DESHENG}"})
    assert refused.status_code == 422
    said = refused.content.decode()
    assert f"街道审核{DESHENG}" in said
    assert f"街道经办{DESHENG}" in said
    assert "请先免去" in said
    assert "岗位已授予" in done(admin, "/desk/posts/", **words, post="agency_officer.MZ")
    assert screens.as_("office").post("/desk/posts/", words).status_code == 403


def test_a_declared_relative_marks_the_case_and_stays_out_of_it(screens: Screens) -> None:
    reviewer = screens.post(f"reviewer.{DESHENG}")
    number = an_id(date(1975, 3, 4), 2, 4).text  # the head of newcomer 1
    mine = screens.as_(f"reviewer.{DESHENG}")
    assert "已申报" in done(
        mine, "/desk/posts/relatives/", name="单春雨", id_number=number, relation="sibling"
    )
    case_id = screens.street.apply(1)
    shown = text(screens.as_(f"caseworker.{DESHENG}"), f"/desk/cases/{case_id}/")
    assert "近亲属备案" in shown
    assert reviewer.officer_name in shown
    screens.street.to_review(case_id)
    with acting(reviewer, moment=screens.street.now), pytest.raises(NotYours) as refused:
        operations.review(
            case_id, outcome="propose_grant", papers=(), actor=reviewer, moment=screens.street.now
        )
    assert refused.value.code == "cases.near_relative"
    assert "您须回避" in text(mine, f"/desk/cases/{case_id}/")
    register = text(screens.as_("office"), "/desk/checks/relatives/")
    assert "工作人员申报，自动比对" in register
    assert reviewer.officer_name in register
    assert "单春雨" not in register
    assert screens.as_(f"caseworker.{DESHENG}").get("/desk/checks/relatives/").status_code == 403
    # Found by another office's eyes, and lifted with a reason that stays to be read.
    with acting(SYSTEM, moment=screens.street.now):
        (record,) = queries.relatives_of(case_id)
    done(screens.as_("office"), f"/desk/checks/relatives/{record.id}/lift/", reason="同名不同人，申报有误")
    assert "同名不同人" in text(screens.as_("office"), "/desk/checks/relatives/")


def test_who_declared_a_member_takes_no_application_of_theirs(screens: Screens) -> None:
    caseworker = screens.street.caseworker
    number = an_id(date(1975, 3, 4), 2, 4).text
    done(
        screens.as_(f"caseworker.{DESHENG}"), "/desk/posts/relatives/", name="单春雨", id_number=number, relation="parent"
    )  # fmt: skip
    with acting(caseworker, moment=MORNING):
        household = register_household(a_newcomer(1), actor=caseworker, moment=MORNING)
        with pytest.raises(NotYours):
            apply_for(household, "ZK01", papers=("application",), actor=caseworker, moment=MORNING)


def decided(screens: Screens, running: int) -> UUID:
    case_id = relief(screens.street, running, 300_000)
    papers = screens.street.papers(case_id)
    with acting(screens.street.decider, moment=screens.street.now):
        operations.decide(
            case_id, outcome="grant", papers=papers, actor=screens.street.decider, moment=screens.street.now
        )  # fmt: skip
    return case_id


def test_a_draw_from_the_frozen_list_to_the_last_check(screens: Screens, tmp_path: Path) -> None:
    cases = [decided(screens, running) for running in (1, 2, 3)]
    day = screens.street.now.date()
    office = screens.as_("office")
    asked = {"first": "2026-11-01", "last": day.isoformat(), "seed_source": "双色球第2026140期开奖号码"}
    today = office.post("/desk/checks/draws/", {**asked, "seed_day": day.isoformat()})
    assert today.status_code == 422
    assert "须晚于今天" in today.content.decode()
    ahead = day + timedelta(days=2)
    assert "名单已冻结" in done(office, "/desk/checks/draws/", **asked, seed_day=ahead.isoformat())
    with acting(SYSTEM, moment=screens.street.now):
        (draw,) = queries.draws()
        assert [len(part["cases"]) for part in draw.frame] == [3]
    # Published before the seed is known: to everybody, with no name and no case number.
    public = Client()
    listed = text(public, f"/spot-checks/{draw.number}/")
    assert draw.frame_digest in listed
    assert "尚未公布" in listed
    assert "ZK05" not in listed
    assert "单春雨" not in listed
    early = office.post(f"/desk/checks/draws/{draw.number}/", {"seed": "03 09 12 21 27 33 05"})
    assert early.status_code == 422
    screens.on(screens.street.now + timedelta(days=2))
    assert "重抽，结果一致" in done(
        screens.as_("office"), f"/desk/checks/draws/{draw.number}/", seed="03 09 12 21 27 33 05"
    )
    published = tmp_path / "draw.json"
    published.write_bytes(public.get(f"/spot-checks/{draw.number}.json").content)
    assert main(["spot-check", "redraw", str(published)]) == 0
    told = json.loads(published.read_text(encoding="utf-8"))
    (drawn,) = told["drawn"].values()
    assert len(drawn) == 1  # 30% of three, rounded up
    swapped = {
        **told,
        "drawn": {
            name: [next(mark for mark in told["frame"][0]["cases"] if mark not in drawn)]
            for name in told["drawn"]
        },
    }
    published.write_text(json.dumps(swapped), encoding="utf-8")
    assert main(["spot-check", "redraw", str(published)]) == 1
    published.write_text("{", encoding="utf-8")
    assert main(["spot-check", "redraw", str(published)]) == 2
    # The one that was drawn is a task, for other eyes than those that handled it.
    with acting(SYSTEM, moment=screens.street.now):
        (check,) = queries.checks(SYSTEM)
        assert check.case_id in cases
        finding_address = f"/desk/checks/{check.id}/"
    assert "核查结果" in text(screens.as_("agency_officer.MZ"), finding_address)
    found = {
        "visited_on": screens.street.now.date().isoformat(),
        "first_visitor": "核查甲",
        "second_visitor": "核查乙",
        "agrees": "no",
        "findings": "到户核查，与户主核对",
        "differences": "",
    }
    unsaid = screens.as_("office").post(finding_address, found)
    assert unsaid.status_code == 422
    done(screens.as_("office"), finding_address, **{**found, "differences": "另有一处房屋出租未申报"})
    assert screens.as_(f"caseworker.{DESHENG}").post(finding_address, found).status_code == 403
    with acting(SYSTEM, moment=screens.street.now):
        finding = queries.check(check.id, SYSTEM).finding
    done(
        screens.as_("decider.MZ"), f"/desk/checks/findings/{finding.id}/", what="award_kept", because="租金已并入重新核算，仍符合条件"
    )  # fmt: skip
    figures = text(screens.as_("auditor"), "/desk/checks/?state=done")
    assert "33.33%" in figures or "33.3%" in figures
    assert "不一致" in figures
