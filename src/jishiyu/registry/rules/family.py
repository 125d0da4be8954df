"""Whether the people of a household can be to one another what is written: one head, a plausible spouse, child, parent.

The ages here are bounds of what is plausible, so that a slip of the pen is seen; they are not the law's ages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.foundations.periods import age_on
from jishiyu.registry.rules.vocabulary import (
    CHILDREN,
    GRANDCHILDREN,
    GRANDPARENTS,
    HEAD,
    PARENTS,
    SPOUSE,
)

PLAUSIBLE = {
    "youngest_spouse": 16,
    "youngest_parent": 13,
    "youngest_grandparent": 28,
    "oldest_person": 120,
}

# Children and parents by adoption or a second marriage need only be younger or older.
_BY_LAW_CHILDREN = frozenset({"27", "37"})
_BY_LAW_PARENTS = frozenset({"57", "58"})
# GB/T 4761 codes that say the sex too. 20 and 30 are written loosely for "child" in practice but do say it.
_MALE = frozenset(
    ["11", "41", "43", "46", "51", "53", "55", "57", "61", "63", "66", "71", "73", "76", "78"]
) | {f"2{n}" for n in range(10)}
_FEMALE = frozenset(
    ["12", "42", "44", "45", "52", "54", "56", "58", "62", "64", "67", "72", "74", "75", "77"]
) | {f"3{n}" for n in range(10)}


@dataclass(frozen=True, slots=True)
class Kin:
    """What is asked of one member: relation code, day of birth, sex (1, 2), marital status or None."""

    relation: str
    born: date
    sex: int
    marital: str | None = None


@dataclass(frozen=True, slots=True)
class FamilyFault:
    """Something implausible: which member (place in the list; None for the household), which fact, what and how to mend."""

    place: int | None
    fact: str
    code: str
    wrong: Sentence
    mend: Sentence


_CHECK_RELATION = sentence("请核对与户主关系和身份证号", "Check the relation to the head and the ID number")


def family_faults(members: Sequence[Kin], today: date) -> Iterator[FamilyFault]:
    """Each implausible thing in a household. Members whose relation is unknown must not be handed in."""
    heads = [place for place, kin in enumerate(members) if kin.relation == HEAD]
    yield from _one_head(heads)
    yield from _one_spouse(members)
    for place, kin in enumerate(members):
        yield from _sex_fits(place, kin)
        yield from _alive(place, kin, today)
    if len(heads) == 1:
        head = members[heads[0]]
        for place, kin in enumerate(members):
            yield from _beside_head(place, kin, head, today)


def _one_head(heads: list[int]) -> Iterator[FamilyFault]:
    if not heads:
        yield FamilyFault(
            None,
            "relation",
            "no_head",
            sentence("本户没有户主", "The household has no head"),
            sentence("把其中一人的关系填为“户主”", "Write 户主 as one member's relation"),
        )
    for place in heads[1:]:
        yield FamilyFault(
            place,
            "relation",
            "two_heads",
            sentence("本户有多名户主", "The household has more than one head"),
            sentence(
                "只保留一名户主；若是两户，请填不同的户序号",
                "Keep one head; if these are two households, number them apart",
            ),
        )


def _one_spouse(members: Sequence[Kin]) -> Iterator[FamilyFault]:
    for place in [place for place, kin in enumerate(members) if kin.relation in SPOUSE][1:]:
        yield FamilyFault(
            place,
            "relation",
            "two_spouses",
            sentence("本户有多名配偶", "The household has more than one spouse"),
            sentence("户主只有一名配偶，请核对关系", "The head has one spouse: check the relations"),
        )


def _sex_fits(place: int, kin: Kin) -> Iterator[FamilyFault]:
    if (kin.relation in _MALE and kin.sex != 1) or (kin.relation in _FEMALE and kin.sex != 2):
        yield FamilyFault(
            place,
            "relation",
            "relation_against_sex",
            sentence("与户主关系和性别不符", "The relation to the head does not fit the sex"),
            _CHECK_RELATION,
        )


def _alive(place: int, kin: Kin, today: date) -> Iterator[FamilyFault]:
    if kin.born > today or age_on(kin.born, today) > PLAUSIBLE["oldest_person"]:
        yield FamilyFault(
            place,
            "id_number",
            "implausible_age",
            sentence("出生日期 {d} 不合常理", "The birth date {d} is implausible", d=kin.born),
            sentence("请核对身份证号", "Check the ID number"),
        )


def _beside_head(place: int, kin: Kin, head: Kin, today: date) -> Iterator[FamilyFault]:
    if kin.relation in SPOUSE:
        yield from _plausible_spouse(place, kin, head, today)
    elif kin.relation in CHILDREN:
        gap = 0 if kin.relation in _BY_LAW_CHILDREN else PLAUSIBLE["youngest_parent"]
        yield from _older(place, head, kin, gap, "child_too_old", "子女", "child", elder_is_head=True)
    elif kin.relation in GRANDCHILDREN and kin.relation not in ("45", "46"):
        gap = PLAUSIBLE["youngest_grandparent"]
        yield from _older(
            place, head, kin, gap, "grandchild_too_old", "孙辈", "grandchild", elder_is_head=True
        )
    elif kin.relation in PARENTS:
        gap = 0 if kin.relation in _BY_LAW_PARENTS else PLAUSIBLE["youngest_parent"]
        yield from _older(place, kin, head, gap, "parent_too_young", "父母", "parent", elder_is_head=False)
    elif kin.relation in GRANDPARENTS:
        gap = PLAUSIBLE["youngest_grandparent"]
        yield from _older(
            place, kin, head, gap, "grandparent_too_young", "祖辈", "grandparent", elder_is_head=False
        )


def _plausible_spouse(place: int, kin: Kin, head: Kin, today: date) -> Iterator[FamilyFault]:
    if age_on(kin.born, today) < PLAUSIBLE["youngest_spouse"]:
        yield FamilyFault(
            place,
            "relation",
            "spouse_too_young",
            sentence("配偶只有{n}岁", "The spouse is {n} years old", n=age_on(kin.born, today)),
            _CHECK_RELATION,
        )
    if kin.sex == head.sex:
        yield FamilyFault(
            place,
            "relation",
            "spouse_same_sex",
            sentence("配偶与户主性别相同", "The spouse has the head's sex"),
            _CHECK_RELATION,
        )
    for who, fact in ((kin, "marital"), (head, "relation")):
        if who.marital in ("single", "divorced", "widowed"):
            yield FamilyFault(
                place,
                fact,
                "spouse_unmarried",
                sentence(
                    "填为配偶，但{w}的婚姻状况不是已婚",
                    "Written as spouse, but {v} is not married by marital status",
                    w="本人" if who is kin else "户主",
                    v="this person" if who is kin else "the head",
                ),
                sentence("核对关系和婚姻状况", "Check relation and marital status"),
            )


def _older(
    place: int, elder: Kin, younger: Kin, years: int, code: str, zh: str, en: str, *, elder_is_head: bool
) -> Iterator[FamilyFault]:
    gap = age_on(elder.born, younger.born) if younger.born >= elder.born else -1
    if gap >= years:
        return
    who_zh = (
        f"户主与{zh}只差{max(gap, 0)}岁" if gap >= 0 else f"{zh}比户主{'年长' if elder_is_head else '年轻'}"
    )
    who_en = (
        f"Head and {en} are only {gap} years apart"
        if gap >= 0
        else f"The {en} is {'older' if elder_is_head else 'younger'} than the head"
    )
    yield FamilyFault(place, "relation", code, sentence(who_zh, who_en), _CHECK_RELATION)
