"""Something of one's own and something of another's, for each kind of thing that an address can be about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from jishiyu.doors.jobs import demo_command
from jishiyu.offices.rules import SCOPE_OF_ROLE
from tests.fixtures import DESHENG

DEMO_DAY = date.fromisoformat(demo_command.DEMO_DAY)
CHARITY = "CS"  # the agency whose officer and decider try the addresses


@dataclass(frozen=True, slots=True)
class Thing:
    """One record: its id, its sub-district, the agencies it is open to, and what of it is private."""

    id: Any
    area: str
    agencies: frozenset[str]
    name: str = ""
    secret: str = ""

    def reached_by(self, role: str) -> bool:
        """Whether a post of this role, of Desheng or of the charity association, may see it."""
        scope = SCOPE_OF_ROLE[role]
        if scope == "sub_district":
            return self.area == DESHENG
        return CHARITY in self.agencies if scope == "agency" else scope in ("district", "audit")


def things() -> dict[str, dict[str, Thing]]:
    """By parameter: ``own`` lies in Desheng and is open to the charity association, ``other`` is neither."""
    from jishiyu.cases.models import Award, Case
    from jishiyu.evidence.models import Batch
    from jishiyu.funds.models import Payment
    from jishiyu.notices.models import Objection, PublicNotice
    from jishiyu.registry.models import Household

    opened = {pk: frozenset(agencies) for pk, agencies in _openings().items()}
    kinds: dict[str, tuple[QuerySet[Any], Callable[[Any], Household]]] = {
        "household_id": (Household.objects.all(), lambda row: row),
        "case_id": (Case.objects.select_related("household"), lambda row: row.household),
        "notice_id": (
            PublicNotice.objects.filter(withdrawn_on=None, ends_on__gte=DEMO_DAY).select_related(
                "case__household"
            ),
            lambda row: row.case.household,
        ),
        "objection_id": (
            Objection.objects.select_related("notice__case__household"),
            lambda row: row.notice.case.household,
        ),
        "award_id": (Award.objects.select_related("case__household"), lambda row: row.case.household),
        "payment_id": (
            Payment.objects.select_related("award__case__household"),
            lambda row: row.award.case.household,
        ),
    }
    found = {name: _pair(rows, home, opened) for name, (rows, home) in kinds.items()}
    found["person_id"] = {side: _head(thing) for side, thing in found["household_id"].items()}
    found["batch_id"] = _batches(Batch)
    return found


def _openings() -> dict[Any, set[str]]:
    from jishiyu.registry.models import Opening

    result: dict[Any, set[str]] = {}
    for household, agency in Opening.objects.values_list("household_id", "agency_id"):
        result.setdefault(household, set()).add(agency)
    return result


def _pair(
    rows: QuerySet[Any], home: Callable[[Any], Any], opened: dict[Any, frozenset[str]]
) -> dict[str, Thing]:
    pair: dict[str, Thing] = {}
    for row in rows:
        household = home(row)
        agencies = opened.get(household.pk, frozenset())
        own = household.sub_district_id == DESHENG and CHARITY in agencies
        other = household.sub_district_id != DESHENG and CHARITY not in agencies
        side = "own" if own else "other" if other else None
        if side and side not in pair:
            head = household.memberships.select_related("person").get(relation="02", last_day=None).person
            pair[side] = Thing(row.pk, household.sub_district_id, agencies, head.name, head.id_number)
    return pair


def _head(thing: Thing) -> Thing:
    from jishiyu.registry.models import Membership

    head = Membership.objects.get(household_id=thing.id, relation="02", last_day=None)
    return Thing(head.person_id, thing.area, thing.agencies, thing.name, thing.secret)


def _batches(batch: Any) -> dict[str, Thing]:
    pair: dict[str, Thing] = {}
    for row in batch.objects.all():
        pair.setdefault(
            "own" if row.sub_district_id == DESHENG else "other",
            Thing(row.pk, row.sub_district_id or "", frozenset()),
        )
    return pair
