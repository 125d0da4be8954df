"""A quarter's figures, counted from the events of cases, notices and payments within the reader's reach.

Counts are shown as they are inside a reach. A post of a sub-district reaches its own households alone, so its figures hold no
other sub-district's; what it sees of the whole district are the totals of stored reports.
"""

from collections.abc import Iterable
from datetime import date

from jishiyu.cases.rules.steps import STEP_NAMES
from jishiyu.foundations.periods import Quarter
from jishiyu.funds.queries import sources
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post
from jishiyu.oversight.queries import counting
from jishiyu.oversight.queries.counting import Counts, Span
from jishiyu.oversight.rules.figures import Figures, Line, Part


def quarterly(quarter: Quarter, post: Post, *, until: date | None = None) -> Figures:
    """The figures of a quarter as they were when ``until`` (else the quarter's last day) ended, within the post's reach."""
    last = quarter.period.last or quarter.period.first
    span = Span(quarter.period.first, min(until or last, last))
    lines = [
        *_lines("total", [""], _work(post, span, "")),
        *_lines("programme", _programmes(), _work(post, span, "programme")),
        *_lines("sub_district", _areas(post), _work(post, span, "sub_district")),
        *_lines("source", [str(row.id) for row in sources()], counting.source_money(post, span)),
        *_lines("step", STEP_NAMES, counting.steps_taken(post, span, "step"), empty=False),
        *_lines("street_unit", _areas(post), counting.street_steps(post, span)),
        *_lines(
            "agency_unit",
            [one.code for one in pack().agencies],
            counting.agency_steps(post, span),
            empty=False,
        ),
        *_lines("band", [one.key for one in pack().indicators.bands], counting.hardship_bands(post, span)),
    ]
    return Figures(quarter.year, quarter.number, tuple(lines))


def _work(post: Post, span: Span, by: str) -> Counts:
    step = f"case__{by}" if by else ""
    found = [
        counting.case_work(post, span, by),
        counting.money_paid(post, span, by),
        counting.notices_given(post, span, by),
        counting.steps_taken(post, span, step),
    ]
    if by != "programme":
        found.append(counting.known_households(post, span, by))
    merged: Counts = {}
    for counts in found:
        for key, values in counts.items():
            merged.setdefault(key, {}).update(values)
    return merged


def _lines(part: Part, order: Iterable[str], counts: Counts, *, empty: bool = True) -> list[Line]:
    keys = [*order]
    keys += sorted(key for key in counts if key not in keys)  # what the pack no longer names is still counted
    return [Line(part, key, counts.get(key, {})) for key in keys if empty or key in counts]


def _programmes() -> list[str]:
    return [one.code for one in pack().programmes]


def _areas(post: Post) -> list[str]:
    return [one.code for one in pack().sub_districts if post.scope != "sub_district" or one.code == post.area]
