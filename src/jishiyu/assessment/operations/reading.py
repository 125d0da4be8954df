"""Reading the district: its newest scores gathered into lines of alike households, sealed."""

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from jishiyu.assessment import queries
from jishiyu.assessment.models import DistrictReading, IndicatorSet
from jishiyu.assessment.queries.reading import ScoredHousehold, newest_scores
from jishiyu.assessment.rules.reading import Reader, packed
from jishiyu.assessment.rules.score import Model, model_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.operations import adopt_pack
from jishiyu.law.queries import pack, pack_of
from jishiyu.offices.rules import Post, require

_Made = tuple[UUID | None, str]


def read_district(*, actor: Post, moment: datetime) -> DistrictReading:
    """Gather the newest score of every household, for trying other weights and cut-offs on. Refused when nothing is scored.

    Scores made by other indicators than the pack's present ones are left out and counted.
    """
    require(actor, "assessment.screen")
    adopt_pack(pack(), at=moment)
    reader, left_out, overridden = Reader(pack().indicators), 0, 0
    days: set[date] = set()
    models: dict[_Made, Model | None] = {}
    for part in newest_scores():
        by_model: dict[_Made, list[ScoredHousehold]] = defaultdict(list)
        for one in part:
            by_model[one.set_id, one.pack_version].append(one)
        for made, rows in by_model.items():
            if made not in models:
                models[made] = _model(*made)
            taken = _take(reader, rows, models[made])
            left_out += len(rows) - taken
            if taken:
                days |= {one.day for one in rows}
                overridden += sum(one.overridden for one in rows)
    read = reader.whole() if days else None
    if read is None:
        raise CannotBecause(
            "assessment.nothing_scored",
            sentence("还没有按现行指标评估的家庭", "No household is scored by the present indicators yet"),
            sentence("请先进行全区筛查", "Run over the district first"),
        )
    row = DistrictReading.objects.create(
        content=pack().indicators.version,
        pack_version=pack().version,
        households=read.households,
        people=read.people,
        left_out=left_out,
        overridden=overridden,
        first_day=min(days),
        last_day=max(days),
        lines=packed(read, pack().indicators),
        made_at=moment,
        made_by=actor.code,
    )
    record(act="assessment.read_district", about=("reading", row.pk), detail={"households": row.households})
    return queries.newest_reading() or row


def _take(reader: Reader, rows: list[ScoredHousehold], model: Model | None) -> int:
    told = [one for one in rows if one.numbers is not None and one.persons] if model else []
    numbers = [one.numbers for one in told if one.numbers is not None]
    if model is None:
        return 0
    return reader.take([one.area for one in told], [one.persons for one in told], numbers, model)


def _model(set_id: UUID | None, version: str) -> Model | None:
    """The model that scores were made with; None when its pack is not kept, or had other indicators."""
    try:
        indicators = pack_of(version).indicators
    except CannotBecause:
        return None
    if indicators.version != pack().indicators.version:
        return None
    own = IndicatorSet.objects.filter(pk=set_id).first() if set_id else None
    return model_of(indicators, own.weights, own.label, own.within) if own else model_of(indicators)
