"""Invented people for generated households: names, identity numbers, addresses and telephones that belong to nobody.

Identity numbers begin with 119900, which is no county; telephones with 10, which no mobile number does; lanes are numbered
by the ten heavenly stems (甲一胡同), which no real lane is, and communities in order, since the pack has no list of the real ones.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from jishiyu.doors.jobs.population.draws import Draws
from jishiyu.doors.jobs.population.names import given_names, surnames
from jishiyu.foundations.identifiers import SYNTHETIC_PREFIX, IdNumber, check_character, read_id_number
from jishiyu.registry.rules.newcomers import NewHousehold, NewMember
from jishiyu.registry.rules.situation import HouseholdSituation, MemberSituation

_NAMESPACE = UUID("119900aa-0000-5000-8000-000000000000")
_PEOPLE, _PLACES = 1, 2
_STEMS, _DIGITS = "甲乙丙丁戊己庚辛壬癸", "一二三四五六七八九"
_COMMUNITIES = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
# Whose surname a member bears: the head's (children of a father, his parents, brothers and sisters), or one of their own.
_HEADS_NAME = frozenset(range(20, 38)) - {28} | {39, 41, 42, 51, *range(70, 80)} - {72, 74, 76, 78}


class IdNumbers:
    """Gives each person an identity number that nobody else has: up to 500 a day for each sex."""

    def __init__(self) -> None:
        self._given: Counter[tuple[date, int]] = Counter()

    def next(self, born: date, sex: int) -> IdNumber:
        """The next number for this day and sex. Raises ValueError when all are given."""
        order = self._given[born, sex]
        sequence = order * 2 + (1 if sex == 1 else 0)
        if sequence > 999:
            raise ValueError(
                f"no identity number is left for {born}, sex {sex}: the made-up district is too large for one prefix"
            )
        self._given[born, sex] += 1
        first = f"{SYNTHETIC_PREFIX}{born:%Y%m%d}{sequence:03d}"
        return read_id_number(first + check_character(first))


def newcomers(
    situations: Iterable[HouseholdSituation], *, seed: int, numbers: IdNumbers | None = None
) -> Iterator[NewHousehold]:
    """Households ready to be registered, with invented people; ids are UUIDs that follow from the seed.

    ``numbers`` is shared by several calls whose people must not have the same identity numbers.
    """
    numbers = numbers or IdNumbers()
    for place, situation in enumerate(situations):
        yield _newcomer(situation, numbers, seed, place)


def _newcomer(situation: HouseholdSituation, numbers: IdNumbers, seed: int, place: int) -> NewHousehold:
    told = _with_uuids(situation, seed)
    names = _names(Draws(seed, place, _PEOPLE), told.members)
    members = tuple(
        NewMember(member.person_id, name, numbers.next(member.born, member.sex), member.relation)
        for member, name in zip(told.members, names, strict=True)
    )
    draws = Draws(seed, place, _PLACES)
    tops = (9, 8, 98, len(_COMMUNITIES) - 1, 10**9 - 1, 2_900)
    stem, digit, house, community, phone, days = (int(draws.whole(0, top, 1)[0]) for top in tops)
    youngest = max(member.born for member in told.members)
    registered = max(told.as_of - timedelta(days=30 + days), min(youngest + timedelta(days=20), told.as_of))
    return NewHousehold(
        household_id=told.household_id,
        number=f"XC{told.sub_district[-3:]}-{registered.year}-{situation.household_id[-6:]}",
        sub_district=told.sub_district,
        community=f"第{_COMMUNITIES[community]}社区（虚构）",
        address=f"{_STEMS[stem]}{_DIGITS[digit]}胡同{house + 1}号（虚构）",
        phone=f"10{phone:09d}",
        registered_on=registered,
        members=members,
        situation=told,
    )


def _with_uuids(situation: HouseholdSituation, seed: int) -> HouseholdSituation:
    """The same situation under UUIDs, as the register keeps it."""

    def known_as(text: str) -> str:
        return str(uuid5(_NAMESPACE, f"{seed}/{text}"))

    members = tuple(replace(member, person_id=known_as(member.person_id)) for member in situation.members)
    bills = tuple(
        replace(bill, bill_id=known_as(bill.bill_id), person_id=known_as(bill.person_id))
        for bill in situation.bills
    )
    return replace(situation, household_id=known_as(situation.household_id), members=members, bills=bills)


def _names(draws: Draws, members: tuple[MemberSituation, ...]) -> list[str]:
    """Families share a surname where they would: a child bears the father's, the father the head's."""
    own = surnames(draws, len(members))
    given = given_names(draws, [member.sex for member in members])
    head = own[0]
    spouse = next((own[i] for i, member in enumerate(members) if member.relation in ("10", "11", "12")), head)
    fathers = head if members[0].sex == 1 else spouse
    chosen = []
    for member, other in zip(members, own, strict=True):
        relation = int(member.relation)
        if relation == 2 or (relation >= 50 and relation in _HEADS_NAME):
            chosen.append(head)
        elif relation in (10, 11, 12):
            chosen.append(spouse)
        else:
            chosen.append(fathers if relation in _HEADS_NAME else other)
    return [surname + name for surname, name in zip(chosen, given, strict=True)]
