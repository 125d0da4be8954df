"""People come to a household and leave it, and another becomes its head. What was before stays in the register."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post
from jishiyu.registry import queries
from jishiyu.registry.models import Membership, Person, Snapshot
from jishiyu.registry.operations.changing import changed, fetch_to_change
from jishiyu.registry.operations.registering import (
    insert_people,
    refuse_known,
    refuse_other_names,
    store_snapshots,
    take_in,
)
from jishiyu.registry.rules import moves
from jishiyu.registry.rules.moves import Arrival, Departure, Ground, Lives
from jishiyu.registry.rules.newcomers import NewMember
from jishiyu.registry.rules.vocabulary import HEAD


def move_in(household_id: UUID, coming: Arrival, *, actor: Post, moment: datetime) -> UUID:
    """A member comes: born, married, or back. Returns the person's id.

    Somebody whom the register knows and who lives nowhere now is the same person again. Refused for who is a member elsewhere,
    who died, or has another name in the register, and for members who cannot be what is written to one another.
    """
    household = fetch_to_change(household_id, coming.ground, actor=actor, moment=moment)
    member, day, today = coming.member, coming.ground.day, day_of(moment)
    if coming.kind not in moves.COMING or member.relation == HEAD:
        raise CannotBecause(
            "registry.no_such_coming",
            sentence("新成员不能直接登记为户主", "Who comes cannot be the head at once"),
            sentence("先登记成员，再变更户主", "Register the member, then change the head"),
        )
    if member.id_number.born > day:
        raise CannotBecause(
            "registry.before_birth",
            sentence("入户日期早于出生日期", "The day is before the person's birth"),
        )
    refuse_known([member])
    present = [_lives(row) for row in queries.members(household.id)]
    newcomer = Lives(member.person_id, member.id_number.born, member.id_number.sex, member.relation)
    moves.require_family([*present, newcomer], today)
    person = _taken_in(member, household, day)
    changed(
        household, coming.kind, coming.ground, person=person,
        more={"name": member.name, "relation": member.relation}, actor=actor, moment=moment,
    )  # fmt: skip
    _follow(household.id, coming.kind, day, actor=actor, moment=moment)
    record(
        act="registry.move_in",
        about=("person", person),
        household=household.id,
        detail={"kind": coming.kind, "day": str(day)},
    )
    return person


def move_out(household_id: UUID, going: Departure, *, actor: Post, moment: datetime) -> None:
    """A member goes: died, divorced, left. With the last one the household ends; with the head another one is head."""
    household = fetch_to_change(household_id, going.ground, actor=actor, moment=moment)
    rows = queries.members(household.id)
    leaving = next((row for row in rows if str(row.person_id) == going.person_id), None)
    if leaving is None or going.kind not in moves.GOING:
        raise CannotBecause(
            "registry.not_a_member",
            sentence("此人不是本户的现有成员", "This person is no present member of the household"),
        )
    _not_before(leaving, going.ground)
    staying = [_lives(row) for row in rows if row.id != leaving.id]
    if leaving.relation == HEAD and staying:
        staying = moves.related_anew(staying, going.relations)
    moves.require_family(staying, day_of(moment))
    _end(leaving, going.ground.day)
    _relate(rows, staying, going.ground.day)
    if going.kind == "death":
        Person.objects.filter(pk=leaving.person_id).update(died_on=going.ground.day)
    changed(
        household, going.kind, going.ground, person=leaving.person_id,
        more={"name": leaving.person.name, "relation": leaving.relation}, actor=actor, moment=moment,
    )  # fmt: skip
    record(
        act="registry.move_out",
        about=("person", leaving.person_id),
        household=household.id,
        detail={"kind": going.kind, "day": str(going.ground.day)},
    )
    if staying:
        _note_head(household, rows, staying, going.ground, actor=actor, moment=moment)
        _follow(household.id, going.kind, going.ground.day, actor=actor, moment=moment)
    else:
        _end_household(household, going, actor=actor, moment=moment)


def change_head(
    household_id: UUID, relations: dict[str, str], ground: Ground, *, actor: Post, moment: datetime
) -> None:
    """Another member becomes the head, and all are related anew: ``relations`` by person id, one of them the head's."""
    household = fetch_to_change(household_id, ground, actor=actor, moment=moment)
    rows = queries.members(household.id)
    before = [_lives(row) for row in rows]
    after = moves.related_anew(before, relations)
    if _head_of(after) == _head_of(before):
        raise CannotBecause("registry.same_head", sentence("户主没有变化", "The head is the same as before"))
    moves.require_family(after, day_of(moment))
    for row in rows:
        _not_before(row, ground)
    _relate(rows, after, ground.day)
    _note_head(household, rows, after, ground, actor=actor, moment=moment)
    _follow(household.id, "head", ground.day, actor=actor, moment=moment)
    record(
        act="registry.change_head",
        about=("household", household.number),
        household=household.id,
        detail={"day": str(ground.day)},
    )


def _taken_in(member: NewMember, household: Any, day: date) -> UUID:
    """The person in the register, new or known, as a member from a day on."""
    refuse_other_names([member])
    known = queries.without_home([member.id_number.text]).get(member.id_number.text)
    try:
        with transaction.atomic():
            if known is None:
                insert_people([(household.sub_district_id, member)])
            else:
                take_in([known.person_id], household.sub_district_id)
            person = UUID(member.person_id) if known is None else known.person_id
            Membership.objects.create(
                household_id=household.id, person_id=person, relation=member.relation, first_day=day
            )
    except IntegrityError as clash:  # somebody else registered them at the same moment
        if "registry_person_id_index" not in str(clash) and "registry_one_home_each" not in str(clash):
            raise
        refuse_known([member])
        raise
    return person


def _lives(row: Any) -> Lives:
    return Lives(str(row.person_id), row.person.born, row.person.sex, row.relation)


def _head_of(members: Sequence[Lives]) -> str:
    return next((one.person_id for one in members if one.relation == HEAD), "")


def _not_before(row: Any, ground: Ground) -> None:
    if ground.day < row.first_day:
        raise CannotBecause(
            "registry.before_coming",
            sentence(
                "日期早于此人入户的日期（{d}）", "The day is before this person came ({d})", d=row.first_day
            ),
        )


def _end(row: Any, day: date) -> None:
    Membership.objects.filter(pk=row.pk, last_day=None).update(last_day=day)


def _relate(rows: Sequence[Any], after: Sequence[Lives], day: date) -> None:
    """Those whose relation became another: the old membership ends, a new one begins."""
    by_person = {str(row.person_id): row for row in rows}
    anew = [one for one in after if by_person[one.person_id].relation != one.relation]
    for one in anew:
        _end(by_person[one.person_id], day)
    Membership.objects.bulk_create(
        Membership(
            household_id=by_person[one.person_id].household_id,
            person_id=UUID(one.person_id),
            relation=one.relation,
            first_day=day,
        )
        for one in anew
    )


def _note_head(
    household: Any, rows: Sequence[Any], after: Sequence[Lives], ground: Ground, *, actor: Post, moment: datetime
) -> None:  # fmt: skip
    """Note who is head now, when it is another one."""
    head = next(row for row in rows if str(row.person_id) == _head_of(after))
    before = next((row for row in rows if row.relation == HEAD), None)
    if before is None or head.person_id != before.person_id:
        changed(
            household, "head", ground, person=head.person_id,
            more={"name": head.person.name, "before": before.person.name if before else ""},
            actor=actor, moment=moment,
        )  # fmt: skip


def _end_household(household: Any, going: Departure, *, actor: Post, moment: datetime) -> None:
    """Nobody lives here any more."""
    household.status = "ended" if going.kind == "death" else "left"
    household.version += 1
    household.save(update_fields=["status", "version"])
    changed(household, "ended", going.ground, actor=actor, moment=moment)
    record(act="registry.end", about=("household", household.number), household=household.id)


def _follow(household_id: UUID, kind: str, day: date, *, actor: Post, moment: datetime) -> None:
    """A snapshot of those who live here now: known facts stay, nothing is known of who is new. None when there was none before."""
    newest = queries.latest_snapshot(household_id)
    if newest is None:
        return
    present = [_lives(row) for row in queries.members(household_id)]
    told = moves.followed(queries.situation(newest.id), present, day)
    last: int = Snapshot.objects.filter(household_id=household_id).aggregate(last=Max("number"))["last"] or 0
    word, number = moves.KINDS[kind], newest.number
    source = (
        f"成员变动：{word.zh}，其余沿用第{number}号快照 / members changed: {word.en}; else as in no. {number}"
    )
    store_snapshots([(told, last + 1)], recorded_by=actor.code, moment=moment, source=source)
