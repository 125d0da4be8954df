"""Applications that came on line and wait in the demo's inbox: from a household that is known, and from people who are not yet."""

import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from struct import pack
from typing import Any

from jishiyu.cases.queries import cases_of_household
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.doors.jobs.demo.stories import SHOWN
from jishiyu.doors.jobs.population.people import IdNumbers
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.journeys import apply_on_line
from jishiyu.offices.operations import acting
from jishiyu.offices.queries import sub_districts
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import queries as registry


@dataclass(frozen=True, slots=True)
class Coming:
    """Who applies for what, in whose words, and with which papers."""

    item: str
    name: str
    born: date
    sex: int
    filled_by: str
    helper: str
    happened: str
    words: str
    papers: tuple[str, ...]


_COMING = (
    Coming(
        "ZK01", "纪晓禾", date(1979, 5, 17), 2, "committee", "社区工作者（虚构）", "income",
        "离婚后独自带孩子，去年单位裁员，现在打零工，每月两千多元，房租就要一千八。", ("id_and_hukou", "circumstances"),
    ),
    Coming(
        "ZK10", "关守业", date(1962, 9, 3), 1, "family", "关小梅", "illness",
        "查出尿毒症，每周透析三次，自己付的药费一年四万多元，退休金不够用。诊断证明还在医院，晚两天补上。", ("id_and_hukou",),
    ),
)  # fmt: skip
_ELSEWHERE = Coming(
    "ZK05", "柏长青", date(1988, 2, 11), 1, "self", "", "sudden", "送外卖时被撞伤，三个月不能干活，医药费是借的。", ("id_and_hukou",),
)  # fmt: skip
_KNOWN_WORDS = "孩子突发阑尾炎住院，押金是向邻居借的，这个月生活费没有了。"


def enter_on_line(diary: Diary, *, numbers: IdNumbers, today: date) -> None:
    """Enter what came since yesterday noon: three for the shown sub-district, of which one lacks a paper, and one elsewhere."""
    yesterday = today - timedelta(days=1)
    noon, evening = (datetime.combine(yesterday, at, tzinfo=SHANGHAI) for at in (time(12, 20), time(20, 35)))
    diary.enter(noon, lambda moment: _known(moment))
    for place, coming in enumerate(_COMING):
        diary.enter(evening + timedelta(minutes=40 * place), _newcomer(coming, SHOWN, numbers))
    diary.enter(evening, _newcomer(_ELSEWHERE, "", numbers))


def _newcomer(coming: Coming, area: str, numbers: IdNumbers) -> Any:
    def come(moment: datetime) -> None:
        place = area or next(one.code for one in sub_districts() if one.code != SHOWN)
        number = numbers.next(coming.born, coming.sex).text
        _hand_in(coming, coming.name, number, place, [], moment)

    return come


def _known(moment: datetime) -> None:
    """The first household of the shown sub-district with facts on file that has no such case: its head asks for relief."""
    with acting(SYSTEM, moment=moment, source="demo"):
        homes = (
            registry.households(SYSTEM).filter(sub_district_id=SHOWN, status="known").order_by("number")[:40]
        )
        found = next(
            (one for one in homes if registry.latest_snapshot(one.id) and not cases_of_household(one.id)),
            None,
        )
        family = registry.members(found.id) if found is not None else []
        people = [(one.person.name, one.person.id_number, one.relation) for one in family]
    if not people:
        return
    head = next(one for one in people if one[2] == "02")
    others = [
        {"name": name, "id_number": number, "relation": relation}
        for name, number, relation in people
        if relation != "02"
    ]
    coming = Coming(
        "ZK05", "", moment.date(), 1, "self", "", "sudden", _KNOWN_WORDS, ("id_and_hukou", "cause")
    )
    _hand_in(coming, head[0], head[1], SHOWN, others, moment)


def _hand_in(
    coming: Coming, name: str, number: str, area: str, others: list[dict[str, str]], moment: datetime
) -> None:
    draft = apply_on_line.begin(coming.item, moment=moment, source="demo").row.pk
    who = {
        "name": name, "id_number": number, "phone": "19900000000", "address": "甲一胡同9号（虚构）", "sub_district": area,
        "filled_by": coming.filled_by, "helper": coming.helper,
    }  # fmt: skip
    told = {"happened": coming.happened, "income": "", "housing": "", "words": coming.words}
    for part, value in (("applicant", who), ("members", others), ("situation", told)):
        apply_on_line.write(draft, part, value, moment=moment)
    for place, key in enumerate(coming.papers):
        content = _page(place + len(name) + int(number[10:14]))
        apply_on_line.put_paper(
            draft, key=key, content=content, name="照片.png", moment=moment, source="demo"
        )
    apply_on_line.hand_in(draft, signed=name, moment=moment)


def _page(variant: int) -> bytes:
    """A drawn page with lines of grey, as PNG: it stands for a photographed paper, and no two are the same."""
    width, height = 300, 420
    rows = bytearray()
    for down in range(height):
        line = down % 24 < 6 and 40 < down < 380
        long = 160 + (down // 24 * 37 + variant * 13) % 100
        rows += b"\x00" + bytes(120 if line and 30 < across < long else 245 for across in range(width))
    parts = (
        (b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""),
    )  # fmt: skip
    chunks = (
        pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
