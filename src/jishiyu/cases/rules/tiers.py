"""Which hand may grant how much: the rung of the pack's table that a sum stands on, and who has to sign there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules import Pack, UnknownValue
from jishiyu.law.rules.tiers import TierRow, TierTable
from jishiyu.offices.rules import ROLE_NAMES

Hand = Literal["alone", "first", "not_first", "above"]
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Rung:
    """Grants up to ``up_to`` fen (None: any more) are signed by these roles, in this order; ``illustrative``: made-up sum."""

    up_to: int | None
    signs: tuple[str, ...]
    citation: str
    illustrative: bool
    note: Sentence | None = None

    def say(self) -> Sentence:
        """The rung in words."""
        zh = "、".join(ROLE_NAMES[role].say("zh") for role in self.signs)
        en = " and ".join(ROLE_NAMES[role].say("en") for role in self.signs)
        how = ("须两人签署", "two signatures") if len(self.signs) == 2 else ("一人审批", "one signature")
        sum_ = (
            sentence("不超过{s}元", "up to {s} yuan", s=yuan_text(self.up_to))
            if self.up_to is not None
            else sentence("超过以上金额", "above that")
        )
        return sentence("{s}：{z}（{h}）", "{s}: {e} ({i})", s=sum_, z=zh, e=en, h=how[0], i=how[1])


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs for an item on a day, lowest first; ``unknown``: sums that the pack does not know, whose rung is left out."""

    table: TierTable
    rungs: tuple[Rung, ...]
    unknown: tuple[Sentence, ...]

    def measured(self, amount: int, frequency: str) -> int:
        """What a grant of so much each time counts as, in fen."""
        yearly = self.table.counted == "a_year" and frequency == "monthly"
        return amount * _MONTHS if yearly else amount

    def rung(self, measured: int) -> Rung:
        """The lowest rung that the sum does not go beyond."""
        return next(one for one in self.rungs if one.up_to is None or measured <= one.up_to)

    def first_hand(self, measured: int) -> str:
        """The role that decides on such a sum, or signs first."""
        return self.rung(measured).signs[0]

    @property
    def first_hands(self) -> frozenset[str]:
        """All roles that may decide or sign first on some rung."""
        return frozenset(one.signs[0] for one in self.rungs)

    def hand(self, role: str, measured: int) -> Hand:
        """What a role may do with a grant of so much: give it alone, sign first, only sign second, or nothing (``above``)."""
        rung = self.rung(measured)
        here = self.rungs.index(rung)
        if len(rung.signs) == 2:
            if role == rung.signs[0]:
                return "first"
            return "not_first" if role == rung.signs[1] else "above"
        # A higher hand may always do what is entrusted to a lower one.
        above = {sign for one in self.rungs[here:] for sign in one.signs}
        return "alone" if role in above else "above"


def ladder_for(pack: Pack, item: str, era: str, day: date) -> Ladder | None:
    """The ladder of an item in an era with the sums of a day; None where the pack sets none.

    A sum that is not known opens no rung: what it would have let through goes to the next higher hand.
    """
    table = next((one for one in pack.tiers if item in one.items and era in one.eras), None)
    if table is None:
        return None
    rungs: list[Rung] = []
    unknown: list[Sentence] = []
    for row in table.rows:
        try:
            rungs.append(_rung(pack, row, day))
        except UnknownValue as why:
            unknown.append(why.reason)
    return Ladder(table, tuple(rungs), tuple(unknown))


def _rung(pack: Pack, row: TierRow, day: date) -> Rung:
    if row.up_to is None:
        return Rung(None, row.signs, "", False, row.note)
    told = pack.parameter(row.up_to, day)
    return Rung(told.insist(), row.signs, str(told.citation), told.illustrative, row.note or told.note)


def above_your_hand(ladder: Ladder, role: str, measured: int) -> tuple[Sentence, Sentence]:
    """Why a role may not grant so much, and what to do instead."""
    rung = ladder.rung(measured)
    own: Sequence[int] = [one.up_to for one in ladder.rungs if one.up_to is not None and role in one.signs]
    most = yuan_text(max(own)) if own else "0"
    return (
        sentence(
            "{s}元超过本岗位的审批权限（“{r}”最多{m}元），应由“{w}”审批",
            "{s} yuan is beyond this post's hand (“{r}”: up to {m} yuan): it is for “{w}”",
            s=yuan_text(measured),
            r=ROLE_NAMES[role],
            m=most,
            w=ROLE_NAMES[rung.signs[0]],
        ),
        sentence(
            "请移交“{w}”，或核减金额", "Pass it up to “{w}”, or grant less", w=ROLE_NAMES[rung.signs[0]]
        ),
    )
