"""An award's life as the pages show it: every event in order, its months, and what may be done."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse

from jishiyu.cases.queries import life_after as life
from jishiyu.cases.queries.suspended import suspensions_of
from jishiyu.cases.rules.life_after import APPEAL_OUTCOMES, MEASURE_NAMES, MEASURE_STATES
from jishiyu.cases.rules.recheck_classes import CLASS_NAMES
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.funds.queries.owed import paid_by_month
from jishiyu.law.queries import pack


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an award."""

    at: datetime
    title: Sentence
    note: Sentence | None = None
    icon: str = "ti-point"
    url: str = ""
    who: str = ""


def life_of(case: Any, awards: list[Any]) -> list[Event]:
    """Everything that happened to the awards of a case, the newest first."""
    found: list[Event] = []
    for award in awards:
        found.append(_decided(award))
        found += [_planned(plan) for plan in life.plans_of(award.id)]
        found += [_paid(month, amount) for month, amount in paid_by_month(award.id).items()]
    found += [_measured(made) for made in life.measures_of_case(case.id)]
    found += [_appealed(row) for row in life.appeals_of_case(case.id)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def kinds_for(award: Any, state: str, today: date) -> list[str]:
    """The measures that may be proposed for an award as it stands."""
    if any(one.last_month is None for one in suspensions_of(award.id)):
        return ["resume", "stop"] if state == "granted" else []
    if award.frequency == "standing":
        return ["stop"] if state == "granted" else []
    if award.last_month is not None and award.last_month < today.replace(day=1):
        return ["resume"] if state == "ended" and award.frequency == "monthly" else []
    if state != "granted" or award.last_month is not None:
        return []
    if award.frequency != "monthly":
        return ["stop"]
    grace = ["grace"] if award.item in pack().district.life_after.grace.items else []
    return ["suspend", *grace, "stop", "lower", "raise"]


def _decided(award: Any) -> Event:
    title = sentence("决定发放{a}元", "{a} yuan decided", a=yuan_text(award.amount))
    last = f"{award.last_month:%Y-%m}" if award.last_month else "…"
    note = sentence("{f} 至 {l}", "{f} to {l}", f=f"{award.first_month:%Y-%m}", l=last)
    return Event(_noon(award.decided_on), title, note, "ti-gavel")


def _planned(plan: Any) -> Event:
    name = CLASS_NAMES.get(plan.class_key, sentence("提前复核", "brought forward"))
    title = sentence("下次复核定于{d}", "Next re-check by {d}", d=plan.due_on.isoformat())
    because = Sentence(plan.because["zh"], plan.because["en"])
    return Event(plan.set_at, title, sentence("{n}：{b}", "{n}: {b}", n=name, b=because), "ti-calendar-event")


def _paid(month: date, amount: int) -> Event:
    title = sentence("{m}发放{a}元", "{m}: {a} yuan paid", m=f"{month:%Y-%m}", a=yuan_text(amount))
    return Event(_noon(month), title, None, "ti-coin-yuan")


def _measured(made: Any) -> Event:
    title = sentence(
        "{k}，自{m}起（{s}）",
        "{k} from {m} ({s})",
        k=MEASURE_NAMES[made.kind],
        m=f"{made.first_month:%Y-%m}",
        s=MEASURE_STATES[made.state],
    )
    reasons = [one["zh"] for one in made.reasons]
    note = sentence("{r}", "{r}", r="；".join(reasons)) if reasons else None
    url = reverse("desk:after_settle", kwargs={"measure_id": made.id})
    return Event(made.settled_at or made.proposed_at, title, note, "ti-adjustments", url, made.proposer_name)


def _appealed(row: Any) -> Event:
    way = pack().district.life_after.way(row.kind, row.received_on)
    name = way.name if way else sentence(row.kind, row.kind)
    out = APPEAL_OUTCOMES.get(row.outcome, sentence("未结", "open"))
    url = reverse("desk:after_appeal", kwargs={"appeal_id": row.id})
    return Event(
        _noon(row.received_on), sentence("{n}：{o}", "{n}: {o}", n=name, o=out), None, "ti-scale", url
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=SHANGHAI)
