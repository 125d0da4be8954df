"""Several bills, members and programmes; late insurance: what holds whatever is handed in."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.foundations.money import share
from jishiyu.programmes.rules.bills import BillChain, Scheme, bill_keys, cover_bills, spread
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.programmes.rules.coordination import (
    ORDER,
    ChainLine,
    Cover,
    coordinate,
    covered_by,
    require_closed,
)
from jishiyu.programmes.rules.on_bills import on_bills, whole_of
from jishiyu.programmes.rules.recovery import INSURANCE, as_decided, recompute_after
from jishiyu.programmes.rules.worked_bills import (
    CoordinationExample,
    coordination_differences,
    coordination_examples,
)
from jishiyu.registry.rules.situation import MedicalBill
from tests.fixtures import PACK_DIR, a_newcomer, the_pack

EXAMPLES = list(coordination_examples(PACK_DIR / "examples"))


@pytest.mark.parametrize(
    ("file", "example"), EXAMPLES, ids=[f"{file}: {one.name.en}" for file, one in EXAMPLES]
)
def test_the_rules_agree_with_the_example(file: str, example: CoordinationExample) -> None:
    assert [str(one) for one in coordination_differences(example)] == [], file


def test_there_are_enough_examples() -> None:
    assert len(EXAMPLES) >= 40
    assert sum(1 for _, one in EXAMPLES if one.late) >= 12


@st.composite
def a_bill(draw: st.DrawFn) -> MedicalBill:
    total = draw(st.integers(0, 10**7))
    cuts = sorted(draw(st.lists(st.integers(0, total), min_size=4, max_size=4)))
    parts = [b - a for a, b in zip([0, *cuts[:3]], cuts, strict=True)]
    day = date(2020, 11, 1) + timedelta(days=draw(st.integers(0, 120)))
    return MedicalBill(
        str(draw(st.uuids())),
        draw(st.sampled_from(["a", "b"])),
        day,
        total,
        draw(st.integers(0, total)),
        *parts,
    )


schemes = st.lists(
    st.builds(
        Scheme,
        item=st.sampled_from(["ZY03", "ZK05", "CS01"]),
        kind=st.sampled_from(["supplementary_insurance", "government", "charity"]),
        ratio=st.integers(0, 10_000),
        deductible=st.integers(0, 10**6),
        cap=st.none() | st.integers(0, 10**7),
        per=st.sampled_from(["person", "household"]),
        in_scope=st.booleans(),
        limit=st.none() | st.integers(0, 10**7),
    ),
    max_size=3,
)
bills = st.lists(a_bill(), max_size=5)


@given(bills, schemes)
def test_every_bill_is_closed_in_order_and_never_above_its_need(
    given_: list[MedicalBill], by: list[Scheme]
) -> None:
    found = cover_bills(given_, by)
    assert [one.chain[0].first for one in found] == sorted(one.settled_on for one in given_)
    for one in found:
        require_closed(one.chain)
        kinds = [ORDER.index(line.kind) for line in one.chain]
        assert kinds == sorted(kinds)
        assert all(0 <= line.amount <= one.chain[0].amount for line in one.chain)


@given(bills, schemes)
def test_the_order_in_which_bills_are_handed_in_is_nothing(
    given_: list[MedicalBill], by: list[Scheme]
) -> None:
    assert cover_bills(given_, by) == cover_bills(list(reversed(given_)), by)


@given(bills, st.integers(0, 10_000), st.integers(0, 10**6), st.none() | st.integers(0, 10**7))
def test_the_bills_of_a_year_get_what_one_bill_of_their_sum_would(
    given_: list[MedicalBill], ratio: int, deductible: int, cap: int | None
) -> None:
    scheme = Scheme("ZY03", "government", ratio=ratio, deductible=deductible, cap=cap)
    found = cover_bills(given_, [scheme])
    by_id = {bill_keys(given_)[one.bill_id]: one for one in given_}

    def whose(one: BillChain) -> tuple[int, str]:
        return one.year, one.person

    for subject, group in groupby(sorted(found, key=whose), key=whose):
        rows = list(group)
        base = sum(max(0, by_id[one.bill].in_scope - one.borne(*INSURANCE)) for one in rows)
        aid = share(max(0, base - deductible), ratio)
        assert sum(one.borne("government") for one in rows) == (aid if cap is None else min(aid, cap)), (
            subject
        )


@given(bills, schemes, st.integers(1, 10**7))
def test_a_higher_cap_or_limit_never_gives_less(
    given_: list[MedicalBill], by: list[Scheme], more: int
) -> None:
    low = Scheme("ZY03", "government", ratio=8_000, cap=10**6)
    high = Scheme("ZY03", "government", ratio=8_000, cap=10**6 + more)
    sums = [sum(one.borne("government") for one in cover_bills(given_, [each])) for each in (low, high)]
    assert sums[0] <= sums[1]
    kept = [sum(one.chain[-1].amount for one in cover_bills(given_, each)) for each in (by, [*by, low])]
    assert kept[1] <= kept[0], "one more programme never leaves more to the household"


@given(bills, schemes, st.data())
def test_what_a_person_decided_is_spread_to_the_fen(
    given_: list[MedicalBill], by: list[Scheme], data: st.DataObject
) -> None:
    base = cover_bills(given_, by)
    if not base:
        return
    room = sum(one.chain[-1].amount + one.borne("government", "charity") for one in base)
    amount = data.draw(st.integers(0, room))
    laid = spread(base, [ChainLine("government", base[0].chain[0].label, amount, "", None, None)])
    for one in laid:
        require_closed(one.chain)
    assert sum(one.borne("government", "charity") for one in laid) == amount
    whole = whole_of(laid, ())
    require_closed(whole)
    assert covered_by(whole, "government", "charity") == amount
    with pytest.raises(ValueError, match="left over"):
        spread(base, [ChainLine("charity", base[0].chain[0].label, room + 1, "", None, None)])


amounts = st.integers(0, 10**7)


@given(
    st.integers(0, 10**7), amounts, amounts, amounts, amounts, st.integers(1, 10**7),
    st.sampled_from(INSURANCE), st.booleans(), st.data(),
)  # fmt: skip
def test_late_insurance_closes_the_chain_and_claims_no_more_than_was_paid(
    need: int, basic: int, others: int, government: int, charity: int, late: int, kind: str, by_rules: bool, data: st.DataObject,
) -> None:  # fmt: skip
    before = coordinate(
        need,
        [
            Cover("basic_insurance", basic),
            Cover("other_aid", others),
            Cover("government", government),
            Cover("charity", charity),
        ],
    )
    had = {fund: covered_by(before, fund) for fund in ("government", "charity")}  # type: ignore[arg-type]
    paid = {fund: data.draw(st.integers(0, amount)) for fund, amount in had.items()}
    would = {fund: data.draw(amounts) for fund in had} if by_rules else None
    order = data.draw(st.permutations(("government", "charity")))
    done = recompute_after(before, kind, late, would=would, paid=paid, refunded_first=order)  # type: ignore[arg-type]
    require_closed(done.chain)
    assert done.chain[0].amount == need
    for one in done.owed:
        assert 0 <= one.recover <= min(one.less, one.paid)
        assert covered_by(done.chain, one.fund) == had[one.fund] - one.less
        assert max(0, one.paid - one.recover) <= max(one.paid - one.less, covered_by(done.chain, one.fund))
    assert done.recover <= late, "never more than the insurer paid"


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_more_late_insurance_never_leaves_more_aid(need: int, first: int, more: int) -> None:
    before = coordinate(need, [Cover("government", need * 6 // 10), Cover("charity", need * 3 // 10)])
    one, two = (recompute_after(before, "commercial_insurance", each) for each in (first, first + more))
    assert covered_by(two.chain, "government", "charity") <= covered_by(one.chain, "government", "charity")


@given(amounts, amounts, amounts)
def test_a_decision_stays_as_far_from_the_rules_as_it_was(decided: int, computed: int, after: int) -> None:
    found = as_decided(decided, computed, after)
    assert found <= decided
    if decided <= computed:
        assert found == min(decided, after)
    elif after <= computed:
        assert found - after == decided - computed


@pytest.mark.parametrize(("kind", "amount"), [("government", 1), ("need", 1), ("commercial_insurance", 0)])
def test_what_is_no_insurance_is_refused(kind: str, amount: int) -> None:
    with pytest.raises(ValueError, match="no insurance"):
        recompute_after(coordinate(100, []), kind, amount)  # type: ignore[arg-type]


def test_a_programme_that_bears_more_than_the_whole_is_refused() -> None:
    bill = MedicalBill("1", "a", date(2020, 1, 1), 100, 100, 0, 0, 0, 0)
    with pytest.raises(ValueError, match="such a part"):
        cover_bills([bill], [Scheme("ZY03", "government", ratio=10_001)])


def test_relief_for_serious_illness_pays_only_what_medical_aid_leaves_of_the_bills() -> None:
    pack, day = the_pack(), date(2021, 12, 1)
    home = a_newcomer(1, names=("单春雨",), wage=0).situation
    assert home is not None
    bill = MedicalBill("1", home.members[0].person_id, date(2021, 11, 1), 500_000, 500_000, 300_000, 0, 0, 0)
    home = replace(home, as_of=day, bills=(bill,), event="serious_illness", event_on=date(2021, 11, 20))
    relief = next(one for one in entitlements_of(home, day, pack) if one.item == "ZK05")
    assert relief.amount is not None
    assert relief.amount > 40_000
    given = {bill_keys(home.bills)["1"]: [Cover("other_aid", 160_000)]}
    chain, laid = on_bills(relief, home, given, pack.district.coordination)
    assert [(line.kind, line.amount) for line in chain if line.amount] == [
        ("need", 500_000), ("basic_insurance", 300_000), ("other_aid", 160_000), ("government", 40_000),
    ]  # fmt: skip
    (aid,) = [line for line in laid[0].chain if line.kind == "government"]
    assert aid.note == pack.district.coordination.note("ZK05"), "why it is less is said"
    other = replace(home, event="job_loss")
    assert on_bills(relief, other, given, pack.district.coordination) == (relief.chain, ())


def test_the_same_bill_has_the_same_key_in_later_evidence_and_alike_ones_are_kept_apart() -> None:
    one = MedicalBill("1", "a", date(2020, 1, 1), 100, 100, 0, 0, 0, 0)
    later = MedicalBill("9", "a", date(2020, 1, 1), 100, 100, 50, 0, 0, 0)
    assert bill_keys([one])["1"] == bill_keys([later])["9"]
    assert len(set(bill_keys([one, later]).values())) == 2
