"""Near relatives of staff (近亲属备案): put on record, found by comparison, lifted by the district; and what they hold up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import Case, Check, NearRelative
from jishiyu.cases.operations.checking import want_check
from jishiyu.cases.operations.walking import about, fetch
from jishiyu.cases.rules.second_eyes import RELATION_NAMES, refusal_to_grant
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotFound, NotYours, sentence
from jishiyu.journal.operations import record
from jishiyu.offices import queries as offices
from jishiyu.offices.queries import Related
from jishiyu.offices.rules import Post, require


@dataclass(frozen=True, slots=True)
class RelativeTold:
    """Whose near relative it is: a person's name and post, how they are related, and their log-in's id where they have one."""

    whose: str
    post: str
    relation: str
    officer: str = ""


def record_relative(case_id: UUID, told: RelativeTold, *, actor: Post, moment: datetime) -> NearRelative:
    """Put on record that a case is a near relative's. It is visited and checked above from then on, whatever the share."""
    require(actor, "cases.record_relative")
    row = fetch(case_id, actor)
    if row.state not in ("open", "granted"):
        raise CannotBecause(
            "cases.over", sentence("案件已结束，无需备案", "The case is over: nothing to record")
        )
    if not told.whose.strip() or not told.post.strip() or told.relation not in RELATION_NAMES:
        raise CannotBecause(
            "cases.relative_not_whole",
            sentence(
                "请填写工作人员或评议成员的姓名、岗位和关系",
                "Give the officer's or committee member's name, post, and how they are related",
            ),
        )
    held = NearRelative.objects.filter(
        case=row, whose=told.whose.strip(), post=told.post.strip(), lifted_at=None
    )
    if held.exists():
        raise CannotBecause(
            "cases.relative_known", sentence("这项近亲属关系已备案", "This is on record already")
        )
    return _keep(row, told, "told", actor=actor, moment=moment)


def _keep(row: Case, told: RelativeTold, source: str, *, actor: Post, moment: datetime) -> NearRelative:
    made = NearRelative.objects.create(
        case=row,
        household_id=row.household_id,
        officer=told.officer,
        whose=told.whose.strip(),
        post=told.post.strip(),
        relation=told.relation,
        source=source,
        recorded_at=moment,
        recorded_by=actor.code,
        officer_name=actor.officer_name or actor.title.say("zh"),
    )
    if not Check.objects.filter(case=row, why="relative").exists():
        want_check(row, "relative", actor=actor, moment=moment)
    record(act="cases.record_relative", detail={"source": source, "relation": told.relation}, **about(row))
    return made


def declared_among(id_indexes: Iterable[bytes], actor: Post) -> list[Related]:
    """Who declared somebody of these persons as a near relative. Refused when it is the very officer who is taking it in."""
    found = offices.relatives_among(list(id_indexes))
    if actor.officer and actor.officer in {one.officer for one in found}:
        raise NotYours(
            "cases.near_relative",
            sentence(
                "您已申报该户成员为近亲属，须回避，不得受理其申请",
                "You declared a member of this household as a near relative: another officer takes the application",
            ),
            sentence("请转由他人受理", "Leave it to somebody else"),
        )
    return found


def mark_declared(row: Case, found: Sequence[Related], *, actor: Post, moment: datetime) -> None:
    """Mark a case by what officers declared, whoever took it in."""
    known = set(NearRelative.objects.filter(case=row).values_list("officer", flat=True))
    for one in found:
        if one.officer not in known:
            known.add(one.officer)
            posts = offices.posts_held(UUID(one.officer), day_of(moment))
            post = "、".join(post.title.say("zh") for post in posts) or "—"
            told = RelativeTold(one.name, post[:120], one.relation, one.officer)
            _keep(row, told, "declared", actor=actor, moment=moment)


def lift_relative(relative_id: UUID, *, reason: str, actor: Post, moment: datetime) -> NearRelative:
    """Lift a record that was made by mistake, with the reason. Only the district does; the record stays to be read."""
    require(actor, "cases.lift_relative")
    row = queries.relatives(actor).filter(pk=relative_id, lifted_at=None).first()
    if row is None:
        raise NotFound("no_such_relative", sentence("没有这项备案", "There is no such record"))
    fetch(row.case_id, actor)
    if len(reason.strip()) < 4:
        raise CannotBecause(
            "cases.reasons_missing", sentence("请写明理由（至少4个字）", "Say why (at least 4 characters)")
        )
    row.lifted_at, row.lifted_by, row.lifted_because = moment, actor.code, reason.strip()[:400]
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    record(act="cases.lift_relative", reason=reason.strip(), **about(row.case))
    return row


def require_second_eyes(row: Case) -> None:
    """Refuse a grant while a near relative's case is not visited and checked above, or a check that differs stands open."""
    why = refusal_to_grant(
        len(queries.relatives_of(row.id)), bool(queries.visits_of(row.id)), queries.looked_at(row.id)
    )
    if why is not None:
        raise CannotBecause(
            "cases.second_eyes",
            why,
            sentence("见案件页的“监督核查”", "See “Checks from above” on the page of the case"),
        )
