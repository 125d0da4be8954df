"""Benefit items: what can be given, to whom, in what form, how often, on what papers, after which insurance."""

from datetime import date
from typing import Literal

from pydantic import Field

from jishiyu.law.rules.parts import Confidence, Part, Span, Words, in_force

Form = Literal["cash", "in_kind", "service", "waiver", "voucher", "status", "policy", "job"]
Frequency = Literal[
    "monthly",
    "yearly",
    "term",
    "season",
    "festival",
    "once",
    "per_case",
    "per_event",
    "weekly",
    "standing",
    "as_needed",
]
# The order is the law's: social insurance first, then commercial, then whoever is liable, then aid.
Cover = Literal[
    "basic", "critical", "supplementary", "commercial", "liable_party", "employer", "pension", "unemployment",
    "social_insurance", "long_term_care", "funeral_insurance", "own_insurance", "item",
]  # fmt: skip


class Condition(Part):
    """One condition; ``key`` is the name of the rule that tests it."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words


class FirstPayer(Part):
    """Who pays before this item does. ``item`` is set when that is another benefit item (or ``ZY*`` for all of one)."""

    cover: Cover
    name: Words
    item: str | None = None


class ItemLead(Span):
    """Who is in charge of the item in a span of days, and who shares it."""

    agency: str
    shared_with: tuple[str, ...] = ()
    confidence: Confidence
    note: Words | None = None


class Paper(Part):
    """A paper to hand in."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words


class BenefitItem(Part):
    """One benefit item (救助项目). ``match``: whether all conditions have to hold, or any one."""

    id: str = Field(pattern=r"^[A-Z]{2}[0-9]{2}$")
    name: Words
    match: Literal["all", "any"]
    conditions: tuple[Condition, ...] = Field(min_length=1)
    forms: tuple[Form, ...] = Field(min_length=1)
    standard: Words
    parameters: tuple[str, ...]
    frequency: Frequency
    frequency_note: Words
    lead: tuple[ItemLead, ...] = Field(min_length=1)
    channel: Words
    documents: tuple[Paper, ...]
    insurance_first: tuple[FirstPayer, ...]
    exclusive_with: tuple[str, ...]
    exclusive_other: tuple[Words, ...] = ()
    duties: tuple[str, ...]
    instruments: tuple[str, ...]
    citation: Words | None
    effective_from: date | None
    confidence: Confidence
    note: Words | None = None

    @property
    def programme(self) -> str:
        """The code of its programme."""
        return self.id[:2]

    @property
    def illustrative(self) -> bool:
        """Made up from the agencies' duties; the amount is the district's to set."""
        return self.confidence == "illustrative"

    def lead_on(self, day: date) -> ItemLead:
        """Who is in charge that day (the earliest known before that)."""
        return in_force(self.lead, day) or self.lead[0]


class ItemPage(Part):
    """One file of ``programmes/``."""

    programme: str
    items: tuple[BenefitItem, ...] = Field(min_length=1)
