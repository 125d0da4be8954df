"""What a household's page shows, gathered from the rooms in the order of the story; each within the post's reach."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from jishiyu.cases import queries as cases
from jishiyu.cases.rules.steps import STATE_NAMES, STEP_NAMES, days_left
from jishiyu.doors.desk.afterwards.circumstances import circumstances_shown
from jishiyu.doors.desk.households.away import members_shown, status_shown
from jishiyu.doors.desk.households.comparison import home_lines
from jishiyu.doors.desk.households.standing import offers, score_view
from jishiyu.doors.desk.navigation import address
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.foundations.periods import age_on
from jishiyu.funds import queries as funds
from jishiyu.funds.rules.sources import FUND_NAMES
from jishiyu.journal import queries as journal
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, refusal
from jishiyu.registry import queries as registry
from jishiyu.registry.rules.moves import KINDS
from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation
from jishiyu.registry.rules.vocabulary import DISABILITY, EMPLOYMENT, ILLNESS, SCHOOLING, SEX, relation_word

_INCOMES = (
    ("wage_income", sentence("工资性收入", "Wages")),
    ("business_income", sentence("经营净收入", "Business income, net")),
    ("property_income", sentence("财产净收入", "Property income, net")),
    ("transfer_income", sentence("转移净收入", "Transfers, net")),
)
_COSTS = (
    ("medical_self_paid", sentence("自付医疗费", "Medical costs paid oneself")),
    ("education_cost", sentence("教育支出", "Education")),
    ("rehabilitation_cost", sentence("康复支出", "Rehabilitation")),
)


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member as the page shows them: masked, with what matters at a glance."""

    person: Any
    relation: Sentence
    age: int
    sex: Sentence
    notes: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Money in or out over twelve months, in fen; None when some member's amount is not known."""

    label: Sentence
    amount: int | None


@dataclass(frozen=True, slots=True)
class BillView:
    """A settled bill, whose it was, and what was left to pay oneself."""

    bill: MedicalBill
    name: str
    left: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in the file: what it is, with which case and when it came in."""

    name: Sentence
    case: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    at: datetime | date
    title: Sentence
    icon: str
    note: Sentence | None = None
    url: str = ""
    who: str = ""


def story_of(household: Any, post: Post, today: date) -> dict[str, Any]:
    """Everything below the page's header."""
    rows = members_shown(household)
    snapshots = registry.snapshots(household.id)
    told = registry.situation(snapshots[0].id) if snapshots else None
    names = {str(row.person_id): row.person.name for row in rows}
    story: dict[str, Any] = {
        "members": [_member(row, told, today) for row in rows],
        "snapshot": snapshots[0] if snapshots else None,
        "situation": told,
        "incomes": _sums(told, _INCOMES) if told else [],
        "costs": _costs(told) if told else [],
        "bills": [_bill(bill, names) for bill in told.bills] if told else [],
        "home": home_lines(told) if told else [],
        "openings": _openings(household),
        "status": status_shown(household),
    }
    own_cases = cases.cases_of_household(household.id) if refusal(post, "cases.see") is None else []
    if told is not None:
        story["score"] = score_view(household.id, snapshots[0].id)
        if refusal(post, "programmes.see") is None and household.status == "known":
            story["offers"] = offers(household.id, today, own_cases)
    if refusal(post, "cases.see") is None:
        story["cases"] = [_case(row, post, today) for row in own_cases]
        story["awards"] = [
            {"row": row, "item": pack().item(row.case.item).name}
            for row in cases.awards_of_household(household.id)
        ]
        story["papers"] = _papers(own_cases)
        story |= _recoveries(household.id)
        story["circumstances"] = circumstances_shown(household.id)
    if refusal(post, "programmes.see") is None:
        story["paid"] = funds.money_of_household(household.id)
    story["timeline"] = _timeline(household, snapshots, post)
    return story


def _openings(household: Any) -> list[Any]:
    rows = registry.openings(household.id)
    stay = getattr(household, "away", None)
    return rows if stay is None else [one for one in rows if one.first_day <= stay.last_day]


def _recoveries(household_id: UUID) -> dict[str, Any]:
    """Aid that has to come back, with the words for it; nothing where there is none."""
    rows = cases.recoveries_of_household(household_id)
    if not rows:
        return {}
    return {
        "recoveries": rows,
        "recovery_states": cases.RECOVERY_STATES,
        "fund_names": FUND_NAMES,
        "item_names": {one.id: one.name for one in pack().items},
    }


def _case(row: Any, post: Post, today: date) -> dict[str, Any]:
    return {
        "row": row,
        "url": case_address(row.id) if _own_work(row, post) else "",
        "item": pack().item(row.item).name,
        "state": STATE_NAMES[row.state],
        "step": STEP_NAMES[row.step],
        "days_left": days_left(row.due_on, today),
    }


def _own_work(row: Any, post: Post) -> bool:
    """Whether the post may open a case: a household that moved brings along what another sub-district did."""
    return post.scope != "sub_district" or row.sub_district_id == post.area


def _papers(own_cases: list[Any]) -> list[Paper]:
    """The papers handed in with the steps of the household's cases, newest first; each with its case."""
    found = []
    for row in own_cases:
        names = _paper_names(row)
        for step in cases.steps_of(row.id):
            found += [
                Paper(names.get(key, sentence(key, key)), row.number, step.at, case_address(row.id))
                for key in step.papers
            ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _paper_names(row: Any) -> dict[str, Sentence]:
    try:
        procedure = cases.procedure_of(row)
    except CannotBecause:  # the pack no longer has the procedure of the case's time
        return {}
    return {paper.key: paper.name for step in procedure.steps for paper in step.papers}


def _member(row: Any, told: HouseholdSituation | None, today: date) -> MemberView:
    facts = next((one for one in told.members if one.person_id == str(row.person_id)), None) if told else None
    return MemberView(
        person=row.person,
        relation=relation_word(row.relation),
        age=age_on(row.person.born, today),
        sex=SEX[row.person.sex],
        notes=tuple(_notes(facts)) if facts else (),
    )


def _notes(facts: MemberSituation) -> list[Sentence]:
    notes = []
    if health_words(facts):
        notes.append(sentence("有健康信息", "health on record"))
    if facts.schooling not in (None, "none"):
        notes.append(SCHOOLING[facts.schooling])
    if facts.employment in ("unemployed", "flexible", "employed", "retired"):
        notes.append(EMPLOYMENT[facts.employment])
    return notes


def health_words(facts: MemberSituation) -> list[Sentence]:
    """A member's illness, disability and need of care in words: shown only once a reason was given."""
    notes = []
    if facts.illness not in (None, "none"):
        notes.append(ILLNESS[facts.illness])
    if facts.disability_category:
        notes.append(
            sentence(
                "{c}残疾{g}级",
                "{c} disability, grade {g}",
                c=DISABILITY[facts.disability_category],
                g=facts.disability_grade or "?",
            )
        )
    if facts.daily_activities_lost:
        notes.append(
            sentence("丧失{n}项自理能力", "{n} daily activities lost", n=facts.daily_activities_lost)
        )
    return notes


def _sums(told: HouseholdSituation, kinds: tuple[tuple[str, Sentence], ...]) -> list[MoneyLine]:
    lines = []
    for name, label in kinds:
        amounts = [getattr(member, name) for member in told.members]
        lines.append(MoneyLine(label, None if None in amounts else sum(amounts)))
    return lines


def _costs(told: HouseholdSituation) -> list[MoneyLine]:
    rent = None if told.monthly_rent is None else told.monthly_rent * 12
    return [*_sums(told, _COSTS), MoneyLine(sentence("租金", "Rent"), rent)]


def _bill(bill: MedicalBill, names: dict[str, str]) -> BillView:
    paid = bill.basic_paid + bill.critical_paid + bill.supplementary_paid + bill.commercial_paid
    return BillView(bill, names.get(bill.person_id, "—"), bill.total - paid)


def _timeline(household: Any, snapshots: list[Any], post: Post) -> list[Event]:
    events = [Event(household.registered_on, sentence("登记入册", "Registered"), "ti-home-plus")]
    page = reverse("desk:households_snapshots", kwargs={"household_id": household.id})
    for row in snapshots:
        note = sentence(row.source, row.source) if row.source else None
        title = sentence("经济状况快照第{n}号", "Economic snapshot no. {n}", n=row.number)
        events.append(Event(row.as_of, title, "ti-clipboard-data", note, f"{page}?new={row.number}"))
    changes = reverse("desk:households_changes", kwargs={"household_id": household.id})
    for change in registry.changes(household.id):
        name = change.said.get("name", "")
        about = sentence("{n}", "{n}", n=name) if name else None
        events.append(Event(change.day, KINDS[change.kind], "ti-users", about, changes, change.officer))
    if refusal(post, "cases.see") is None:
        for step in cases.timeline(household.id):
            icon = "ti-home-search" if step.kind == "visit" else "ti-clipboard-check"
            events.append(Event(step.at, step.title, icon, None, case_address(step.case_id), step.by))
    events += _looks(household.id)
    return sorted(events, key=_when, reverse=True)


def _looks(household_id: UUID) -> list[Event]:
    """Who had the full data shown and why, as far as the journal lets the post read."""
    found = []
    for entry in journal.entries(household=household_id)[:30]:
        if entry.act == "registry.unmask":
            reason = sentence("事由：{r}", "Reason: {r}", r=entry.reason)
            found.append(
                Event(
                    entry.at, sentence("查看完整信息", "Full data shown"), "ti-eye", reason, "", entry.officer
                )
            )
    return found


def case_address(case_id: UUID) -> str:
    """Where a case's own page is."""
    return address("desk:cases_page", case_id=case_id)


def _when(event: Event) -> str:
    at = event.at.astimezone(SHANGHAI) if isinstance(event.at, datetime) else event.at
    return at.isoformat()
