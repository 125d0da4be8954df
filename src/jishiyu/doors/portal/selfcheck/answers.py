"""From what somebody told to the facts that the rules read, and from the rules' answers to plain likelihoods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from jishiyu.assessment.rules.fact_names import FACT_NAMES
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.expressions import Question
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.registry.rules.situation import HouseholdSituation, MemberSituation

Likelihood = Literal["likely", "unclear", "not"]
Told = Mapping[str, Any]

_BILLS_FIRST = sentence(
    "要看医疗费结算单：保险先付多少、政策范围内自己负担多少。带上结算单到街道窗口就能算出来",
    "It depends on the hospital's settlement: what insurance paid, and what of the rest is in scope. Bring it to the office",
)

_NOT_FOUND = sentence(
    "这一天的标准没有查到公开的文件，数额以窗口答复为准",
    "No published standard was found for this day; ask at the counter for the amount",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One item for the one who asks: how likely, and why. ``special``: it is only for who answers a special question."""

    likelihood: Likelihood
    entitlement: Entitlement
    reasons: tuple[Sentence, ...]
    special: bool = False


def situation(home: Told, people: Sequence[Told], day: date) -> HouseholdSituation:
    """The household as it was told, on a day. What was left empty is not known. The first person is the one who asks."""
    event = home["event"]
    return HouseholdSituation(
        household_id="self-check",
        sub_district="",
        as_of=day,
        members=tuple(_member(str(place), one, day) for place, one in enumerate(people, start=1)),
        tenure=home["tenure"],
        homes_owned=home["homes_owned"],
        usable_area_dm2=None if home["area"] is None else home["area"] * 100,
        unsafe_housing=home["unsafe_housing"],
        monthly_rent=_fen(home["monthly_rent"]),
        vehicles=home["vehicles"],
        liquid_assets=_fen(home["liquid_assets"]),
        debt=_fen(home["debt"]),
        support=home["support"],
        event=event,
        event_on=None if event in (None, "none") else day,
    )


def _member(person_id: str, told: Told, day: date) -> MemberSituation:
    # Whose earnings these are decides their kind: a wage from an employer, business for who works for himself.
    wages = _year(told["wages"])
    own_work = told["employment"] == "flexible"
    category = None if told["disability"] is None else int(told["disability"])
    grade = None if told["disability_grade"] is None else int(told["disability_grade"])
    return MemberSituation(
        person_id=person_id,
        relation="02" if person_id == "1" else told["relation"],
        born=born_on(told["age"], day),
        sex=int(told["sex"]),
        marital=told["marital"] or ("single" if told["schooling"] == "compulsory" else None),
        local_hukou=told["local_hukou"],
        employment=told["employment"],
        work_capacity=told["work_capacity"],
        schooling=told["schooling"],
        medical_insurance=told["medical_insurance"],
        wage_income=None if wages is None else 0 if own_work else wages,
        business_income=None if wages is None else wages if own_work else 0,
        property_income=_year(told["other_income"]),
        transfer_income=_year(told["pension"]),
        excluded_income=0,  # the form asks to leave out what does not count
        illness=told["illness"],
        disability_category=category,
        disability_grade=0 if category == 0 else grade,
        daily_activities_lost=told["daily_activities_lost"],
        medical_self_paid=_fen(told["medical_self_paid"]),
        education_cost=None,
        rehabilitation_cost=None,
        identities=frozenset({told["identity"]} - {None, "none"}),
    )


def born_on(age: int, day: date) -> date:
    """A day of birth for an age in full years on a day: half a year before the last birthday that is sure."""
    year = day.year - age
    birthday = date(year, day.month, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
    return birthday - timedelta(days=182)


def _fen(yuan: Decimal | None) -> int | None:
    return None if yuan is None else int(yuan * 100)


def _year(monthly: Decimal | None) -> int | None:
    return None if monthly is None else int(monthly * 100) * 12


def answers_of(
    found: Iterable[Entitlement], people: Sequence[Told], questions: Mapping[str, Question]
) -> list[Answer]:
    """Each item's answer. Aid for bills is never denied to who paid for treatment and brought no bill yet.

    ``questions``: the pack's questions by key, for the words of what was not answered.
    """
    treated = any(one["medical_self_paid"] for one in people)
    return [_answer(one, questions, treated=treated) for one in found]


def _answer(one: Entitlement, questions: Mapping[str, Question], *, treated: bool) -> Answer:
    if one.outcome == "eligible":
        return Answer("likely", one, (one.reason,))
    if one.outcome == "cannot_compute":
        # Who meets every condition is told so, although the amount is not known that day.
        met = bool(one.conditions) and all(each.outcome == "met" for each in one.conditions)
        lacking = dict.fromkeys(each.name for step in one.steps for each in step.missing)
        special = bool(lacking) and all(name.startswith("asked.") for name in lacking)
        return Answer("likely" if met else "unclear", one, _plainly(lacking, questions), special)
    if treated and one.programme in ("ZY", "CS") and one.insurance_first:
        return Answer("unclear", one, (_BILLS_FIRST,))
    denied = tuple(each.reason for each in one.conditions if each.outcome == "not_met")
    return Answer("not", one, denied or (one.reason,))


def _plainly(lacking: Iterable[str], questions: Mapping[str, Question]) -> tuple[Sentence, ...]:
    """What is not known, in words for everybody: questions, what was left empty, and standards that nobody found."""
    asked, empty, unknown = [], [], False
    for name in lacking:
        if name.startswith("asked."):
            asked.append(questions[name.removeprefix("asked.")].words)
        elif name in FACT_NAMES:
            empty.append(FACT_NAMES[name])
        else:
            unknown = True
    said = []
    if empty:
        said.append(sentence("您没有填：{what}", "You did not tell: {what}", what=_listed(empty)))
    if asked:
        said.append(sentence("要看：{what}", "It depends: {what}", what=_listed(asked)))
    if unknown:
        said.append(_NOT_FOUND)
    return tuple(said)


def _listed(words: Sequence[Sentence]) -> Sentence:
    return Sentence("、".join(one.say("zh") for one in words), "; ".join(one.say("en") for one in words))
