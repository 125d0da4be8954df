"""A household's changes and answers on screen: what is asked, what is refused, what the page says then."""

from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.test import Client

from jishiyu.doors.desk.households.away import there_then
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import queries
from tests.conftest import NOON, TODAY
from tests.doors.conftest import Open, Street
from tests.fixtures import SHICHAHAI, person_of

GROUND = {"day": str(TODAY), "reason": "户口本已变更", "paper": "户口本"}


def page_of(client: Client, path: str, **sent: str) -> str:
    """What a form's page says after it was sent and everything followed."""
    return client.post(path, sent, follow=True).content.decode()


@pytest.fixture
def home(street: Street) -> str:
    return f"/desk/households/{street.our_id}/"


def test_a_birth_and_a_death_with_another_head(street: Street, home: str, caseworker: Client) -> None:
    born = GROUND | {"kind": "birth", "name": "单新芽", "id_number": "11990020261101001", "relation": "30"}
    said = caseworker.post(f"{home}changes/come/", born)
    assert said.status_code == 422  # one character too few
    head, child = (str(person_of(street.ours, place)) for place in (0, 1))
    going = f"{home}changes/go/{head}/"
    assert f'name="relation_{child}"' in caseworker.get(going).content.decode()
    nobody = caseworker.post(going, GROUND | {"kind": "death", f"relation_{child}": "20"})
    assert nobody.status_code == 422
    done = page_of(caseworker, going, **GROUND, kind="death", **{f"relation_{child}": "02"})
    assert "已变更并记入历史" in done
    assert "去世" in done
    assert "曾在本户" in done
    last = page_of(caseworker, f"{home}changes/go/{child}/", **GROUND, kind="going")
    assert "本户已没有成员" in last
    assert "snapshots/new" not in caseworker.get(home).content.decode()


def test_an_address_is_changed_without_being_shown(street: Street, home: str, caseworker: Client) -> None:
    form = caseworker.get(f"{home}changes/home/").content.decode()
    assert street.ours.address not in form
    assert street.ours.phone not in form
    sent = GROUND | {"community": "德胜第九社区", "address": "", "phone": "", "version": "1"}
    assert "变更地址、社区或电话" in page_of(caseworker, f"{home}changes/home/", **sent)
    with acting(SYSTEM, moment=NOON):
        row = queries.household(street.our_id, SYSTEM)
        assert (row.community, row.address) == ("德胜第九社区", street.ours.address)
    again = caseworker.post(f"{home}changes/home/", sent | {"community": "别的"})
    assert again.status_code == 422
    assert "别人刚刚改过" in again.content.decode()


@pytest.mark.clause("C4")
def test_a_household_that_moved_is_read_only_for_the_street_it_left(
    street: Street, home: str, caseworker: Client, log_in: Open
) -> None:
    sent = GROUND | {
        "to": SHICHAHAI,
        "community": "某社区",
        "address": "某胡同1号",
        "phone": "",
        "version": "1",
    }
    said = page_of(caseworker, f"{home}changes/area/", **sent)
    assert "迁往什刹海街道" in said
    assert "登记新成员" not in said
    for page in ("", "package/", "questions/", "snapshots/"):
        assert caseworker.get(f"{home}{page}").status_code == 200, page
    assert caseworker.get(f"{home}changes/come/").status_code == 404
    there = log_in(f"caseworker.{SHICHAHAI}")
    assert "登记新成员" in there.get(f"{home}changes/").content.decode()
    assert "某社区" in there.get(home).content.decode()
    born = GROUND | {"kind": "birth", "name": "单新芽", "id_number": "119900202611010018", "relation": "30"}
    arrival = there.post(f"{home}changes/come/", born)
    assert arrival.status_code in (302, 422)
    for page in ("", "changes/", "package/", "questions/", "snapshots/"):
        text = caseworker.get(f"{home}{page}").content.decode()
        for now in ("某社区", "某胡同"):
            assert now not in text, page


def test_a_household_that_left_is_shown_as_it_was() -> None:
    """Who came afterwards is not of the file; who lived there on the day it left stays, whatever became of it since."""
    left = date(2026, 5, 1)

    def lives(name: str, first: date, last: date | None, relation: str = "30") -> SimpleNamespace:
        return SimpleNamespace(
            person=SimpleNamespace(name=name, born=first), first_day=first, last_day=last, relation=relation
        )

    before, after = date(2026, 1, 1), date(2026, 6, 1)
    now = [lives("stays", before, None, "02"), lives("came later", after, None)]
    gone = [lives("left since", before, after), lives("left before", before, date(2026, 3, 1))]
    stay = SimpleNamespace(last_day=left)
    assert [one.person.name for one in there_then(now, gone, stay)] == ["stays", "left since"]
    assert [one.person.name for one in there_then(now, gone, None)] == ["stays", "came later"]


def test_a_question_is_answered_on_the_package_page(home: str, caseworker: Client) -> None:
    shown = caseworker.get(f"{home}package/").content.decode()
    assert "是否遭受自然灾害" in shown
    url, back = f"{home}questions/natural_disaster/", f"{home}package/"
    sent = {
        "natural_disaster-value": "no",
        "natural_disaster-said_by": "本人",
        "natural_disaster-paper": "本人书面说明",
        "natural_disaster-first_day": str(TODAY),
        "back": back,
    }
    lacking = caseworker.post(url, sent | {"natural_disaster-paper": ""})
    assert lacking.status_code == 422
    answered = caseworker.post(url, sent, follow=True)
    assert answered.redirect_chain[0][0] == back
    text = answered.content.decode()
    assert "个项目的结果变了" in text
    assert "已核实" in text
    unfounded = caseworker.post(url, sent | {"natural_disaster-value": "yes"})
    assert unfounded.status_code == 422  # a correction without a reason
    outward = sent | {"natural_disaster-reason": "记错", "back": "https://elsewhere.example/"}
    assert caseworker.post(url, outward).headers["Location"] == f"{home}questions/"


def test_answers_are_for_those_who_may(street: Street, home: str, log_in: Open) -> None:
    for who, status in (("auditor", 403), ("office", 403), (f"caseworker.{SHICHAHAI}", 404)):
        assert log_in(who).post(f"{home}questions/natural_disaster/", {}).status_code == status, who
    assert log_in("auditor").get(f"{home}questions/").status_code == 200
    assert UUID(street.ours.household_id) == street.our_id


def test_the_application_asks_the_questions_of_its_item_only(
    home: str, caseworker: Client, street: Street
) -> None:
    shown = caseworker.get(f"/desk/cases/new/{street.our_id}/ZY02/").content.decode()
    assert "门诊政策范围内个人负担" in shown
    assert "是否遭受自然灾害" not in shown
