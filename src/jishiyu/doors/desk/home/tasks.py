"""Everything that waits for a post, in one list. A room adds its own with one line in ``_FINDERS``: act, kind, finder.

A finder is ``(post, today) -> iterable of Task``. It asks the database a fixed number of questions, however much it finds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from jishiyu.assessment import queries as assessment
from jishiyu.cases import queries as cases
from jishiyu.cases.queries import life_after as life
from jishiyu.cases.queries import services
from jishiyu.cases.rules.life_after import MEASURE_NAMES
from jishiyu.cases.rules.second_eyes import WHY_NAMES
from jishiyu.cases.rules.service_kinds import KIND_NAMES
from jishiyu.doors.desk.navigation import address
from jishiyu.evidence import queries as evidence
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.foundations.periods import month_start
from jishiyu.funds import queries as funds
from jishiyu.law.queries import pack
from jishiyu.notices import queries as notices
from jishiyu.offices import queries as offices
from jishiyu.offices.rules import Post, refusal
from jishiyu.oversight import queries as oversight
from jishiyu.registry import queries as registry

_SOON = 2  # days ahead that an appointment stands among the tasks
# The groups of the list, in the order in which they are offered.
KINDS: dict[str, Sentence] = {
    "mention": sentence("提到我的", "Mentions"),
    "handover": sentence("移交", "Handed over"),
    "step": sentence("案件环节", "Steps of cases"),
    "objection": sentence("公示异议", "Objections"),
    "recheck": sentence("动态复核", "Re-checks"),
    "visit": sentence("入户", "Visits"),
    "service": sentence("服务与实物", "Services and goods"),
    "check": sentence("抽查监督", "Spot checks"),
    "online": sentence("网上申请", "Online applications"),
    "arrival": sentence("转入家庭", "Households moved here"),
    "import": sentence("批量导入", "Workbooks"),
    "payment": sentence("资金", "Money"),
    "judgement": sentence("专家评估", "Judgements"),
    "meeting": sentence("会议督办", "Decisions of meetings"),
    "office": sentence("机构岗位", "Offices"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A thing to do: in words, what it is about, the page on which to do it, and until when (None: without a term).

    ``kind`` is set by the list, from the line that found it. ``case``, ``step``, ``officer`` and ``officer_name`` are for the
    steps of cases: which one it is, and the colleague who has taken it on.
    """

    title: Sentence
    about: Sentence
    url: str
    due_on: date | None = None
    days_left: int | None = None
    timed: bool = False
    kind: str = ""
    case: UUID | None = None
    step: str = ""
    officer: str = ""
    officer_name: str = ""

    @property
    def late(self) -> bool:
        """Whether the last day is over."""
        return self.days_left is not None and self.days_left < 0


def tasks(post: Post, today: date) -> list[Task]:
    """Everything that waits for the post: what has a term first, most urgent first."""
    found: list[Task] = []
    for act, kind, finder in _FINDERS:
        if refusal(post, act) is None:
            found += [one if one.kind else replace(one, kind=kind) for one in finder(post, today)]
    return sorted(found, key=lambda one: (one.days_left is None, one.days_left or 0))


def _steps(post: Post, today: date) -> Iterator[Task]:
    # Worked out once: to resolve an address for each of thousands of rows costs more than all the rest.
    none = UUID(int=0)
    before, _, behind = address("desk:cases_page", case_id=none).partition(str(none))
    for one in cases.open_work(post, today):
        if one.step == "recheck":  # it stands under re-checks, once it comes near
            continue
        about = sentence("{n} · {s}", "{n} · {s}", n=one.number, s=one.sub_district)
        url = f"{before}{one.case_id}{behind}"
        yield Task(
            one.title, about, url, one.due_on, one.days_left, timed=True, kind="step", case=one.case_id, step=one.step,
            officer=one.officer, officer_name=one.officer_name,
        )  # fmt: skip


def _mentions(post: Post, _today: date) -> Iterator[Task]:
    rows = cases.mentions_for(post).select_related("note__case", "note__household")
    for row in rows.only("note__officer_name", "note__case__number", "note__household__number")[:50]:
        note = row.note
        title = sentence("{n}在备忘中提到您", "{n} calls on you in a note", n=note.officer_name)
        if note.case is not None:
            yield Task(
                title, _plain(note.case.number), address("desk:cases_page", case_id=note.case_id) + "#notes"
            )
        else:
            url = address("desk:households_page", household_id=note.household_id)
            yield Task(title, _plain(note.household.number), f"{url}#notes")


def _handovers(post: Post, today: date) -> Iterator[Task]:
    url = address("desk:work_handover")
    for row, count in cases.given(post):
        if row.until is not None and row.until <= today:
            title = sentence(
                "已到回岗日期：收回交出的{n}个案件", "You are back: take back {n} cases", n=count
            )
            yield Task(title, _plain(row.to_name), url)
    for row, count in cases.received(post):
        if count and (today - day_of(row.made_at)).days < _NEW_DAYS:
            title = sentence(
                "{n}交给您{c}个案件", "{n} handed {c} cases over to you", n=row.from_name, c=count
            )
            yield Task(title, _plain(row.reason), url)


def _objections(post: Post, today: date) -> Iterator[Task]:
    for row in notices.objections(post, waiting=True)[:20]:
        title = sentence("核实并答复公示异议", "Look into an objection and answer it")
        url = address("desk:notices_answer", objection_id=row.id)
        yield Task(
            title,
            _plain(row.case.number),
            url,
            *_answer_by(row, today),
            timed=True,
        )


def _answer_by(row: Any, today: date) -> tuple[date, int]:
    """Until when an objection is answered: by the pack's limit, and at the latest before its notice closes."""
    limit = notices.answer_by(row)
    due = min(limit[0], row.notice.ends_on) if limit else row.notice.ends_on
    return due, (due - today).days


def _rechecks(post: Post, today: date) -> Iterator[Task]:
    asked = life.RecheckAsked(until=today + timedelta(days=_AHEAD))
    for row in life.rechecks(post, asked)[:20]:
        item = pack().item(row.award.item).name
        title = sentence("{n}户·{i}·动态复核", "{n}: {i}, re-check", n=row.case.applicant.name, i=item)
        url = address("desk:after_award", award_id=row.award_id)
        yield Task(title, _plain(row.case.number), url, row.due_on, (row.due_on - today).days, timed=True)


def _measures(post: Post, _today: date) -> Iterator[Task]:
    for row in life.measures_waiting(post)[:20]:
        if post.officer and row.proposer == post.officer:
            continue
        title = sentence(
            "确认对{n}户的处理：{k}",
            "Confirm for {n}: {k}",
            n=row.case.applicant.name,
            k=MEASURE_NAMES[row.kind],
        )
        yield Task(title, _plain(row.case.number), address("desk:after_settle", measure_id=row.id))


def _appeals(post: Post, today: date) -> Iterator[Task]:
    for row in life.appeals(post).filter(outcome="")[:20]:
        title = sentence("跟进救济：{n}户", "Follow up an appeal: {n}", n=row.case.applicant.name)
        left = (row.due_on - today).days if row.due_on else None
        url = address("desk:after_appeal", appeal_id=row.id)
        yield Task(title, _plain(row.case.number), url, row.due_on, left, timed=True)


def _checks(post: Post, today: date) -> Iterator[Task]:
    for row in cases.checks_for(post)[:50]:
        title = sentence("核查：{w}", "Check a case: {w}", w=WHY_NAMES[row.why])
        url = address("desk:checks_check", check_id=row.id)
        days = (row.due_on - today).days
        yield Task(title, _plain(row.case.number), url, row.due_on, days, timed=True)


def _differences(post: Post, _today: date) -> Iterator[Task]:
    for row in cases.checks_differing(post)[:50]:
        title = sentence("处理核查中的不一致", "Deal with a check that differs")
        yield Task(title, _plain(row.case.number), address("desk:checks_check", check_id=row.id))


def _arrivals(post: Post, _today: date) -> Iterator[Task]:
    for row in registry.arrived(post)[:20]:
        title = sentence(
            "核对转入的家庭，登记经济状况", "Look into a household that moved here, and record its means"
        )
        url = address("desk:households_page", household_id=row.household_id)
        yield Task(title, _plain(row.household.number), url)


def _on_line(post: Post, today: date) -> Iterator[Task]:
    for row in evidence.inbox(post).filter(state="submitted")[:20]:
        title = sentence(
            "答复网上申请：{i}", "Answer an application on line: {i}", i=pack().item(row.item).name
        )
        days = (row.due_on - today).days if row.due_on else None
        url = address("desk:applications_page", application_id=row.id)
        yield Task(title, _plain(row.number), url, row.due_on, days, timed=True)


def _appointments(post: Post, today: date) -> Iterator[Task]:
    for row in services.planned_until(post, today + timedelta(days=_SOON))[:20]:
        case = row.delivery.case
        title = sentence("{k}：{n}户", "{k}: {n}", k=KIND_NAMES[row.delivery.kind], n=case.applicant.name)
        url, days = address("desk:services_case", case_id=case.id), (row.planned_on - today).days
        yield Task(title, _plain(case.number), url, row.planned_on, days, timed=True)


def _imports(post: Post, _today: date) -> Iterator[Task]:
    rows = evidence.batches(post).filter(state="done")[:20]
    counts = evidence.open_row_counts(rows)
    for row in rows:
        if open_rows := counts.get(row.id, 0):
            title = sentence("修改导入表中的{n}行问题数据", "Mend {n} rows of a workbook", n=open_rows)
            yield Task(title, _plain(row.file_name), address("desk:imports_page", batch_id=row.id))


def _recoveries(post: Post, _today: date) -> Iterator[Task]:
    yield from _to_come_back(
        post, "proposed", sentence("确认应退还的救助款", "Confirm aid that has to come back")
    )


def _coming_back(post: Post, _today: date) -> Iterator[Task]:
    yield from _to_come_back(post, "open", sentence("登记退还到账", "Record aid that came back"))


def _to_come_back(post: Post, state: str, title: Sentence) -> Iterator[Task]:
    rows = cases.recoveries(post).filter(state=state).values_list("award__case__number", flat=True)
    for number in rows[:100]:
        yield Task(title, _plain(number), address("desk:cases_recoveries"))


def _payments(post: Post, today: date) -> Iterator[Task]:
    owed = funds.due(post, month_start(today))
    if owed:
        title = sentence("本月有{n}笔待发放", "{n} payments are due this month", n=len(owed))
        yield Task(title, _plain(f"{today:%Y-%m}"), address("desk:funds_preview"))


def _judgements(post: Post, today: date) -> Iterator[Task]:
    for row, left in assessment.open_panels_of(post.code, today):
        title = sentence("专家组还有{n}对未比较", "{n} pairs of a panel wait to be compared", n=left)
        url, days = address("desk:experts_home"), (row.closes_on - today).days
        yield Task(title, _plain(row.title), f"{url}?panel={row.pk}", row.closes_on, days, timed=True)
    dims = len(pack().indicators.dims)
    whole, own = dims * (dims - 1) // 2, assessment.own_judgements(post.code)
    left = whole - (own.given if own else 0)
    if left > 0:
        title = sentence("还有{n}对指标维度未比较", "{n} pairs of dimensions wait to be compared", n=left)
        yield Task(title, _plain(pack().indicators.version), address("desk:experts_home"))


def _decisions(_post: Post, today: date) -> Iterator[Task]:
    for one in oversight.open_decisions(today)[:20]:
        title = sentence("督办会议议定事项：{u}", "Follow up a meeting's decision: {u}", u=one.unit)
        url = address("desk:oversight_meeting", meeting_id=one.decision.meeting_id)
        yield Task(title, _plain(one.decision.text[:40]), url, one.decision.due_on, one.days_left, timed=True)


def _liaison_gaps(_post: Post, today: date) -> Iterator[Task]:
    seated: set[Any] = {row.agency_id or row.area_id for row in offices.liaison_officers(today)}
    units: list[Any] = [*offices.agencies(), *offices.sub_districts()]
    for unit in units:
        if unit.code not in seated:
            title = sentence("{u}没有联络员", "{v} has no liaison officer", u=unit.name_zh, v=unit.name_en)
            yield Task(title, _plain(unit.code), address("desk:oversight_offices"))


# Re-checks are shown so many days before they are due.
_AHEAD = 30
# A handover stands among the tasks of who received it for so many days.
_NEW_DAYS = 3


def _plain(text: str) -> Sentence:
    return sentence("{t}", "{t}", t=text)


_FINDERS = (
    ("cases.note", "mention", _mentions),
    ("cases.take_on", "handover", _handovers),
    ("cases.see", "step", _steps),
    ("notices.answer", "objection", _objections),
    ("cases.recheck", "recheck", _rechecks),
    ("cases.confirm_measure", "recheck", _measures),
    ("cases.appeal", "recheck", _appeals),
    ("cases.check_again", "check", _checks),
    ("cases.follow_up", "check", _differences),
    ("cases.deliver", "service", _appointments),
    ("registry.change", "arrival", _arrivals),
    ("evidence.settle_application", "online", _on_line),
    ("evidence.import", "import", _imports),
    ("funds.pay", "payment", _payments),
    ("cases.confirm_recovery", "payment", _recoveries),
    ("funds.settle_recovery", "payment", _coming_back),
    ("assessment.judge", "judgement", _judgements),
    ("oversight.manage", "meeting", _decisions),
    ("offices.manage", "office", _liaison_gaps),
)
