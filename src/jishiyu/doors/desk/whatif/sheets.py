"""A trial as a workbook: what was tried and on what, every breakdown on a sheet of its own, what it rests on and takes as given."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.sheet import Column, Sheet
from jishiyu.doors.desk.whatif.shown import (
    Table,
    cliff_items,
    items_table,
    lines,
    reach_lines,
    tables,
    written,
)
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.law.rules.parameters import Dated
from jishiyu.law.rules.parts import CONFIDENCE_NAMES
from jishiyu.oversight.rules.trials import Headline
from jishiyu.programmes.rules.changes_said import natural

ASSUMPTIONS: tuple[Sentence, ...] = (
    sentence("按各户最新登记计算；登记中的事实、价格、人口不变。", "By each household's newest facts; facts, prices and people stand still."),
    sentence("登记中没有、须由人判断的情况不计入，另列户数。", "What a person would have to tell is left out, and counted apart."),
    sentence("金额只能部分确定的，按确定的部分计。", "An amount that is certain only in part counts with that part."),
    sentence("互斥的项目只计较高的一项。", "Of items that exclude one another the higher counts."),
    sentence(
        "按月发放的乘十二，按学期的乘二，按周的乘五十二，其余每年计一次；按票据计算的以十二个月的票据计。",
        "Monthly aid counts twelve times, aid by term twice, weekly aid 52 times, all else once a year; aid for bills is for those of twelve months.",
    ),
    sentence(
        "各年支出按政策包所载各月标准计算；试算的值保持不变，政策包没有记载的标准保持当日的值。",
        "Years go by the standards that the pack holds for each month; what was tried stays, and so does a standard that it does not hold.",
    ),
    sentence(
        "收入悬崖：户主每月多挣100元，全年救助减少的比多挣的还多。",
        "A cliff: when the head earns 100 yuan a month more, a year's aid falls by more than is earned.",
    ),
    sentence(
        "覆盖率＝线下家庭中得到受影响项目的户数÷线下家庭户数；漏出率＝受影响项目中给线上家庭的钱÷全部。",
        "Coverage: of the households below the line, who gets anything of the items reached. Leakage: of that money, what goes above it.",
    ),
    sentence(
        "基尼系数按人均收入（含救助）、以家庭人口加权，只含收入已知的家庭。",
        "Gini goes by income a head (aid included), weighted by members, of households whose income is known.",
    ),
)  # fmt: skip


def sheets(row: Any, figures: dict[str, Any], headlines: Sequence[Headline]) -> list[Sheet]:
    """All sheets of a trial."""
    found = [_summary(row, headlines)]
    found += [_of_table(table) for table in (*tables(figures), items_table(figures))]
    found += [_by_time("years", gettext("按年"), figures), _by_time("months", gettext("按月"), figures)]
    found += [_reach(figures), _cliffs(figures), _spread(figures), _citations(figures), _assumptions(figures)]
    return found


def _summary(row: Any, headlines: Sequence[Headline]) -> Sheet:
    said = [(gettext("改动"), say(_stored(one))) for one in row.said]
    facts = [
        (gettext("名称"), row.name), (gettext("生效日"), row.day.isoformat()), *said,
        (gettext("证据截至"), f"{row.evidence_until:%Y-%m-%d %H:%M}" if row.evidence_until else ""),
        (gettext("试算人"), row.author or row.made_by), (gettext("试算时间"), f"{row.made_at:%Y-%m-%d %H:%M}"),
        (gettext("政策包版本"), row.pack_version), (gettext("指标权重"), row.set_version),
        (gettext("规则"), row.rules_version), (gettext("封存码"), row.seal),
    ]  # fmt: skip
    rows = [*facts, *((say(name), values[0]) for name, values in lines(headlines))]
    return Sheet(gettext("概要"), [Column(gettext("项目"), 34), Column(gettext("数值"), 60)], rows)


def _of_table(table: Table) -> Sheet:
    columns = [Column(gettext("项目"), 28)]
    columns += [Column(say(title), 16, kind) for title, kind in zip(table.headings, table.kinds, strict=True)]
    rows = [(say(one.name), *(cell.value for cell in one.cells)) for one in table.rows]
    return Sheet(say(table.name), columns, rows)


def _by_time(part: str, title: str, figures: dict[str, Any]) -> Sheet:
    key = "year" if part == "years" else "month"
    columns = [
        Column(gettext("时间"), 12), Column(gettext("改动前"), 18, "money"), Column(gettext("改动后"), 18, "money"),
    ]  # fmt: skip
    return Sheet(title, columns, [(str(one[key]), one["before"], one["after"]) for one in figures[part]])


def _reach(figures: dict[str, Any]) -> Sheet:
    columns = [Column(gettext("项目"), 34), Column(gettext("改动前"), 18), Column(gettext("改动后"), 18)]
    rows = [
        (say(name), *(written(value, "percent" if kind == "share" else kind) for value, _ in values))
        for name, kind, values in reach_lines(figures)
    ]
    line = figures.get("line")
    if line:
        rows.insert(
            0, (gettext("线（元/人·月）"), written(line["value"], "money"), say(_stored(line["name"])))
        )
    return Sheet(gettext("覆盖和漏出"), columns, rows)


def _cliffs(figures: dict[str, Any]) -> Sheet:
    columns = [Column(gettext("项目"), 34), Column(gettext("改动前"), 18), Column(gettext("改动后"), 18)]
    both = [figures["cliffs"][side] for side in ("before", "after")]
    rows: list[tuple[str, ...]] = [
        (gettext("收入悬崖家庭"), *(written(one["households"], "number") for one in both)),
        (gettext("全年净损失（元）"), *(written(one["loss"], "money") for one in both)),
    ]
    sides = [{say(name): count for name, count in cliff_items(figures, side)} for side in ("before", "after")]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        rows.append((name, *(written(one.get(name, 0), "number") for one in sides)))
    return Sheet(gettext("收入悬崖"), columns, rows)


def _spread(figures: dict[str, Any]) -> Sheet:
    columns = [Column(gettext("项目"), 30)] + [
        Column(one, 16) for one in (gettext("救助前"), gettext("改动前"), gettext("改动后"))
    ]
    sides = ("without", "before", "after")
    told, poor = figures["inequality"], figures["poverty"]
    rows: list[Iterable[str]] = [
        (gettext("基尼系数"), *(written(told[one]["gini"], "share") for one in sides))
    ]
    fifths = [told[one]["fifths"] for one in sides]
    for place in range(5):
        values = (written(one[place], "percent") if one else "—" for one in fifths)
        rows.append((gettext("第%(n)s个五分之一的份额") % {"n": place + 1}, *values))
    if poor:
        for name, key in (
            (gettext("贫困发生率"), "headcount"),
            (gettext("贫困缺口率"), "gap"),
            (gettext("贫困强度"), "severity"),
        ):
            rows.append((name, *(written(poor[one][key], "percent") for one in sides)))
    return Sheet(gettext("收入分布"), columns, [tuple(one) for one in rows])


def _citations(figures: dict[str, Any]) -> Sheet:
    columns = [
        Column(gettext("项目"), 44), Column(gettext("数值"), 14), Column(gettext("文号"), 28), Column(gettext("文件"), 60),
        Column(gettext("可信度"), 16),
    ]  # fmt: skip
    held, day = pack(), date.fromisoformat(figures["day"])
    names = {one.id: one.name for one in held.parameters}
    rows: list[tuple[str, ...]] = [
        (say(one.name), "", "", say(one.citation) if one.citation else "", "")
        for one in held.items
        if one.id in figures["reached"]
    ]
    rows += [(say(names[id]), *_cited(id, day)) for id in figures.get("standards", ()) if id in names]
    for era in figures.get("eras", ()):
        first = date.fromisoformat(f"{era['from']}-01")
        rows += [
            (f"{era['from']} {say(_stored(one['name']))}", *_cited(one["id"], first))
            for one in era["standards"]
        ]
    return Sheet(gettext("依据"), columns, rows)


def _stored(name: dict[str, str]) -> Sentence:
    return Sentence(name["zh"], name["en"])


def _cited(id: str, day: date) -> tuple[str, str, str, str]:
    try:
        found = pack().dated(id, day)
    except CannotBecause:
        return "", "", "", ""
    words = CONFIDENCE_NAMES.get(found.confidence)
    value = natural(found) if isinstance(found, Dated) else say(found.text)
    return value, found.citation.doc_no, found.citation.title, say(words) if words else found.confidence


def _assumptions(figures: dict[str, Any]) -> Sheet:
    rows = [(say(one),) for one in ASSUMPTIONS]
    if figures.get("sampled"):
        rows.append((say(sampled(figures)),))
    return Sheet(gettext("前提"), [Column(gettext("前提"), 120)], rows)


def sampled(figures: dict[str, Any]) -> Sentence:
    """That later years were computed for some of the households only."""
    return sentence(
        "往后各年的变化按等距抽取的{n}户推算到全部{m}户。",
        "How later years move was computed for {n} households at even distance and carried over to all {m}.",
        n=f"{figures['sampled']:,}", m=f"{figures['households']:,}",
    )  # fmt: skip
