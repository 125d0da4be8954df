"""A visit's record as it travels: its fields by name, what differs between two versions, and what a choice makes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from jishiyu.cases.rules.living import LIVING
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence

Content = Mapping[str, Any]
Side = Literal["mine", "theirs"]
Way = Literal["merged", "beside"]

# The fields in the order of the form.
FIELDS: dict[str, Sentence] = {
    "visited_on": sentence("入户日期", "Day of the visit"),
    "first_visitor": sentence("调查人一", "First visitor"),
    "second_visitor": sentence("调查人二", "Second visitor"),
    "met_whom": sentence("见到的家庭成员", "Member of the household met"),
    **{f"living_{question.key}": question.words for question in LIVING},
    "findings": sentence("调查结论", "Findings"),
    "agrees": sentence("与申报和核对结果是否一致", "Agrees with what was declared and checked"),
    "differences": sentence("不一致之处", "What differs"),
    "signed_by_household": sentence("家庭签字人", "Signed for the household"),
    "not_signed_because": sentence("未签字的原因", "Why it was not signed"),
    "papers": sentence("材料", "Papers"),
    "outcome": sentence("结论", "Outcome"),
    "reasons": sentence("理由", "Reasons"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the second visitor said about the two versions: which one was seen, one record or two, and field by field."""

    against: int
    how: Way
    fields: Mapping[str, Side]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two versions differ."""

    field: str
    mine: Any
    theirs: Any


def tidy(content: Content) -> dict[str, Any]:
    """The known fields only, in one form: text without blanks around it, papers sorted, an empty value where nothing was said."""
    return {
        name: sorted(str(one) for one in content.get(name) or ())
        if name == "papers"
        else str(content.get(name) or "").strip()
        for name in FIELDS
    }


def differences(mine: Content, theirs: Content) -> list[Difference]:
    """The fields in which two versions differ, in the form's order."""
    one, other = tidy(mine), tidy(theirs)
    return [Difference(name, one[name], other[name]) for name in FIELDS if one[name] != other[name]]


def merged(mine: Content, theirs: Content, chosen: Mapping[str, Side]) -> dict[str, Any]:
    """One record of two, by the choice made in each field. Refused while a field that differs was not chosen."""
    found = tidy(mine)
    for one in differences(mine, theirs):
        side = chosen.get(one.field)
        if side not in ("mine", "theirs"):
            raise CannotBecause(
                "cases.visit_not_chosen",
                sentence(
                    "“{f}”两份记录不同，请选择保留哪一份",
                    "The two records differ in “{f}”: choose which one to keep",
                    f=FIELDS[one.field],
                ),
            )
        if side == "theirs":
            found[one.field] = one.theirs
    return found


def spoken(field: str, value: Any) -> Sentence:
    """A value in words, for whoever compares or reads versions; what is not coded stays as written."""
    written = "、".join(value) if isinstance(value, list) else str(value)
    words = _WORDS.get(field, {})
    return words.get(written, sentence(written, written))


_WORDS: dict[str, dict[str, Sentence]] = {
    **{f"living_{question.key}": dict(question.answers) for question in LIVING},
    "agrees": {"yes": sentence("一致", "agrees"), "no": sentence("不一致", "differs")},
}
