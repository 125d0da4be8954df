"""Checks from above within reach, draws, and how far the shares were reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from jishiyu.cases.models import (
    Case,
    CaseStep,
    Check,
    CheckFinding,
    FirstSignature,
    FrameCase,
    NearRelative,
    SpotDraw,
)
from jishiyu.cases.queries.files import cases, running_procedure
from jishiyu.cases.rules.second_eyes import Looked, refusal_to_check
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post

# Outcomes under which a step stands that decided nothing.
_NO_DECISION = ("withdraw", "end", "take_back")
Drawable = Any  # a row of a case with id, sub_district_id and era


def checks(post: Post) -> QuerySet[Check]:
    """The checks within reach, the most urgent first."""
    rows = within_reach(Check.objects.all(), post, area="sub_district_id", opened="case__lead_agency_id")
    return rows.select_related(
        "case", "case__applicant", "case__sub_district", "draw", "finding", "finding__follow_up"
    ).order_by("due_on", "wanted_at", "pk")


def check(check_id: UUID, post: Post) -> Check:
    """One check within reach. Raises NotFound."""
    row = checks(post).filter(pk=check_id).first()
    if row is None:
        raise NotFound("no_such_check", sentence("没有这项核查", "There is no such check"))
    return row


def finding(finding_id: UUID, post: Post) -> CheckFinding:
    """What one check within reach found. Raises NotFound."""
    row = checks(post).filter(finding=finding_id).first()
    if row is None:
        raise NotFound("no_such_check", sentence("没有这项核查", "There is no such check"))
    found: CheckFinding = row.finding
    return found


def checks_for(post: Post) -> QuerySet[Check]:
    """The checks within reach that wait, and that this person may make: nothing that he had a hand in."""
    rows = checks(post).filter(finding=None)
    if not post.officer:
        return rows
    own = CaseStep.objects.filter(officer=post.officer, case_id=OuterRef("case_id"))
    kin = NearRelative.objects.filter(officer=post.officer, lifted_at=None, case_id=OuterRef("case_id"))
    return rows.exclude(Exists(own)).exclude(Exists(kin))


def checks_differing(post: Post) -> QuerySet[Check]:
    """The checks within reach that differed and that nobody has dealt with yet."""
    return checks(post).filter(finding__agrees=False, finding__follow_up=None)


def checks_of_case(case_id: UUID) -> list[Check]:
    """The checks of a case, in order."""
    rows = Check.objects.filter(case_id=case_id).select_related("draw", "finding", "finding__follow_up")
    return list(rows.order_by("wanted_at"))


def looked_at(case_id: UUID) -> list[Looked]:
    """The checks of a case as the rules read them."""
    return [
        Looked(
            row.why,
            row.finding.agrees if hasattr(row, "finding") else None,
            hasattr(row, "finding") and hasattr(row.finding, "follow_up"),
        )
        for row in checks_of_case(case_id)
    ]


def handled_by(case_id: UUID) -> set[str]:
    """Everybody who took a step in a case or signed in it, by the id of the log-in."""
    steps = CaseStep.objects.filter(case_id=case_id).exclude(officer="").values_list("officer", flat=True)
    signed = FirstSignature.objects.filter(case_id=case_id).values_list("officer", flat=True)
    return {*steps, *signed} - {""}


def refusal_to_check_this(row: Case, post: Post) -> Sentence | None:
    """None when the post's person had no hand in a case and is no relative, so that he may check it."""
    concerned = NearRelative.objects.filter(case_id=row.id, lifted_at=None).values_list("officer", flat=True)
    return refusal_to_check(handled_by(row.id), concerned, post.officer)


def draws() -> list[SpotDraw]:
    """All draws, newest first. They name no case, and are public."""
    return list(SpotDraw.objects.order_by("-frozen_at"))


def spot_draw(number: str) -> SpotDraw:
    """One draw by its number. Raises NotFound."""
    row = SpotDraw.objects.filter(number=number).first()
    if row is None:
        raise NotFound("no_such_draw", sentence("没有这次抽查", "There is no such draw"))
    return row


def published(row: SpotDraw) -> dict[str, Any]:
    """A draw as it is published, for anybody to draw again: no case's number, no name."""
    return {
        "number": row.number,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "frozen_at": row.frozen_at.isoformat(),
        "seed_source": row.seed_source,
        "seed_day": row.seed_day.isoformat(),
        "digest": row.frame_digest,
        "frame": row.frame,
        "seed": row.seed,
        "drawn": row.drawn,
    }


def marks_of_case(case_id: UUID) -> list[FrameCase]:
    """What a case is called in the draws that it was on the list of."""
    return list(FrameCase.objects.filter(case_id=case_id).select_related("draw").order_by("draw__frozen_at"))


def drawn_from(first: date, last: date, post: Post) -> list[tuple[Drawable, int]]:
    """The cases decided in a period or waiting for their decision at its end, each with its share in basis points.

    A case is on one list for each decision; one whose procedure asks for no spot checks is on none.
    """
    decided = CaseStep.objects.filter(
        step="decide", at__date__gte=first, at__date__lte=last, taken_back=None, takes_back=None
    ).exclude(outcome__in=_NO_DECISION)
    when = dict(decided.values("case_id").annotate(at=Max("at")).values_list("case_id", "at"))
    waiting = cases(post).filter(step="decide", state="open", step_began__date__lte=last)
    when |= dict(waiting.values_list("pk", "step_began"))
    listed = dict(
        FrameCase.objects.filter(case_id__in=when)
        .values("case_id")
        .annotate(at=Max("draw__frozen_at"))
        .values_list("case_id", "at")
    )
    rows = cases(post).filter(pk__in=[one for one in when if one not in listed or listed[one] < when[one]])
    found = []
    for row in rows.select_related(None).only("id", "sub_district_id", "era", "item").order_by("number"):
        share = share_of(row.item, row.era)
        if share:
            found.append((row, share))
    return found


def share_of(item: str, era: str) -> int:
    """The share of an item's cases that is checked in an era, in basis points; 0 where its procedure asks for none."""
    try:
        told = running_procedure(item, era).spot_check
    except CannotBecause:
        return 0
    return told.basis_points if told else 0


@dataclass(frozen=True, slots=True)
class Reached:
    """One sub-district's figures: on lists, drawn by them, checked of these, differing; near relatives and complaints apart."""

    area: str
    listed: int
    wanted: int
    done: int
    differ: int
    late: int
    always: int
    always_done: int
    relatives: int

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.listed or self.always or self.relatives)

    @property
    def share(self) -> int:
        """The share of listed cases that was checked, in basis points."""
        return self.done * 10_000 // self.listed if self.listed else 0


def reached(post: Post, today: date, areas: Iterable[str]) -> list[Reached]:
    """How far the shares were reached, by sub-district; counts alone, no names."""
    drawn = FrameCase.objects.filter(
        draw__drawn_at__isnull=False, case__in=cases(post).order_by().values("pk")
    )
    listed = _by(drawn, "case__sub_district_id")
    rows, path = checks(post).order_by(), "sub_district_id"
    ours, always = rows.filter(why="drawn"), rows.exclude(why="drawn")
    done = Q(finding__isnull=False)
    figures = {
        "wanted": _by(ours, path),
        "done": _by(ours.filter(done), path),
        "differ": _by(rows.filter(finding__agrees=False), path),
        "late": _by(rows.filter(finding=None, due_on__lt=today), path),
        "always": _by(always, path),
        "always_done": _by(always.filter(done), path),
    }
    kin = within_reach(
        NearRelative.objects.filter(lifted_at=None),
        post,
        area="case__sub_district_id",
        opened="case__lead_agency_id",
    )
    relatives = _by(kin, "case__sub_district_id", "case_id")
    return [
        Reached(
            area,
            listed.get(area, 0),
            relatives=relatives.get(area, 0),
            **{name: found.get(area, 0) for name, found in figures.items()},
        )
        for area in areas
    ]


def _by(rows: QuerySet[Any], path: str, what: str = "pk") -> dict[str, int]:
    return dict(rows.values(path).annotate(n=Count(what, distinct=True)).values_list(path, "n"))
