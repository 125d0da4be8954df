"""Acts about offices, and the one way to act at all: :func:`acting`, which tells the database for which post."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journal.operations import Page, open_page, record
from jishiyu.offices.models import Agency, GroupSeat, Holding, LiaisonOfficer, Officer, SubDistrict
from jishiyu.offices.models import Post as PostRow
from jishiyu.offices.rules import RIGHTS, ROLE_NAMES, SCOPE_OF_ROLE, Post, require

_SETTINGS = ("jishiyu.scope", "jishiyu.area", "jishiyu.agency", "jishiyu.post")


@contextmanager
def acting(post: Post, *, moment: datetime, source: str = "") -> Iterator[Page]:
    """One transaction on behalf of a post: row security knows the post, and the journal has an open page.

    Everything inside commits or rolls back together, the journal's entries too. Nested use acts for the inner post.
    """
    with transaction.atomic():
        before = _say((post.scope, post.area, post.agency, post.code))
        with open_page(
            post=post.code, officer=post.officer_name or post.title.say("zh"), moment=moment, source=source
        ) as page:
            yield page
        # A transaction that goes on after us (a test's, an outer post's) must not keep our reach.
        _say(before)


def _say(values: tuple[str, ...]) -> tuple[str, ...]:
    reads = ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in _SETTINGS)
    writes = ", ".join(f"set_config('{name}', %s, true)" for name in _SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"select {reads}")
        before: tuple[str, ...] = cursor.fetchone()
        cursor.execute(f"select {writes}", list(values))
    return before


def establish_sub_district(*, code: str, name: Sentence, position: int) -> SubDistrict:
    """Enter a sub-district of the policy pack, or correct its name."""
    row, _ = SubDistrict.objects.update_or_create(
        code=code, defaults={"name_zh": name.zh, "name_en": name.en, "position": position}
    )
    return row


def establish_agency(*, code: str, name: Sentence, position: int) -> Agency:
    """Enter a member unit of the policy pack, or correct its name."""
    row, _ = Agency.objects.update_or_create(
        code=code, defaults={"name_zh": name.zh, "name_en": name.en, "position": position}
    )
    return row


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat of a leading group; ``area`` empty means the district's."""

    area: str
    position: int
    seat: Sentence
    holder: Sentence


def establish_seats(seats: Sequence[NewSeat]) -> None:
    """Enter the seats of leading groups, or correct their names. There are some two hundred: one statement for all."""
    GroupSeat.objects.bulk_create(
        [
            GroupSeat(
                area_id=one.area or None,
                position=one.position,
                seat_zh=one.seat.say("zh"),
                seat_en=one.seat.say("en"),
                holder_zh=one.holder.say("zh"),
                holder_en=one.holder.say("en"),
            )
            for one in seats
        ],
        update_conflicts=True,
        unique_fields=["area", "position"],
        update_fields=["seat_zh", "seat_en", "holder_zh", "holder_en"],
    )


def establish_post(*, code: str, role: str, title: Sentence, area: str = "", agency: str = "") -> PostRow:
    """Create a post. Refused when its role needs a sub-district or an agency and none is named."""
    scope = SCOPE_OF_ROLE.get(role)
    if scope is None:
        raise CannotBecause(
            "no_such_role", sentence("没有“{r}”这种岗位类型", "There is no role “{r}”", r=role)
        )
    if (scope == "sub_district" and not area) or (scope == "agency" and not agency):
        raise CannotBecause(
            "post_without_reach",
            sentence(
                "岗位“{c}”须指明所属街道或单位", "The post “{c}” needs its sub-district or agency", c=code
            ),
        )
    row, _ = PostRow.objects.update_or_create(
        code=code,
        defaults={
            "role": role,
            "title_zh": title.zh,
            "title_en": title.en,
            "area_id": area or None,
            "agency_id": agency or None,
        },
    )
    return row


def engage(
    *, username: str, name: str, password: str | None, post_code: str, first_day: date, hashed: str = ""
) -> Officer:
    """Give a person a log-in and a post. A person may hold several posts, but none that watch over one another.

    ``hashed`` is an already hashed password, for many log-ins at once (the hash is slow on purpose).
    """
    officer, made = Officer.objects.get_or_create(
        username=username, defaults={"name": name, "password": hashed}
    )
    if made and not hashed:
        officer.set_password(password)
        officer.save()
    row = PostRow.objects.get(code=post_code)
    for held in (
        Holding.objects.filter(officer=officer, last_day=None).exclude(post=row).select_related("post")
    ):
        if not _compatible(held.post.role, row.role):
            raise CannotBecause(
                "incompatible_posts",
                sentence(
                    "“{a}”与“{b}”不得由同一人担任",
                    "One person must not hold both “{a}” and “{b}”",
                    a=ROLE_NAMES[held.post.role],
                    b=ROLE_NAMES[row.role],
                ),
            )
    Holding.objects.get_or_create(officer=officer, post=row, last_day=None, defaults={"first_day": first_day})
    record(act="offices.engage", about=("post", row.code), detail={"officer": username})
    return officer


# Each pair watches over the other: the doer and the checker, the payer and the decider, the keeper of log-ins and anyone.
_WATCHING = [
    {"caseworker", "reviewer"},
    {"caseworker", "decider"},
    {"reviewer", "decider"},
    {"decider", "finance"},
]


def _compatible(one: str, other: str) -> bool:
    pair = {one, other}
    return len(pair) == 1 or (pair not in _WATCHING and not pair & {"auditor", "admin"})


def appoint_liaison(
    *, officer: Officer, first_day: date, agency: str = "", area: str = "", actor: Post
) -> LiaisonOfficer:
    """Make a person the one liaison officer of a unit from a day on; the one before leaves the day before."""
    require(actor, "offices.manage")
    LiaisonOfficer.objects.filter(agency_id=agency or None, area_id=area or None, last_day=None).update(
        last_day=first_day
    )
    row = LiaisonOfficer.objects.create(
        officer=officer, agency_id=agency or None, area_id=area or None, first_day=first_day
    )
    record(
        act="offices.appoint_liaison", about=("unit", agency or area), detail={"officer": officer.username}
    )
    return row


def acts() -> list[str]:
    """All acts of the rights table, for the page that shows who may do what."""
    return sorted(RIGHTS)
