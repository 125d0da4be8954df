"""The district: its sub-districts, its member units and their duties, who leads what, and the leading groups as posts."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.coordination import Coordination
from jishiyu.law.rules.life_after import LifeAfter
from jishiyu.law.rules.parts import Confidence, Part, Span, Words, in_force

SeatRole = Literal[
    "head", "deputy_head", "office_head", "office_deputy", "office_member", "member", "liaison", "office"
]

# Stands for every sub-district office at once, as the document's 各街道办事处 does.
EVERY_SUB_DISTRICT = "JD"


class SubDistrict(Part):
    """One of the sub-districts (街道), by the nine digits of the statistical code."""

    code: str = Field(pattern=r"^[0-9]{9}$")
    name: Words
    office: Words
    short: str
    pinyin: str
    before_2010: Literal["西城区", "宣武区"]


class NameInTime(Span):
    """What an agency was called in a span of days."""

    name: Words
    confidence: Confidence
    note: Words | None = None


class Agency(Part):
    """An agency. ``member``: a unit of the founding document; ``later``: set up since; ``outside``: not of the group."""

    code: str = Field(pattern=r"^[A-Z]{2}$")
    kind: Literal["member", "later", "outside"]
    names: tuple[NameInTime, ...] = Field(min_length=1)
    merged_into: str | None = None

    def name_on(self, day: date) -> Sentence:
        """Its name that day; the nearest known one outside the spans (an old paper keeps its old name)."""
        found = in_force(self.names, day)
        first = self.names[0]
        early = first.from_ is not None and day < first.from_
        return (found or (first if early else self.names[-1])).name

    @property
    def name(self) -> Sentence:
        """Its latest name."""
        return self.names[-1].name


class MemberDuty(Span):
    """One numbered duty of the annex: (一) to (十七). Two companies share one; 各街道办事处 is one entry for all."""

    clause: str = Field(pattern=r"^C[0-9]{2}$")
    number: str
    agencies: tuple[str, ...] = Field(min_length=1)
    duty: Words


class Charge(Span):
    """Who leads a programme and who shares the responsibility, in a span of days."""

    lead: str
    responsible: tuple[str, ...]
    and_others: bool
    citation: str
    confidence: Confidence


class Programme(Part):
    """One of the ten special programmes, or charity."""

    code: str = Field(pattern=r"^[A-Z]{2}$")
    key: str
    clause: str = Field(pattern=r"^C[0-9]{1,2}$")
    name: Words
    content: Words
    charge: tuple[Charge, ...] = Field(min_length=1)

    def charge_on(self, day: date) -> Charge | None:
        """Who is in charge that day; None before the document."""
        return in_force(self.charge, day)

    @property
    def lead(self) -> str:
        """The code of the agency that leads now."""
        return self.charge[-1].lead

    @property
    def responsible(self) -> tuple[str, ...]:
        """The codes of the agencies that share the responsibility now, in the document's order."""
        return self.charge[-1].responsible


class Seat(Part):
    """A seat in a leading group: a post, never a person. ``unit`` is an agency code, a sub-district code, or GOV."""

    role: SeatRole
    unit: str
    title: Words


class Section(Part):
    """One section of a sub-district's office that sits in its leading group."""

    key: str
    name: Words


class LeadingGroup(Span):
    """The district's leading group (C19)."""

    name: Words
    office: Words
    citation: str
    seats: tuple[Seat, ...] = Field(min_length=1)
    liaison_title: Words
    meeting: Words


class SubDistrictGroup(Span):
    """The group that every sub-district forms (C20): its sections, where its office sits, its four jobs (C21)."""

    name: Words
    sections: tuple[Section, ...] = Field(min_length=1)
    office_section: str
    office: Words
    jobs: tuple[Words, ...] = Field(min_length=1)
    citation: str


class District(Part):
    """``district.yaml``."""

    code: str = Field(pattern=r"^[0-9]{6}$")
    label: str
    name: Words
    government: Words
    founding_document: str
    sub_districts: tuple[SubDistrict, ...] = Field(min_length=1)
    agencies: tuple[Agency, ...] = Field(min_length=1)
    members: tuple[MemberDuty, ...] = Field(min_length=1)
    programmes: tuple[Programme, ...] = Field(min_length=1)
    leading_group: LeadingGroup
    sub_district_group: SubDistrictGroup
    coordination: Coordination = Coordination()
    life_after: LifeAfter = LifeAfter()

    def member_units(self) -> tuple[str, ...]:
        """Every unit that owes a duty and a liaison officer: agency codes, then each sub-district's code."""
        agencies = [code for duty in self.members for code in duty.agencies if code != EVERY_SUB_DISTRICT]
        return (*agencies, *(place.code for place in self.sub_districts))

    def unit_name(self, code: str, day: date | None = None) -> Sentence:
        """The name of an agency, a sub-district office, or the government itself. Raises KeyError."""
        if code == "GOV":
            return self.government
        if code == EVERY_SUB_DISTRICT:
            return sentence("各街道办事处", "every sub-district office")
        for place in self.sub_districts:
            if place.code == code:
                return place.office
        for agency in self.agencies:
            if agency.code == code:
                return agency.name_on(day) if day else agency.name
        raise KeyError(code)

    def district_seats(self, day: date | None = None) -> Iterator[Seat]:
        """Every seat of the district's group, the liaison officer of each member unit last (named as on ``day``)."""
        yield from self.leading_group.seats
        for unit in self.member_units():
            title = sentence(
                "{u}{t}", "{t}, {u}", u=self.unit_name(unit, day), t=self.leading_group.liaison_title
            )
            yield Seat(role="liaison", unit=unit, title=Sentence(title.say("zh"), title.say("en")))

    def sub_district_seats(self, code: str) -> Iterator[Seat]:
        """The seats of one sub-district's group: one for each section, and its office. Raises KeyError."""
        place = self.unit_name(code)
        group = self.sub_district_group
        for section in group.sections:
            yield self._seat("member", code, place, section.name)
        yield self._seat("office", code, place, group.office)

    def _seat(self, role: SeatRole, unit: str, place: Sentence, title: Sentence) -> Seat:
        return Seat(role=role, unit=unit, title=Sentence(f"{place.zh}{title.zh}", f"{title.en}, {place.en}"))
