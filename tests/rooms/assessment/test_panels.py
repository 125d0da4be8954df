"""Panels: who is asked, when, who has not answered; judgements by branch; versions made of them; readings of the district."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jishiyu.assessment import operations, queries
from jishiyu.assessment.models import DistrictReading, Panel, PanelPlace
from jishiyu.assessment.rules.reading import scores_with
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, sentence
from jishiyu.offices.operations import acting, engage, establish_post
from jishiyu.offices.queries import posts_of_role
from jishiyu.offices.rules import SYSTEM, Post
from jishiyu.registry.operations import store_households
from jishiyu.registry.queries import latest_snapshot_ids
from tests.conftest import NOON, TODAY
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post, open_offices, the_pack

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=20)


@pytest.fixture
def experts() -> list[Post]:
    """Two experts who hold their posts."""
    with acting(SYSTEM, moment=NOON):
        open_offices()
        for n in (1, 2):
            establish_post(code=f"expert.{n}", role="expert", title=sentence(f"专家{n}", f"Expert {n}"))
            engage(
                username=f"expert.{n}", name=f"测试专家{n}", password="only-for-tests-1",
                post_code=f"expert.{n}", first_day=date(2020, 1, 1),
            )  # fmt: skip
        return posts_of_role("expert", TODAY)


def opened(office: Post, **changed: object) -> Panel:
    """A panel of both experts that is open for a week, the second counting twice."""
    told = {
        "experts": {"expert.1": 1, "expert.2": 2},
        "opens_on": TODAY,
        "closes_on": TODAY + timedelta(days=7),
    }
    title, question = str(changed.pop("title", "2024年权重")), "哪些方面更能说明困难？"
    return operations.open_panel(title, question, actor=office, moment=NOON, **(told | changed))  # type: ignore[arg-type]


def star(value: str = "2") -> dict[tuple[str, str], str]:
    """Income compared with every other dimension."""
    return {("income", dim.key): value for dim in the_pack().indicators.dims[1:]}


def test_a_panel_asks_who_holds_an_experts_post_within_its_days(experts: list[Post]) -> None:
    office = a_post("office")
    with acting(office, moment=NOON):
        row = opened(office)
        assert [row.state_on(TODAY + timedelta(days=n)) for n in (-1, 0, 7, 8)] == [
            "coming",
            "open",
            "open",
            "closed",
        ]
        assert [(one.expert, one.share) for one in queries.places(row.pk)] == [
            ("expert.1", 1),
            ("expert.2", 2),
        ]
        wrongs: tuple[dict[str, object], ...] = (
            {"experts": {}},
            {"experts": {"office.desheng": 1}},
            {"closes_on": TODAY - timedelta(days=1), "opens_on": TODAY - timedelta(days=2)},
            {"opens_on": TODAY + timedelta(days=9)},
        )
        for wrong in wrongs:
            with pytest.raises(CannotBecause):
                opened(office, title="x", **wrong)
        with pytest.raises(NotFound):
            queries.panel_row(UUID(int=1))
    with acting(experts[0], moment=NOON), pytest.raises(NotYours):
        opened(experts[0], title="y")


def test_only_who_sits_on_an_open_panel_judges_there(experts: list[Post]) -> None:
    office, first = a_post("office"), experts[0]
    with acting(office, moment=NOON):
        row = opened(office, experts={"expert.1": 1})
    with acting(first, moment=NOON):
        told = operations.judge(star(), actor=first, moment=NOON, panel_id=row.pk)
        assert told is not None
        assert told.weights is not None
        assert queries.own_judgements(first.code) is None, "the standing panel is another"
        assert [left for _, left in queries.open_panels_of(first.code, TODAY)] == [queries.pairs_in_all() - 8]
        assert PanelPlace.objects.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            PanelPlace.objects.update(share=9)
    with acting(experts[1], moment=NOON):
        assert PanelPlace.objects.count() == 0, "another expert's place is not seen"
        with pytest.raises(CannotBecause, match="not_on_panel"):
            operations.judge(star(), actor=experts[1], moment=NOON, panel_id=row.pk)
    with acting(first, moment=LATER), pytest.raises(CannotBecause, match="panel_not_open"):
        operations.judge(star(), actor=first, moment=LATER, panel_id=row.pk)


def test_the_office_sees_who_has_not_answered_and_reminds_them(experts: list[Post]) -> None:
    office, first = a_post("office"), experts[0]
    with acting(office, moment=NOON):
        row = opened(office)
    with acting(first, moment=NOON):
        for branch in queries.branches_of_panel(row.pk):
            keys = branch.branch.keys
            pairs = {(keys[i], keys[j]): "1" for i, j in branch.branch.pairs}
            operations.judge(pairs, actor=first, moment=NOON, panel_id=row.pk, branch=branch.branch.key)
        assert queries.open_panels_of(first.code, TODAY) == []
    with acting(office, moment=NOON):
        assert [one.complete for one in queries.progress(row.pk)] == [True, False]
        assert operations.remind(row.pk, actor=office, moment=NOON) == 1
        assert [one.reminded_at for one in queries.progress(row.pk)] == [None, NOON]
        operations.close_panel(row.pk, actor=office, moment=NOON)
        for again in (operations.close_panel, operations.remind):
            with pytest.raises(CannotBecause):
                again(row.pk, actor=office, moment=NOON)


def test_many_panels_and_branches_are_asked_for_at_once(experts: list[Post]) -> None:
    office, first = a_post("office"), experts[0]
    with acting(office, moment=NOON):
        rows = [opened(office, title=f"第{n}组", experts={"expert.1": n}) for n in (1, 2, 3)]
    with acting(first, moment=NOON):
        for row in rows[1:]:
            operations.judge(star(), actor=first, moment=NOON, panel_id=row.pk)
        with CaptureQueriesContext(connection) as asked:
            left = {row.pk: pairs for row, pairs in queries.open_panels_of(first.code, TODAY)}
        assert len(asked) == 2
        assert left == {
            one.pk: queries.pairs_in_all() - given for one, given in zip(rows, (0, 8, 8), strict=True)
        }
    with acting(office, moment=NOON):
        with CaptureQueriesContext(connection) as asked:
            found = queries.progress_of_panels([row.pk for row in rows])
        assert len(asked) == 2
        assert [[(one.share, one.given) for one in found[row.pk]] for row in rows] == [
            [(1, 0)],
            [(2, 8)],
            [(3, 8)],
        ]
        with CaptureQueriesContext(connection) as asked:
            assert [bool(one.panelists) for one in queries.branches_of_panel(rows[1].pk)].count(True) == 1
        assert len(asked) == 2


def test_a_version_is_made_of_a_closed_panel_branch_by_branch(experts: list[Post]) -> None:
    office = a_post("office")
    with acting(office, moment=NOON):
        row = opened(office)
    for expert, value in zip(experts, ("2", "4"), strict=True):
        with acting(expert, moment=NOON):
            operations.judge(star(value), actor=expert, moment=NOON, panel_id=row.pk)
    with acting(experts[0], moment=NOON):
        inner = {("inc_ratio", "inc_stability"): "3", ("inc_ratio", "liquid_assets"): "3"}
        operations.judge(inner, actor=experts[0], moment=NOON, panel_id=row.pk, branch="income")
    with acting(office, moment=LATER):
        made = operations.propose_weights(
            "组一",
            first_day=LATER.date(),
            actor=office,
            moment=LATER,
            panel_id=row.pk,
            minutes="会议纪要〔2024〕3号",
        )
        other = operations.propose_weights(
            "组一乙", first_day=LATER.date(), actor=office, moment=LATER, panel_id=row.pk, way="priorities"
        )
        # The second counts twice: 2 and 4, 4 make the cube root of 32.
        ratio = 32 ** (1 / 3)
        assert made.weights[0] / made.weights[1] == pytest.approx(ratio, rel=1e-4)
        assert other.weights[0] / other.weights[1] == pytest.approx(ratio, rel=1e-4)
        assert made.within == {"income": [600_000, 200_000, 200_000]}
        assert made.content["branches"]["income"]["experts"] == 1
        model = queries.model_of_set(made)
        assert sum(model.full.values()) == 10_000
        assert model.full["inc_ratio"] == pytest.approx(3 * model.full["inc_stability"], abs=2)
        assert model.share_within("oop_share") == 500_000, "what nobody judged stays the pack's"


def test_no_version_of_an_open_panel_nor_of_judgements_in_parts(experts: list[Post]) -> None:
    office = a_post("office")
    with acting(office, moment=NOON):
        row = opened(office)
        with pytest.raises(CannotBecause, match="panel_open"):
            operations.propose_weights("x", first_day=TODAY, actor=office, moment=NOON, panel_id=row.pk)
        with pytest.raises(CannotBecause, match="no_judgements"):
            operations.propose_weights("x", first_day=TODAY, actor=office, moment=NOON)
    with acting(experts[0], moment=NOON):
        operations.judge({("income", "health"): "2"}, actor=experts[0], moment=NOON)
    with acting(office, moment=NOON), pytest.raises(CannotBecause, match="not_connected") as why:
        operations.propose_weights("x", first_day=TODAY, actor=office, moment=NOON)
    assert "compared" in why.value.reason.say("en")


@pytest.fixture
def scored() -> int:
    """Two households of two sub-districts with a score."""
    with acting(SYSTEM, moment=NOON):
        open_offices()
        first = a_newcomer(1)
        second = replace(a_newcomer(2), sub_district=SHICHAHAI)
        store_households([first, second], recorded_by="test", moment=NOON)
        return operations.assess_many(latest_snapshot_ids(SYSTEM), actor=SYSTEM, moment=NOON, day=TODAY)


def test_a_reading_holds_every_score_and_is_seen_by_experts_in_figures_only(scored: int) -> None:
    office, expert = a_post("office"), a_post("expert")
    with acting(office, moment=NOON):
        row = operations.read_district(actor=office, moment=NOON)
        assert (row.households, row.left_out, row.overridden) == (2, 0, 0)
        assert DistrictReading.objects.update(households=3) == 0, "a reading stays as it is"
        stored = sorted(queries.latest_scores(office).values_list("score", flat=True))
    with acting(expert, moment=NOON):
        found = queries.newest_reading()
        assert found is not None
        read = queries.reading_of(found)
        assert read.areas == (DESHENG, SHICHAHAI)
        scores, _ = scores_with(read, queries.model_in_force(TODAY).model)
        assert (
            sorted(s for s, n in zip(scores.tolist(), read.count.tolist(), strict=True) for _ in range(n))
            == stored
        )
        assert not queries.is_stale(found, TODAY)
        with pytest.raises(NotYours):
            operations.read_district(actor=expert, moment=NOON)
    with acting(a_post("caseworker"), moment=NOON):
        assert queries.newest_reading() is None


def test_nothing_scored_gives_no_reading() -> None:
    office = a_post("office")
    with acting(office, moment=NOON), pytest.raises(CannotBecause, match="nothing_scored"):
        operations.read_district(actor=office, moment=NOON)
