"""A household's scores, how the district's households are spread, and the runs over the district."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, QuerySet, Subquery

from jishiyu.assessment.models import HardshipScore, ScreeningRun
from jishiyu.assessment.rules.change import KeptScore, ScoreChange, what_changed
from jishiyu.assessment.rules.explanation import Assessment, assess, assessment_data, dimensions_data
from jishiyu.assessment.rules.numbers import numbers_of
from jishiyu.assessment.rules.points import bounds_of
from jishiyu.assessment.rules.score import Model, model_of
from jishiyu.assessment.rules.ways import Way, standings, ways
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, sentence
from jishiyu.foundations.planning import following_indexes
from jishiyu.foundations.secrets import Sealer
from jishiyu.law.queries import pack_of
from jishiyu.law.rules.pack import Pack
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post
from jishiyu.registry.queries import households, situation
from jishiyu.registry.queries.newest import newest_first


def latest_score(household_id: UUID) -> HardshipScore | None:
    """The household's newest score, if any, with its words."""
    row = newest_first(HardshipScore.objects.filter(household_id=household_id)).first()
    return None if row is None else with_words(row)


def score(score_id: UUID) -> HardshipScore | None:
    """One score within the transaction's reach, as it is stored."""
    return HardshipScore.objects.filter(pk=score_id).select_related("indicator_set", "snapshot").first()


def with_words(row: HardshipScore) -> HardshipScore:
    """The score with its reasons in words: as stored, or made anew of the same evidence, pack and weights.

    When they cannot be made any more (the pack is not kept, or the rules give other numbers today) the numbers stand
    alone, or beside words that do not fit, and ``doubt`` says why.
    """
    if row.reasons is not None:
        return row
    try:
        binding = pack_of(row.pack_version)
        model = model_of_score(row, binding)
        result = assessed_anew(row, binding, model)
    except CannotBecause as refusal:
        row.dimensions, row.reasons, row.changes, row.missing = [], [], [], []
        row.doubt = refusal.reason.as_data()
        return row
    words = assessment_data(result)
    row.dimensions, row.reasons = dimensions_data(result, model), words["indicators"]
    row.missing, row.changes = words["missing"], words["changes"]
    if digest(numbers_of(result)) != row.digest:
        why = sentence(
            "评估时的规则（{v}）已有改动，以下理由按现行规则重新写出，与当时的分数不一致",
            "The rules of this score ({v}) have changed: the reasons are made by the present rules and do not fit it",
            v=row.rules_version,
        )
        row.doubt = why.as_data()
    return row


def model_of_score(row: HardshipScore, binding: Pack) -> Model:
    """The weights that a score was made with, over a pack's indicators."""
    own = row.indicator_set
    if own is None:
        return model_of(binding.indicators)
    return model_of(binding.indicators, own.weights, own.label, own.within)


def assessed_anew(row: HardshipScore, binding: Pack, model: Model) -> Assessment:
    """A stored score computed again on its own evidence and day."""
    return assess(situation(row.snapshot_id), row.day, binding, model, override=row.override or None)


def screening_runs() -> QuerySet[ScreeningRun]:
    """The runs over the district, newest first."""
    return ScreeningRun.objects.order_by("-number")


def screening_run(number: int) -> ScreeningRun:
    """One run by its number. Raises NotFound."""
    row = ScreeningRun.objects.filter(number=number).first()
    if row is None:
        raise NotFound(
            "assessment.no_run",
            sentence("没有第{n}次全区筛查", "There is no run {n} over the district", n=number),
        )
    return row


def open_screening() -> ScreeningRun | None:
    """The run that is not done yet, if any."""
    return ScreeningRun.objects.filter(state="open").first()


@dataclass(frozen=True, slots=True)
class RunOfScore:
    """The run over the district that a score is from, and the moment until which evidence counted in it."""

    number: int
    evidence_until: datetime


def runs_of(scores: Iterable[HardshipScore]) -> dict[UUID, RunOfScore]:
    """The runs that scores are from, by the run's id. A post that may see a score may know its run, not the run's counts."""
    ids = {one.screening_id for one in scores if one.screening_id}
    with connection.cursor() as cursor:
        cursor.execute("select * from assessment_runs(%s)", [list(ids)])
        return {id: RunOfScore(number, until) for id, number, until in cursor.fetchall()}


def score_history(household_id: UUID) -> list[HardshipScore]:
    """All scores of a household, newest first."""
    return list(newest_first(HardshipScore.objects.filter(household_id=household_id)))


def latest_scores(post: Post) -> QuerySet[HardshipScore]:
    """The newest score of each household within reach."""
    newest = newest_first(HardshipScore.objects.filter(household=OuterRef("household")))
    rows = HardshipScore.objects.filter(pk=Subquery(newest.values("pk")[:1]))
    return within_reach(
        rows, post, area="household__sub_district_id", opened="household__openings__agency_id"
    ).select_related("household")


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many households of a sub-district are in a band; ``certain`` of them whatever is still unknown."""

    sub_district: str
    band: str
    households: int
    certain: int


def distribution(post: Post) -> list[BandCount]:
    """Households by sub-district and band, within reach."""
    rows = latest_scores(post).values_list("household__sub_district_id", "band", "highest_band")
    counts: dict[tuple[str, str], list[int]] = {}
    for area, band, highest, n in rows.annotate(n=Count("pk")).order_by():
        both = counts.setdefault((area, band), [0, 0])
        both[0] += n
        both[1] += n if band == highest else 0
    return [
        BandCount(area, band, whole, certain) for (area, band), (whole, certain) in sorted(counts.items())
    ]


def unscored(post: Post) -> int:
    """How many households within reach have no score at all."""
    scored = HardshipScore.objects.filter(household=OuterRef("pk")).values("pk")[:1]
    return households(post).annotate(scored=Subquery(scored)).filter(scored=None).count()


def rank(household_id: UUID, post: Post) -> tuple[int, int] | None:
    """The place of a household among those within reach (1 is the hardest), and how many there are."""
    scores = latest_scores(post)
    own = scores.filter(household_id=household_id).first()
    if own is None:
        return None
    return scores.filter(score__gt=own.score).count() + 1, scores.count()


@dataclass(frozen=True, slots=True)
class Ranks:
    """A household's place by its newest score, 1 the hardest, and of how many: in the district and in its sub-district."""

    district: int
    district_of: int
    area: int
    area_of: int


def ranks(household_id: UUID) -> Ranks | None:
    """The places of a household whose score the transaction's post may see. Others are counted, never shown."""
    if latest_score(household_id) is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select * from assessment_ranks(%s)", [household_id])
        row = cursor.fetchone()
    return Ranks(*row) if row else None


def ways_from(row: HardshipScore) -> tuple[Way, ...]:
    """What would carry a household (its score with words) into another band, by the pack and weights of the score.

    Nothing when a person's override decided, or when that pack is not kept any more.
    """
    if row.override or not row.reasons:
        return ()
    try:
        binding = pack_of(row.pack_version)
    except CannotBecause:
        return ()
    model = model_of_score(row, binding)
    bounds = {one.key: bounds_of(one, binding, row.day) for one in model.indicators.indicators}
    return ways(row.score, standings(row.reasons), bounds, model)


def change_since_last(household_id: UUID) -> ScoreChange | None:
    """What changed from the last score but one to the last, and why; None with fewer than two scores."""
    rows = newest_first(HardshipScore.objects.filter(household_id=household_id))[:2]
    if len(rows) < 2:
        return None
    after, before = (_compared(with_words(row)) for row in rows)
    return what_changed(before, after)


def _compared(row: HardshipScore) -> KeptScore:
    return KeptScore(row.score, row.band, row.override, row.set_version, row.pack_version, row.reasons or [])


def newest_scores(household_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """By household, the snapshot that its newest score rests on, and its digest."""
    # The snapshot's number stands in the order alone: joined, a planner that believes the table empty would read all of it
    # for each household.
    with following_indexes(), connection.cursor() as cursor:
        cursor.execute(
            "select h.id::text, s.snapshot_id::text, s.digest from unnest(%s::uuid[]) h(id) join lateral ("
            " select own.snapshot_id, own.digest from assessment_hardshipscore own where own.household_id = h.id"
            " order by own.day desc, own.made_at desc,"
            " (select n.number from registry_snapshot n where n.id = own.snapshot_id) desc limit 1) s on true",
            [list(household_ids)],
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def numbers_sealer() -> Sealer:
    """What seals the numbers of scores, where they are computed."""
    return HardshipScore._meta.get_field("numbers").sealer()
