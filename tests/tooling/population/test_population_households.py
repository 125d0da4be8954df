"""Every made-up household hangs together: family, work, hardship, bills, and what is not known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from statistics import median
from typing import get_args

from jishiyu.registry.rules.situation import HouseholdSituation, MemberSituation

AS_OF = date(2026, 9, 30)
SPOUSES = {"10", "11", "12"}


def age(member: MemberSituation) -> int:
    born = member.born
    return AS_OF.year - born.year - ((AS_OF.month, AS_OF.day) < (born.month, born.day))


def people(households: Iterable[HouseholdSituation]) -> list[MemberSituation]:
    return [member for household in households for member in household.members]


def per_head(household: HouseholdSituation) -> int | None:
    total = 0
    for m in household.members:
        parts = (m.wage_income, m.business_income, m.property_income, m.transfer_income)
        if m.excluded_income is None or any(part is None for part in parts):
            return None
        total += sum(part or 0 for part in parts) - m.excluded_income
    return total // 12 // len(household.members)


def _share(households: list[HouseholdSituation], tenure: str) -> float:
    return sum(h.tenure == tenure for h in households) / len(households)


class TestFamilies:
    def test_one_head_listed_first(self, everyone: list[HouseholdSituation]) -> None:
        for household in everyone:
            relations = [member.relation for member in household.members]
            assert relations.count("02") == 1
            assert relations[0] == "02"

    def test_a_spouse_is_plausible(self, everyone: list[HouseholdSituation]) -> None:
        seen = 0
        for household in everyone:
            head = household.members[0]
            spouses = [member for member in household.members if member.relation in SPOUSES]
            assert len(spouses) <= 1
            for spouse in spouses:
                seen += 1
                assert spouse.sex == 3 - head.sex
                assert age(spouse) >= 20
                assert abs(age(spouse) - age(head)) <= 7
                assert spouse.marital in ("married", None)
                assert head.marital in ("married", None)
                assert spouse.relation != ("12" if spouse.sex == 1 else "11")
        assert seen > 2_000

    def test_children_parents_and_grandchildren_are_a_generation_apart(
        self, everyone: list[HouseholdSituation]
    ) -> None:
        for household in everyone:
            head = household.members[0]
            for member in household.members[1:]:
                relation, apart = int(member.relation), age(head) - age(member)
                if 20 <= relation < 40 and relation not in (28, 38):
                    assert apart >= 16, household
                    assert member.sex == (1 if relation < 30 else 2)
                if relation in (41, 42, 43, 44):
                    assert apart >= 34, household
                    assert member.sex == (1 if relation in (41, 43) else 2)
                if relation in range(51, 57):
                    assert apart <= -15, household
                    assert member.sex == (1 if relation in (51, 53, 55) else 2)

    def test_an_only_child_is_the_only_one(self, everyone: list[HouseholdSituation]) -> None:
        children = [str(code) for code in (*range(20, 28), *range(30, 38))]
        for household in everyone:
            relations = [member.relation for member in household.members]
            if "21" in relations or "31" in relations:
                assert sum(relation in children for relation in relations) == 1
            ordered = [relation for relation in relations if relation in ("22", "23", "24", "32", "33", "34")]
            assert len(ordered) == len(set(ordered))

    def test_every_relation_is_a_code_of_the_standard(self, everyone: list[HouseholdSituation]) -> None:
        assert {member.relation for member in people(everyone)} <= {f"{code:02d}" for code in range(1, 100)}

    def test_ages_fit_what_people_do(self, everyone: list[HouseholdSituation]) -> None:
        for member in people(everyone):
            if age(member) < 15:
                assert member.employment in ("student", "not_working", None)
                assert member.marital in ("single", None)
                assert member.work_capacity in ("none", None)
            if age(member) >= 29:
                assert member.schooling in ("none", None)
            if member.employment == "retired":
                assert age(member) >= 49


class TestHardship:
    """Known households hold every kind of hardship that the programmes look for."""

    def test_all_bands_of_income_occur(self, known: list[HouseholdSituation]) -> None:
        bands: Counter[str] = Counter()
        for household in known:
            monthly = per_head(household)
            if monthly is not None:
                bands["least" if monthly < 145_000 else "low" if monthly < 254_000 else "above"] += 1
        total = sum(bands.values())
        assert 0.45 < bands["least"] / total < 0.70
        assert 0.15 < bands["low"] / total < 0.35
        assert 0.08 < bands["above"] / total < 0.30

    def test_the_general_district_is_mostly_not_poor(self, general: list[HouseholdSituation]) -> None:
        monthly = [income for income in map(per_head, general) if income is not None]
        assert median(monthly) > 500_000
        assert sum(income < 145_000 for income in monthly) / len(monthly) < 0.08

    def test_illness_and_disability_rise_with_age_and_are_commoner_among_the_known(
        self, general: list[HouseholdSituation], known: list[HouseholdSituation]
    ) -> None:
        def share(members: list[MemberSituation], first: int, last: int) -> tuple[float, float]:
            within = [m for m in members if first <= age(m) <= last]
            ill = sum(m.illness in ("chronic", "serious") for m in within) / len(within)
            return ill, sum(bool(m.disability_grade) for m in within) / len(within)

        for low, high in ((0, 17), (18, 44)), ((18, 44), (45, 59)), ((45, 59), (60, 74)):
            assert share(people(general), *low) < share(people(general), *high)
        for ages in (18, 44), (45, 59):
            poor, all_round = share(people(known), *ages), share(people(general), *ages)
            assert poor[0] > all_round[0] * 1.5
            assert poor[1] > all_round[1] * 2

    def test_every_word_of_the_vocabulary_occurs(self, known: list[HouseholdSituation]) -> None:
        members = people(known)
        assert {m.illness for m in members} == {"none", "chronic", "serious", None}
        assert {m.disability_grade for m in members} == {0, 1, 2, 3, 4, None}
        assert {m.disability_category for m in members} == {0, 1, 2, 3, 4, 5, 6, 7, None}
        assert {m.daily_activities_lost for m in members} == {0, 1, 2, 3, 4, 5, 6, None}
        assert {h.tenure for h in known} == {
            "owned",
            "public_rent",
            "private_rent",
            "borrowed",
            "institution",
            None,
        }
        assert {h.event for h in known} >= {
            "none",
            "death_or_injury",
            "home_lost",
            "serious_illness",
            "job_loss",
            None,
        }
        assert len({word for m in members for word in m.identities}) >= 10

    def test_disability_category_and_grade_go_together(self, everyone: list[HouseholdSituation]) -> None:
        for member in people(everyone):
            assert (member.disability_category is None) == (member.disability_grade is None)
            assert bool(member.disability_category) == bool(member.disability_grade)

    def test_excluded_income_is_part_of_the_transfers(self, everyone: list[HouseholdSituation]) -> None:
        for member in people(everyone):
            if member.transfer_income is not None and member.excluded_income is not None:
                assert 0 <= member.excluded_income <= member.transfer_income

    def test_events_lie_in_the_last_six_months(self, everyone: list[HouseholdSituation]) -> None:
        for household in everyone:
            if household.event in ("none", None):
                assert household.event_on is None
            else:
                assert household.event_on is not None
                assert 1 <= (AS_OF - household.event_on).days <= 183

    def test_courtyard_sub_districts_rent_from_the_public_and_live_closer(
        self, known: list[HouseholdSituation]
    ) -> None:
        def at(code: str) -> list[HouseholdSituation]:
            return [h for h in known if h.sub_district == code and h.tenure and h.usable_area_dm2]

        courtyards, blocks = at("110102013"), at("110102020")
        for one, other in ((courtyards, blocks),):
            assert _share(one, "public_rent") > _share(other, "public_rent") + 0.1
            assert median(h.usable_area_dm2 or 0 for h in one) < median(h.usable_area_dm2 or 0 for h in other)


class TestBills:
    def test_insurance_stays_within_scope_and_scope_within_the_total(
        self, everyone: list[HouseholdSituation]
    ) -> None:
        bills = [bill for household in everyone for bill in household.bills]
        assert len(bills) > 3_000
        for bill in bills:
            lines = (bill.basic_paid, bill.critical_paid, bill.supplementary_paid, bill.commercial_paid)
            assert min(lines) >= 0
            assert bill.total >= bill.in_scope >= sum(lines)
            assert 1 <= (AS_OF - bill.settled_on).days <= 365
        assert all(
            any(getattr(bill, line) for bill in bills) for line in ("critical_paid", "commercial_paid")
        )

    def test_bills_belong_to_a_member_who_paid_at_least_the_rest(
        self, everyone: list[HouseholdSituation]
    ) -> None:
        for household in everyone:
            left: Counter[str] = Counter()
            for bill in household.bills:
                paid = bill.basic_paid + bill.critical_paid + bill.supplementary_paid + bill.commercial_paid
                left[bill.person_id] += bill.total - paid
            members = {member.person_id: member for member in household.members}
            assert set(left) <= set(members)
            for person, rest in left.items():
                own = members[person].medical_self_paid
                assert own is None or own >= rest

    def test_the_uninsured_get_nothing_from_basic_insurance(self, everyone: list[HouseholdSituation]) -> None:
        for household in everyone:
            uninsured = {m.person_id for m in household.members if m.medical_insurance == "none"}
            for bill in household.bills:
                if bill.person_id in uninsured:
                    assert bill.basic_paid == bill.critical_paid == 0

    def test_bill_ids_are_unique(
        self, everyone: list[HouseholdSituation], known: list[HouseholdSituation]
    ) -> None:
        ids = [bill.bill_id for household in known for bill in household.bills]
        assert len(ids) == len(set(ids))


class TestUnknown:
    def test_a_few_per_cent_of_each_fact_is_not_known(self, everyone: list[HouseholdSituation]) -> None:
        for kind, rows in ((MemberSituation, people(everyone)), (HouseholdSituation, everyone)):
            for field in fields(kind):
                may = type(None) in get_args(field.type)
                unknown = sum(getattr(row, field.name) is None for row in rows) / len(rows)
                if field.name == "event_on":
                    continue
                assert (0.003 < unknown < 0.06) if may else unknown == 0, field.name

    def test_most_households_are_fully_known(self, everyone: list[HouseholdSituation]) -> None:
        known = sum(per_head(household) is not None for household in everyone) / len(everyone)
        assert 0.80 < known < 0.97
