"""The home visit (入户调查): two visitors, what they saw, who signed. Versions that came from devices are filed with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from jishiyu.cases.models import Case, HomeVisit, VisitFiled, VisitSent
from jishiyu.cases.operations.receiving import keep_choices
from jishiyu.cases.operations.sound_visit import VisitRecord, record_of, require_sound
from jishiyu.cases.operations.walking import Said, walk
from jishiyu.cases.queries.visits import standing_visits, visit_version
from jishiyu.cases.rules.visits import differences, tidy
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.offices.rules import Post, require


def visit(
    case_id: UUID, visited: VisitRecord, *, outcome: str, papers: Sequence[str] = (), reasons: Sequence[str] = (),
    seen: int | None = None, actor: Post, moment: datetime,
) -> Case:  # fmt: skip
    """Record a home visit and take the step. Refused with fewer than two visitors, without signature or the reason why not,
    and without saying what differs from the evidence.

    ``seen`` is the newest version from a device that the writer saw; refused when another one came in since. Versions that were
    kept beside one another are filed as visits of their own.
    """
    require(actor, "cases.visit")
    require_sound(visited, day_of(moment))
    row = walk(case_id, "visit", Said(outcome, papers, "", reasons), actor=actor, moment=moment)
    if seen is not None and seen != visit_version(row.pk):
        raise CannotBecause(
            "cases.visit_newer",
            sentence("有人刚提交了本户新的调查记录", "Somebody has just sent a new record of this household"),
            sentence("请刷新页面，对照后再保存", "Reload the page, compare, and save again"),
        )
    *others, own = _versions(row, visited, outcome, papers, reasons, actor, moment)
    for sent in others:
        _file(row, record_of(sent.content), sent, moment, sent.post)
    _file(row, visited, own, moment, actor.code)
    return row


def _versions(
    row: Case, visited: VisitRecord, outcome: str, papers: Sequence[str], reasons: Sequence[str],
    actor: Post, moment: datetime,
) -> list[VisitSent]:  # fmt: skip
    """The versions to file, the one that the desk wrote or confirmed last."""
    standing = standing_visits(row.pk)
    content = _content(visited, outcome, papers, reasons)
    if standing and not differences(content, standing[-1].content):
        return standing
    newest = standing.pop() if standing else None
    own = VisitSent.objects.create(
        case=row, household=row.household, version=visit_version(row.pk) + 1, how="desk", against=newest,
        content=content, post=actor.code, officer=actor.officer,
        officer_name=actor.officer_name or actor.title.say("zh"), received_at=moment,
    )  # fmt: skip
    if newest is not None:
        keep_choices(own, content, newest.content, {})
    return [*standing, own]


def _content(
    visited: VisitRecord, outcome: str, papers: Sequence[str], reasons: Sequence[str]
) -> dict[str, Any]:
    return tidy(
        {
            **{f"living_{key}": answer for key, answer in visited.living.items()},
            "visited_on": visited.visited_on.isoformat(),
            "first_visitor": visited.first_visitor,
            "second_visitor": visited.second_visitor,
            "met_whom": visited.met_whom,
            "findings": visited.findings,
            "agrees": "yes" if visited.agrees else "no",
            "differences": visited.differences,
            "signed_by_household": visited.signed_by_household,
            "not_signed_because": visited.not_signed_because,
            "papers": papers,
            "outcome": outcome,
            "reasons": "\n".join(reasons),
        }
    )


def _file(row: Case, visited: VisitRecord, sent: VisitSent, moment: datetime, by: str) -> None:
    kept = HomeVisit.objects.create(
        case=row,
        visited_on=visited.visited_on,
        first_visitor=visited.first_visitor.strip(),
        second_visitor=visited.second_visitor.strip(),
        met_whom=visited.met_whom.strip(),
        signed_by_household=visited.signed_by_household.strip(),
        not_signed_because=visited.not_signed_because.strip(),
        living=dict(visited.living),
        findings=visited.findings.strip(),
        agrees=visited.agrees,
        differences=visited.differences.strip(),
        recorded_at=moment,
        recorded_by=by,
    )
    VisitFiled.objects.create(visit=kept, sent=sent)
