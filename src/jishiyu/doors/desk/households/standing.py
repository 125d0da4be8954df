"""Where a household stands: its score in words and bars, and what it may be given, each with its standard and citation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from jishiyu.assessment import queries as assessment
from jishiyu.assessment.rules.change import ScoreChange
from jishiyu.assessment.rules.ways import Move, Way
from jishiyu.doors.desk.navigation import address
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journeys.aid_had import aid_had_by
from jishiyu.journeys.tell import waiting_questions
from jishiyu.law.queries import pack, procedure_for
from jishiyu.notices.rules.masking import FREQUENCY_NAMES
from jishiyu.programmes import queries as programmes
from jishiyu.programmes.rules.entitlement import Entitlement

_NEAREST = 3
_BAND_TONES = {"red": "bad", "orange": "bad", "yellow": "warn", "blue": "note", "green": "ok"}


@dataclass(frozen=True, slots=True)
class BandMark:
    """A band with the tone of its mark; the word says it, the tint only helps."""

    key: str
    name: Sentence
    tone: str


@dataclass(frozen=True, slots=True)
class WayView:
    """The way into another band: by any one of a few nearest moves, or by several together."""

    band: BandMark
    harder: bool
    points: int
    alone: tuple[Move, ...]
    together: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The change since the last score, with the bands it went between."""

    change: ScoreChange
    before: BandMark
    after: BandMark


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The newest score as the page tells it."""

    row: Any
    band: BandMark
    highest_band: BandMark
    dimensions: list[dict[str, Any]]
    reasons: list[dict[str, Any]]
    unknown: list[dict[str, Any]]
    nought: list[dict[str, Any]]
    outdated: bool
    ranks: assessment.Ranks | None
    ways: list[WayView]
    change: ChangeView | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A benefit item that may be given, or that a person has to judge, and the way to apply for it."""

    answer: Entitlement
    period: Sentence | None
    apply_url: str
    case_url: str


def bands() -> list[BandMark]:
    """The bands of the pack, hardest first."""
    ordered = sorted(pack().indicators.bands, key=lambda one: -one.basis_points)
    return [BandMark(one.key, one.name, _BAND_TONES.get(one.key, "note")) for one in ordered]


def band_mark(key: str) -> BandMark:
    """A band by its key; one that the pack no longer has is shown by its key."""
    return next((one for one in bands() if one.key == key), BandMark(key, sentence(key, key), "note"))


def score_view(household_id: UUID, newest_snapshot: UUID | None) -> ScoreView | None:
    """The household's newest score with its reasons, those that weigh most first; None without a score."""
    row = assessment.latest_score(household_id)
    if row is None:
        return None
    told = sorted(row.reasons, key=lambda one: -one["points"])
    return ScoreView(
        row=row,
        band=band_mark(row.band),
        highest_band=band_mark(row.highest_band),
        dimensions=row.dimensions,
        reasons=[one for one in told if one["points"] > 0],
        unknown=[one for one in told if not one["known"]],
        nought=[one for one in told if one["known"] and one["points"] <= 0],
        outdated=newest_snapshot is not None and row.snapshot_id != newest_snapshot,
        ranks=assessment.ranks(household_id),
        ways=[_way(one) for one in assessment.ways_from(row)],
        change=_change(household_id),
    )


def _way(one: Way) -> WayView:
    return WayView(
        band_mark(one.band.key), one.points > 0, abs(one.points), one.alone[:_NEAREST], one.together
    )


def _change(household_id: UUID) -> ChangeView | None:
    found = assessment.change_since_last(household_id)
    if found is None:
        return None
    return ChangeView(found, band_mark(found.band_before), band_mark(found.band_after))


@dataclass(frozen=True, slots=True)
class Offers:
    """Items that the rules speak for, best first; those that wait for what a person knows; how many do not apply."""

    answered: list[Offer]
    for_a_person: list[Offer]
    not_eligible: int
    no_answer: Sentence | None = None
    questions: int = 0


def offers(household_id: UUID, day: date, cases: Iterable[Any]) -> Offers:
    """What may be given on the newest evidence; ``no_answer`` says why nothing can be said, when that is so."""
    open_by_item = {row.item: row.id for row in cases if row.state == "open"}
    try:
        answers = programmes.entitlements_now(household_id, day, used=aid_had_by(household_id, day))
    except CannotBecause as refused:
        return Offers([], [], 0, refused.reason)
    shown = [_offer(one, household_id, open_by_item, day) for one in answers if one.outcome != "not_eligible"]
    spoken = [one for one in shown if _spoken_for(one.answer)]
    unspoken = [one for one in shown if one not in spoken]
    return Offers(spoken, unspoken, len(answers) - len(shown), questions=len(waiting_questions(answers)))


def _spoken_for(answer: Entitlement) -> bool:
    """Whether the rules say yes, or how much at least; the rest would only repeat that nobody knows yet."""
    return answer.outcome == "eligible" or answer.at_least is not None


def _offer(answer: Entitlement, household_id: UUID, open_by_item: dict[str, UUID], day: date) -> Offer:
    running = open_by_item.get(answer.item)
    return Offer(
        answer,
        FREQUENCY_NAMES.get(answer.period),
        address("desk:cases_apply", household_id=household_id, item=answer.item)
        if _has_steps(answer.item, day)
        else "",
        address("desk:cases_page", case_id=running) if running else "",
    )


def _has_steps(item: str, day: date) -> bool:
    """Whether the pack knows how a case of the item runs that day; without steps there is nothing to apply for here."""
    try:
        return bool(procedure_for(item, day).steps)
    except CannotBecause:
        return False
