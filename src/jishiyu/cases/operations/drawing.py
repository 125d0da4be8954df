"""The draw of spot checks: the list is frozen and published, then the day's public figures draw from it."""

from collections import defaultdict
from datetime import date, datetime

from jishiyu.cases import queries
from jishiyu.cases.models import Check, FrameCase, SpotDraw
from jishiyu.cases.operations.checking import want_check
from jishiyu.cases.rules.drawing import Stratum, digest_of, draw, plain_seed, strata_from
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.fields import index_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require


def freeze_list(
    first: date, last: date, *, seed_source: str, seed_day: date, actor: Post, moment: datetime
) -> SpotDraw:
    """Freeze the list of cases decided, or waiting for their decision, in a period, and name what will be its seed.

    Refused unless the seed's day lies ahead: nobody may know the seed when the list is made.
    """
    require(actor, "cases.draw")
    today = day_of(moment)
    source = " ".join(seed_source.split())
    if not first <= last <= today:
        raise CannotBecause(
            "cases.draw_period",
            sentence("抽查期间须已结束，起日不晚于止日", "The period has to be over, and in order"),
        )
    if len(source) < 4 or seed_day <= today:
        raise CannotBecause(
            "cases.draw_seed_ahead",
            sentence(
                "请写明种子取自哪一项公开数字（如某期彩票开奖号码），其日期须晚于今天",
                "Name the public figures that will be the seed (a lottery's draw), of a day after today",
            ),
        )
    rows = queries.drawn_from(first, last, actor)
    if not rows:
        raise CannotBecause(
            "cases.draw_of_nothing",
            sentence("该期间没有须抽查的案件", "There is no case to draw from in these days"),
        )
    number = f"CC{first:%Y%m%d}-{last:%Y%m%d}-{SpotDraw.objects.count() + 1}"
    marks = {row.id: mark_of(number, row) for row, _ in rows}
    strata: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row, share in rows:
        strata[stratum_of(row, share), share].append(marks[row.id])
    frame = [Stratum(name, share, tuple(found)) for (name, share), found in sorted(strata.items())]
    made = SpotDraw.objects.create(
        number=number,
        first_day=first,
        last_day=last,
        frame=[one.as_data() for one in frame],
        frame_digest=digest_of(frame),
        seed_source=source[:160],
        seed_day=seed_day,
        frozen_at=moment,
        frozen_by=actor.code,
        frozen_name=actor.officer_name or actor.title.say("zh"),
        pack_version=pack().version,
    )
    FrameCase.objects.bulk_create(
        FrameCase(draw=made, case=row, mark=marks[row.id], stratum=stratum_of(row, share))
        for row, share in rows
    )
    record(
        act="cases.freeze_list",
        about=("draw", number),
        detail={"cases": len(rows), "digest": made.frame_digest, "source": source[:160]},
    )
    return made


def mark_of(number: str, row: queries.Drawable) -> str:
    """What a case is called in one draw: 16 hex digits that tell nothing, and are others in the next draw."""
    return index_of(f"{number} {row.id}", "cases.spot_mark")[:8].hex()


def stratum_of(row: queries.Drawable, share: int) -> str:
    """A sub-district in an era of law, with its share in basis points."""
    return f"{row.sub_district_id}/{row.era}/{share}"


def draw_checks(number: str, *, seed: str, actor: Post, moment: datetime) -> SpotDraw:
    """Draw by the seed, once and not before its day; each case drawn becomes a check, unless one waits already."""
    require(actor, "cases.draw")
    row = SpotDraw.objects.select_for_update().filter(number=number).first()
    if row is None or row.drawn_at is not None:
        raise CannotBecause(
            "cases.drawn_already", sentence("没有待抽的名单", "There is no list that waits to be drawn")
        )
    if day_of(moment) < row.seed_day:
        raise CannotBecause(
            "cases.draw_too_early",
            sentence(
                "种子须取{d}的公开数字，在此之前不能抽取",
                "The seed is of {d}: nothing is drawn before",
                d=row.seed_day,
            ),
        )
    plain = plain_seed(seed)
    if len(plain) < 4:
        raise CannotBecause(
            "cases.draw_no_seed", sentence("请填写公布的数字", "Enter the figures that were published")
        )
    drawn = draw(strata_from(row.frame), plain)
    row.seed, row.drawn = plain[:200], {name: list(found) for name, found in drawn.items()}
    row.drawn_at, row.drawn_by = moment, actor.code
    row.save(update_fields=["seed", "drawn", "drawn_at", "drawn_by"])
    chosen = {mark for found in drawn.values() for mark in found}
    waiting = set(Check.objects.filter(finding=None).values_list("case_id", flat=True))
    for one in row.cases.filter(mark__in=chosen).select_related("case"):
        if one.case_id not in waiting:
            want_check(one.case, "drawn", draw=row, actor=actor, moment=moment)
    record(act="cases.draw", about=("draw", row.number), detail={"drawn": len(chosen), "seed": row.seed})
    return row
