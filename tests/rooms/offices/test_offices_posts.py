"""Posts and the people in them."""

from datetime import date, timedelta

import pytest

from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, sentence
from jishiyu.offices import operations, queries
from jishiyu.offices.models import Officer
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, a_post, engage_all, open_offices

PASSWORD = "only-for-tests-1"


@pytest.fixture
def offices(db: None) -> None:
    """The pack's offices with one person in each kind of post."""
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all()


def engage(username: str, post_code: str, first_day: date = TODAY) -> Officer:
    """Put somebody into a post."""
    with acting(SYSTEM, moment=NOON):
        return operations.engage(
            username=username, name="测试", password=PASSWORD, post_code=post_code, first_day=first_day
        )


@pytest.mark.usefixtures("offices")
def test_a_post_carries_role_reach_and_holder() -> None:
    post = queries.post_by_code(f"caseworker.{DESHENG}", TODAY)
    assert (post.role, post.scope, post.area, post.agency) == ("caseworker", "sub_district", DESHENG, "")
    assert post.officer_name == f"测试caseworker.{DESHENG}"
    assert queries.post_by_code("decider.MZ", TODAY).agency == "MZ"


@pytest.mark.usefixtures("offices")
def test_a_post_is_held_from_its_first_day() -> None:
    officer = engage("later", f"caseworker.{DESHENG}", TODAY + timedelta(days=1))
    assert queries.posts_held(officer.pk, TODAY) == []
    assert [post.role for post in queries.posts_held(officer.pk, TODAY + timedelta(days=1))] == ["caseworker"]


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"caseworker.{DESHENG}", f"reviewer.{DESHENG}"),
        (f"reviewer.{DESHENG}", "decider.MZ"),
        (f"caseworker.{DESHENG}", "decider.MZ"),
        ("decider.MZ", "finance"),
        ("auditor", "finance"),
        ("admin", f"caseworker.{DESHENG}"),
    ],
)
def test_nobody_watches_over_themselves(first: str, second: str) -> None:
    engage("two-hats", first)
    with pytest.raises(CannotBecause) as refused:
        engage("two-hats", second)
    assert refused.value.code == "incompatible_posts"


@pytest.mark.usefixtures("offices")
def test_one_person_may_hold_two_posts_that_do_not_meet() -> None:
    engage("two-hats", f"caseworker.{DESHENG}")
    engage("two-hats", "agency_officer.MZ")
    officer = next(one for one in queries.log_ins(TODAY) if one.username == "office")
    assert officer.role == "office"


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize(("role", "code"), [("caseworker", "x"), ("decider", "y")])
def test_a_post_needs_its_reach(role: str, code: str) -> None:
    with acting(SYSTEM, moment=NOON), pytest.raises(CannotBecause) as refused:
        operations.establish_post(code=code, role=role, title=sentence("测试", "test"))
    assert refused.value.code == "post_without_reach"


@pytest.mark.django_db
def test_a_role_must_exist() -> None:
    with acting(SYSTEM, moment=NOON), pytest.raises(CannotBecause, match="no_such_role"):
        operations.establish_post(code="x", role="emperor", title=sentence("测试", "test"))


@pytest.mark.usefixtures("offices")
def test_an_empty_post_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.post_by_code("nobody", TODAY)


@pytest.mark.usefixtures("offices")
@pytest.mark.clause("C30")
def test_a_unit_has_one_liaison_officer_at_a_time() -> None:
    admin = a_post("admin")
    with acting(SYSTEM, moment=NOON):
        one = operations.engage(
            username="a", name="甲", password=PASSWORD, post_code="decider.MZ", first_day=TODAY
        )
        two = operations.engage(
            username="b", name="乙", password=PASSWORD, post_code="decider.MZ", first_day=TODAY
        )
    with acting(admin, moment=NOON):
        operations.appoint_liaison(officer=one, agency="MZ", first_day=date(2026, 1, 1), actor=admin)
        operations.appoint_liaison(officer=two, agency="MZ", first_day=TODAY, actor=admin)
    in_office = queries.liaison_officers(TODAY + timedelta(days=1))
    assert [row.officer.name for row in in_office if row.agency_id == "MZ"] == ["乙"]


@pytest.mark.usefixtures("offices")
def test_only_the_administrator_appoints() -> None:
    caseworker = a_post("caseworker")
    with acting(SYSTEM, moment=NOON):
        officer = operations.engage(
            username="a", name="甲", password=PASSWORD, post_code="office", first_day=TODAY
        )
    with acting(caseworker, moment=NOON), pytest.raises(NotYours):
        operations.appoint_liaison(officer=officer, agency="MZ", first_day=TODAY, actor=caseworker)


@pytest.mark.usefixtures("offices")
def test_the_demo_shows_at_most_two_of_each_kind() -> None:
    shown = queries.log_ins(TODAY)
    roles = [one.role for one in shown]
    assert max(roles.count(role) for role in roles) == 2
    assert roles[0] == "caseworker"


@pytest.mark.usefixtures("offices")
def test_the_leading_groups_are_the_packs() -> None:
    assert queries.leading_group()
    assert queries.leading_group(DESHENG)
    assert len(queries.sub_districts()) == 15
    assert len(queries.agencies()) >= 17
