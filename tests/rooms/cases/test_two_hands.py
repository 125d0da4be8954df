"""Amount tiers: one fen below, at and above each sum; the first signature waits for a second real person."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from jishiyu.cases import operations, queries
from jishiyu.cases.models import Award, FirstSignature
from jishiyu.cases.rules.tiers import Ladder, ladder_for
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.law.rules import Pack
from jishiyu.law.rules.parameters import Value
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post
from jishiyu.programmes.rules.coordination import Cover, coordinate
from tests.fixtures import a_post, the_pack
from tests.rooms.cases.a_case import Street, a_basis

DAY = date(2026, 11, 24)
YUAN = 100


def the_ladder(pack: Pack | None = None) -> Ladder:
    found = ladder_for(pack or the_pack(), "ZK05", "E3", DAY)
    assert found is not None
    return found


ENTRUSTED, ALONE = (rung.up_to or 0 for rung in the_ladder().rungs[:2])


@pytest.mark.parametrize(
    ("sum_", "head", "decider", "agency_head", "first"),
    [
        (ENTRUSTED - 1, "alone", "alone", "alone", "sub_district_head"),
        (ENTRUSTED, "alone", "alone", "alone", "sub_district_head"),
        (ENTRUSTED + 1, "above", "alone", "alone", "decider"),
        (ALONE - 1, "above", "alone", "alone", "decider"),
        (ALONE, "above", "alone", "alone", "decider"),
        (ALONE + 1, "above", "first", "not_first", "decider"),
    ],
)
def test_which_hand_may_grant_how_much(
    sum_: int, head: str, decider: str, agency_head: str, first: str
) -> None:
    ladder = the_ladder()
    hands = (
        ladder.hand("sub_district_head", sum_),
        ladder.hand("decider", sum_),
        ladder.hand("agency_head", sum_),
    )
    assert hands == (head, decider, agency_head)
    assert ladder.first_hand(sum_) == first
    assert ladder.hand("finance", sum_) == "above"


def test_a_sum_that_is_not_known_goes_to_the_higher_hand() -> None:
    pack = the_pack()
    unknown = tuple(
        one
        if one.id != "xicheng.tiers.relief_entrusted"
        else one.model_copy(update={"values": (one.values[0].model_copy(update={"value": None}),)})
        for one in pack.parameters
    )
    ladder = the_ladder(replace(pack, parameters=unknown))
    assert ladder.hand("sub_district_head", 1) == "above"
    assert ladder.first_hand(1) == "decider"
    assert len(ladder.unknown) == 1
    assert isinstance(unknown[0].values[0], Value)


def test_the_sums_of_the_district_are_said_to_be_made_up() -> None:
    assert all(rung.illustrative for rung in the_ladder().rungs if rung.up_to is not None)


def relief(street: Street, running: int, amount: int) -> UUID:
    """A case of temporary relief at its decision, for which so many fen were computed."""
    basis = replace(
        a_basis("ZK05"), chain=coordinate(amount + 5_000, [Cover("government", amount, "649号令")])
    )
    case_id = street.apply(running, item="ZK05", basis=basis, names=("单春雨",))
    street.to_decision(case_id)
    return case_id


def turn(street: Street, case_id: UUID) -> str:
    with acting(street.finance, moment=street.now):
        return queries.case(case_id, street.finance).turn


def grant(street: Street, case_id: UUID, actor: Post, **words: object) -> Award | None:
    papers = street.papers(case_id)
    with acting(actor, moment=street.now):
        return operations.decide(
            case_id, outcome="grant", papers=papers, actor=actor, moment=street.now, **words
        )  # type: ignore[arg-type]


def test_a_small_sum_is_the_sub_districts_to_grant(street: Street) -> None:
    case_id = relief(street, 1, ENTRUSTED)
    assert turn(street, case_id) == "sub_district_head"
    award = grant(street, case_id, street.head)
    assert award is not None
    assert award.amount == ENTRUSTED


def test_beyond_it_the_sub_district_may_not(street: Street) -> None:
    case_id = relief(street, 1, ENTRUSTED + 1)
    assert turn(street, case_id) == "decider"
    with pytest.raises(NotYours):
        grant(street, case_id, street.head)
    assert grant(street, case_id, street.decider) is not None


def test_the_sub_district_grants_no_more_by_hand_and_passes_up(street: Street) -> None:
    case_id = relief(street, 1, ENTRUSTED)
    with pytest.raises(CannotBecause) as refused:
        grant(street, case_id, street.head, amount=ENTRUSTED + 1, reasons=["家庭另有支出"])
    assert refused.value.code == "cases.above_your_hand"
    with acting(street.head, moment=street.now):
        operations.pass_up(case_id, reason="情况复杂，请上级审批", actor=street.head)
    assert turn(street, case_id) == "decider"
    with pytest.raises(NotYours):
        grant(street, case_id, street.head)
    assert grant(street, case_id, street.decider) is not None


@pytest.mark.parametrize(("over", "signatures"), [(-1, 0), (0, 0), (1, 1)])
def test_two_signatures_from_one_fen_above(street: Street, over: int, signatures: int) -> None:
    case_id = relief(street, 1, ALONE + over)
    award = grant(street, case_id, street.decider)
    with acting(street.decider, moment=street.now):
        assert (award is None) == bool(signatures)
        assert len(queries.signatures_of(case_id)) == signatures
        assert Award.objects.filter(case_id=case_id).count() == 1 - signatures
        row = queries.case(case_id, street.decider)
    assert (row.step, row.turn) == (("decide", "agency_head") if signatures else ("pay", "finance"))


def test_the_second_signature_is_another_persons_and_makes_the_award(street: Street) -> None:
    case_id = relief(street, 1, ALONE + 1)
    assert grant(street, case_id, street.decider, remarks="同意") is None
    with pytest.raises(NotYours):  # not the first hand once more
        grant(street, case_id, street.decider)
    head = a_post("agency_head")
    with pytest.raises(NotYours):  # nor the same person in the other post
        grant(street, case_id, replace(head, officer=street.decider.officer))
    with pytest.raises(CannotBecause) as refused:  # nor another sum
        grant(street, case_id, head, amount=ALONE, reasons=["核减一分钱"])
    assert refused.value.code == "cases.second_differs"
    award = grant(street, case_id, head)
    assert award is not None
    assert (award.amount, award.decided_by) == (ALONE + 1, head.code)
    with acting(head, moment=street.now):
        (signature,) = queries.signatures_of(case_id)
        assert (signature.officer, signature.second_officer) == (street.decider.officer, head.officer)
        assert signature.closed_as == "granted"


def test_a_head_does_not_sign_first(street: Street) -> None:
    case_id = relief(street, 1, ALONE + 1)
    with pytest.raises(NotYours):
        grant(street, case_id, a_post("agency_head"))


def test_a_declined_signature_goes_back_and_may_be_signed_anew(street: Street) -> None:
    case_id = relief(street, 1, ALONE + 1)
    head = a_post("agency_head")
    grant(street, case_id, street.decider)
    with acting(head, moment=street.now):
        operations.decline_signature(case_id, reason="请补充说明用途", actor=head, moment=street.now)
    assert turn(street, case_id) == "decider"
    assert grant(street, case_id, street.decider) is None
    with acting(street.decider, moment=street.now):
        operations.decline_signature(case_id, reason="金额填写有误", actor=street.decider, moment=street.now)
        assert [one.closed_as for one in queries.signatures_of(case_id)] == ["declined", "taken_back"]


def test_the_database_refuses_one_person_for_both_signatures(street: Street) -> None:
    case_id = relief(street, 1, ALONE + 1)
    grant(street, case_id, street.decider)
    with acting(street.decider, moment=street.now):
        rows = FirstSignature.objects.filter(case_id=case_id)
        with pytest.raises(IntegrityError, match="cases_signatures_of_two"), transaction.atomic():
            rows.update(closed_at=street.now, closed_as="granted", second_officer=street.decider.officer)
        with pytest.raises(IntegrityError, match="stays as signed"), transaction.atomic():
            rows.update(amount=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.create(case_id=case_id, outcome="grant", amount=1, awaits="agency_head", why={}, post="x", role="decider",
                        officer_name="x", signed_at=street.now)  # fmt: skip
