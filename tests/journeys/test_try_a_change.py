"""A change of policy tried over the register: kept, seen by whom it is for, with the households behind its figures."""

import json
import re
from datetime import date
from html import unescape
from uuid import UUID

import pytest

from jishiyu.doors.desk.whatif.shown import items_table
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal.queries import entries
from jishiyu.journeys.what_if import begin_trial
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.oversight import queries
from jishiyu.oversight.models import WhatIf
from jishiyu.registry.operations import open_to_agency, register_household
from tests.conftest import NOON
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post, engage_all, open_offices
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db
DAY = date(2021, 12, 15)
DIBAO = {"kind": "parameter", "id": "bj.dibao.urban", "value": "1320"}


@pytest.fixture
def district() -> dict[str, UUID]:
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all(date(2020, 1, 1))
        made = {}
        for running, (area, wage) in enumerate(
            ((DESHENG, 600_000), (DESHENG, 9_000_000), (SHICHAHAI, 1_200_000)), 1
        ):
            one = a_newcomer(running, area=area, wage=wage)
            register_household(one, actor=SYSTEM, moment=NOON)
            made[f"{area}.{wage}"] = UUID(one.household_id)
        first = made[f"{DESHENG}.600000"]
        open_to_agency(first, sub_district=DESHENG, agency="MZ", because="试算", day=NOON.date())
    return made


def tried(actor: Post, changes: list[dict[str, object]] | None = None) -> UUID:
    with acting(actor, moment=NOON):
        run = begin_trial("低保上调", changes or [DIBAO], day=DAY, actor=actor, moment=NOON)
        made = queries.what_if_run(run, actor).what_if_id
        assert made is not None  # so few households are answered at once
        return made


def test_the_office_tries_and_sees_who_gains(district: dict[str, UUID]) -> None:
    office = a_post("office")
    made = tried(office)
    with acting(office, moment=NOON):
        row = queries.what_if(made, office)
        assert row.households == 3
        assert row.figures["whole"]["gaining"] >= 2
        assert row.net > 0
        gaining = list(queries.touched(row, office, queries.TouchedBy(side="gaining")))
        assert {one.household_id for one in gaining} >= {
            district[f"{DESHENG}.600000"],
            district[f"{SHICHAHAI}.1200000"],
        }
        assert all(one.more > 0 and one.parts for one in gaining)
        assert {
            one.household.sub_district_id
            for one in queries.touched(row, office, queries.TouchedBy(sub_district=SHICHAHAI))
        } == {SHICHAHAI}
        assert list(queries.touched(row, office, queries.TouchedBy(side="losing"))) == []


def test_a_decider_of_the_offices_agency_tries_within_reach(district: dict[str, UUID]) -> None:
    decider, charity = a_post("decider"), a_post("decider", agency="CS")
    made, whole = tried(decider), tried(a_post("office"))
    with acting(decider, moment=NOON):
        assert queries.what_if(made, decider).households == 1
        row = queries.what_if(whole, decider)
        assert row.households == 3
        assert [one.household_id for one in queries.touched(row, decider)] == [district[f"{DESHENG}.600000"]]
    with acting(charity, moment=NOON), pytest.raises(NotYours):
        queries.what_ifs(charity)


@pytest.mark.parametrize("role", ["caseworker", "finance", "auditor", "expert", "admin", "agency_officer"])
def test_others_do_not_try(district: dict[str, UUID], role: str) -> None:
    with pytest.raises(NotYours):
        tried(a_post(role))  # type: ignore[arg-type]


def test_a_street_sees_no_trial_even_past_the_queries(district: dict[str, UUID]) -> None:
    tried(a_post("office"))
    with acting(a_post("caseworker"), moment=NOON):
        assert not WhatIf.objects.exists()


def test_a_trial_stays_as_it_is(district: dict[str, UUID]) -> None:
    made = tried(a_post("office"))
    with acting(SYSTEM, moment=NOON):
        assert WhatIf.objects.filter(pk=made).update(name="x") == 0
        assert WhatIf.objects.get().name == "低保上调"


def test_nothing_to_try_and_nothing_to_try_it_on() -> None:
    with acting(SYSTEM, moment=NOON):
        open_offices()
    office = a_post("office")
    with acting(office, moment=NOON):
        with pytest.raises(CannotBecause) as none:
            begin_trial("x", [DIBAO], day=DAY, actor=office, moment=NOON)
        assert none.value.code == "what_if.no_evidence"
        with pytest.raises(CannotBecause):
            begin_trial("x", [], day=DAY, actor=office, moment=NOON)
        with pytest.raises(NotFound):
            queries.what_if(UUID(int=1), office)


@pytest.mark.parametrize("english", [False, True])
def test_on_screen(district: dict[str, UUID], english: bool) -> None:
    office = logged_in("office", english=english)
    assert office.get("/desk/what-if/").status_code == 200
    assert office.get("/desk/what-if/new/?day=2021-12-15&parameter=bj.dibao.urban").status_code == 200
    empty = office.post("/desk/what-if/new/", {"name": "x", "day": "2021-12-15", "do": "run"})
    assert empty.status_code == 422
    told = {
        "name": "低保1320", "day": "2021-12-15", "parameter": "bj.dibao.urban", "parameter_value": "1320",
        "item": "ZK01", "act": "drop", "condition": "has_local_hukou", "weight_income": "40", "band_yellow": "20",
        "cut_off": "inc_ratio|0", "cut_off_value": "1.1", "do": "run",
    }  # fmt: skip
    answer = office.post("/desk/what-if/new/", told, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:3000]
    page = answer.content.decode()
    assert "低保1320" in page
    with acting(SYSTEM, moment=NOON):
        made = WhatIf.objects.get()
        assert made.author
        assert made.evidence_until
    assert len(made.changes) == 5
    for address in (
        "", "households/", "households/?side=gaining", f"households/?sub_district={SHICHAHAI}",
        "households/?figure=item.ZK01.gaining", "households/?figure=covered.after", "curve/", "curve/?kind=lone_parent&children=2&top=3000&ill=on",
    ):  # fmt: skip
        assert office.get(f"/desk/what-if/{made.id}/{address}").status_code == 200, address
    assert office.get(f"/desk/what-if/{made.id}/curve/?kind=nobody").status_code == 422
    both = office.get(f"/desk/what-if/compare/?a={made.id}&b={made.id}").content.decode()
    assert both.count("1320") >= 4
    assert office.get("/desk/what-if/compare/?a=rubbish").status_code == 404
    assert "ZK01" in office.get(f"/desk/what-if/new/?like={made.id}&day=2021-12-15").content.decode()
    assert office.get("/desk/what-if/new/?like=rubbish").status_code == 200
    assert office.post(f"/desk/what-if/{made.id}/export/").content[:2] == b"PK"
    assert office.post(f"/desk/what-if/{made.id}/households/export/").content[:2] == b"PK"
    finance = logged_in("finance", english=english)
    assert finance.get(f"/desk/what-if/{made.id}/").status_code == 200
    assert finance.get("/desk/what-if/new/").status_code == 403
    assert logged_in("decider.MZ").get("/desk/what-if/new/").status_code == 200
    assert logged_in("decider.CS").get("/desk/what-if/").status_code == 403
    assert "/desk/what-if/" not in logged_in("decider.CS").get("/desk/").content.decode()


def test_a_draft_is_put_together_and_taken_back(district: dict[str, UUID]) -> None:
    office = logged_in("office", english=True)

    def send(do: str, draft: str = "", **told: str) -> str:
        answer = office.post("/desk/what-if/new/", {"day": "2021-12-15", "do": do, "draft": draft, **told})
        assert answer.status_code in (200, 422)
        return answer.content.decode()

    def draft_of(page: str) -> str:
        return unescape(re.findall(r'name="draft" value="([^"]*)"', page)[0])

    one = send("add:parameter", parameter="bj.dibao.urban", parameter_value="1320")
    assert "1320 instead of 1245" in one
    picked = {
        "item": "ZC01",
        "act": "more",
        "test_0": "on_dibao",
        "not_0": "on",
        "test_1": "living_alone",
        "join": "any",
    }
    two = send("add:condition", draft_of(one), **picked)
    assert "asks as well" in two
    assert [each["kind"] for each in json.loads(draft_of(two))["changes"]] == ["parameter", "more"]
    assert json.loads(draft_of(two))["changes"][1]["test"] == {"any": [{"not": "on_dibao"}, "living_alone"]}
    gone = send("remove:0", draft_of(two))
    assert len(json.loads(draft_of(gone))["changes"]) == 1
    back = send("undo", draft_of(gone))
    assert json.loads(draft_of(back))["changes"] == json.loads(draft_of(two))["changes"]
    assert json.loads(draft_of(send("clear", draft_of(back))))["changes"] == []
    again = send("add:parameter", draft_of(two), parameter="bj.dibao.urban", parameter_value="1400")
    assert [each.get("value") for each in json.loads(draft_of(again))["changes"]] == [None, "1400"]
    for wrong, words in (
        ({"act": "replace", "condition": "has_local_hukou", "text": "{all: ["}, "cannot be read"),
        ({"act": "replace", "condition": "has_local_hukou", "text": "no_such_test"}, "no test is called"),
        ({"act": "replace", "test_0": "on_dibao"}, "Choose the condition"),
        ({"act": "more"}, "Pick at least one test"),
        ({"act": "more", "test_0": "on_dibao", "text": "on_dibao"}, "not both"),
    ):
        assert words in send("add:condition", item="ZK01", **wrong)
    assert "whole numbers" in send("add:weights", weight_income="4x")
    assert json.loads(draft_of(send("undo", "rubbish")))["changes"] == []


def test_looks_and_exports_are_kept(district: dict[str, UUID]) -> None:
    made = tried(a_post("office"))
    office = logged_in("office")
    office.get(f"/desk/what-if/{made}/households/")
    office.post(f"/desk/what-if/{made}/households/export/", {"side": "gaining"})
    with acting(SYSTEM, moment=NOON):
        acts = [one.act for one in entries()]
    assert "oversight.see_touched" in acts
    assert "oversight.export" in acts


def test_the_households_behind_a_figure_are_as_many_as_it_says(district: dict[str, UUID]) -> None:
    office = a_post("office")
    made = tried(office)
    with acting(office, moment=NOON):
        row = queries.what_if(made, office)
        item = next(one for one in row.figures["items"] if one["key"] == "ZK01")
        asked = {f"item.ZK01.{name}": item[name] for name in ("gaining", "losing", "newly", "no_longer")} | {
            f"cliff.{side}": row.figures["cliffs"][side]["households"] for side in ("before", "after")
        }
        told = row.figures["targeting"]
        for one in row.figures["items"]:
            sides = zip(("before", "after"), one["eligible"], strict=True)
            asked |= {f"item.{one['key']}.{side}": count for side, count in sides}
        asked |= {
            "covered.after": told["covered"][1],
            "left_out.after": told["poor"] - told["covered"][1],
            "leaking.after": told["others"][1],
        }
        for line in row.figures["programmes"]:
            asked[f"programme.{line['key']}.gaining"] = line["gaining"]
        for figure, count in asked.items():
            assert queries.touched(row, office, queries.TouchedBy(figure=figure)).count() == count, figure
        assert item["gaining"] > 0


def test_an_agency_that_reaches_some_sees_no_small_count_of_the_district(district: dict[str, UUID]) -> None:
    whole = tried(a_post("office"))
    page = logged_in("decider.MZ", english=True).get(f"/desk/what-if/{whole}/").content.decode()
    assert "too few households to show" in page
    assert (
        "too few households to show"
        not in logged_in("office", english=True).get(f"/desk/what-if/{whole}/").content.decode()
    )


def test_counts_of_the_entitled_lead_to_their_households_where_these_were_listed() -> None:
    line = {
        "key": "ZK01", "eligible": [0, 7], "unknown": [0, 0], "year": [0, 0], "month": [0, 0], "gaining": 0, "losing": 0,
        "newly": 7, "no_longer": 0, "listed": True,
    }  # fmt: skip
    (row,) = items_table({"items": [line]}).rows
    ways = {cell.filter for cell in row.cells if cell.filter}
    assert ways == {"figure=item.ZK01.after", "figure=item.ZK01.newly"}
    (older,) = items_table({"items": [{**line, "listed": False}]}).rows
    assert {cell.filter for cell in older.cells if cell.filter} == {"figure=item.ZK01.newly"}
