"""The demo district: built once, from the pack and invented people, with something on every screen."""

from collections import Counter

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.test import RequestFactory, override_settings

from jishiyu.doors.jobs.demo.posts import demo_posts
from jishiyu.doors.jobs.demo_district import SHOWN_LOG_INS, build_demo, log_ins
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.queries import liaison_officers, post_by_code, posts_held
from jishiyu.offices.rules import SCOPE_OF_ROLE, SYSTEM
from jishiyu.registry import queries as registry
from tests.conftest import NOON, TODAY

HOUSEHOLDS = 120


@pytest.fixture
def built(db: None) -> list[str]:
    said: list[str] = []
    build_demo(households=HOUSEHOLDS, say=said.append, today=TODAY)
    return said


def test_every_role_and_every_unit_has_somebody() -> None:
    made = list(demo_posts(pack()))
    assert len({post.username for post in made}) == len(made)
    roles = Counter(post.role for post in made)
    assert roles["caseworker"] == 30
    assert roles["reviewer"] == 15
    assert roles["expert"] == 5
    assert {programme.lead for programme in pack().programmes} <= {
        p.agency for p in made if p.role == "decider"
    }
    assert set(roles) == set(SCOPE_OF_ROLE) - {"public", "system"}


def test_names_are_those_of_posts_and_log_ins_are_readable() -> None:
    made = {post.username: post for post in demo_posts(pack())}
    assert made["desheng.jingban"].holder == "德胜经办甲"
    assert made["xichanganjie.shenhe"].area == "110102001"
    assert {name for name, _, _ in SHOWN_LOG_INS} <= set(made)
    assert all(name.isascii() and name == name.lower() for name in made)


def test_the_district_is_built_once(built: list[str]) -> None:
    again: list[str] = []
    build_demo(households=HOUSEHOLDS, say=again.append, today=TODAY)
    assert any("already there" in line for line in again)
    with acting(SYSTEM, moment=NOON):
        assert registry.households(SYSTEM).count() == HOUSEHOLDS


def test_all_may_log_in_with_the_one_password(built: list[str]) -> None:
    request = RequestFactory().post("/login/")
    for username, _, _ in SHOWN_LOG_INS:
        officer = authenticate(request, username=username, password=settings.DEMO_PASSWORD)
        assert officer is not None, username
        (post,) = posts_held(officer.pk, TODAY)
        assert post.code == username
    assert settings.DEMO_PASSWORD in log_ins()[-1]


def test_each_unit_has_one_liaison_officer(built: list[str]) -> None:
    units = Counter(row.agency_id or row.area_id for row in liaison_officers(TODAY))
    assert set(units.values()) == {1}
    assert set(pack().district.member_units()) <= set(units)


def test_a_caseworker_sees_the_households_of_the_own_sub_district_only(built: list[str]) -> None:
    post = post_by_code("guanganmenwai.jingban", TODAY)
    with acting(post, moment=NOON):
        seen = list(registry.households(post))
    assert seen
    assert {household.sub_district_id for household in seen} == {"110102020"}


@override_settings(DEMO=False)
def test_it_is_refused_outside_the_demo(db: None) -> None:
    with pytest.raises(CannotBecause, match=r"demo\.not_here"):
        build_demo(households=HOUSEHOLDS, say=print, today=TODAY)


def test_the_printed_password_opens_nothing_outside_the_demo(built: list[str]) -> None:
    request = RequestFactory().post("/login/")
    with override_settings(DEMO=False):
        assert authenticate(request, username="shenji", password=settings.DEMO_PASSWORD) is None
