"""Benefit items: what can be given, to whom, in what form, how often, on what papers, after which insurance."""

from datetime import date
from typing import Literal

from pydantic import Field

from jishiyu.law.rules.expressions import Written
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
    """One condition and its test. ``since`` and ``until`` are the days in which it is asked at all, both included.

    ``met`` and ``not_met`` say more than the name; places in braces are values of the run, as ``{per_capita}``.
    """

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words
    test: Written | None = None
    since: date | None = None
    until: date | None = None
    met: Words | None = None
    not_met: Words | None = None

    def holds(self, day: date) -> bool:
        """Whether it is asked that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Row(Part):
    """A row of an amount: when it applies (always, if nothing is written), and what is paid then.

    ``pay`` is a parameter's id, or a value's name, or a question; with ``share`` (a parameter's id) that share of it.
    ``since`` and ``until`` are the days in which the row is part of the table, both included.
    """

    when: Written | None = None
    pay: Written
    share: str | None = None
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is part of the table that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Amount(Part):
    """How much: the first row that applies, ``times`` what is named, at most ``cap``. Each names a parameter or a value.

    ``least`` is what is certain when no more can be said; ``need`` what the payment is for, if it is more than the
    payment itself; ``by`` who pays. Without ``rows`` nothing is paid, but the ``terms`` (parameters) have to be known.
    ``used`` and ``given`` name aid had already: of the year's cap, and on the very bills that are paid for. What is
    paid ``on`` bills has insurance and earlier aid stand first in its chain, as recorded. Each row of ``plus`` that applies is paid
    besides; ``goods`` names the worth of what is given in kind beside the money, told and not paid.
    """

    rows: tuple[Row, ...] = ()
    times: tuple[str, ...] = ()
    cap: Written | None = None
    least: Row | None = None
    need: Written | None = None
    by: Literal["government", "charity", "supplementary_insurance", "other_aid"] = "government"
    terms: tuple[str, ...] = ()
    plus: tuple[Row, ...] = ()
    goods: tuple[str, ...] = ()
    used: str | None = None
    given: str | None = None
    on: Literal["bills"] | None = None


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
    """A paper to hand in; ``required`` false: where it exists, or later."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words
    required: bool = True


class BenefitItem(Part):
    """One benefit item (救助项目). ``match``: whether all conditions have to hold, or any one.

    ``each`` member: one and the same member has to meet the conditions, and each who does is paid for. Without
    ``amount`` it is a service, a thing or a status. An item with no tests at all has rules of its own in the code.
    """

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
    effective_to: date | None = None
    each: Literal["member", "household"] = "household"
    amount: Amount | None = None
    confidence: Confidence
    note: Words | None = None

    @property
    def tested(self) -> bool:
        """Whether its rules are written in the pack."""
        return all(one.test is not None for one in self.conditions)

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


class Group(Part):
    """A test with a name of its own, for conditions and amounts that ask the same; any programme may use it."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Words
    test: Written


class ItemPage(Part):
    """One file of ``programmes/``."""

    programme: str
    groups: tuple[Group, ...] = ()
    items: tuple[BenefitItem, ...] = Field(min_length=1)
