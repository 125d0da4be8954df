"""Stored reports and bulletins, and whether a report's figures still come out the same."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jishiyu.foundations.outcomes import NotFound, Sentence, sentence
from jishiyu.foundations.periods import Quarter
from jishiyu.funds.queries import sources
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post
from jishiyu.oversight.models import Bulletin, QuarterlyReport, ReportLine
from jishiyu.oversight.queries.quarter import quarterly
from jishiyu.oversight.rules.analysis import analysis
from jishiyu.oversight.rules.figures import Difference, Figures, Line, differences


def reports(quarter: Quarter | None = None) -> QuerySet[QuarterlyReport]:
    """Stored reports, the newest quarter and version first."""
    rows = QuarterlyReport.objects.all()
    return rows.filter(year=quarter.year, quarter=quarter.number) if quarter else rows


def report(report_id: UUID) -> QuarterlyReport:
    """One stored report. Raises NotFound."""
    row = QuarterlyReport.objects.filter(pk=report_id).first()
    if row is None:
        raise NotFound("oversight.no_such_report", sentence("没有这份季报", "There is no such report"))
    return row


def figures_of(row: QuarterlyReport, post: Post) -> Figures:
    """A stored report's figures as far as the post may see: a sub-district post sees totals and its own line."""
    lines = ReportLine.objects.filter(report=row)
    if post.scope == "sub_district":
        lines = lines.filter(~Q(part__in=["sub_district", "street_unit"]) | Q(key=post.area))
    return Figures(
        row.year,
        row.quarter,
        tuple(Line(line.part, line.key, line.values) for line in lines.order_by("position")),  # type: ignore[arg-type]
    )


def changed_since(row: QuarterlyReport, post: Post) -> list[Difference]:
    """Figures that come out differently when counted again as of the same day. For posts that see the whole district."""
    again = quarterly(Quarter(row.year, row.quarter), post, until=row.until)
    return differences(figures_of(row, post), again)


def said_of(figures: Figures, before: Figures) -> list[Sentence]:
    """What the figures say, beside those of the quarter before, in words."""
    return analysis(figures, before, unit=_unit, source=_Names.of_sources())


def _unit(code: str) -> Sentence:
    try:
        return pack().district.unit_name(code)
    except KeyError:  # a unit that the pack no longer has keeps its code
        return sentence("{c}", "{c}", c=code)


class _Names(dict[str, Sentence]):
    @classmethod
    def of_sources(cls) -> "_Names":
        return cls({str(row.id): sentence(row.name_zh, row.name_en) for row in sources()})

    def __call__(self, key: str) -> Sentence:
        return self.get(key) or sentence("{k}", "{k}", k=key)


def bulletins() -> QuerySet[Bulletin]:
    """Bulletins, newest first; drafts only for those who write them and for the audit."""
    return Bulletin.objects.select_related("report")


def bulletin(bulletin_id: UUID) -> Bulletin:
    """One bulletin. Raises NotFound."""
    row = bulletins().filter(pk=bulletin_id).first()
    if row is None:
        raise NotFound("oversight.no_such_bulletin", sentence("没有这份通报", "There is no such bulletin"))
    return row
