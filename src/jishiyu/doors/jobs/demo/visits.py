"""Visits of the demo that came from a telephone yesterday evening: with a photograph, a signature and a place, not yet filed."""

import zlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from struct import pack
from uuid import UUID, uuid5

from jishiyu.cases import operations, queries
from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.doors.jobs.demo.stories import SHOWN
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.offices.operations import acting
from jishiyu.offices.queries import sub_districts
from jishiyu.offices.rules import Post

_EVENING = time(17, 40)
_SOURCE = "demo"
# A spot on the district's map, in millionths of a degree; nobody of the demo lives there.
_PLACE = {"north": 39_912_000, "east": 116_366_000, "metres": 15}
_TOLD = {
    "second_visitor": "社区工作者（虚构）",
    "met_whom": "申请人",
    "living_home": "worn",
    "living_furnishing": "bare",
    "living_present": "as_told",
    "living_income": "as_told",
    "living_neighbours": "agree",
    "findings": "住房简陋，家中仅有基本用品，人口和收入与申报一致。",
    "agrees": "yes",
    "signed_by_household": "申请人",
    "outcome": "visited",
}


def enter_visits(diary: Diary, *, desks: Desks, today: date) -> None:
    """Enter yesterday evening's visits: one of the shown sub-district and one of another, where at least two wait."""
    evening = datetime.combine(today - timedelta(days=1), _EVENING, tzinfo=SHANGHAI)
    diary.enter(evening, lambda moment: _bring(desks, moment))


def _bring(desks: Desks, moment: datetime) -> None:
    day, brought = moment.date(), 0
    areas = sorted((row.code for row in sub_districts()), key=lambda code: (code != SHOWN, code))
    for area in areas:
        actor = desks.at("caseworker", area)
        with acting(actor, moment=moment, source=_SOURCE):
            waiting = queries.visits_to_do(actor, day)
            if len(waiting) >= 2 or (waiting and area != SHOWN):
                _one(waiting[-1].case_id, actor, moment)
                brought += 1
        if brought == 2:
            return


def _one(case_id: UUID, actor: Post, moment: datetime) -> None:
    taken = operations.take_along(case_id, days=7, actor=actor, moment=moment)
    record = uuid5(case_id, "visit")
    pictures = [("photo", _drawn(320, 240, _room)), ("signature", _drawn(375, 150, _stroke))]
    for kind, content in pictures:
        operations.receive_picture(
            case_id, picture=uuid5(record, kind), record_id=record, taken=taken.pk, kind=kind,
            digest=sha256(content).hexdigest(), content=content, actor=actor, moment=moment,
        )  # fmt: skip
    told = {**_TOLD, "visited_on": moment.date().isoformat(), "first_visitor": actor.officer_name}
    digests = tuple(sha256(content).hexdigest() for _, content in pictures)
    brought = operations.Brought(record, taken.pk, taken.version, told, _PLACE, digests)
    operations.receive_visit(case_id, brought, actor=actor, moment=moment)


def _drawn(width: int, height: int, shade: Callable[[float, float], int]) -> bytes:
    """A grey picture as PNG; ``shade`` is asked for each spot, both ways from 0 to 1."""
    rows = b"".join(
        b"\x00" + bytes(shade(across / width, down / height) for across in range(width))
        for down in range(height)
    )
    parts = (
        (b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 6)),
        (b"IEND", b""),
    )
    chunks = (
        pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _room(across: float, down: float) -> int:
    """A wall, a window and a floor."""
    if down > 0.75:
        return 90 + int(40 * across)
    if 0.55 < across < 0.85 and 0.15 < down < 0.5:
        return 70 if abs(across - 0.7) < 0.01 or abs(down - 0.32) < 0.01 else 235
    return 170 - int(50 * down)


def _stroke(across: float, down: float) -> int:
    """A line that could be somebody's name."""
    wave = 0.5 + 0.25 * (1 - 8 * abs((across * 3) % 1 - 0.5)) / 3
    return 30 if 0.1 < across < 0.9 and abs(down - wave) < 0.02 else 255
