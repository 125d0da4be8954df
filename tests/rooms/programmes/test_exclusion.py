"""Items that exclude each other: which is given, what is given up for it, and that nothing goes round in a ring."""

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules.pack import Pack
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.programmes.rules.entitlement import Entitlement, Outcome
from jishiyu.programmes.rules.exclusion import Clash, pairs_of, with_exclusions, yields_of
from tests.fixtures import the_pack
from tests.rooms.programmes.test_pack_rules import a_home

DAY = date(2020, 8, 1)
IDS = ("AA01", "AA02", "AA03", "AA04", "AA05")


@cache
def a_plain_answer() -> Entitlement:
    return entitlements_of(a_home(), DAY, the_pack())[0]


def an_answer(item: str, amount: int, outcome: Outcome = "eligible") -> Entitlement:
    name = sentence("项目{i}", "item {i}", i=item)
    return replace(
        a_plain_answer(), item=item, name=name, amount=amount, outcome=outcome, yields_to=None, given_up=0
    )


def a_pack(*pairs: tuple[str, str]) -> Pack:
    """The pack with items of these ids that exclude one another as said."""
    plain = the_pack().items[0]
    items = tuple(
        plain.model_copy(
            update={"id": id, "exclusive_with": tuple(b for a, b in pairs if a == id), "name": plain.name}
        )
        for id in IDS
    )
    return replace(the_pack(), items=items)


def settled(pack: Pack, amounts: dict[str, int], **clashes: Clash) -> dict[str, Entitlement]:
    answers = [an_answer(item, amount) for item, amount in amounts.items()]
    found = {(key[:4], key[4:]): clash for key, clash in clashes.items()}
    return {one.item: one for one in with_exclusions(answers, pack, found)}


def test_the_higher_is_given_and_both_say_why() -> None:
    one = settled(a_pack(("AA01", "AA02")), {"AA01": 300, "AA02": 200})
    assert (one["AA01"].yields_to, one["AA02"].yields_to) == (None, "AA01")
    assert one["AA02"].given_up == 200
    assert "放弃2.00元" in one["AA02"].reason.say("zh")
    assert "项目AA01" in one["AA02"].reason.say("zh")
    assert "取本项" in one["AA01"].reason.say("zh")
    assert "is taken" in one["AA01"].reason.say("en")


def test_of_even_amounts_the_later_id_is_given() -> None:
    one = settled(a_pack(("AA01", "AA02")), {"AA01": 200, "AA02": 200})
    assert (one["AA01"].yields_to, one["AA02"].yields_to) == ("AA02", None)


def test_who_yields_to_an_item_that_is_not_given_keeps_its_own() -> None:
    chain = a_pack(("AA01", "AA02"), ("AA02", "AA03"))
    one = settled(chain, {"AA01": 100, "AA02": 200, "AA03": 300})
    assert [one[id].yields_to for id in ("AA01", "AA02", "AA03")] == [None, "AA03", None]


def test_a_ring_of_exclusions_gives_one_and_ends() -> None:
    ring = a_pack(("AA01", "AA02"), ("AA02", "AA03"), ("AA03", "AA01"))
    one = settled(ring, {"AA01": 100, "AA02": 100, "AA03": 100})
    assert [one[id].yields_to for id in ("AA01", "AA02", "AA03")] == ["AA03", "AA03", None]


def test_members_who_have_one_each_keep_both() -> None:
    apart = Clash(False, {"AA01": (300, 0), "AA02": (0, 200)})
    one = settled(a_pack(("AA01", "AA02")), {"AA01": 300, "AA02": 200}, AA01AA02=apart)
    assert one["AA01"].yields_to is None
    assert one["AA02"].yields_to is None


def test_only_what_the_member_with_both_would_have_is_lost() -> None:
    partly = Clash(True, {"AA01": (300, 300), "AA02": (0, 200)})
    one = settled(a_pack(("AA01", "AA02")), {"AA01": 600, "AA02": 200}, AA01AA02=partly)
    assert one["AA02"].given_up == 200
    other = Clash(True, {"AA01": (100, 100), "AA02": (0, 500)})
    one = settled(a_pack(("AA01", "AA02")), {"AA01": 200, "AA02": 500}, AA01AA02=other)
    assert (one["AA01"].yields_to, one["AA01"].given_up) == ("AA02", 100)


_PAIRS = st.sets(st.sampled_from([(a, b) for a in IDS for b in IDS if a < b]))
_AMOUNTS = st.lists(st.integers(0, 3), min_size=5, max_size=5)


@given(pairs=_PAIRS, amounts=_AMOUNTS, open_=st.lists(st.booleans(), min_size=5, max_size=5))
def test_what_is_given_never_clashes_and_the_many_agree_with_the_one(
    pairs: set[tuple[str, str]], amounts: list[int], open_: list[bool]
) -> None:
    pack = a_pack(*pairs)
    answers = [
        an_answer(id, money, "eligible" if may else "not_eligible")
        for id, money, may in zip(IDS, amounts, open_, strict=True)
    ]
    one = {each.item: each.yields_to for each in with_exclusions(answers, pack)}
    given_ = {id for id, may in zip(IDS, open_, strict=True) if may and one[id] is None}
    assert not any(set(pair) <= given_ for pair in pairs)
    assert all(other is None or other in given_ for other in one.values())
    clashes = {(IDS.index(a), IDS.index(b)): None for a, b in pairs}
    many = yields_of(IDS, np.array(amounts)[:, None], np.array(open_)[:, None], clashes)
    assert [IDS[row] if row >= 0 else None for row in many[:, 0].tolist()] == [one[id] for id in IDS]


def test_every_pair_of_the_pack_is_settled_one_way_whichever_gives_more() -> None:
    pack = the_pack()
    pairs = pairs_of(pack)
    assert len(pairs) >= 5
    for first, second in pairs:
        assert pack.item(first).frequency == pack.item(second).frequency, "amounts of one period are compared"
        for more, less in ((first, second), (second, first)):
            found = {
                one.item: one for one in with_exclusions([an_answer(more, 300), an_answer(less, 200)], pack)
            }
            assert (found[more].yields_to, found[less].yields_to) == (None, more)
            assert found[less].given_up == 200
