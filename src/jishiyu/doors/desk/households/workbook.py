"""The exported list of households as a workbook. It names who took it and when, on the sheet and behind it."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext

from jishiyu.doors.desk.fields import community_name, say
from jishiyu.doors.threshold.templatetags.jishiyu import say as say_name
from jishiyu.offices.rules import Post
from jishiyu.registry.queries import STATUSES


def households_workbook(rows: Sequence[Any], *, taken_by: Post, at: datetime) -> bytes:
    """The list as .xlsx: a first line with who, which post and when; then headings; then one line for each household."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(gettext("家庭名单"))
        sheet.set_footer(f"&L{_taken(taken_by, at)}&R&P / &N")
        sheet.merge_range(
            0, 0, 0, 6, _taken(taken_by, at), book.add_format({"italic": True, "font_color": "#8a5a00"})
        )
        bold = book.add_format({"bold": True, "bg_color": "#eef3f7", "border": 1})
        for column, (heading, width) in enumerate(_headings()):
            sheet.write(1, column, heading, bold)
            sheet.set_column(column, column, width)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for line, row in enumerate(rows, start=2):
            sheet.write_string(line, 0, row.number)
            sheet.write_string(line, 1, row.head_name or "")
            sheet.write_string(line, 2, say_name(row.sub_district))
            sheet.write_string(line, 3, community_name(row.community))
            sheet.write_number(line, 4, row.size)
            sheet.write_datetime(line, 5, datetime.combine(row.registered_on, datetime.min.time()), day)
            sheet.write_string(line, 6, say(STATUSES[row.status]))
        sheet.freeze_panes(2, 1)
        sheet.autofilter(1, 0, max(1, len(rows) + 1), 6)
    return content.getvalue()


def _headings() -> list[tuple[str, int]]:
    return [
        (gettext("户编号"), 20),
        (gettext("户主"), 12),
        (gettext("街道"), 16),
        (gettext("社区"), 20),
        (gettext("人数"), 8),
        (gettext("登记日期"), 12),
        (gettext("状态"), 10),
    ]


def _taken(post: Post, at: datetime) -> str:
    said = gettext("导出人：%(who)s（%(post)s）　时间：%(at)s　内部资料，注意保密") % {
        "who": post.officer_name,
        "post": say(post.title),
        "at": f"{at:%Y-%m-%d %H:%M}",
    }
    return said + ("　" + gettext("演示数据，均为虚构") if settings.DEMO else "")
