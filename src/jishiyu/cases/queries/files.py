"""Cases within a post's reach, and what belongs to one case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from jishiyu.cases.models import Case, CaseStep, HomeVisit
from jishiyu.cases.rules.basis import Basis, basis_from_data
from jishiyu.cases.rules.leading import taken_in_at_the_agency
from jishiyu.cases.rules.steps import Taken
from jishiyu.foundations import prefix as prefix  # gives text columns their ``begins``
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotFound, sentence
from jishiyu.law.queries import pack
from jishiyu.law.rules.procedures import Procedure
from jishiyu.offices.queries import sub_districts, within_reach
from jishiyu.offices.rules import Post


def cases(post: Post) -> QuerySet[Case]:
    """The cases that a post reaches: its sub-district's, or those that its agency leads; newest first."""
    rows = within_reach(Case.objects.all(), post, area="sub_district_id", opened="lead_agency_id")
    return rows.select_related("household", "applicant", "sub_district", "lead_agency").order_by(
        "-opened_on", "-number"
    )


def case(case_id: UUID, post: Post) -> Case:
    """One case within reach. Raises NotFound, which never tells whether it exists elsewhere."""
    row = cases(post).filter(pk=case_id).first()
    if row is None:
        raise NotFound(
            "no_such_case", sentence("在您的权限范围内没有此案件", "There is no such case within your reach")
        )
    return row


def case_numbered(number: str, post: Post) -> Case:
    """One case within reach by its number. Raises NotFound, which never tells whether it exists elsewhere."""
    row = cases(post).filter(number=number).first()
    if row is None:
        raise NotFound(
            "no_such_case", sentence("在您的权限范围内没有此案件", "There is no such case within your reach")
        )
    return row


# The running number at the end of a case's number has so many figures.
_RUNNING = 6


def find_cases(words: str, post: Post, *, limit: int, years: Sequence[int]) -> list[Case]:
    """The cases whose number begins so, or ends in the running number typed (``123``) and is of one of these years."""
    typed = words.strip().upper()
    if not typed.isascii() or not any(sign.isdigit() for sign in typed):
        return []
    rows = cases(post).defer(
        "basis", "statement", "applicant__id_number", "household__address", "household__phone"
    )
    if typed.isdigit() and len(typed) > _RUNNING:
        return []
    if typed.isdigit():
        areas = [post.area] if post.scope == "sub_district" else [area.code for area in sub_districts()]
        items = [item.id for item in pack().items]
        # Whole numbers, asked for one by one: there are few, and the index of numbers answers each at once.
        rows = rows.filter(
            number__any_of=[
                f"{item}-{area}-{year}-{int(typed):06d}" for item in items for area in areas for year in years
            ]
        )
    else:
        rows = rows.filter(number__begins=typed)
    return list(rows.order_by()[:limit])


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list is narrowed by; empty words mean all. ``late`` asks for cases past the due day of their step.

    ``officer`` asks for the cases that this one has taken on.
    """

    step: str = ""
    item: str = ""
    state: str = ""
    late: bool = False
    words: str = ""
    officer: str = ""


def filtered(post: Post, asked: CaseFilter, today: date) -> QuerySet[Case]:
    """The cases within reach that a filter leaves."""
    rows = cases(post)
    if asked.step:
        rows = rows.filter(step=asked.step)
    if asked.item:
        rows = rows.filter(item=asked.item)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.late:
        rows = rows.filter(state="open", due_on__lt=today)
    if asked.officer:
        rows = rows.filter(assignments__officer=asked.officer, assignments__ended=None)
    words = asked.words.strip()
    if words:
        rows = (
            rows.filter(number__icontains=words)
            if any(sign.isdigit() for sign in words)
            else (rows.filter(applicant__name__startswith=words))
        )
    return rows


def cases_of_household(household_id: UUID) -> list[Case]:
    """All cases of a household that the transaction's post may see, newest first."""
    return list(Case.objects.filter(household_id=household_id).order_by("-opened_on", "-number"))


def steps_of(case_id: UUID) -> list[CaseStep]:
    """The steps taken, in order."""
    return list(CaseStep.objects.filter(case_id=case_id).order_by("position"))


def visits_of(case_id: UUID) -> list[HomeVisit]:
    """The home visits of a case, in order."""
    return list(HomeVisit.objects.filter(case_id=case_id).order_by("recorded_at"))


def standing_steps(case_id: UUID) -> list[CaseStep]:
    """The steps that count, in order: without those taken back and what took them back."""
    rows = CaseStep.objects.filter(case_id=case_id, taken_back=None, takes_back=None)
    return list(rows.order_by("position"))


def taken(case_id: UUID) -> list[Taken]:
    """The steps that count, as the rules read them."""
    return [
        Taken(row.step, row.outcome, row.officer, day_of(row.began), day_of(row.at))
        for row in standing_steps(case_id)
    ]


def basis_of(row: Case) -> Basis:
    """What the case rests on, as frozen with it."""
    return basis_from_data(row.basis)


def procedure_of(row: Case) -> Procedure:
    """The procedure that the case walks: by its item, its day, and the era that was frozen with it."""
    found = running_procedure(row.item, row.era, row.accepted_on or row.opened_on)
    return taken_in_at_the_agency(found) if row.taken_in_by == "lead_agency" else found


def running_procedure(item: str, era: str, day: date | None = None) -> Procedure:
    """The full procedure of an item in an era, for cases accepted on a day. Refused when the pack has no full one.

    Without a day, and for a case that has gone over into a later era by a re-check, it is the era's latest.
    """
    found = [
        one for one in pack().procedures if one.era == era and item in one.items and one.status == "full"
    ]
    for procedure in found:
        if day is not None and procedure.holds(day):
            return procedure
    if found:
        return found[-1]
    raise CannotBecause(
        "cases.no_procedure",
        sentence(
            "政策包没有项目{i}在{e}时期的完整程序，不能立案",
            "The pack has no full procedure for item {i} in era {e}: no case can run on it",
            i=item,
            e=era,
        ),
        sentence("请由业务主管部门补录该项目的办理程序", "The office in charge has to enter the procedure"),
    )
