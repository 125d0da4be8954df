"""Who may do what, by kind of person. The table is read aloud here, so that a change of it is a decision."""

import pytest

from jishiyu.foundations.outcomes import NotYours
from jishiyu.offices.rules import PUBLIC, RIGHTS, ROLE_NAMES, SCOPE_OF_ROLE, SYSTEM, Post, refusal, require
from tests.fixtures import a_post

DOERS = {
    "registry.register": {"caseworker"},
    "registry.unmask": {"caseworker", "reviewer", "sub_district_head", "agency_officer", "decider", "office"},
    "registry.export": {"caseworker", "reviewer", "sub_district_head", "office"},
    "funds.pay": {"finance"},
    "assessment.judge": {"expert"},
    "offices.manage": {"admin"},
    "oversight.manage": {"office"},
}


def everyone() -> list[Post]:
    """One post of each role."""
    return [a_post(role) for role in SCOPE_OF_ROLE if role not in ("public", "system")] + [PUBLIC]  # type: ignore[arg-type]


@pytest.mark.parametrize("act", DOERS)
def test_only_these_posts_may(act: str) -> None:
    assert {post.role for post in everyone() if refusal(post, act) is None} == DOERS[act]


def test_whoever_takes_applications_neither_reviews_nor_decides_and_whoever_decides_does_not_pay() -> None:
    # Roles that may do both of two steps are kept apart case by case, by the officer: see the room of cases.
    assert not {"cases.review", "cases.decide"} & {act for act in RIGHTS if "caseworker" in RIGHTS[act]}
    assert not RIGHTS["cases.decide"] & RIGHTS["funds.pay"]
    assert not RIGHTS["notices.publish"] & RIGHTS["notices.answer"]


@pytest.mark.parametrize("role", ["admin", "expert", "public"])
def test_these_see_no_household(role: str) -> None:
    post = PUBLIC if role == "public" else a_post(role)  # type: ignore[arg-type]
    assert [
        act for act in RIGHTS if act.startswith(("registry.", "cases.")) and refusal(post, act) is None
    ] == []


def test_the_auditor_changes_nothing() -> None:
    may = {act for act in RIGHTS if refusal(a_post("auditor"), act) is None}
    looks = ("see", "verify")
    assert {act for act in may if not act.partition(".")[2].startswith(looks)} == set()


def test_every_right_names_roles_that_exist() -> None:
    assert {role for roles in RIGHTS.values() for role in roles} <= set(ROLE_NAMES)
    assert set(SCOPE_OF_ROLE) == set(ROLE_NAMES)


def test_an_unknown_act_is_nobodys() -> None:
    assert all(refusal(post, "no.such_act") is not None for post in everyone())
    assert refusal(SYSTEM, "no.such_act") is None


def test_a_refusal_says_who_could_do_it_in_both_languages() -> None:
    with pytest.raises(NotYours) as refused:
        require(a_post("caseworker"), "cases.decide")
    assert "审批" in refused.value.reason.say("zh")
    assert "Decider" in refused.value.reason.say("en")
