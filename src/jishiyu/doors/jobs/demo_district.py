"""Build the demo district: offices, invented people in the posts, invented households, and a short life-like history."""

from collections import deque
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from jishiyu.doors.jobs.demo.afterwards import enter_afterwards
from jishiyu.doors.jobs.demo.changes import enter_changes
from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.history import enter_history, first_day_of_history, new_diary
from jishiyu.doors.jobs.demo.households import register_known_households
from jishiyu.doors.jobs.demo.on_line import enter_on_line
from jishiyu.doors.jobs.demo.partners import CLIENT_ID, enter_partner
from jishiyu.doors.jobs.demo.posts import fill_posts
from jishiyu.doors.jobs.demo.second_eyes import enter_second_eyes
from jishiyu.doors.jobs.demo.visits import enter_visits
from jishiyu.doors.jobs.demo.work_desk import enter_work_desk
from jishiyu.doors.jobs.population.people import IdNumbers
from jishiyu.foundations.clock import SHANGHAI, day_of, moment_now
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journeys.open_district import open_district
from jishiyu.law.operations import adopt_pack
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
    with transaction.atomic():
        if _is_there():
            say("演示区已存在 / The demo district is already there")
        else:
            _build(households, seed=seed, today=today or day_of(moment_now()), say=say)


def _is_there() -> bool:
    with acting(SYSTEM, moment=moment_now(), source="demo"):
        return posts().exists()


def _build(households: int, *, seed: int, today: date, say: Say) -> None:
    binding, numbers = pack(), IdNumbers()
    first = first_day_of_history(today)
    opened, lately = (
        datetime.combine(day, time(8), tzinfo=SHANGHAI) for day in (first, today - timedelta(days=10))
    )
    earlier = max(1, households // 3)
    with acting(SYSTEM, moment=opened, source="demo"):
        adopt_pack(binding, at=opened)
        open_district(binding)
        people = fill_posts(binding, first_day=date(today.year - 1, 1, 1))
        desks = Desks(people, first)
        enter_partner(settings.DEMO_PASSWORD, opened)
        say(f"岗位 posts: {len(people)}")
        known = list(
            register_known_households(
                households=earlier, seed=seed, numbers=numbers, as_of=first, moment=opened
            )
        )

    def register_the_others(moment: datetime) -> None:
        with acting(SYSTEM, moment=moment, source="demo"):
            deque(
                register_known_households(
                    households=households - earlier,
                    seed=seed + 1,
                    numbers=numbers,
                    as_of=day_of(moment),
                    moment=moment,
                ),
                maxlen=0,
            )

    diary = new_diary(binding, seed=seed, today=today)
    if households > earlier:
        diary.enter(lately, register_the_others)
    cases = enter_history(diary, binding, known, desks=desks, numbers=numbers, seed=seed, today=today)
    enter_changes(diary, known, desks=desks, numbers=numbers, today=today)
    enter_afterwards(diary, desks=desks, today=today)
    enter_second_eyes(diary, desks=desks, today=today)
    enter_visits(diary, desks=desks, today=today)
    enter_work_desk(diary, desks=desks, today=today)
    enter_on_line(diary, numbers=numbers, today=today)
    diary.live_through()
    say(f"家庭 households: {households:,}，案件 cases: {cases}")


def log_ins() -> list[str]:
    """The lines that `make demo` prints: user name, what it is, and the one password of all."""
    lines = [f"  {name:<18}{zh} / {en}" for name, zh, en in SHOWN_LOG_INS]
    return [
        *lines,
        f"  口令 password: {settings.DEMO_PASSWORD}",
        f"  对接 partner at /dci/social: {CLIENT_ID}, 密钥 secret: {settings.DEMO_PASSWORD}",
    ]
