"""What is handed in to register a household: plain, checked values, as a caseworker, a workbook or the demo gives them."""

from dataclasses import dataclass
from datetime import date

from jishiyu.foundations.identifiers import IdNumber
from jishiyu.registry.rules.situation import HouseholdSituation


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person to be registered: name, checked identity number, relation to the head (GB/T 4761)."""

    person_id: str
    name: str
    id_number: IdNumber
    relation: str


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """A household to be registered. ``situation`` uses the same household and person ids (UUID text)."""

    household_id: str
    number: str
    sub_district: str
    community: str
    address: str
    phone: str
    registered_on: date
    members: tuple[NewMember, ...]
    situation: HouseholdSituation | None = None
    evidence_id: str | None = None
