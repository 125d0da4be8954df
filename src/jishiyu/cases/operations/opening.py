"""A household applies: the case begins, its evidence is frozen, and its file is opened to the lead agency."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from jishiyu.cases import queries
from jishiyu.cases.models import Case
from jishiyu.cases.operations.relatives import declared_among, mark_declared
from jishiyu.cases.operations.walking import Said, about, fetch, leave, require_what_it_needs
from jishiyu.cases.queries.files import running_procedure
from jishiyu.cases.rules.basis import Basis
from jishiyu.cases.rules.leading import lead_of
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.registry import queries as registry
from jishiyu.registry.operations import open_to_agency

# Until the review the enquiry may bring new evidence; from then on the case rests on what was reviewed.
_MAY_REST_ANEW = ("accept", "advance", "check", "visit", "appraisal", "review")


@dataclass(frozen=True, slots=True)
class Application:
    """What is handed in: the household, the item, the evidence it rests on, what the rules say of it, and the papers.

    ``lead_agency`` is asked for where several share the item (the two housing companies); empty takes the first.
    """

    household_id: UUID
    item: str
    snapshot_id: UUID
    basis: Basis
    papers: tuple[str, ...] = ()
    statement: str = ""
    lead_agency: str = ""


def apply(application: Application, *, actor: Post, moment: datetime) -> Case:
    """Open a case for one item. The snapshot and what the rules say of it are frozen with the case.

    Refused outside the post's reach, for a second case of the same item while one runs, and where the pack has no procedure to walk.
    """
    require(actor, "cases.apply")
    household = registry.household(application.household_id, actor)
    day = day_of(moment)
    _refuse_second(household.id, application.item)
    snapshot = registry.situation(application.snapshot_id)
    if snapshot.household_id != str(household.id):
        raise CannotBecause(
            "cases.other_household",
            sentence("经济状况快照不属于该户", "The snapshot is another household's"),
        )
    members = registry.members(household.id)
    related = declared_among((bytes(one.person.id_index) for one in members), actor)
    head = members[0]
    item = pack().item(application.item)
    row = Case(
        number=_next_number(application.item, household.sub_district_id, day.year),
        household=household,
        applicant=head.person,
        sub_district_id=household.sub_district_id,
        item=item.id,
        programme=item.programme,
        lead_agency_id=lead_of(
            pack(),
            item.id,
            day,
            asked=application.lead_agency,
            own=actor.agency if actor.scope == "agency" else "",
        ),
        taken_in_by="lead_agency" if actor.scope == "agency" else "sub_district",
        era=pack().era_on(day).key,
        opened_on=day,
        step_began=moment,
        snapshot_id=application.snapshot_id,
        basis=application.basis.as_data(),
        proposed_amount=application.basis.amount,
        pack_version=pack().version,
        statement=application.statement.strip(),
    )
    _begin(row, application, actor=actor, moment=moment)
    mark_declared(row, related, actor=actor, moment=moment)
    open_to_agency(
        household.id,
        sub_district=household.sub_district_id,
        agency=row.lead_agency_id,
        because=row.number,
        day=day,
    )
    return row


def _begin(row: Case, application: Application, *, actor: Post, moment: datetime) -> None:
    step = running_procedure(row.item, row.era, row.opened_on).first
    outcome = next((one for one in step.outcomes if one.next != "end"), step.outcomes[0])
    said = Said(outcome.key, application.papers, application.statement)
    # Whoever may take applications and reaches the household takes it: its sub-district, or an agency that leads the item.
    require_what_it_needs(step, outcome, said)
    row.step, row.turn = step.key, step.role
    row.save(force_insert=True)
    leave(row, step, outcome, said, actor=actor, moment=moment)


def rest_on_newer(case_id: UUID, *, snapshot_id: UUID, basis: Basis, reason: str, actor: Post) -> Case:
    """Let the case rest on newer evidence of the same household, before its review is done; the journal keeps why."""
    row = fetch(case_id, actor)
    require(actor, "cases.rest_on_newer")
    newer = registry.situation(snapshot_id)
    if (
        row.step not in _MAY_REST_ANEW
        or newer.household_id != str(row.household_id)
        or basis.item != row.item
        or len(reason.strip()) < 2
    ):
        raise CannotBecause(
            "cases.evidence_is_settled",
            sentence(
                "审核完成后不得更换证据；更换须为本户、本项目，并写明理由",
                "Evidence is settled once reviewed; newer evidence must be this household's and item's, with a reason",
            ),
        )
    row.snapshot_id, row.basis, row.proposed_amount = snapshot_id, basis.as_data(), basis.amount
    row.save(update_fields=["snapshot", "basis", "proposed_amount"])
    record(
        act="cases.rest_on_newer", reason=reason.strip(), detail={"snapshot": str(snapshot_id)}, **about(row)
    )
    return row


def _refuse_second(household_id: UUID, item: str) -> None:
    for earlier in queries.cases_of_household(household_id):
        # A grant that was paid once is done with: new bills, or a new event, are a new case.
        running = earlier.state == "open" or (earlier.state == "granted" and earlier.step != "end")
        if earlier.item == item and running:
            raise CannotBecause(
                "cases.open_already",
                sentence(
                    "该户此项目已有在办或在享案件{n}",
                    "This household has an open or granted case for this item already: {n}",
                    n=earlier.number,
                ),
            )


def _next_number(item: str, sub_district: str, year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('cases_case_numbers')")
        (running,) = cursor.fetchone()
    return f"{item}-{sub_district}-{year}-{running:06d}"
