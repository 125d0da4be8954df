"""Charity gives what its money allows: the charity part of a grant is limited to what is there, and the rest is listed.

Two deciders at once are let in one after the other, so that the same money is not granted twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.funds import operations as funds
from jishiyu.funds import queries as fund_queries
from jishiyu.offices.rules import Post, refusal, require
from jishiyu.programmes.rules.coordination import covered_by


@dataclass(frozen=True, slots=True)
class CharityRoom:
    """What the rules computed for charity and what its money allows, in fen."""

    computed: int
    there: int

    @property
    def allowed(self) -> int:
        """What can be granted."""
        return max(0, min(self.computed, self.there))

    @property
    def short(self) -> int:
        """What would wait for money."""
        return self.computed - self.allowed


def charity_room(case_id: UUID, *, actor: Post) -> CharityRoom | None:
    """What charity can give in a case; None where the case asks nothing of it, or the post sees no money."""
    row = case_queries.case(case_id, actor)
    computed = covered_by(case_queries.basis_of(row).chain, "charity")
    if not computed or refusal(actor, "funds.see") is not None:
        return None
    return CharityRoom(computed, fund_queries.charity_left(row.programme))


def decide_within_funds(
    case_id: UUID, *, outcome: str, amount: int | None = None, need: int | None = None, papers: Sequence[str] = (),
    remarks: str = "", reasons: Sequence[str] = (), actor: Post, moment: datetime,
) -> Any:  # fmt: skip
    """Decide a case. Charity that money does not allow is left out and kept as a need that waits; more than there is is refused."""
    require(actor, "cases.decide")
    room = charity_room(case_id, actor=actor)
    if room is not None:
        funds.hold_the_till()  # and look again: somebody else may have granted meanwhile
        room = charity_room(case_id, actor=actor)
    said: list[str] = list(reasons)
    basis = case_queries.basis_of(case_queries.case(case_id, actor))
    computed = basis.amount
    if room is not None and computed is not None and outcome == "grant":
        allowed = computed - room.short
        if amount is None:
            amount = allowed
        if amount > allowed:
            raise CannotBecause(
                "funds.charity_short",
                sentence(
                    "慈善资金可用{t}元，最多可批准{a}元",
                    "Charity holds {t} yuan: at most {a} yuan can be granted",
                    t=yuan_text(max(0, room.there)),
                    a=yuan_text(allowed),
                ),
                sentence(
                    "可先按可用资金批准，其余列入待助", "Grant what there is; the rest is listed as waiting"
                ),
            )
        if room.short and amount == allowed:
            said.append(_reason(room))
    award = cases.decide(
        case_id, outcome=outcome, amount=amount, need=need, papers=papers, remarks=remarks, reasons=said, actor=actor,
        moment=moment,
    )  # fmt: skip
    if award is not None and room is not None and room.short:
        row = case_queries.case(case_id, actor)
        cases.note_waiting_need(award, programme=row.programme, amount=room.short, actor=actor, moment=moment)
    return award


def _reason(room: CharityRoom) -> str:
    words = sentence(
        "慈善资金不足：测算{c}元，可用{t}元，其余{s}元列入待助",
        "Charity is short of money: {c} yuan computed, {t} there, {s} waiting",
        c=yuan_text(room.computed),
        t=yuan_text(max(0, room.there)),
        s=yuan_text(room.short),
    )
    # A reason is kept in one text for both languages, as officers write theirs.
    return f"{words.say('zh')} / {words.say('en')}"
