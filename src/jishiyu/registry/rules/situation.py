"""The facts about one household on one day, as every later room reads them.

These are plain values: no database, no clock. ``None`` always means *not known*, never zero or no; a rule that needs an
unknown fact is refused or routed to a person. Amounts are fen; incomes and costs are totals over the twelve months before
``as_of`` unless the name says otherwise; areas are square decimetres (1 m² = 100 dm²).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Tenure = Literal["owned", "public_rent", "private_rent", "borrowed", "institution"]
Employment = Literal["employed", "flexible", "unemployed", "retired", "student", "not_working"]
WorkCapacity = Literal["full", "partial", "none"]
Schooling = Literal["none", "preschool", "compulsory", "senior", "vocational", "higher"]
Illness = Literal["none", "chronic", "serious"]
MedicalInsurance = Literal["employee", "resident", "none"]
Marital = Literal["single", "married", "widowed", "divorced"]
Support = Literal["none", "unable", "able"]
Event = Literal["none", "death_or_injury", "home_lost", "serious_illness", "job_loss"]

# Circumstances of a person that single programmes ask for; the Chinese names stand in registry.rules.vocabulary.
Identity = Literal[
    "orphan", "unsupervised_child", "bereaved_parent", "family_planning_hardship", "model_worker", "union_member",
    "overseas_chinese", "religious", "veteran", "former_womens_representative", "migrant_child", "martyr_family",
    "in_prison", "in_compulsory_rehab", "declared_missing", "religious_away",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MedicalBill:
    """One settled medical bill and what each insurance paid of it; ``total`` ≥ ``in_scope`` ≥ the sum of insurance lines."""

    bill_id: str
    person_id: str
    settled_on: date
    total: int
    in_scope: int
    basic_paid: int
    critical_paid: int
    supplementary_paid: int
    commercial_paid: int


@dataclass(frozen=True, slots=True)
class MemberSituation:
    """One member (共同生活的家庭成员) on the day of the situation. ``relation`` is the GB/T 4761 code, 02 the head."""

    person_id: str
    relation: str
    born: date
    sex: int
    marital: Marital | None
    local_hukou: bool | None
    employment: Employment | None
    work_capacity: WorkCapacity | None
    schooling: Schooling | None
    medical_insurance: MedicalInsurance | None
    wage_income: int | None
    business_income: int | None
    property_income: int | None
    transfer_income: int | None
    excluded_income: int | None
    illness: Illness | None
    disability_category: int | None
    disability_grade: int | None
    daily_activities_lost: int | None
    medical_self_paid: int | None
    education_cost: int | None
    rehabilitation_cost: int | None
    identities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HouseholdSituation:
    """One household on one day, with its members (never empty) and the medical bills of the twelve months before."""

    household_id: str
    sub_district: str
    as_of: date
    members: tuple[MemberSituation, ...]
    tenure: Tenure | None
    homes_owned: int | None
    usable_area_dm2: int | None
    unsafe_housing: bool | None
    monthly_rent: int | None
    vehicles: int | None
    liquid_assets: int | None
    debt: int | None
    support: Support | None
    event: Event | None
    event_on: date | None
    bills: tuple[MedicalBill, ...] = ()

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError(f"household {self.household_id} has no members")
