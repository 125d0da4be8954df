"""Something of one's own and something of another's, for each kind of thing that an address can be about."""

from collections.abc import Callable
from dataclasses import dataclass, replace
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


def things() -> dict[str, list[Thing]]:
    """All things of the demo district by the parameter that names them. A case's are reached by the agency that leads it."""
    from jishiyu.cases.models import (
        Appeal,
        Appointment,
        Award,
        Case,
        Check,
        CheckFinding,
        Delivery,
        Measure,
        NearRelative,
        Note,
        Recovery,
        VisitAttachment,
        WaitingNeed,
    )
    from jishiyu.evidence.models import Batch, Document, PublicApplication
    from jishiyu.funds.models import Payment
    from jishiyu.notices.models import Objection, PublicNotice

    homes = _homes()
    up = PublicNotice.objects.filter(withdrawn_on=None, ends_on__gte=DEMO_DAY)
    of_cases: dict[str, tuple[QuerySet[Any], Callable[[Any], Case]]] = {
        "case_id": (Case.objects.all(), lambda row: row),
        "notice_id": (up.select_related("case"), lambda row: row.case),
        "objection_id": (Objection.objects.select_related("notice__case"), lambda row: row.notice.case),
        "attachment_id": (VisitAttachment.objects.select_related("case"), lambda row: row.case),
        "note_id": (Note.objects.exclude(case=None).select_related("case"), lambda row: row.case),
        "award_id": (Award.objects.select_related("case"), lambda row: row.case),
        "recovery_id": (Recovery.objects.select_related("award__case"), lambda row: row.award.case),
        "measure_id": (Measure.objects.select_related("case"), lambda row: row.case),
        "appeal_id": (Appeal.objects.select_related("case"), lambda row: row.case),
        "need_id": (WaitingNeed.objects.select_related("award__case"), lambda row: row.award.case),
        "check_id": (Check.objects.select_related("case"), lambda row: row.case),
        "finding_id": (CheckFinding.objects.select_related("check_of__case"), lambda row: row.check_of.case),
        "relative_id": (NearRelative.objects.select_related("case"), lambda row: row.case),
        "delivery_id": (Delivery.objects.select_related("case"), lambda row: row.case),
        "appointment_id": (
            Appointment.objects.select_related("delivery__case"),
            lambda row: row.delivery.case,
        ),
        "payment_id": (Payment.objects.select_related("award__case"), lambda row: row.award.case),
    }
    found = {
        name: [_of_case(row.pk, case(row), homes) for row in rows] for name, (rows, case) in of_cases.items()
    }
    found["household_id"] = [home for home, _ in homes.values()]
    found["person_id"] = [replace(home, id=head) for home, head in homes.values()]
    found["batch_id"] = [Thing(row.pk, row.sub_district_id or "", frozenset()) for row in Batch.objects.all()]
    handed_in = PublicApplication.objects.exclude(sub_district=None)
    found["application_id"] = [Thing(row.pk, row.sub_district_id or "", frozenset()) for row in handed_in]
    papers = Document.objects.filter(batch=None).exclude(sub_district=None)
    found["document_id"] = [
        Thing(
            row.pk,
            row.sub_district_id or "",
            homes[row.household][0].agencies if row.household else frozenset(),
        )
        for row in papers
    ]
    return found


def _homes() -> dict[Any, tuple[Thing, Any]]:
    """Each household with the id of its head, in one order."""
    from jishiyu.registry.models import Membership, Opening

    opened: dict[Any, set[str]] = {}
    for household, agency in Opening.objects.values_list("household_id", "agency_id"):
        opened.setdefault(household, set()).add(agency)
    heads = Membership.objects.filter(relation="02", last_day=None).select_related("person", "household")
    return {
        row.household_id: (
            Thing(
                row.household_id,
                row.household.sub_district_id,
                frozenset(opened.get(row.household_id, ())),
                row.person.name,
                row.person.id_number,
            ),
            row.person_id,
        )
        for row in heads.order_by("household__number")
    }


def _of_case(pk: Any, case: Any, homes: dict[Any, tuple[Thing, Any]]) -> Thing:
    home, _ = homes[case.household_id]
    return replace(home, id=pk, agencies=frozenset({case.lead_agency_id}))
