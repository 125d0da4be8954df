"""Insurance that pays after aid was given: the payment is kept, the chains are revised, and what comes back is proposed.

Nothing comes back by itself: who decides on aid confirms each recovery, or waives it with a reason; finance notes what came.
What the revised chains are is for the caller to hand in (:mod:`jishiyu.journeys.late_insurance`); the database closes them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from jishiyu.cases import queries
from jishiyu.cases.models import Award, ChainRevision, LatePayment, Recovery, RevisedLine, WaitingNeed
from jishiyu.cases.operations.chains import write_bills, write_chain
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import ROLE_NAMES, Post, require
from jishiyu.programmes.rules.bills import BillChain
from jishiyu.programmes.rules.coordination import AID, ChainKind, ChainLine, covered_by, require_closed
from jishiyu.programmes.rules.recovery import INSURANCE


@dataclass(frozen=True, slots=True)
class Told:
    """What the household or the insurer shows: kind of insurance, who paid, how much (fen), when, by which document."""

    kind: ChainKind
    amount: int
    insurer: str
    paid_on: date
    document_no: str
    bill: str = ""


@dataclass(frozen=True, slots=True)
class Revised:
    """An award's chain after a late payment; ``recover``: fen of each fund that have to come back."""

    award: UUID
    chain: tuple[ChainLine, ...]
    bills: tuple[BillChain, ...]
    recover: Mapping[str, int]
    rules_version: str = ""


def note_late_payment(
    award_id: UUID, told: Told, revised: Sequence[Revised], *, actor: Post, moment: datetime
) -> LatePayment:
    """Keep a late payment with the chains that it changes, and propose what has to come back."""
    require(actor, "cases.note_late_insurance")
    award = queries.award(award_id, actor)
    check_told(award, told, today=day_of(moment))
    try:
        with transaction.atomic():
            row = LatePayment.objects.create(
                award=award,
                household_id=award.household_id,
                bill=told.bill,
                kind=told.kind,
                amount=told.amount,
                insurer=told.insurer.strip(),
                paid_on=told.paid_on,
                document_no=told.document_no.strip(),
                recorded_at=moment,
                recorded_by=actor.code,
                officer=actor.officer,
                officer_name=actor.officer_name or actor.title.say("zh"),
            )
    except IntegrityError as refused:
        raise CannotBecause(
            "cases.late_document_known",
            sentence(
                "该户已登记过“{w}”的单据“{d}”",
                "Document “{d}” of “{w}” is recorded for this household already",
                w=told.insurer.strip(),
                d=told.document_no.strip(),
            ),
        ) from refused
    record(
        act="cases.note_late_insurance",
        about=("award", award.id),
        household=award.household_id,
        detail={"kind": told.kind, "amount": told.amount, "awards": len(revised)},
    )
    for one in revised:
        _revise(row, one, actor=actor, moment=moment)
    return row


def hold_aid_of(households: Iterable[UUID]) -> None:
    """One late payment of a household at a time: the second computes on what the first has left.

    Taken in one order by everybody, so that two that touch the same households wait for each other one way only.
    """
    with connection.cursor() as cursor:
        for name in sorted({f"aid of {one}" for one in households}):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def check_told(award: Award, told: Told, *, today: date) -> None:
    """Refuse a payment that is none, or that an award cannot be revised by."""
    if told.kind not in INSURANCE or told.amount <= 0:
        raise CannotBecause(
            "cases.no_late_insurance",
            sentence("请填写保险种类和大于零的金额", "Give the kind of insurance and an amount above zero"),
        )
    if told.paid_on > today:
        raise CannotBecause(
            "cases.late_in_future",
            sentence("理赔日期不能晚于今天", "The insurer cannot have paid after today"),
        )
    if not told.insurer.strip() or not told.document_no.strip():
        raise CannotBecause(
            "cases.late_without_document",
            sentence("请填写保险机构和单据编号", "Give the insurer and the document's number"),
        )
    if award.frequency == "monthly":
        raise CannotBecause(
            "cases.late_on_monthly",
            sentence(
                "按月发放的救助不按票据追回：保险待遇计入收入",
                "Monthly aid is not recovered by bill: insurance benefits count as income",
            ),
            sentence("请登记新的经济状况快照并复核", "Record a new snapshot and re-check the case"),
        )


def _revise(late: LatePayment, one: Revised, *, actor: Post, moment: datetime) -> None:
    require_closed(one.chain)
    last = ChainRevision.objects.filter(award_id=one.award).aggregate(last=Max("number"))["last"] or 0
    row = ChainRevision.objects.create(
        award_id=one.award,
        late=late,
        number=last + 1,
        need=one.chain[0].amount,
        amount=covered_by(one.chain, *AID),
        rules_version=one.rules_version,
        by_rules=bool(one.rules_version),
        made_at=moment,
        made_by=actor.code,
    )
    write_chain(RevisedLine, one.chain, revision=row)
    award = Award.objects.get(pk=one.award)
    write_bills(award, one.bills, number=row.number)
    for fund, amount in one.recover.items():
        if amount:
            claim = Recovery.objects.create(
                revision=row,
                award_id=one.award,
                household_id=award.household_id,
                fund=fund,
                amount=amount,
                proposed_at=moment,
            )
            record(
                act="cases.propose_recovery",
                about=("recovery", claim.id),
                household=award.household_id,
                detail={"fund": fund, "amount": amount},
            )


def confirm_recovery(recovery_id: UUID, *, actor: Post, moment: datetime) -> Recovery:
    """A person who decides on aid confirms that it has to come back. Only then is it asked for."""
    _require_decider(recovery_id, actor)
    row = _locked(recovery_id, actor, "proposed")
    if actor.officer and actor.officer == row.revision.late.officer:
        raise _own_hand("登记这笔理赔", "recorded this insurance payment")
    row.state, row.confirmed_at, row.confirmed_by = "open", moment, actor.code
    row.confirmed_officer = actor.officer
    row.save(update_fields=["state", "confirmed_at", "confirmed_by", "confirmed_officer"])
    _recorded("cases.confirm_recovery", row)
    return row


def _require_decider(recovery_id: UUID, actor: Post) -> None:
    """Whoever decides on the aid decides on its recovery, by the same procedure."""
    require(actor, "cases.confirm_recovery")
    row = queries.recovery(recovery_id, actor)
    role = queries.procedure_of(row.award.case).step("decide").role
    if actor.role not in (role, "system"):
        raise NotYours(
            "cases.not_your_recovery",
            sentence(
                "该救助由“{r}”审批，退还也由其确认",
                "“{r}” decides on this aid, and on its recovery",
                r=ROLE_NAMES[role],
            ),
        )


def waive_recovery(recovery_id: UUID, *, reason: str, actor: Post, moment: datetime) -> Recovery:
    """Give a recovery up, with a reason: the household cannot bear it, or asking costs more than it brings."""
    _require_decider(recovery_id, actor)
    if len(reason.strip()) < 4:
        raise CannotBecause(
            "cases.waived_without_reason",
            sentence("免于追回须写明理由（至少4个字）", "To waive it, say why (at least 4 characters)"),
        )
    row = _locked(recovery_id, actor, "proposed", "open")
    row.state, row.settled_at, row.settled_by, row.because = "waived", moment, actor.code, reason.strip()
    row.save(update_fields=["state", "settled_at", "settled_by", "because"])
    _recorded("cases.waive_recovery", row)
    return row


def note_recovered(recovery_id: UUID, *, document_no: str, actor: Post, moment: datetime) -> Recovery:
    """Note that it came back, by which document. The money itself is entered by :mod:`jishiyu.journeys.settle_recovery`."""
    require(actor, "funds.settle_recovery")
    if not document_no.strip():
        raise CannotBecause(
            "cases.recovered_without_document",
            sentence("请填写退款凭证编号", "Give the number of the refund's document"),
        )
    row = _locked(recovery_id, actor, "open")
    if actor.officer and actor.officer == row.confirmed_officer:
        raise _own_hand("确认这笔退还", "confirmed this recovery")
    row.state, row.settled_at, row.settled_by, row.document_no = (
        "paid",
        moment,
        actor.code,
        document_no.strip(),
    )
    row.save(update_fields=["state", "settled_at", "settled_by", "document_no"])
    _recorded("cases.note_recovered", row)
    return row


def _own_hand(zh: str, en: str) -> NotYours:
    return NotYours(
        "cases.not_your_recovery",
        sentence("由您{z}，须由另一人办理", "You {e}: another person has to do this", z=zh, e=en),
        sentence("请转由他人办理", "Leave it to somebody else"),
    )


def _locked(recovery_id: UUID, actor: Post, *states: str) -> Recovery:
    queries.recovery(recovery_id, actor)
    row = Recovery.objects.select_for_update().get(pk=recovery_id)
    if row.state not in states:
        raise CannotBecause(
            "cases.recovery_moved_on",
            sentence(
                "这笔退还已是“{s}”，不能再这样处理",
                "This recovery is “{s}” already: this cannot be done any more",
                s=queries.RECOVERY_STATES[row.state],
            ),
            sentence("请刷新页面查看最新状态", "Reload the page to see where it stands"),
        )
    return row


def _recorded(act: str, row: Recovery) -> None:
    record(
        act=act,
        about=("recovery", row.id),
        household=row.household_id,
        detail={"fund": row.fund, "amount": row.amount, "state": row.state},
    )


def note_waiting_need(
    award: Award, *, programme: str, amount: int, actor: Post, moment: datetime
) -> WaitingNeed:
    """Keep what charity would have given and could not for want of money, so that it is met when money comes."""
    require(actor, "cases.decide")
    row = WaitingNeed.objects.create(
        award=award, household_id=award.household_id, programme=programme, amount=amount, since=day_of(moment)
    )
    record(
        act="cases.note_waiting_need",
        about=("award", award.id),
        household=award.household_id,
        detail={"amount": amount, "programme": programme},
    )
    return row


def close_waiting_need(need_id: UUID, *, reason: str, actor: Post, moment: datetime) -> WaitingNeed:
    """Take a need off the list: met by another award, or no longer there; with the reason."""
    require(actor, "cases.close_waiting_need")
    queries.waiting_need(need_id, actor)
    row = WaitingNeed.objects.select_for_update().get(pk=need_id)
    if len(reason.strip()) < 4:
        raise CannotBecause(
            "cases.waiting_closed_without_reason",
            sentence("请写明了结的理由（至少4个字）", "Say why it is closed (at least 4 characters)"),
        )
    if row.closed_on is not None:
        raise CannotBecause(
            "cases.waiting_closed", sentence("这项待助已了结", "This waiting need is closed already")
        )
    row.closed_on, row.closed_by, row.because = day_of(moment), actor.code, reason.strip()[:200]
    row.save(update_fields=["closed_on", "closed_by", "because"])
    record(
        act="cases.close_waiting_need",
        about=("award", row.award_id),
        household=row.household_id,
        reason=reason.strip(),
        detail={"amount": row.amount},
    )
    return row
