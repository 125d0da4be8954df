"""Coordination of benefits: insurance first, then government aid, then charity.

先保险、后救助；政府救助为主体，慈善救助为补充. One need is covered line by line in a fixed order (State
Council order no. 649, article 29; clauses C2 and C3). Each line is cut to what is still open, so the sum
never exceeds the need, and the last line says what stays with the household. Amounts are fen, ratios basis
points.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jishiyu.foundations.money import Rounding, share
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence

ChainKind = Literal[
    "need", "own_income", "basic_insurance", "critical_insurance", "supplementary_insurance",
    "commercial_insurance", "other_aid", "government", "charity", "uncovered",
]  # fmt: skip

ORDER: tuple[ChainKind, ...] = (
    "need",
    "own_income",
    "basic_insurance",
    "critical_insurance",
    "supplementary_insurance",
    "commercial_insurance",
    "other_aid",
    "government",
    "charity",
    "uncovered",
)

# What aid bears of a need: the lines of an award's own.
AID: tuple[ChainKind, ...] = ("government", "charity")

KIND_NAMES: dict[ChainKind, Sentence] = {
    "need": sentence("需要", "Need"),
    "own_income": sentence(
        "家庭认定收入（含社会保险待遇）",
        "The household's own recognised income (social insurance benefits included)",
    ),
    "basic_insurance": sentence("基本医疗保险", "Basic medical insurance"),
    "critical_insurance": sentence("大病保险", "Critical-illness insurance"),
    "supplementary_insurance": sentence("补充医疗保险（单位互助）", "Supplementary insurance"),
    "commercial_insurance": sentence("商业保险", "Commercial insurance"),
    "other_aid": sentence("其他项目的政府救助", "Government aid by another item"),
    "government": sentence("政府救助", "Government aid"),
    "charity": sentence("慈善救助", "Charity aid"),
    "uncovered": sentence("仍由家庭负担", "Left with the household"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """A part of what is open: ``ratio`` of what exceeds ``deductible``, at most ``cap`` less ``used``.

    ``scope`` is the part of the need that counts at all (政策范围内费用); None means all of it. Lines before
    this one are taken off the scope as they are off the need.
    """

    ratio: int
    deductible: int = 0
    cap: int | None = None
    used: int = 0
    scope: int | None = None
    rounding: Rounding = "half_up"

    def of(self, need: int, paid_before: int) -> int:
        """The amount offered for a need of which ``paid_before`` is covered already."""
        counted = need if self.scope is None else min(need, self.scope)
        base = max(0, counted - paid_before - self.deductible)
        offered = share(base, self.ratio, self.rounding)
        return offered if self.cap is None else min(offered, max(0, self.cap - self.used))


@dataclass(frozen=True, slots=True)
class Cover:
    """One source that may bear a part of the need: a fixed amount, or a :class:`Share` of what is open."""

    kind: ChainKind
    offered: int | Share
    citation: str = ""
    label: Sentence | None = None
    first: date | None = None
    last: date | None = None
    note: Sentence | None = None


@dataclass(frozen=True, slots=True)
class ChainLine:
    """One line of a closed chain: the need, who bears how much, what stays open. ``amount``: fen, ≥ 0."""

    kind: ChainKind
    label: Sentence
    amount: int
    citation: str
    first: date | None
    last: date | None
    note: Sentence | None = None


def coordinate(
    need: int,
    covers: Iterable[Cover],
    *,
    label: Sentence | None = None,
    citation: str = "",
    first: date | None = None,
    last: date | None = None,
    note: Sentence | None = None,
) -> tuple[ChainLine, ...]:
    """Cover ``need`` (fen) by ``covers`` in the fixed order, whatever order they are handed in.

    Covers of one kind keep the order given (two programmes for one need: the first has the first call). The
    result begins with the need and ends with what stays open; its other lines sum to the need exactly. Raises
    ValueError for negative amounts or for a cover of the kinds ``need`` and ``uncovered``.
    """
    if need < 0:
        raise ValueError(f"a need cannot be negative: {need}")
    lines = [ChainLine("need", label or KIND_NAMES["need"], need, citation, first, last, note)]
    paid = 0
    for cover in sorted(covers, key=lambda each: ORDER.index(each.kind)):
        if cover.kind in ("need", "uncovered"):
            raise ValueError(f"{cover.kind} is no cover")
        offered = cover.offered.of(need, paid) if isinstance(cover.offered, Share) else cover.offered
        if offered < 0:
            raise ValueError(f"a cover cannot be negative: {cover.kind} {offered}")
        amount = min(offered, need - paid)
        paid += amount
        lines.append(_line(cover, amount, offered))
    lines.append(ChainLine("uncovered", KIND_NAMES["uncovered"], need - paid, "", first, last))
    return tuple(lines)


def _line(cover: Cover, amount: int, offered: int) -> ChainLine:
    note = cover.note
    if amount < offered and note is None:
        note = sentence("已按未覆盖部分封顶", "Cut to what was still open")
    return ChainLine(
        cover.kind,
        cover.label or KIND_NAMES[cover.kind],
        amount,
        cover.citation,
        cover.first,
        cover.last,
        note,
    )


def covered_by(lines: Iterable[ChainLine], *kinds: ChainKind) -> int:
    """The sum of the lines of these kinds, in fen."""
    return sum(line.amount for line in lines if line.kind in kinds)


def require_closed(lines: Sequence[ChainLine]) -> None:
    """Refuse a chain that is not closed: need first, order kept, nothing negative, parts summing to the need.

    Raises :class:`CannotBecause` with code ``programmes.chain_open``.
    """
    kinds = [ORDER.index(line.kind) for line in lines]
    parts = sum(line.amount for line in lines[1:])
    framed = bool(lines) and kinds[0] == 0 and kinds.count(0) == 1 and lines[-1].kind == "uncovered"
    ordered = kinds == sorted(kinds) and all(line.amount >= 0 for line in lines)
    if framed and ordered and parts == lines[0].amount:
        return
    raise CannotBecause(
        "programmes.chain_open",
        sentence(
            "救助衔接链不完整：各项之和必须等于需要额，且按先保险、后政府、再慈善的顺序",
            "The chain of aid is not closed: its parts must sum to the need, insurance first, charity last",
        ),
    )
