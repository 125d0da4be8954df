"""Notes on households and cases: written, calling on colleagues, read, and withdrawn. A note never changes."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import Mention, Note, NoteWithdrawn
from jishiyu.cases.rules.work_desk import Called
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require
from jishiyu.registry.queries import household

NOTE_MOST = 1000


def write_note(
    household_id: UUID, text: str, *, case_id: UUID | None = None, day: date, actor: Post, moment: datetime
) -> Note:
    """Write a note on a household, or on one of its cases, and call on the posts and officers named with an @ in it.

    Refused, naming them, when words behind an @ name nobody or several people, or somebody who may not see the case.
    """
    require(actor, "cases.note")
    if case_id is not None:
        household_id = queries.case(case_id, actor).household_id
    else:
        household(household_id, actor)
    words = text.strip()
    if not 2 <= len(words) <= NOTE_MOST:
        raise CannotBecause(
            "cases.note_length",
            sentence("备忘请写2至{n}字", "A note has from 2 to {n} characters", n=NOTE_MOST),
        )
    called = queries.called_on(words, day)
    _require_may_see(called, household_id, case_id, day)
    note = Note.objects.create(
        household_id=household_id, case_id=case_id, text=words, at=moment, post=actor.code,
        post_title=actor.title.as_data(), officer=actor.officer, officer_name=actor.officer_name,
    )  # fmt: skip
    Mention.objects.bulk_create(
        Mention(note=note, post=one.post, officer=one.officer, words=one.words) for one in called
    )
    record(
        act="cases.note", about=("note", note.id), household=household_id, detail={"mentions": len(called)}
    )
    return note


def _require_may_see(called: Sequence[Called], household_id: UUID, case_id: UUID | None, day: date) -> None:
    blind = [one.words for one in called if not queries.may_read_note(one, household_id, case_id, day)]
    if blind:
        raise CannotBecause(
            "cases.mention_cannot_see",
            sentence(
                "以下岗位无权查看，不能提及：{list_zh}",
                "These posts may not see this and cannot be mentioned: {list_en}",
                list_zh="、".join(blind),
                list_en=", ".join(blind),
            ),
            sentence("请删去或改为有权查看的岗位", "Leave them out, or name a post that may see it"),
        )


def withdraw_note(note_id: UUID, *, reason: str, actor: Post, moment: datetime) -> Note:
    """Withdraw one's own note. It stays on record, struck out, with the reason; whoever was called on is no longer."""
    require(actor, "cases.note")
    note = queries.note(note_id)
    if note.officer != actor.officer:
        raise CannotBecause(
            "cases.not_your_note", sentence("只有本人可以撤回备忘", "Only who wrote a note can withdraw it")
        )
    if len(reason.strip()) < 2:
        raise CannotBecause("cases.reasons_missing", sentence("请写明理由", "Say why"))
    if NoteWithdrawn.objects.filter(note=note).exists():
        raise CannotBecause("cases.note_withdrawn", sentence("备忘已撤回", "The note is withdrawn already"))
    NoteWithdrawn.objects.create(note=note, at=moment, by=actor.code, reason=reason.strip())
    record(act="cases.withdraw_note", about=("note", note.id), household=note.household_id)
    return note


def note_read(note_id: UUID, *, actor: Post, moment: datetime) -> Note:
    """Mark what called on this post or officer in a note as read: it leaves the tasks."""
    require(actor, "cases.note")
    note = queries.note(note_id)
    queries.mentions_for(actor).filter(note=note).update(
        read_at=moment, read_by=actor.officer_name or actor.code
    )
    record(act="cases.read_note", about=("note", note.id), household=note.household_id)
    return note
