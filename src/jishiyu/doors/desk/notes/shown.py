"""What the page of a case or household shows of its notes, and of who has the case."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.operations import NOTE_MOST
from jishiyu.doors.desk.fields import english
from jishiyu.doors.desk.words import take_draft
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.journeys.take_back import refusal_to_take_back
from jishiyu.offices import queries as offices
from jishiyu.offices.rules import ROLE_NAMES, Post, refusal
from jishiyu.registry import queries as registry


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as the page shows it: ``calls`` are the words of whom it calls on, ``unread`` that it calls on the reader."""

    note: Any
    title: Sentence
    calls: tuple[str, ...]
    unread: bool
    mine: bool
    withdrawn: Any


def case_desk(request: PostRequest, row: Any) -> dict[str, Any]:
    """Who has the case, whether its last step can be taken back, and its notes."""
    post = request.post
    back = queries.last_step(row)
    mine = back is not None and back.officer == post.officer and bool(post.officer)
    held = queries.holders(row.id)
    return {
        "holders": [(one, ROLE_NAMES[one.role]) for one in held],
        "held_by_role": next((one for one in held if one.role == post.role), None),
        "may_take_on": row.turn == post.role and row.state in ("open", "granted")
        and refusal(post, "cases.take_on") is None,
        "back": back if mine else None,
        "back_name": queries.outcome_name(back) if mine and back else None,
        "not_back": refusal_to_take_back(row.id, actor=post, moment=request.moment) if mine else None,
        **_notes(request, queries.notes_of_case(row.id), str(row.id)),
        "names": _names(request, {row.sub_district_id}, {row.lead_agency_id}),
    }  # fmt: skip


def household_notes(request: PostRequest, household_id: UUID) -> dict[str, Any]:
    """The notes on a household and its cases, as far as the post may read them."""
    row = registry.households(request.post).filter(pk=household_id).first()
    agencies = {one.agency_id for one in registry.openings(household_id)}
    return {
        **_notes(request, queries.notes_of_household(household_id), str(household_id)),
        "names": _names(request, {row.sub_district_id if row else ""}, agencies),
        "here": row is not None,
    }


def _notes(request: PostRequest, rows: list[Any], about: str) -> dict[str, Any]:
    post = request.post
    may = refusal(post, "cases.note") is None
    return {
        "notes": [_view(one, post) for one in rows],
        "may_note": may,
        "draft": take_draft(request, about) if may else "",
        "most": NOTE_MOST,
    }


def _view(one: Any, post: Post) -> NoteView:
    calls = list(one.mentions.all())
    withdrawn = getattr(one, "withdrawn", None)
    return NoteView(
        note=one,
        title=sentence(one.post_title["zh"], one.post_title["en"]),
        calls=tuple(dict.fromkeys(call.words for call in calls)),
        unread=withdrawn is None and any(_is_for(call, post) and call.read_at is None for call in calls),
        mine=bool(post.officer) and one.officer == post.officer,
        withdrawn=withdrawn,
    )


def _is_for(call: Any, post: Post) -> bool:
    return bool(call.officer and call.officer == post.officer) or (
        not call.officer and call.post == post.code
    )


def _names(request: PostRequest, areas: set[str], agencies: set[str]) -> list[str]:
    """The titles of posts that may see this, to choose from while typing."""
    found = {}
    for one in offices.posts_in_office(request.today):
        near = one.scope == "district" or one.area in areas or (one.agency and one.agency in agencies)
        if near and one.code != request.post.code and refusal(one, "cases.see") is None:
            found[one.code] = one.title.en if english() else one.title.zh
    return list(dict.fromkeys(found.values()))
