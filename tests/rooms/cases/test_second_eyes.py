"""Three people at every door, near relatives, and checks from above: what the acts refuse, the database refuses as well."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from jishiyu.cases import operations, queries
from jishiyu.cases.models import CaseStep, Check, CheckFinding, FrameCase, NearRelative, SpotDraw
from jishiyu.cases.operations import Found, RelativeTold
from jishiyu.cases.rules.life_after import MEASURE_NAMES
from jishiyu.cases.rules.second_eyes import Looked, refusal_to_grant
from jishiyu.cases.rules.steps import APART
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.journal.queries import entries
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM, Post
from tests.fixtures import a_post
from tests.rooms.cases.a_case import VISIT, Street
from tests.rooms.cases.test_two_hands import grant, relief

TOLD = RelativeTold("评议员甲", "民主评议小组", "sibling")


def as_post(post: Post, officer: str) -> Post:
    """The post as another person holds it."""
    return replace(post, officer=officer)


def found_(street: Street, *, agrees: bool = True) -> Found:
    return Found(
        street.now.date(), "核查甲", "核查乙", agrees, "到户核查", "" if agrees else "收入与申报不一致"
    )


def check_it(street: Street, case_id: UUID, actor: Post, *, agrees: bool = True) -> CheckFinding:
    with acting(actor, moment=street.now):
        row = next(one for one in queries.checks_of_case(case_id) if not hasattr(one, "finding"))
        return operations.record_finding(
            row.id, found_(street, agrees=agrees), actor=actor, moment=street.now
        )


def record_relative(street: Street, case_id: UUID, told: RelativeTold = TOLD) -> NearRelative:
    with acting(street.caseworker, moment=street.now):
        return operations.record_relative(case_id, told, actor=street.caseworker, moment=street.now)


def test_one_person_in_two_posts_is_refused_at_every_step(street: Street) -> None:
    case_id = street.apply(1)
    street.to_review(case_id)
    one = street.caseworker.officer
    reviewer = as_post(street.reviewer, one)
    papers = street.papers(case_id)
    with acting(reviewer, moment=street.now), pytest.raises(NotYours):
        operations.review(case_id, outcome="propose_grant", papers=papers, actor=reviewer, moment=street.now)
    street.to_decision_from_review(case_id)
    for officer in (street.caseworker.officer, street.reviewer.officer):
        with pytest.raises(NotYours):
            grant(street, case_id, as_post(street.decider, officer))
    assert grant(street, case_id, street.decider) is not None
    for officer in (street.caseworker.officer, street.reviewer.officer, street.decider.officer):
        finance = as_post(street.finance, officer)
        with acting(finance, moment=street.now), pytest.raises(NotYours):
            operations.note_paid(case_id, remarks="", actor=finance, moment=street.now)
    with acting(street.finance, moment=street.now):
        operations.note_paid(case_id, remarks="", actor=street.finance, moment=street.now)


def test_the_database_has_the_same_steps_apart(street: Street) -> None:
    case_id = street.apply(1)
    with acting(SYSTEM, moment=street.now):
        for place, (step, apart) in enumerate(APART.items()):
            for number, earlier in enumerate(sorted(apart)):
                officer = str(uuid4())
                position = 100 + place * 40 + number * 2
                write(street, case_id, earlier, officer, position)
                with pytest.raises(IntegrityError, match="other eyes"), transaction.atomic():
                    write(street, case_id, step, officer, position + 1)
        for number, beside in enumerate(("withdraw", "end", "take_back", *MEASURE_NAMES)):
            write(street, case_id, "review", street.caseworker.officer, 900 + number, outcome=beside)


def write(
    street: Street, case_id: UUID, step: str, officer: str, position: int, *, outcome: str = "x"
) -> None:
    CaseStep.objects.create(
        case_id=case_id, position=position, step=step, outcome=outcome, next="x", post="x", role="x", officer=officer,
        officer_name="x", began=street.now, at=street.now,
    )  # fmt: skip


def test_a_relatives_case_is_visited_and_checked_before_anything_is_granted(street: Street) -> None:
    case_id = street.apply(1)
    record_relative(street, case_id)
    street.to_decision(case_id)
    with pytest.raises(CannotBecause) as refused:
        grant(street, case_id, street.decider)
    assert refused.value.code == "cases.second_eyes"
    assert "区级核查" in refused.value.reason.say("zh")
    check_it(street, case_id, a_post("office"))
    assert grant(street, case_id, street.decider) is not None


@pytest.mark.parametrize(
    ("relatives", "visited", "checks", "refused"),
    [
        (0, False, (), False),
        (1, False, (Looked("relative", agrees=True),), True),
        (1, True, (), True),
        (1, True, (Looked("relative", agrees=None),), True),
        (1, True, (Looked("relative", agrees=True),), False),
        (1, True, (Looked("relative", agrees=False),), True),
        (
            1,
            True,
            (Looked("relative", agrees=False, followed=True), Looked("follow_up", agrees=None)),
            True,
        ),
        (
            1,
            True,
            (Looked("relative", agrees=False, followed=True), Looked("follow_up", agrees=True)),
            False,
        ),
        (0, True, (Looked("drawn", agrees=None),), False),
        (0, True, (Looked("drawn", agrees=False),), True),
    ],
)
def test_what_holds_a_grant_up(
    relatives: int, visited: bool, checks: tuple[Looked, ...], refused: bool
) -> None:
    assert (refusal_to_grant(relatives, visited, checks) is not None) == refused


def test_the_officer_concerned_acts_in_nothing_of_the_case(street: Street) -> None:
    case_id = street.apply(1)
    street.to_visit(case_id)
    record_relative(street, case_id, RelativeTold("测试", "审核岗", "child", street.reviewer.officer))
    reviewer, office = street.reviewer, as_post(a_post("office"), street.reviewer.officer)
    with acting(reviewer, moment=street.now):
        row = queries.case(case_id, reviewer)
        assert queries.may_take_now(row, reviewer) is not None
        for act in (
            lambda: operations.visit(
                case_id, replace(VISIT, visited_on=street.now.date()), outcome="visited", actor=reviewer, moment=street.now
            ),
            lambda: operations.record_relative(case_id, TOLD, actor=reviewer, moment=street.now),
        ):  # fmt: skip
            with pytest.raises(NotYours) as refused:
                act()
            assert refused.value.code == "cases.near_relative"
    with pytest.raises(NotYours):
        check_it(street, case_id, office)
    with acting(SYSTEM, moment=street.now):
        with pytest.raises(IntegrityError, match="near relative"), transaction.atomic():
            write(street, case_id, "visit", reviewer.officer, 50)
        with pytest.raises(IntegrityError, match="other eyes"), transaction.atomic():
            CheckFinding.objects.create(
                check_of=Check.objects.get(case_id=case_id), visited_on=street.now.date(), first_visitor="甲",
                second_visitor="乙", agrees=True, found_at=street.now, post="x", officer=reviewer.officer, officer_name="x",
            )  # fmt: skip
        with pytest.raises(IntegrityError, match="stays on record"), transaction.atomic():
            NearRelative.objects.filter(case_id=case_id).update(officer="")


def test_a_check_is_never_made_by_who_handled_the_case(street: Street) -> None:
    case_id = street.apply(1)
    record_relative(street, case_id)
    with pytest.raises(NotYours):
        check_it(street, case_id, as_post(a_post("office"), street.caseworker.officer))
    finding = check_it(street, case_id, a_post("agency_officer"))
    with acting(SYSTEM, moment=street.now):
        assert CheckFinding.objects.filter(pk=finding.pk).update(agrees=False) == 0


def test_a_difference_sends_the_case_back_and_is_checked_again(street: Street) -> None:
    case_id = street.apply(1)
    record_relative(street, case_id)
    street.to_decision(case_id)
    finding = check_it(street, case_id, a_post("office"), agrees=False)
    with pytest.raises(CannotBecause):
        grant(street, case_id, street.decider)
    with acting(street.decider, moment=street.now):
        operations.follow_up(
            finding.id,
            what="sent_back",
            because="核实收入后重新审核",
            actor=street.decider,
            moment=street.now,
        )
        assert queries.case(case_id, street.decider).step == "review"
        assert [one.why for one in queries.checks_of_case(case_id)] == ["relative", "follow_up"]


def test_a_draw_stays_as_frozen_and_waits_for_its_day(street: Street) -> None:
    case_id = relief(street, 1, 300_000)
    office = a_post("office")
    with acting(office, moment=street.now):
        made = operations.freeze_list(
            street.now.date().replace(day=1), street.now.date(), seed_source="双色球第2026140期",
            seed_day=street.now.date() + timedelta(days=1), actor=office, moment=street.now,
        )  # fmt: skip
        with pytest.raises(CannotBecause) as early:
            operations.draw_checks(made.number, seed="1 2 3 4", actor=office, moment=street.now)
        assert early.value.code == "cases.draw_too_early"
        rows = SpotDraw.objects.filter(pk=made.pk)
        for change in (
            {"frame": []},
            {"frame_digest": "0" * 64},
            {"seed": "1 2 3 4", "drawn": {}, "drawn_at": street.now, "drawn_by": "x"},
        ):
            with pytest.raises(IntegrityError, match="stays as frozen"), transaction.atomic():
                rows.update(**change)
        assert FrameCase.objects.filter(draw=made).update(mark="0" * 16) == 0
        (listed,) = queries.marks_of_case(case_id)
        assert made.frame[0]["cases"] == [listed.mark]
        # The same decision is on no second list.
        with pytest.raises(CannotBecause) as again:
            operations.freeze_list(
                street.now.date().replace(day=1), street.now.date(), seed_source="双色球第2026141期",
                seed_day=street.now.date() + timedelta(days=2), actor=office, moment=street.now,
            )  # fmt: skip
        assert again.value.code == "cases.draw_of_nothing"
    street.pass_days(1)
    with acting(office, moment=street.now):
        drawn = operations.draw_checks(made.number, seed="０１ 02 03", actor=office, moment=street.now)
        assert drawn.seed == "01 02 03"
        (check,) = queries.checks(office)
        assert (check.case_id, check.why) == (case_id, "drawn")
        with pytest.raises(CannotBecause):
            operations.draw_checks(made.number, seed="04 05 06", actor=office, moment=street.now)
    with acting(SYSTEM, moment=street.now):
        assert {"cases.freeze_list", "cases.draw"} <= {one.act for one in entries()}


def test_another_sub_district_sees_no_check_and_no_relative(street: Street) -> None:
    case_id = street.apply(1)
    record_relative(street, case_id)
    elsewhere = a_post("reviewer", area="110102012")
    with acting(elsewhere, moment=street.now):
        assert not Check.objects.filter(case_id=case_id).exists()
        assert not NearRelative.objects.filter(case_id=case_id).exists()
        assert not queries.checks(elsewhere)
