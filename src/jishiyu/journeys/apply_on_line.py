"""Somebody applies on line, without an account: a draft under a number and a code, papers, and handing in to the sub-district.

The public may read and write nothing of it; each act here is the system's for whoever holds the code, and journalled as such.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from jishiyu.cases.queries import cases_of_household
from jishiyu.cases.rules.steps import due_on
from jishiyu.evidence import operations, queries
from jishiyu.evidence.queries import Document, PublicApplication
from jishiyu.evidence.rules.applications import AUTHORISATION, GIVEN_BY_THE_FORM, lacking
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotFound, sentence
from jishiyu.journal.operations import record
from jishiyu.journeys.tries import too_many, too_many_wrong_codes
from jishiyu.law.queries import pack, procedure_for
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.procedures import Procedure, StepPaper
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry.queries.homes import homes_of

_OPEN = "evidence.open_application"
_BEGIN = "evidence.begin_application"
_PUT = "evidence.put_document"
# More than a family, and even a helpful committee, begins or uploads from one place.
_MOST_BEGUN, _MOST_PUT, _HOUR = 20, 120, timedelta(hours=1)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """An application as its writer sees it."""

    row: PublicApplication
    item: BenefitItem
    papers: tuple[StepPaper, ...]
    documents: Sequence[Document]
    code: str

    @property
    def wanted(self) -> list[StepPaper]:
        """The papers to upload: all but those that the form itself stands for."""
        return [one for one in self.papers if one.key not in GIVEN_BY_THE_FORM]

    @property
    def lacking(self) -> list[StepPaper]:
        """Required papers that are not there yet."""
        keys = lacking([(one.key, one.required) for one in self.papers], [one.kind for one in self.documents])
        return [one for one in self.papers if one.key in keys]


def procedure_on_line(item: str, day: date) -> Procedure | None:
    """The procedure of an item that can be applied for on line that day: one that a sub-district takes applications for."""
    try:
        procedure = procedure_for(item, day)
    except CannotBecause:
        return None
    if procedure.status != "full":
        return None
    first = procedure.first
    asked = any(paper.key == "application" for paper in first.papers)
    return procedure if asked and first.office == "sub_district" and first.role == "caseworker" else None


def begin(item: str, *, moment: datetime, source: str = "") -> Held:
    """A new draft. Refused for an item that is not open on line, and when one source begins too many."""
    if item not in {one.id for one in pack().items} or procedure_on_line(item, day_of(moment)) is None:
        raise NotFound(
            "application.not_on_line",
            sentence("这个项目不能在网上申请", "This item cannot be applied for on line"),
            sentence("请到街道窗口咨询", "Please ask at the sub-district's counter"),
        )

    def act() -> Held:
        if too_many(_BEGIN, source, moment, most=_MOST_BEGUN, within=_HOUR):
            raise _wait()
        return _held(operations.begin_application(item, moment=moment))

    return _as_system(act, moment, source)


def open_by_code(number: str, code: str, *, moment: datetime, source: str = "") -> Held:
    """The application of a number and code. A wrong try stays in the journal; after too many nothing more is looked up."""

    def act() -> Held | None:
        if too_many_wrong_codes(_OPEN, source, moment):
            return None
        row = queries.opened_by(number, code)
        outcome = "done" if row is not None else "refused"
        record(act=_OPEN, about=("application", row.number if row else "unknown"), outcome=outcome)
        return _held(row) if row is not None else None

    found = _as_system(act, moment, source)
    if found is None:  # outside the transaction: the failed try has to stay in the journal
        raise NotFound(
            "no_such_application",
            sentence("编号和查询码对不上，请核对后再试", "The number and the code do not belong together; please check both"),
            sentence("草稿过期会自动删除；也可以重新填写或到街道窗口办理", "A draft that is left is deleted; begin anew, or go to the counter"),
        )  # fmt: skip
    return found


def held(application_id: UUID, *, moment: datetime) -> Held | None:
    """The application that somebody has just opened by its code; None when it is gone."""

    def act() -> Held | None:
        row = queries.application_of_its_writer(application_id)
        return _held(row) if row is not None else None

    return _as_system(act, moment)


def write(application_id: UUID, part: str, told: Any, *, moment: datetime) -> None:
    """Write one part of a draft anew."""
    _as_system(lambda: operations.write_application(_row(application_id), part, told, moment=moment), moment)


def put_paper(
    application_id: UUID, *, key: str, content: bytes, name: str, moment: datetime, source: str = ""
) -> None:
    """Add a file to a draft, or to an application for which papers were asked. Refused with how to mend it."""

    def act() -> None:
        row = _row(application_id)
        if row.state not in ("draft", "asked"):
            raise CannotBecause(
                "application.handed_in",
                sentence(
                    "申请已提交，现在不用补材料", "The application is handed in; no papers are asked for now"
                ),
            )
        if too_many(_PUT, source, moment, most=_MOST_PUT, within=_HOUR):
            raise _wait()
        paper = next((one for one in _papers(row) if one.key == key), None)
        operations.put_document(
            kind=paper.key if paper else "other",
            title=paper.name.zh if paper else "其他材料",
            content=content,
            name=name,
            sub_district=row.sub_district_id or "",
            application=row,
            received_on=day_of(moment),
            actor=SYSTEM,
            moment=moment,
        )

    _as_system(act, moment, source)


def remove_paper(application_id: UUID, document_id: UUID, *, moment: datetime) -> None:
    """Take a file off a draft again."""
    _as_system(lambda: operations.remove_paper(_row(application_id), document_id), moment)


def drop(application_id: UUID, *, moment: datetime) -> None:
    """Delete a draft: its writer wants it gone."""
    _as_system(lambda: operations.drop_draft(_row(application_id), why="by its writer"), moment)


def hand_in(application_id: UUID, *, signed: str, moment: datetime) -> None:
    """Hand the draft in, signed by typing the applicant's name: with it the declaration and the authorisation are given.

    Refused while something lacks, and when the same person has an open application or case for the same item.
    """

    def act() -> None:
        row = _row(application_id)
        if row.state != "draft":
            return
        name = row.told.get("applicant", {}).get("name", "")
        if not name or signed.strip() != name:
            raise CannotBecause(
                "application.not_signed",
                sentence("签名要和申请人姓名一致", "The signature has to be the applicant's name"),
                sentence("请在签名处填写申请人的姓名", "Write the applicant's name there"),
            )
        consent = {
            "truth": True,
            "check": True,
            "signed": name,
            "at": moment.isoformat(),
            "text": AUTHORISATION.as_data(),
        }
        operations.write_application(row, "consent", consent, moment=moment)
        operations.hand_in(row, due_on=_accept_by(row, moment), moment=moment)
        _refuse_twice(row)  # then nothing of it stands

    _as_system(act, moment)


def answer(application_id: UUID, *, moment: datetime) -> None:
    """The applicant has added what was asked for."""

    def act() -> None:
        row = _row(application_id)
        operations.answer_with_papers(row, due_on=_accept_by(row, moment), moment=moment)

    _as_system(act, moment)


def _accept_by(row: PublicApplication, moment: datetime) -> date | None:
    """Until when the sub-district has to say whether it takes the application in, by the item's procedure; None: no limit known."""
    procedure = procedure_on_line(row.item, day_of(moment))
    if procedure is None or all(step.key != "accept" for step in procedure.steps):
        return None
    return due_on(procedure.step("accept").limit, moment, pack().calendar)


def _refuse_twice(row: PublicApplication) -> None:
    """Says only that this person's own application is open: who does not know name and number learns nothing."""
    applicant: Mapping[str, str] = row.told["applicant"]
    same = [
        one
        for one in queries.waiting_of_same_person(row)
        if one.told["applicant"]["name"] == applicant["name"]
    ]
    home = homes_of([applicant["id_number"]]).get(applicant["id_number"])
    cases = cases_of_household(home.household_id) if home and home.name == applicant["name"] else []
    if same or any(one.item == row.item and one.state == "open" for one in cases):
        raise CannotBecause(
            "application.twice",
            sentence("这位申请人的同一项目已有一份申请正在办理，不用再交", "This applicant has an application for this item under way already"),
            sentence("请用那份申请的编号和查询码查进度；找不到的，可到街道窗口查询", "Ask after that one by its number and code, or at the counter"),
        )  # fmt: skip


def _papers(row: PublicApplication) -> tuple[StepPaper, ...]:
    procedure = procedure_on_line(row.item, day_of(row.submitted_at or row.touched_at))
    return procedure.first.papers if procedure else ()


def _held(row: PublicApplication) -> Held:
    return Held(
        row,
        pack().item(row.item),
        _papers(row),
        queries.documents_of_application(row.pk),
        queries.application_code(row),
    )


def _row(application_id: UUID) -> PublicApplication:
    row = queries.application_of_its_writer(application_id, to_write=True)
    if row is None:
        raise NotFound("application.gone", sentence("这份草稿已经删除", "This draft is deleted"))
    return row


def _wait() -> CannotBecause:
    return CannotBecause(
        "application.too_often",
        sentence("这个网络地址的操作太频繁", "Too much was done from this network address"),
        sentence("请一小时后再试，或到街道窗口办理", "Please try again in an hour, or go to the counter"),
    )


def _as_system(act: Callable[[], T], moment: datetime, source: str = "") -> T:
    with acting(SYSTEM, moment=moment, source=source):
        return act()
