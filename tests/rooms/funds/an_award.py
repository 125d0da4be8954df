"""Awards for tests of money, written straight into the tables: how they come about is another room's story.

The whole way, by the acts of every room, is walked in ``tests/journeys``.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from jishiyu.cases.models import Award, Case, ChainLine
from jishiyu.cases.rules.basis import Basis
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.models import Household
from jishiyu.registry.operations import open_to_agency, store_households
from jishiyu.registry.queries import latest_snapshot
from tests.fixtures import DESHENG, a_newcomer, person_of

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SHANGHAI)


def an_award(
    running: int,
    *,
    government: int = 80_000,
    charity: int = 0,
    insurance: int = 0,
    frequency: str = "monthly",
    item: str = "ZK01",
    first: date = date(2026, 11, 1),
    last: date | None = None,
    area: str = DESHENG,
    step: str = "recheck",
    agency: str = "MZ",
    told: tuple[tuple[str, int | bool], ...] = (),
    **home: Any,
) -> Award:
    """A granted case with its award and closed chain (``home``: how its household is); call inside ``acting(SYSTEM)``."""
    newcomer = a_newcomer(running, area=area, **home)
    store_households([newcomer], recorded_by=SYSTEM.code, moment=NOON)
    household = Household.objects.get(pk=newcomer.household_id)
    open_to_agency(household.id, sub_district=area, agency=agency, because="case", day=first)
    snapshot = latest_snapshot(household.id)
    assert snapshot is not None
    case = Case.objects.create(
        number=f"AJ-{running:06d}",
        household=household,
        applicant_id=person_of(newcomer),
        sub_district_id=area,
        item=item,
        programme=item[:2],
        lead_agency_id=agency,
        era="E3",
        step=step,
        state="granted",
        opened_on=first,
        accepted_on=first,
        step_began=NOON,
        snapshot=snapshot,
        basis=Basis(item, "yes", (), (), "cash", frequency, first, "test", told=told).as_data(),
        pack_version="test",
        statement="",
    )
    need = insurance + government + charity + 1_000
    award = Award.objects.create(
        case=case,
        household=household,
        item=item,
        need=need,
        amount=government + charity,
        form="cash",
        frequency=frequency,
        first_month=first,
        last_month=last if frequency == "monthly" else last or first,
        decided_on=first,
        decided_by="decider.MZ",
        snapshot=snapshot,
        pack_version="test",
    )
    _chain(award.id, need, insurance, government, charity)
    return award


def _chain(award: UUID, need: int, insurance: int, government: int, charity: int) -> None:
    lines = [
        ("need", need),
        ("basic_insurance", insurance),
        ("government", government),
        ("charity", charity),
        ("uncovered", need - insurance - government - charity),
    ]
    ChainLine.objects.bulk_create(
        ChainLine(
            id=uuid4(),
            award_id=award,
            position=place,
            kind=kind,
            label={"zh": kind, "en": kind},
            amount=amount,
        )
        for place, (kind, amount) in enumerate(lines)
    )
