"""Build the demo district: offices, invented people in the posts, invented households, and a short life-like history."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.conf import settings

from jishiyu.doors.jobs.demo.households import register_known_households
from jishiyu.doors.jobs.demo.posts import fill_posts
from jishiyu.foundations.clock import SHANGHAI, day_of, moment_now
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journeys.open_district import open_district
from jishiyu.law.queries import pack
from jishiyu.offices.operations import acting
from jishiyu.offices.queries import posts
from jishiyu.offices.rules import SYSTEM

Say = Callable[[str], None]

# Enough for a stranger to see every kind of desk; all others are on the page of posts.
SHOWN_LOG_INS = (
    ("desheng.jingban", "街道经办", "sub-district caseworker"),
    ("desheng.shenhe", "街道审核", "sub-district reviewer"),
    ("minzheng.shenpi", "区民政局审批", "decider, civil affairs"),
    ("cishan.shenpi", "区慈善协会审批", "decider, charity association"),
    ("caizheng", "财务", "finance"),
    ("bangongshi", "领导小组办公室", "leading group's office"),
    ("zhuanjia1", "评估专家", "assessment expert"),
    ("shenji", "审计监督", "auditor"),
)


def build_demo(*, households: int, say: Say, seed: int = 1, today: date | None = None) -> None:
    """Build the demo district as of ``today`` (else the present day), once: a district that has posts is left as it is.

    Refused outside the demo (``JISHIYU_DEMO=1``), because its log-ins share one printed password.
    """
    if not settings.DEMO:
        raise CannotBecause(
            "demo.not_here",
            sentence("演示数据只能装入演示环境", "The demo district can only be built in the demo"),
            sentence("请使用 make demo", "Use make demo"),
        )
    today = today or day_of(moment_now())
    moment = datetime.combine(today, time(6, 0), tzinfo=SHANGHAI)
    with acting(SYSTEM, moment=moment, source="demo"):
        if posts().exists():
            say("演示区已存在 / The demo district is already there")
            return
        open_district(pack())
        people = fill_posts(pack(), first_day=date(today.year - 1, 1, 1))
        say(f"岗位 posts: {len(people)}")
        persons = register_known_households(households=households, seed=seed, as_of=today, moment=moment)
        say(f"家庭 households: {households:,}，成员 persons: {persons:,}")


def log_ins() -> list[str]:
    """The lines that `make demo` prints: user name, what it is, and the one password of all."""
    lines = [f"  {name:<18}{zh} / {en}" for name, zh, en in SHOWN_LOG_INS]
    return [*lines, f"  口令 password: {settings.DEMO_PASSWORD}"]
