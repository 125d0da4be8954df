"""Posts that watch one another are never one person's: the declared table, the act, and the database say the same."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.offices import operations, queries
from jishiyu.offices.models import Holding, Officer, Post
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import (
    ROLE_NAMES,
    SCOPE_OF_ROLE,
    SYSTEM,
    Place,
    refusal_to_hold,
    watching,
    watching_pairs,
)
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_post, an_id, engage_all, open_offices

ROLES = [role for role in SCOPE_OF_ROLE if role not in ("partner", "public", "system")]


@pytest.fixture
def offices(db: None) -> None:
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all()


def engage(username: str, code: str, first_day: date = TODAY) -> Officer:
    with acting(SYSTEM, moment=NOON):
        return operations.engage(
            username=username, name="测试", password=None, hashed="x", post_code=code, first_day=first_day
        )


def the_post(code: str) -> Post:
    return Post.objects.get(code=code)


def everywhere(role: str) -> list[Place]:
    if SCOPE_OF_ROLE[role] == "sub_district":
        return [Place(role, area=DESHENG), Place(role, area=SHICHAHAI)]
    if SCOPE_OF_ROLE[role] == "agency":
        return [Place(role, agency="MZ"), Place(role, agency="CS")]
    return [Place(role)]


def test_the_table_is_even_handed_and_names_roles_that_exist() -> None:
    pairs = [pair[:2] for pair in watching_pairs()]
    assert len(pairs) == len(set(pairs))
    assert {role for pair in pairs for role in pair} <= set(ROLE_NAMES)
    for one in ROLES:
        for other in ROLES:
            for here in everywhere(one):
                for there in everywhere(other):
                    assert watching(here, there) == watching(there, here), (here, there)


@pytest.mark.django_db
def test_the_database_knows_the_same_table() -> None:
    wrong = []
    with connection.cursor() as cursor:
        for one in (place for role in ROLES for place in everywhere(role)):
            for other in (place for role in ROLES for place in everywhere(role)):
                cursor.execute(
                    "select offices_watch(%s, %s, %s, %s, %s, %s)",
                    [one.role, other.role, one.area or None, other.area or None, one.agency or None, other.agency or None],
                )  # fmt: skip
                (said,) = cursor.fetchone()
                if said != watching(one, other):
                    wrong.append((one, other, said))
    assert wrong == []


def test_a_refusal_names_both_posts_and_how_to_mend_it() -> None:
    told = refusal_to_hold(
        Place("reviewer", DESHENG, "", sentence("德胜审核岗", "Reviewer, Desheng")),
        Place("caseworker", DESHENG, "", sentence("德胜经办岗", "Caseworker, Desheng")),
    )
    assert told is not None
    for language, names in (
        ("zh", ("德胜审核岗", "德胜经办岗")),
        ("en", ("Reviewer, Desheng", "Caseworker, Desheng")),
    ):
        for words in told:
            assert all(name in words.say(language) for name in names)


@pytest.mark.usefixtures("offices")
def test_another_sub_district_or_other_days_are_no_matter() -> None:
    officer = engage("moves", f"caseworker.{DESHENG}")
    engage("moves", f"reviewer.{SHICHAHAI}")
    with acting(SYSTEM, moment=NOON):
        for row in Holding.objects.filter(officer=officer):
            operations.end_post(row.id, last_day=TODAY + timedelta(days=9), actor=SYSTEM)
    with pytest.raises(CannotBecause):
        engage("moves", f"reviewer.{DESHENG}", TODAY + timedelta(days=9))
    engage("moves", f"reviewer.{DESHENG}", TODAY + timedelta(days=10))
    later = queries.posts_held(officer.pk, TODAY + timedelta(days=10))
    assert [post.code for post in later] == [f"reviewer.{DESHENG}"]


@pytest.mark.usefixtures("offices")
def test_the_database_refuses_what_goes_around_the_act() -> None:
    officer = engage("two-hats", f"caseworker.{DESHENG}")
    held = Holding(officer=officer, post=the_post(f"reviewer.{DESHENG}"), first_day=TODAY)
    with pytest.raises(IntegrityError, match="watch one another"), transaction.atomic():
        held.save(force_insert=True)
    # Nor by turning a post that is held into another one.
    Holding.objects.create(officer=officer, post=the_post("agency_officer.MZ"), first_day=TODAY)
    with pytest.raises(IntegrityError, match="watch one another"), transaction.atomic():
        Post.objects.filter(code="agency_officer.MZ").update(role="decider")
    # Nor by making two spans meet afterwards.
    first = Holding.objects.get(officer=officer, post__role="caseworker")
    Holding.objects.filter(pk=first.pk).update(last_day=TODAY)
    Holding.objects.create(
        officer=officer, post=the_post(f"reviewer.{DESHENG}"), first_day=TODAY + timedelta(days=1)
    )
    with pytest.raises(IntegrityError, match="watch one another"), transaction.atomic():
        Holding.objects.filter(pk=first.pk).update(last_day=None)


@pytest.mark.usefixtures("offices")
def test_a_declared_relative_is_read_by_the_declarer_alone_and_found_by_index() -> None:
    officer = Officer.objects.get(username=f"caseworker.{DESHENG}")
    mine = queries.posts_held(officer.pk, TODAY)[0]
    number = an_id(date(1950, 1, 2), 1, 7)
    with acting(mine, moment=NOON):
        operations.declare_relative(
            id_number=number.text, name="测试父亲", relation="parent", actor=mine, moment=NOON
        )
        assert [row.name for row in queries.own_relatives(mine)] == ["测试父亲"]
        with pytest.raises(CannotBecause):
            operations.declare_relative(
                id_number=number.text, name="测试父亲", relation="parent", actor=mine, moment=NOON
            )
    from jishiyu.foundations.fields import index_of
    from jishiyu.offices.models import DeclaredRelative

    other = a_post("reviewer")
    with acting(other, moment=NOON):
        assert not DeclaredRelative.objects.exists()
        found = queries.relatives_among([index_of(number.text, "person.id_number"), b"nobody"])
        assert [(one.officer, one.relation) for one in found] == [(str(officer.pk), "parent")]
    with acting(mine, moment=NOON):
        operations.withdraw_relative(queries.own_relatives(mine)[0].id, actor=mine, moment=NOON)
        assert queries.own_relatives(mine) == []
        assert queries.relatives_among([index_of(number.text, "person.id_number")]) == []
