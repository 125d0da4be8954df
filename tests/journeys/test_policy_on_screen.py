"""The policy pages: everything the pack holds can be looked up, with its day, its source, and how sure it is."""

from datetime import date

import pytest

from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.fixtures import engage_all, open_offices, the_pack
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all(date(2020, 1, 1))
    return logged_in("caseworker.110102010")


def said(answer) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_every_programme_and_item_has_its_page(client):
    pack = the_pack()
    page = said(client.get("/desk/policy/"))
    for programme in pack.programmes:
        assert programme.name.zh in page
        said(client.get(f"/desk/policy/programmes/{programme.code}/"))
    for item in pack.items:
        assert item.name.zh in said(client.get(f"/desk/policy/items/{item.id}/"))


def test_every_standard_has_its_history(client):
    for parameter in the_pack().parameters:
        said(client.get(f"/desk/policy/standards/{parameter.id}/"))


def test_a_standard_is_that_of_the_chosen_day(client):
    assert "410 元" in said(client.get("/desk/policy/standards/?day=2009-06-01"))
    assert "520 元" in said(client.get("/desk/policy/standards/?day=2012-06-01"))
    said(client.get("/desk/policy/standards/?day=not-a-day"))
    unknown = said(client.get("/desk/policy/standards/?day=1999-01-01&only=unknown"))
    assert "未知" in unknown


def test_what_is_not_known_is_listed(client):
    page = said(client.get("/desk/policy/check/"))
    assert "dibao.yaml" in page
    said(client.get("/desk/policy/check/?kind=illustrative"))


def test_what_is_not_there_is_not_found(client):
    for address in ("programmes/XX/", "items/ZZ99/", "standards/bj.nothing/"):
        assert client.get(f"/desk/policy/{address}").status_code == 404


def test_in_english(client):
    english = logged_in("expert", english=True)
    assert "Minimum living guarantee" in said(english.get("/desk/policy/standards/"))
