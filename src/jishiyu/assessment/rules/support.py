"""Support payments (赡养费、抚养费) by those bound to give them: what counts as the household's income, and by which ground.

In order: a judgement or an agreement; what is really paid, if it is more; a formula. The formula was not found for Beijing, so
it is off until the district confirms one (``bj.support.enabled``): then only what is paid or agreed counts, and nothing is
presumed. Plain numbers in fen a month; the pack gives the switch, the share and the line.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.rules.columns import part
from jishiyu.law.rules.pack import Pack

ENABLED, SHARE, LINE = "bj.support.enabled", "bj.support.share", "bj.low_income"
Ground = Literal["judgement", "paid", "unable", "formula", "nothing"]
_GROUNDS: dict[Ground, Sentence] = {
    "judgement": sentence("按裁判文书或协议", "By a judgement or an agreement"),
    "paid": sentence("按实际给付（高于裁判或协议）", "By what is really paid, which is more"),
    "unable": sentence(
        "义务人为低保、特困、重残或低于低收入线，视为无赡养能力",
        "On dibao, destitute, severely disabled or below the low-income line: not able to support",
    ),
    "formula": sentence("按推算公式", "By the formula"),
    "nothing": sentence("推算公式未经区民政确认，不推算", "Nothing is presumed: no formula was confirmed"),
}


@dataclass(frozen=True, slots=True)
class Supporter:
    """Who is bound to support: by judgement or agreement, what is paid (fen a month, None: none known), and his own family.

    ``income`` is his family's a month, ``members`` its size, ``supported`` how many he is bound to support.
    """

    agreed: int | None = None
    paid: int = 0
    income: int | None = None
    members: int = 1
    supported: int = 1
    aided_or_disabled: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    """What counts, in fen a month, and on which ground."""

    amount: int
    ground: Ground

    @property
    def reason(self) -> Sentence:
        """The ground in words."""
        return _GROUNDS[self.ground]


def support_payment(one: Supporter, *, enabled: bool, share: int, line: int) -> Support:
    """What counts of one supporter. ``share`` in basis points, ``line`` the low-income line a head in fen."""
    if one.supported < 1 or one.members < 1:
        raise ValueError("a supporter has a family of one at least, and supports one at least")
    if one.agreed is not None:
        return Support(one.paid, "paid") if one.paid > one.agreed else Support(one.agreed, "judgement")
    if one.paid > 0:
        return Support(one.paid, "paid")
    if not enabled:
        return Support(0, "nothing")
    if one.aided_or_disabled or (one.income is not None and one.income < line * one.members):
        return Support(0, "unable")
    if one.income is None:
        raise CannotBecause(
            "support.income_unknown",
            sentence("义务人家庭收入不知，不能推算", "The supporter's family income is not known"),
        )
    return Support(part(one.income - line * one.members, share) // one.supported, "formula")


def support_on(one: Supporter, pack: Pack, day: date) -> Support:
    """The same by the pack's switch, share and line of a day. Raises UnknownValue for what is needed and not certain."""
    enabled = pack.parameter(ENABLED, day).value == 1
    if not enabled:
        return support_payment(one, enabled=False, share=0, line=0)
    share, line = pack.parameter(SHARE, day).insist(), pack.parameter(LINE, day).insist()
    return support_payment(one, enabled=True, share=share, line=line)
