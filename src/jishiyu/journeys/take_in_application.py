"""A sub-district takes an application in that came on line: whose household it is, and the case that is opened on its facts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jishiyu.evidence import operations, queries
from jishiyu.evidence.queries import PublicApplication
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journeys.apply import apply_for
from jishiyu.offices.queries import require, sub_districts
from jishiyu.offices.rules import Post
from jishiyu.registry.queries import latest_snapshot, where_registered
from jishiyu.registry.queries.homes import homes_of


@dataclass(frozen=True, slots=True)
class Found:
    """Where the applicant is registered. ``household_id`` only where the post reaches it; ``elsewhere`` is another sub-district.

    ``name`` is the register's, to be compared with the one on the application. ``facts`` says whether a snapshot is on file.
    """

    household_id: UUID | None = None
    number: str = ""
    name: str = ""
    facts: bool = False
    elsewhere: Sentence | None = None


def who_applies(row: PublicApplication) -> Found:
    """Find the applicant in the register by the identity number, exactly; never by the name."""
    number = row.told["applicant"]["id_number"]
    home = homes_of([number]).get(number)
    if home is not None and home.sub_district == row.sub_district_id:
        snapshot = latest_snapshot(home.household_id)
        return Found(home.household_id, home.household_number, home.name, snapshot is not None)
    area = where_registered([number]).get(number)
    if area is None or area == row.sub_district_id:
        return Found()
    place = next((one for one in sub_districts() if one.code == area), None)
    return Found(elsewhere=sentence(place.name_zh, place.name_en) if place else sentence(area, area))


def take_in_application(
    application_id: UUID, *, papers: tuple[str, ...] = (), actor: Post, moment: datetime
) -> UUID:
    """Open the case of an application for the applicant's household, with its papers. Returns the case's id.

    ``papers`` are the keys of the papers that the caseworker has seen to be there. Refused while the applicant is not
    registered here, lives in another sub-district by the register, or no economic facts are on file.
    """
    require(actor, "evidence.settle_application")
    row = queries.application(application_id, actor)
    found = who_applies(row)
    if found.elsewhere is not None:
        raise CannotBecause(
            "application.lives_elsewhere",
            sentence("申请人已登记在{place}", "The applicant is registered in {place}", place=found.elsewhere),
            sentence("请联系该街道移交家庭档案，或作出不予受理并写明应向哪里申请", "Ask it to hand over the household, or say where to apply"),
        )  # fmt: skip
    if found.household_id is None:
        raise CannotBecause(
            "application.not_registered",
            sentence("申请人还没有登记家庭档案", "The applicant's household is not registered yet"),
            sentence("请先登记家庭，表格已按申请填好", "Register the household first; the form is filled in from the application"),
        )  # fmt: skip
    case_id = apply_for(
        found.household_id, row.item, papers=papers, statement=statement_of(row), actor=actor, moment=moment
    )
    operations.settle_as_taken(
        application_id, household_id=found.household_id, case_id=case_id, actor=actor, moment=moment
    )
    return case_id


def statement_of(row: PublicApplication) -> str:
    """What the applicant wrote, as the statement of the case, with that the authorisation was given on line."""
    words = str(row.told.get("situation", {}).get("words", "")).strip()
    consent = row.told.get("consent", {})
    given = f"（网上申请{row.number}；{consent.get('signed', '')}于{str(consent.get('at', ''))[:10]}在网上签署核对授权）"
    return f"{words}{given}"[:2000]
