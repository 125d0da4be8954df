"""What is secret is not readable in the database, and showing it is an act with a reason."""

import pytest
from django.db import connection

from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.foundations.secrets import Unreadable
from jishiyu.journal import queries as journal
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import operations, queries
from jishiyu.registry.models import Household, Person
from jishiyu.registry.operations import register_household
from tests.conftest import NOON
from tests.fixtures import a_newcomer, a_post, person_of
from tests.rooms.registry.conftest import District

CASEWORKER = a_post("caseworker")


def rows_of(table: str) -> bytes:
    """Everything that a table holds of every column, as the database's own bytes."""
    with acting(SYSTEM, moment=NOON), connection.cursor() as cursor:
        cursor.execute(f"select * from registry_{table}")  # noqa: S608 - fixed words below
        return b"|".join(
            bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode()
            for row in cursor.fetchall()
            for cell in row
        )


def test_numbers_addresses_and_telephones_are_sealed(district: District) -> None:
    people, homes = rows_of("person"), rows_of("household")
    for member in (*district.ours.members, *district.theirs.members):
        assert member.id_number.text.encode() not in people
        assert member.id_number.last_four.encode() not in people
    assert district.ours.address.encode() not in homes
    assert district.ours.phone.encode() not in homes


def test_what_tells_of_health_is_sealed(district: District) -> None:
    stored = rows_of("snapshotmember") + rows_of("bill")
    for word in ("illness", "chronic", "serious", "disability", "diagnosis"):
        assert word.encode() not in stored


def test_the_same_value_is_never_sealed_alike(district: District) -> None:
    with acting(SYSTEM, moment=NOON), connection.cursor() as cursor:
        for row in Household.objects.all():
            row.phone = "19900000000"
            row.save()
        cursor.execute("select count(distinct phone), count(*) from registry_household")
        assert cursor.fetchone() == (2, 2)


def test_a_value_moved_to_another_column_does_not_open(district: District) -> None:
    with acting(SYSTEM, moment=NOON), connection.cursor() as cursor:
        cursor.execute("update registry_household set phone = address")
        with pytest.raises(Unreadable):
            list(Household.objects.all())


def test_the_index_needs_the_key(district: District) -> None:
    from jishiyu.foundations.secrets import keyed_index

    number = district.ours.members[0].id_number.text
    with acting(SYSTEM, moment=NOON):
        stored = bytes(Person.objects.get(pk=person_of(district.ours)).id_index)
    assert stored != keyed_index(number, bytes(16), "person.id_number")


def test_unmasking_shows_all_and_says_why_in_the_journal(district: District) -> None:
    person = person_of(district.ours)
    with acting(CASEWORKER, moment=NOON):
        whole = operations.unmask(person, reason=" 核对申请材料 ", actor=CASEWORKER)
    assert whole == {
        "id_number": district.ours.members[0].id_number.text,
        "phone": district.ours.phone,
        "address": district.ours.address,
    }
    with acting(CASEWORKER, moment=NOON):
        entry = journal.entries(act="registry.unmask").get()
    assert (entry.reason, entry.about_id, str(entry.household)) == (
        "核对申请材料",
        str(person),
        district.ours.household_id,
    )
    assert district.ours.phone not in str(entry.detail)


@pytest.mark.parametrize("reason", ["", "   ", "查", "核对 "])
def test_no_reason_no_data(district: District, reason: str) -> None:
    with acting(CASEWORKER, moment=NOON), pytest.raises(CannotBecause, match="no_reason"):
        operations.unmask(person_of(district.ours), reason=reason, actor=CASEWORKER)


def test_not_of_another_area(district: District) -> None:
    with acting(CASEWORKER, moment=NOON), pytest.raises(NotYours, match="no_such_person"):
        operations.unmask(person_of(district.theirs), reason="核对申请材料", actor=CASEWORKER)


@pytest.mark.parametrize("role", ["finance", "auditor", "expert", "admin"])
def test_not_by_posts_that_need_no_names(district: District, role: str) -> None:
    post = a_post(role)  # type: ignore[arg-type]
    with acting(post, moment=NOON), pytest.raises(NotYours, match="not_your_act"):
        operations.unmask(person_of(district.ours), reason="核对申请材料", actor=post)


def test_a_person_without_a_home_has_only_a_number(district: District) -> None:
    one = a_newcomer(40)
    with acting(SYSTEM, moment=NOON):
        made = register_household(one, actor=SYSTEM, moment=NOON)
        for row in queries.members(made):
            row.last_day = NOON.date()
            row.save(update_fields=["last_day"])
    with acting(CASEWORKER, moment=NOON):
        whole = operations.unmask(person_of(one), reason="核对申请材料", actor=CASEWORKER)
    assert (whole["phone"], whole["address"]) == ("", "")
