"""A decision table revised on the desk: proposed, tried, approved by another, laid over the pack, and older decisions replayed."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journal.queries import entries
from jishiyu.journeys import revise_table
from jishiyu.law.models import TableRevision
from jishiyu.law.operations import adopt_pack
from jishiyu.law.queries import pack, pack_of, revision
from jishiyu.law.rules.read import read_pack
from jishiyu.law.rules.table_text import edition_in
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.registry.operations import register_household
from tests.conftest import NOON, TODAY
from tests.fixtures import PACK_DIR, a_newcomer, a_post, engage_all, open_offices

pytestmark = pytest.mark.django_db
FIRST = TODAY + timedelta(days=38)
OFFICE, OTHER = a_post("office", code="office.1"), a_post("office", code="office.2")


def gift(**more: Any) -> dict[str, Any]:
    """A new edition of the festival gift, by three classes of size."""
    rows = [({"size": 1}, 600), ({"size": {"to": 3}}, 1_100), ({}, 1_300)]
    return {
        "from": FIRST, "to": None, "confidence": "illustrative", "citation": {"zh": "京民发〔2026〕99号", "en": "京民发〔2026〕99号"},
        "rows": tuple({"when": when, "then": {"amount": then}} for when, then in rows),
    } | more  # fmt: skip


def proposed(actor: Post = OFFICE, moment: datetime = NOON, **more: Any) -> UUID:
    with acting(actor, moment=moment):
        return revise_table.propose(
            "festival_gift",
            gift(**more),
            document="京民发〔2026〕99号",
            reason="标准调整",
            actor=actor,
            moment=moment,
        )


def test_an_approved_revision_is_laid_over_the_pack_and_older_versions_stay() -> None:
    with acting(OFFICE, moment=NOON):
        before = pack()
        adopt_pack(before, at=NOON)
    made = proposed()
    with acting(OTHER, moment=NOON):
        assert pack().version == before.version
        revise_table.approve(made, actor=OTHER, moment=NOON)
        after = pack()
        assert after.version != before.version
        adopt_pack(after, at=NOON)
        table = after.table("festival_gift")
        assert table.edition_on(FIRST) == table.editions[-1]
        assert table.edition_on(FIRST - timedelta(days=1)) == before.table("festival_gift").editions[
            0
        ].model_copy(update={"to": FIRST - timedelta(days=1)})
        # Both are kept: a decision of before is computed anew with the pack of before.
        assert pack_of(before.version).table("festival_gift") == before.table("festival_gift")
        assert pack_of(after.version).table("festival_gift") == table
    with acting(OTHER, moment=NOON):
        acts = [one.act for one in entries() if one.act.startswith("law.")]
    assert sorted(acts)[:2] == ["law.approve_table", "law.propose_table"]
    row = TableRevision.objects.get(pk=made)
    assert read_pack(PACK_DIR, {row.file: row.content}).version == after.version
    assert edition_in(row.content) == after.table("festival_gift").editions[-1]


def test_nobody_approves_his_own_and_nothing_changes_what_is_approved() -> None:
    made = proposed()
    with acting(OFFICE, moment=NOON), pytest.raises(CannotBecause, match="Another person"):
        revise_table.approve(made, actor=OFFICE, moment=NOON)
    with acting(OTHER, moment=NOON):
        revise_table.approve(made, actor=OTHER, moment=NOON)
        with pytest.raises(CannotBecause, match="decided already"):
            revise_table.withdraw(made, actor=OTHER, moment=NOON)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            TableRevision.objects.filter(pk=made).update(content="")
        TableRevision.objects.all().delete()
        assert revision(made).status == "approved"


def test_a_draft_can_be_withdrawn_and_another_made() -> None:
    made = proposed()
    with acting(OFFICE, moment=NOON):
        revise_table.withdraw(made, actor=OFFICE, moment=NOON)
        assert revision(made).status == "withdrawn"
    proposed()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"from": TODAY - timedelta(days=1)}, "tables.in_the_past"),
        ({"to": FIRST + timedelta(days=9)}, "tables.bad_day"),
        ({"rows": ({"when": {"size": 1}, "then": {"amount": 600}},)}, "tables.faulty"),
        ({"rows": ({"when": {"size": {"to": "no.such"}}, "then": {"amount": 600}},), "otherwise": {"amount": 1}}, "tables.faulty"),
        ({"rows": ({"when": {"size": "many"}, "then": {"amount": 600}},), "otherwise": {"amount": 1}}, "tables.faulty"),
        ({"rows": ({"when": {"size": {"up": 2}}, "then": {"amount": 600}},)}, "tables.faulty"),
    ],
)  # fmt: skip
def test_what_is_unsound_is_not_proposed(more: dict[str, Any], code: str) -> None:
    with pytest.raises(CannotBecause) as refused:
        proposed(**more)
    assert refused.value.code == code


def test_only_the_office_proposes_and_approves() -> None:
    made = proposed()
    decider = a_post("decider", agency="MZ")
    with pytest.raises(NotYours):
        proposed(decider)
    with acting(decider, moment=NOON), pytest.raises(NotYours):
        revise_table.approve(made, actor=decider, moment=NOON)


def test_two_revisions_cannot_begin_on_one_day_and_a_later_one_follows() -> None:
    first, same = proposed(), proposed()
    with acting(OTHER, moment=NOON):
        revise_table.approve(first, actor=OTHER, moment=NOON)
        with pytest.raises(CannotBecause, match="begins after"):
            revise_table.approve(same, actor=OTHER, moment=NOON)
    moved: dict[str, Any] = {"from": FIRST + timedelta(days=30)}
    later = proposed(**moved)
    with acting(OTHER, moment=NOON):
        revise_table.approve(later, actor=OTHER, moment=NOON)
        ends = [one.to for one in pack().table("festival_gift").editions]
    assert ends == [FIRST - timedelta(days=1), FIRST + timedelta(days=29), None]


def test_an_edition_is_tried_over_the_district_before_it_is_proposed() -> None:
    day = date(2021, 12, 15)
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all(date(2020, 1, 1))
        for running, wage in enumerate((0, 0, 9_000_000), 1):
            register_household(a_newcomer(running, wage=wage), actor=SYSTEM, moment=NOON)
    with acting(OFFICE, moment=NOON):
        edition, faults = revise_table.look_at("festival_gift", gift(), day=day)
        assert edition is not None
        assert not faults
        found = revise_table.try_over_district("festival_gift", edition, day=day, actor=OFFICE, moment=NOON)
    # Two of the three are on dibao, with two members: 1100 instead of 1000.
    assert (found.households, found.gaining, found.losing) == (3, 2, 0)
    assert found.items["ZK08"] == (2, 2, 200_000, 220_000)
    assert found.year_more == 20_000
