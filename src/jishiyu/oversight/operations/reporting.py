"""Quarterly reports and bulletins: drafted from counted figures, issued once, unchanged after."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.foundations.periods import Quarter
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.oversight import queries
from jishiyu.oversight.models import Bulletin, QuarterlyReport, ReportLine
from jishiyu.oversight.rules.figures import seal


def draft_report(quarter: Quarter, *, actor: Post, moment: datetime) -> QuarterlyReport:
    """Count the quarter's figures as of today and keep them as a new draft version, sealed, with a first analysis."""
    require(actor, "oversight.manage")
    today, period = day_of(moment), quarter.period
    if period.first > today:
        raise CannotBecause(
            "oversight.quarter_not_begun", sentence("该季度尚未开始", "The quarter has not begun")
        )
    until = min(today, period.last or today)
    figures = queries.quarterly(quarter, actor, until=until)
    before = queries.quarterly(quarter.before(), actor)
    last: int = queries.reports(quarter).aggregate(last=Max("version"))["last"] or 0
    said = queries.said_of(figures, before)
    row = QuarterlyReport.objects.create(
        year=quarter.year,
        quarter=quarter.number,
        version=last + 1,
        until=until,
        pack_version=pack().version,
        seal=seal(figures, pack().version),
        analysis=[one.as_data() for one in said],
        made_at=moment,
        made_by=actor.code,
    )
    ReportLine.objects.bulk_create(
        ReportLine(report=row, position=place, part=line.part, key=line.key, values=dict(line.values))
        for place, line in enumerate(figures.lines)
    )
    record(act="oversight.draft_report", about=("report", row.id), detail={"seal": row.seal})
    return row


def issue_report(report_id: UUID, *, plan: str, actor: Post, moment: datetime) -> QuarterlyReport:
    """Issue a draft with the plan for the next stage (clause C32). The quarter must be over, and not be issued yet."""
    require(actor, "oversight.manage")
    row = queries.report(report_id)
    _require_draft(row.status)
    if row.until < (Quarter(row.year, row.quarter).period.last or row.until):
        raise CannotBecause(
            "oversight.quarter_not_over",
            sentence("这份草稿的数字不到季末", "This draft was counted before the quarter was over"),
            sentence("季度结束后重新生成草稿", "Draft it again after the quarter's end"),
        )
    if queries.reports(Quarter(row.year, row.quarter)).filter(status="issued").exists():
        raise CannotBecause(
            "oversight.issued_already",
            sentence("本季度季报已印发", "The quarter's report was issued already"),
        )
    if not plan.strip():
        raise CannotBecause(
            "oversight.no_plan", sentence("请填写下一阶段工作安排", "Enter the plan for the next stage")
        )
    row.plan, row.status, row.issued_at, row.issued_by = plan.strip(), "issued", moment, actor.code
    row.save(update_fields=["plan", "status", "issued_at", "issued_by"])
    record(act="oversight.issue_report", about=("report", row.id), detail={"seal": row.seal})
    return row


def write_bulletin(
    *, title: str, body: str, prefix: str, report_id: UUID | None = None, actor: Post, moment: datetime
) -> Bulletin:
    """Begin a bulletin. With a report it begins with that report's analysis when ``body`` is empty."""
    require(actor, "oversight.manage")
    report = queries.report(report_id) if report_id else None
    text = body.strip() or "\n".join(one["zh"] for one in (report.analysis if report else []))
    _require_words(title, text, prefix)
    row = Bulletin.objects.create(
        title=title.strip(),
        body=text,
        prefix=prefix.strip(),
        report=report,
        written_at=moment,
        written_by=actor.code,
    )
    record(act="oversight.write_bulletin", about=("bulletin", row.id))
    return row


def rewrite_bulletin(bulletin_id: UUID, *, title: str, body: str, actor: Post) -> Bulletin:
    """Change a draft."""
    require(actor, "oversight.manage")
    row = queries.bulletin(bulletin_id)
    _require_draft(row.status)
    _require_words(title, body, row.prefix)
    row.title, row.body = title.strip(), body.strip()
    row.save(update_fields=["title", "body"])
    record(act="oversight.rewrite_bulletin", about=("bulletin", row.id))
    return row


def issue_bulletin(bulletin_id: UUID, *, actor: Post, moment: datetime) -> Bulletin:
    """Issue a draft: it gets the year's next number under its prefix, and stays as it is."""
    require(actor, "oversight.manage")
    row = queries.bulletin(bulletin_id)
    _require_draft(row.status)
    day = day_of(moment)
    # Two issued at once would ask for one number: the unique constraint lets one of them through, the other is told to repeat.
    last: int = (
        Bulletin.objects.filter(prefix=row.prefix, year=day.year).aggregate(last=Max("number"))["last"] or 0
    )
    row.year, row.number, row.status = day.year, last + 1, "issued"
    row.issued_on, row.issued_by = day, actor.code
    row.save(update_fields=["year", "number", "status", "issued_on", "issued_by"])
    record(act="oversight.issue_bulletin", about=("bulletin", row.id), detail={"number": row.number})
    return row


def note_export(*, what: str, rows: int, actor: Post) -> None:
    """Note that figures or a list left the system as a file."""
    require(actor, "oversight.see")
    record(act="oversight.export", about=("list", what), detail={"rows": rows})


def _require_draft(status: str) -> None:
    if status != "draft":
        raise CannotBecause(
            "oversight.issued", sentence("已印发，不能更改", "It was issued and stays as it is")
        )


def _require_words(title: str, body: str, prefix: str) -> None:
    if not (title.strip() and body.strip() and prefix.strip()):
        raise CannotBecause(
            "oversight.words_missing",
            sentence("请填写机关代字、标题和正文", "Enter the issuing office's sign, title and text"),
        )
