"""Notes on households and cases, and who is called on in them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jishiyu.cases.models import Mention, Note
from jishiyu.cases.queries.files import cases
from jishiyu.cases.rules.work_desk import Called, calls
from jishiyu.foundations.outcomes import CannotBecause, NotFound, sentence
from jishiyu.offices import queries as offices
from jishiyu.offices.rules import Post, refusal
from jishiyu.registry.queries import households


def note(note_id: UUID) -> Note:
    """One note that the transaction's post may read. Raises NotFound."""
    row = Note.objects.filter(pk=note_id).first()
    if row is None:
        raise NotFound("no_such_note", sentence("没有此备忘", "There is no such note"))
    return row


def notes_of_case(case_id: UUID) -> list[Note]:
    """The notes on a case, oldest first, with whom they call on and whether they were withdrawn."""
    return _with_calls(Note.objects.filter(case_id=case_id))


def notes_of_household(household_id: UUID) -> list[Note]:
    """The notes on a household and on all its cases that the transaction's post may read, oldest first."""
    return _with_calls(Note.objects.filter(household_id=household_id).select_related("withdrawn"))


def _with_calls(rows: QuerySet[Note]) -> list[Note]:
    return list(rows.select_related("withdrawn").prefetch_related("mentions").order_by("at"))


def mentions_for(post: Post) -> QuerySet[Mention]:
    """The unread mentions of a post or of its officer, without those of withdrawn notes; oldest first."""
    mine = Q(post=post.code, officer="")
    if post.officer:
        mine |= Q(officer=post.officer)
    rows = Mention.objects.filter(mine, read_at=None, note__withdrawn=None)
    return rows.order_by("note__at")


def unread_mentions_of(post: Post) -> list[Mention]:
    """The unread mentions of the officer in person."""
    return list(mentions_for(post).filter(officer=post.officer)) if post.officer else []


def called_on(text: str, day: date) -> Sequence[Called]:
    """Whom a text calls on with an @. Refused, naming the words, when they name nobody or several people."""
    if "@" not in text.replace("＠", "@"):
        return ()
    found = calls(text, can_be_called(day))
    if found.unknown or found.several:
        wrong = [f"@{one}" for one in (*found.unknown, *found.several)]
        raise CannotBecause(
            "cases.mention_unclear",
            sentence(
                "没有或不能确定所提及的岗位或人员：{list_zh}",
                "Nobody, or not only one, goes by: {list_en}",
                list_zh="、".join(wrong),
                list_en=", ".join(wrong),
            ),
            sentence("请写岗位全称，如 @德胜街道审核岗", "Write the post's whole title"),
        )
    return found.found


def can_be_called(day: date) -> list[Called]:
    """Everybody who can be called on: each post by its title (with or without 岗) and code, each officer by name."""
    known: dict[tuple[str, str, str], Called] = {}
    for post in offices.posts_in_office(day):
        if refusal(post, "cases.see") is not None:
            continue
        names = {post.title.zh, post.title.zh.removesuffix("岗"), post.title.en, post.code}
        for words in names:
            known[words, post.code, ""] = Called(words, post.code)
        known[post.officer_name, post.code, post.officer] = Called(post.officer_name, post.code, post.officer)
    return list(known.values())


def may_read_note(one: Called, household_id: UUID, case_id: UUID | None, day: date) -> bool:
    """Whether the post called on reaches the case, or the household."""
    post = offices.post_by_code(one.post, day)
    if refusal(post, "cases.see") is not None:
        return False
    if case_id is not None:
        return cases(post).filter(pk=case_id).exists()
    return households(post).filter(pk=household_id).exists()
