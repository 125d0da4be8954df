"""A change of policy tried over the register: kept, seen by whom it is for, with the households behind its figures."""

from datetime import date
from uuid import UUID

import pytest

from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours
from jishiyu.journal.queries import entries
from jishiyu.journeys.what_if import try_change
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
        return try_change("低保上调", changes or [DIBAO], day=DAY, actor=actor, moment=NOON)


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
            try_change("x", [DIBAO], day=DAY, actor=office, moment=NOON)
        assert none.value.code == "what_if.no_evidence"
        with pytest.raises(CannotBecause):
            try_change("x", [], day=DAY, actor=office, moment=NOON)
        with pytest.raises(NotFound):
            queries.what_if(UUID(int=1), office)


@pytest.mark.parametrize("english", [False, True])
def test_on_screen(district: dict[str, UUID], english: bool) -> None:
    office = logged_in("office", english=english)
    assert office.get("/desk/what-if/").status_code == 200
    assert office.get("/desk/what-if/new/?day=2021-12-15&parameter=bj.dibao.urban").status_code == 200
    empty = office.post("/desk/what-if/new/", {"name": "x", "day": "2021-12-15"})
    assert empty.status_code == 422
    told = {
        "name": "低保1320", "day": "2021-12-15", "parameter_0": "bj.dibao.urban", "parameter_0_value": "1320",
        "condition_0": "ZK01|has_local_hukou", "weight_income": "40", "band_yellow": "20", "cut_off_0": "inc_ratio|0",
        "cut_off_0_value": "1.1",
    }  # fmt: skip
    answer = office.post("/desk/what-if/new/", told, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:3000]
    page = answer.content.decode()
    assert "低保1320" in page
    with acting(SYSTEM, moment=NOON):
        made = WhatIf.objects.get()
    assert len(made.changes) == 5
    for address in ("", "households/", "households/?side=gaining", f"households/?sub_district={SHICHAHAI}"):
        assert office.get(f"/desk/what-if/{made.id}/{address}").status_code == 200
    both = office.get(f"/desk/what-if/compare/?a={made.id}&b={made.id}").content.decode()
    assert both.count("1320") >= 4
    assert office.get("/desk/what-if/compare/?a=rubbish").status_code == 404
    assert office.post(f"/desk/what-if/{made.id}/export/").content[:2] == b"PK"
    finance = logged_in("finance", english=english)
    assert finance.get(f"/desk/what-if/{made.id}/").status_code == 200
    assert finance.get("/desk/what-if/new/").status_code == 403
    assert logged_in("decider.MZ").get("/desk/what-if/new/").status_code == 200
    assert logged_in("decider.CS").get("/desk/what-if/").status_code == 403
    assert "/desk/what-if/" not in logged_in("decider.CS").get("/desk/").content.decode()


def test_looks_are_kept(district: dict[str, UUID]) -> None:
    made = tried(a_post("office"))
    logged_in("office").get(f"/desk/what-if/{made}/households/")
    with acting(SYSTEM, moment=NOON):
        acts = [one.act for one in entries()]
    assert "oversight.see_touched" in acts
