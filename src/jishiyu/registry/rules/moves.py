"""What changes in a household: who comes and goes and why, who is its head then, and how all are related to the new head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.registry.rules.family import Kin, family_faults
from jishiyu.registry.rules.newcomers import NewMember
from jishiyu.registry.rules.situation import HouseholdSituation, MemberSituation
from jishiyu.registry.rules.vocabulary import CHILDREN, HEAD, PARENTS, SPOUSE

COMING: dict[str, Sentence] = {
    "birth": sentence("出生", "birth"),
    "marriage": sentence("结婚迁入", "marriage"),
    "adoption": sentence("收养", "adoption"),
    "back": sentence("迁回同住", "came back"),
    "coming": sentence("其他迁入", "came for another reason"),
}
GOING: dict[str, Sentence] = {
    "death": sentence("去世", "death"),
    "divorce": sentence("离婚", "divorce"),
    "married_out": sentence("结婚迁出", "married and left"),
    "apart": sentence("分户另住", "lives apart now"),
    "going": sentence("其他迁出", "left for another reason"),
}
OTHER: dict[str, Sentence] = {
    "head": sentence("变更户主", "another head"),
    "home": sentence("变更地址、社区或电话", "another address, community or telephone"),
    "hand_over": sentence("迁往其他街道", "moved to another sub-district"),
    "ended": sentence("销户", "household ended"),
}
KINDS = COMING | GOING | OTHER


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something changes: since which day, for what reason in words, on which paper."""

    day: date
    reason: str
    paper: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A member who comes: who, how related to the head, for which reason of ``COMING``."""

    member: NewMember
    kind: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Departure:
    """A member who goes, for which reason of ``GOING``. When it is the head: ``relations`` of all who stay, one of them the new head."""

    person_id: str
    kind: str
    ground: Ground
    relations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewHome:
    """Where and how a household is reached."""

    community: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Lives:
    """A member as the register has it: who, born when, which sex, how related to the head."""

    person_id: str
    born: date
    sex: int
    relation: str


def require_ground(ground: Ground, today: date) -> None:
    """Refuse a change without reason and paper, or of a day to come."""
    if len(ground.reason.strip()) < 2 or len(ground.paper.strip()) < 2:
        raise CannotBecause(
            "registry.without_ground",
            sentence("请写明原因和凭据材料", "Say why, and on which paper it rests"),
        )
    if ground.day > today:
        raise CannotBecause(
            "registry.not_yet", sentence("日期不能晚于今天", "The day cannot be later than today")
        )


def require_family(members: Sequence[Lives], today: date) -> None:
    """Refuse members who cannot be to one another what is written; nobody at all is no fault."""
    kin = [Kin(one.relation, one.born, one.sex) for one in members]
    fault = next(iter(family_faults(kin, today)), None) if kin else None
    if fault is not None:
        raise CannotBecause("registry.implausible", fault.wrong, fault.mend)


def related_anew(members: Sequence[Lives], relations: Mapping[str, str]) -> list[Lives]:
    """The members with their relations to the new head. Refused unless each has one."""
    missing = [one for one in members if not relations.get(one.person_id)]
    if missing:
        raise CannotBecause(
            "registry.relations_missing",
            sentence(
                "户主变了，请写明每名成员与新户主的关系",
                "With another head, say how each member is related to the new head",
            ),
        )
    return [replace(one, relation=relations[one.person_id]) for one in members]


def suggested(new_head: Lives, member: Lives) -> str:
    """How a member is probably related to the new head, from both relations to the old one; empty when it cannot be told."""
    if member.person_id == new_head.person_id:
        return HEAD
    if new_head.relation in SPOUSE:
        return _beside_spouse(new_head, member)
    if new_head.relation in CHILDREN:
        return _beside_child(member)
    if new_head.relation in PARENTS:
        return _beside_parent(member)
    return ""


def _beside_spouse(new_head: Lives, member: Lives) -> str:
    if member.relation == HEAD:
        return "10"
    if member.relation in PARENTS:
        codes = ("53", "54") if new_head.sex == 2 else ("55", "56")
        return codes[member.sex - 1]
    return member.relation if member.relation in CHILDREN | {"28", "38"} else ""


def _beside_child(member: Lives) -> str:
    if member.relation == HEAD or member.relation in SPOUSE:
        return "51" if member.sex == 1 else "52"
    if member.relation in CHILDREN:
        return "70"
    return "60" if member.relation in PARENTS else ""


def _beside_parent(member: Lives) -> str:
    if member.relation == HEAD:
        return "20" if member.sex == 1 else "30"
    if member.relation in SPOUSE:
        return "28" if member.sex == 1 else "38"
    if member.relation in PARENTS:
        return "10"
    return "40" if member.relation in CHILDREN else ""


_FIXED = ("person_id", "relation", "born", "sex", "identities")


def nothing_known(person_id: str, relation: str, born: date, sex: int) -> MemberSituation:
    """A member of whom only the identity is known."""
    unknown = {one.name: None for one in fields(MemberSituation) if one.name not in _FIXED}
    return MemberSituation(person_id=person_id, relation=relation, born=born, sex=sex, **unknown)  # type: ignore[arg-type]


def followed(last: HouseholdSituation, members: Sequence[Lives], day: date) -> HouseholdSituation:
    """The situation after a change of members: what was known of those who stay stays, of those who come nothing is known.

    Bills of those who left go with them. The household's own facts stand until somebody tells others.
    """
    known = {one.person_id: one for one in last.members}
    present = tuple(
        replace(known[one.person_id], relation=one.relation)
        if one.person_id in known
        else nothing_known(one.person_id, one.relation, one.born, one.sex)
        for one in members
    )
    ids = {one.person_id for one in members}
    bills = tuple(one for one in last.bills if one.person_id in ids)
    return replace(last, as_of=max(last.as_of, day), members=present, bills=bills)
