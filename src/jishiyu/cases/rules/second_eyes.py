"""The second pair of eyes beyond the steps: near relatives, checks from above, and what they hold up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from jishiyu.foundations.outcomes import Sentence, sentence

Why = Literal["drawn", "relative", "complaint", "follow_up"]

WHY_NAMES: dict[str, Sentence] = {
    "drawn": sentence("抽查抽中", "drawn for a spot check"),
    "relative": sentence("近亲属备案，必查", "near relative of staff: always checked"),
    "complaint": sentence("有投诉举报，必查", "complained of: always checked"),
    "follow_up": sentence("抽查不一致，复查", "checked again after a difference"),
}
RELATION_NAMES: dict[str, Sentence] = {
    "spouse": sentence("配偶", "Spouse"),
    "parent": sentence("父母", "Parent"),
    "child": sentence("子女", "Child"),
    "sibling": sentence("兄弟姐妹", "Brother or sister"),
    "grandparent": sentence("（外）祖父母", "Grandparent"),
    "grandchild": sentence("（外）孙子女", "Grandchild"),
    "in_law": sentence("姻亲", "In-law"),
    "other": sentence("其他近亲属", "Other near relative"),
}
SOURCE_NAMES: dict[str, Sentence] = {
    "told": sentence("受理时或事后备案", "put on record by a post"),
    "declared": sentence("工作人员申报，自动比对", "declared by the officer, found by comparison"),
}
FOLLOW_UPS: dict[str, Sentence] = {
    "sent_back": sentence("退回重新核实", "Sent back to be enquired again"),
    "award_kept": sentence("复核后维持原救助", "Award looked at again and kept"),
    "award_changed": sentence("已按变更程序调整救助", "Award changed by the procedure of changes"),
    "award_ended": sentence("停发救助", "Award ended"),
}
# What may follow a difference, by the state of the case.
FOLLOW_UPS_OPEN = ("sent_back",)
FOLLOW_UPS_GRANTED = ("award_kept", "award_changed", "award_ended")


@dataclass(frozen=True, slots=True)
class Looked:
    """A check of a case as far as it went. ``agrees`` None: not made yet; ``followed``: a difference was dealt with."""

    why: str
    agrees: bool | None
    followed: bool = False


def concerned(officers: Iterable[str], officer: str) -> Sentence | None:
    """None unless the officer is one of those whose near relative the case is about."""
    if officer and officer in set(officers):
        return sentence(
            "本案申请人已备案为您的近亲属，您须回避，不得办理",
            "This case is on record as a near relative's of yours: you may not act in it",
        )
    return None


def refusal_to_grant(relatives: int, visited: bool, checks: Sequence[Looked]) -> Sentence | None:
    """Why nothing may be granted yet: a near relative's case not visited or not checked above, or a difference not dealt with."""
    if any(one.agrees is False and not one.followed for one in checks):
        return sentence(
            "抽查结论与本案不一致，须先退回核实或处理",
            "A check differs from the case: send it back or deal with it first",
        )
    if any(one.why == "follow_up" and one.agrees is None for one in checks):
        return sentence("抽查不一致后的复查尚未完成", "The check after the difference has not been made yet")
    if not relatives:
        return None
    if not visited:
        return sentence(
            "近亲属备案的案件必须入户调查，本案尚无入户记录",
            "A near relative's case is always visited: there is no home visit yet",
        )
    if not any(one.agrees for one in checks):
        return sentence(
            "近亲属备案的案件须经区级核查，核查尚未完成",
            "A near relative's case is checked by the district first: that has not been done yet",
        )
    return None


def refusal_to_check(handled_by: Iterable[str], relatives: Iterable[str], officer: str) -> Sentence | None:
    """None when a person may check a case: neither who handled it nor a relative."""
    if officer and officer in set(handled_by):
        return sentence(
            "您办理过本案，不能由您抽查",
            "You handled this case: somebody else has to check it",
        )
    return concerned(relatives, officer)
