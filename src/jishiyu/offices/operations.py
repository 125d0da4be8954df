"""Acts about offices, and the one way to act at all: :func:`acting`, which tells the database for which post."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from jishiyu.foundations.fields import index_of
from jishiyu.foundations.identifiers import read_id_number
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.journal.operations import Page, open_page, record
from jishiyu.offices.models import (
    Agency,
    DeclaredRelative,
    GroupSeat,
    Holding,
    LiaisonOfficer,
    Officer,
    SubDistrict,
)
from jishiyu.offices.models import Post as PostRow
from jishiyu.offices.rules import RIGHTS, SCOPE_OF_ROLE, Place, Post, refusal_to_hold, require

_SETTINGS = ("jishiyu.scope", "jishiyu.area", "jishiyu.agency", "jishiyu.post", "jishiyu.officer")


@contextmanager
def acting(post: Post, *, moment: datetime, source: str = "") -> Iterator[Page]:
    """One transaction on behalf of a post: row security knows the post, and the journal has an open page.

    Everything inside commits or rolls back together, the journal's entries too. Nested use acts for the inner post.
    """
    with transaction.atomic():
        before = _say((post.scope, post.area, post.agency, post.code, post.officer))
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
    give_post(officer, row, first_day=first_day)
    return officer


def give_post(officer: Officer, row: PostRow, *, first_day: date) -> Holding:
    """Give somebody a post from a day on. Refused beside a post that watches it on any day of both; twice is once."""
    held = Holding.objects.filter(officer=officer).filter(Q(last_day=None) | Q(last_day__gte=first_day))
    for one in held.exclude(post=row).select_related("post"):
        refused = refusal_to_hold(_place(row), _place(one.post))
        if refused is not None:
            raise CannotBecause("incompatible_posts", *refused)
    holding, _ = Holding.objects.get_or_create(
        officer=officer, post=row, last_day=None, defaults={"first_day": first_day}
    )
    record(act="offices.engage", about=("post", row.code), detail={"officer": officer.username})
    return holding


def give_post_to(username: str, post_code: str, *, first_day: date, actor: Post) -> Holding:
    """The administrator gives somebody who has a log-in a further post."""
    require(actor, "offices.manage")
    officer = Officer.objects.filter(username=username.strip(), is_active=True).first()
    row = PostRow.objects.filter(code=post_code).first()
    if officer is None or row is None:
        raise CannotBecause(
            "no_such_officer",
            sentence(
                "没有用户名“{u}”或该岗位", "There is no user “{u}”, or no such post", u=username.strip()
            ),
        )
    return give_post(officer, row, first_day=first_day)


def _place(row: PostRow) -> Place:
    return Place(row.role, row.area_id or "", row.agency_id or "", sentence(row.title_zh, row.title_en))


def end_post(holding_id: UUID, *, last_day: date, actor: Post) -> Holding:
    """End the holding of a post with its last day."""
    require(actor, "offices.manage")
    row = Holding.objects.select_for_update().filter(pk=holding_id, last_day=None).first()
    if row is None:
        raise NotFound("no_such_holding", sentence("没有这项在任记录", "Nobody holds this post so"))
    if last_day < row.first_day:
        raise CannotBecause(
            "holding_out_of_order",
            sentence(
                "免职日不能早于任职日{d}", "The last day cannot lie before the first, {d}", d=row.first_day
            ),
        )
    row.last_day = last_day
    row.save(update_fields=["last_day"])
    record(act="offices.end_post", about=("post", row.post.code), detail={"officer": row.officer.username})
    return row


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


RELATIONS = ("spouse", "parent", "child", "sibling", "grandparent", "grandchild", "in_law", "other")


def declare_relative(
    *, id_number: str, name: str, relation: str, actor: Post, moment: datetime
) -> DeclaredRelative:
    """An officer declares a near relative. Kept sealed; a case of that person is marked when it is applied for."""
    require(actor, "offices.declare_relative")
    if not actor.officer or relation not in RELATIONS or not name.strip():
        raise CannotBecause(
            "relative_not_whole",
            sentence("请填写亲属姓名和关系", "Give the relative's name and how you are related"),
        )
    number = read_id_number(id_number)
    index = index_of(number.text, "person.id_number")
    held = DeclaredRelative.objects.filter(officer_id=actor.officer, id_index=index, withdrawn_at=None)
    if held.exists():
        raise CannotBecause(
            "relative_declared_already",
            sentence("您已申报过这名亲属", "You have declared this person already"),
        )
    row = DeclaredRelative.objects.create(
        officer_id=actor.officer,
        id_index=index,
        id_number=number.text,
        name=name.strip(),
        relation=relation,
        declared_at=moment,
    )
    record(act="offices.declare_relative", about=("relative", row.id), detail={"relation": relation})
    return row


def withdraw_relative(relative_id: UUID, *, actor: Post, moment: datetime) -> None:
    """Take one's own declaration back (entered by mistake, no longer related). Cases marked by it stay marked."""
    require(actor, "offices.declare_relative")
    mine = DeclaredRelative.objects.filter(pk=relative_id, withdrawn_at=None)
    if not actor.officer or not mine.filter(officer_id=actor.officer).update(withdrawn_at=moment):
        raise NotFound("no_such_relative", sentence("没有这项申报", "There is no such declaration of yours"))
    record(act="offices.withdraw_relative", about=("relative", relative_id))
