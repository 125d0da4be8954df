"""The three sources of money (clause C28), kept apart, and what each may pay (clause C3)."""

from typing import Literal

from jishiyu.foundations.outcomes import Sentence, sentence

SourceKind = Literal["upper_level", "government", "donation"]
Fund = Literal["government", "charity"]

SOURCE_KINDS: tuple[SourceKind, ...] = ("upper_level", "government", "donation")
SOURCE_NAMES: dict[SourceKind, Sentence] = {
    "upper_level": sentence("上级拨付", "Upper-level allocation"),
    "government": sentence("政府投入", "Government funds"),
    "donation": sentence("社会募集", "Donations"),
}
FUNDS: tuple[Fund, ...] = ("government", "charity")
FUND_NAMES: dict[Fund, Sentence] = {
    "government": sentence("政府救助", "Government aid"),
    "charity": sentence("慈善救助", "Charity aid"),
}

# Public money pays the government lines of a chain and nothing else; what people gave pays the charity lines.
_PAYS: dict[SourceKind, Fund] = {
    "upper_level": "government",
    "government": "government",
    "donation": "charity",
}


def fund_of(kind: SourceKind) -> Fund:
    """The lines of a coordination chain that a source of this kind pays."""
    return _PAYS[kind]


def may_pay(kind: SourceKind, fund: Fund) -> bool:
    """Whether a source of this kind may pay lines of this fund."""
    return _PAYS[kind] == fund
