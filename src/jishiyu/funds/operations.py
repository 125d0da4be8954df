"""Acts with money. The database keeps the ledger's law (``0002_ledger``); here the reasons are said before it has to refuse."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from jishiyu.cases.models import Award
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.foundations.periods import month_start
from jishiyu.funds import queries
from jishiyu.funds.models import Allocation, BackPay, Deposit, Payment, PaymentRun, Source
from jishiyu.funds.queries import Due
from jishiyu.funds.rules.allocation import Part, Purse, allocate, spend
from jishiyu.funds.rules.sources import SourceKind
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.programmes.rules.back_pay import MonthOwed

_BATCH = 2000
_TILL_LOCK = 0x46554E44


def name_source(*, kind: SourceKind, name: Sentence, actor: Post) -> Source:
    """Enter a source of money, or find it again by its kind and Chinese name."""
    require(actor, "funds.deposit")
    row, made = Source.objects.get_or_create(kind=kind, name_zh=name.zh, defaults={"name_en": name.en})
    if made:
        record(act="funds.name_source", about=("source", row.id), detail={"kind": kind})
    return row


def receive_deposit(
    *, source_id: UUID, amount: int, received_on: date, document_no: str, purpose: str = "", actor: Post, moment: datetime
) -> Deposit:  # fmt: skip
    """Record money that came in. ``amount`` fen; ``purpose`` a programme's code when it was given for that one alone."""
    require(actor, "funds.deposit")
    source = Source.objects.filter(pk=source_id).first()
    if source is None:
        raise CannotBecause(
            "funds.no_such_source", sentence("请选择资金来源", "Choose the source of the money")
        )
    _check_deposit(source, amount, received_on, document_no, purpose, today=day_of(moment))
    row = Deposit.objects.create(
        source=source,
        amount=amount,
        received_on=received_on,
        document_no=document_no.strip(),
        purpose=purpose,
        year=received_on.year,
        recorded_at=moment,
        recorded_by=actor.code,
    )
    record(
        act="funds.receive_deposit",
        about=("deposit", row.id),
        detail={"amount": amount, "kind": source.kind, "document": row.document_no, "purpose": purpose},
    )
    return row


def reverse_deposit(deposit_id: UUID, *, reason: str, actor: Post, moment: datetime) -> Deposit:
    """Take back a deposit that was recorded by mistake. Refused once something was paid from it."""
    require(actor, "funds.deposit")
    held = queries.deposit(deposit_id)
    _require_reason(reason)
    if held.left != held.amount:  # type: ignore[attr-defined]
        raise CannotBecause(
            "funds.deposit_in_use",
            sentence("这笔资金已经使用或已冲正，不能冲正", "This money was spent or taken back already"),
            sentence("请先冲正由它支付的发放", "Reverse the payments that it bore first"),
        )
    row = Deposit.objects.create(
        source=held.source,
        amount=-held.amount,
        received_on=day_of(moment),
        document_no=held.document_no,
        purpose=held.purpose,
        year=held.year,
        reverses=held,
        because=reason.strip(),
        recorded_at=moment,
        recorded_by=actor.code,
    )
    record(act="funds.reverse_deposit", about=("deposit", held.id), reason=reason.strip())
    return row


def open_run(*, month: date, actor: Post, moment: datetime) -> PaymentRun:
    """Open a payment run for a month. Its number is never used again."""
    require(actor, "funds.pay")
    first = month_start(month)
    with connection.cursor() as cursor:
        cursor.execute("select nextval('funds_run_numbers')")
        (running,) = cursor.fetchone()
    row = PaymentRun.objects.create(
        number=f"FF{first:%Y%m}-{running:04d}",
        month=first,
        opened_at=moment,
        opened_by=actor.code,
        officer_name=actor.officer_name or actor.title.say("zh"),
        pack_version=pack().version,
    )
    record(act="funds.open_run", about=("run", row.number), detail={"month": first.isoformat()})
    return row


def hold_the_till() -> None:
    """One run at a time: whoever comes second waits until the first has paid, and then finds less, or nothing, due."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_TILL_LOCK])


def plan(dues: Sequence[Due], purses: Sequence[Purse]) -> list[tuple[Due, tuple[Part, ...]]]:
    """Which deposits would bear what is due, in its order. Raises NotEnough at the first that cannot be borne."""
    held = list(purses)
    planned = []
    for one in dues:
        parts = allocate(one.amount, held, fund=one.fund, programme=one.programme)
        held = spend(held, parts)
        planned.append((one, parts))
    return planned


def pay(
    run: PaymentRun, planned: Sequence[tuple[Due, tuple[Part, ...]]], *, actor: Post, moment: datetime
) -> list[Payment]:
    """Pay what was planned, in this run. The database refuses, and nothing is paid, if a deposit has been spent meanwhile."""
    require(actor, "funds.pay")
    rows, parts = [], []
    for one, borne in planned:
        row = _payment(run, one, paid_on=day_of(moment))
        rows.append(row)
        parts += [
            Allocation(payment=row, deposit_id=part.deposit, source_id=part.source, amount=part.amount)
            for part in borne
        ]
        record(
            act="funds.pay",
            about=("payment", row.id),
            household=one.household,
            detail={
                "amount": one.amount,
                "fund": one.fund,
                "month": one.month.isoformat(),
                "run": run.number,
            },
        )
    try:
        with transaction.atomic():
            Payment.objects.bulk_create(rows, batch_size=_BATCH)
            Allocation.objects.bulk_create(parts, batch_size=_BATCH)
    except IntegrityError as refused:
        raise CannotBecause(
            "funds.changed_meanwhile",
            sentence(
                "账面在此期间有变动，本次未发放任何款项",
                "The books changed in the meantime; nothing was paid now",
            ),
            sentence("请重新预览后再发放", "Preview again, then pay"),
        ) from refused
    return rows


def look_at_payment(payment_id: UUID, *, actor: Post) -> queries.PaymentTrace:
    """Trace one payment to what bore it; the look at the household's money is in the journal."""
    require(actor, "registry.see")
    trace = queries.trace_payment(payment_id, actor)
    record(act="funds.look", about=("payment", payment_id), household=trace.payment.household_id)
    return trace


def look_at_deposit(deposit_id: UUID, *, actor: Post) -> queries.DepositTrace:
    """Trace one deposit to the households it reached; the look is in the journal."""
    require(actor, "funds.see")
    trace = queries.trace_deposit(deposit_id, actor)
    record(act="funds.look", about=("deposit", deposit_id), detail={"households": trace.households})
    return trace


def note_export(*, rows: int, what: str, actor: Post) -> None:
    """Note that a list of payments left the system."""
    require(actor, "funds.see")
    record(act="funds.export", about=("list", what), detail={"rows": rows})


def reverse_payment(payment_id: UUID, *, reason: str, actor: Post, moment: datetime) -> Payment:
    """Write a payment back (returned by the bank, paid by mistake): the money is with its deposits again."""
    require(actor, "funds.pay")
    _require_reason(reason)
    paid = queries.payment(payment_id, actor)
    if paid.reverses_id is not None or Payment.objects.filter(reverses=paid).exists():
        raise CannotBecause(
            "funds.reversed_already", sentence("这笔发放已经冲正", "This payment was reversed already")
        )
    back = Payment(
        id=uuid4(),
        **{name: getattr(paid, name) for name in _OF_ITS_AWARD},
        amount=-paid.amount,
        paid_on=day_of(moment),
        reverses=paid,
        because=reason.strip(),
    )
    back.save(force_insert=True)
    Allocation.objects.bulk_create(
        Allocation(payment=back, deposit_id=part.deposit_id, source_id=part.source_id, amount=-part.amount)
        for part in Allocation.objects.filter(payment=paid)
    )
    record(
        act="funds.reverse_payment",
        about=("payment", paid.id),
        household=paid.household_id,
        reason=reason.strip(),
        detail={"amount": paid.amount},
    )
    return back


def note_back_pay(
    supplement: Award, award_id: UUID, months: Sequence[MonthOwed], *, parameter: str, actor: Post, moment: datetime
) -> None:  # fmt: skip
    """Note the months of an award that a further award makes good. Each month once: the database refuses a second."""
    require(actor, "cases.back_pay")
    BackPay.objects.bulk_create(
        BackPay(
            award_id=award_id,
            supplement=supplement,
            household_id=supplement.household_id,
            sub_district_id=supplement.case.sub_district_id,
            parameter=parameter,
            month=one.month,
            had=one.had,
            due=one.due,
            old_value=one.old.value if one.old else 0,
            new_value=one.new.value if one.new else 0,
            citation=str(one.new.citation)[:400] if one.new else "",
            recorded_at=moment,
            recorded_by=actor.code,
        )
        for one in months
    )


_OF_ITS_AWARD = (
    "run_id", "award_id", "household_id", "sub_district_id", "item", "programme", "fund", "month", "attempt", "payee",
)  # fmt: skip


def _payment(run: PaymentRun, one: Due, *, paid_on: date) -> Payment:
    return Payment(
        run=run,
        award_id=one.award,
        household_id=one.household,
        sub_district_id=one.sub_district,
        item=one.item,
        programme=one.programme,
        fund=one.fund,
        month=one.month,
        attempt=one.attempt,
        amount=one.amount,
        paid_on=paid_on,
        payee=one.payee,
    )


def _check_deposit(
    source: Source, amount: int, received_on: date, document_no: str, purpose: str, *, today: date
) -> None:
    if amount <= 0:
        raise CannotBecause(
            "funds.not_positive",
            sentence(
                "到账金额应大于零（现为{a}元）",
                "More than nothing has to come in ({a} yuan)",
                a=yuan_text(amount),
            ),
        )
    if received_on > today:
        raise CannotBecause(
            "funds.in_future", sentence("到账日期不能晚于今天", "Money cannot arrive after today")
        )
    if not document_no.strip():
        raise CannotBecause(
            "funds.no_document", sentence("请填写文件或凭证编号", "Enter the document's number")
        )
    if purpose:
        pack().programme(purpose)
    if Deposit.objects.filter(source=source, document_no=document_no.strip(), reverses=None).exists():
        raise CannotBecause(
            "funds.document_known",
            sentence(
                "该来源的文件“{d}”已登记",
                "Document “{d}” of this source is recorded already",
                d=document_no.strip(),
            ),
            sentence(
                "如重复到账，请填写新的凭证编号", "If money came twice, give the second document's number"
            ),
        )


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < 4:
        raise CannotBecause(
            "funds.no_reason", sentence("请写明事由（至少4个字）", "Say why (at least 4 characters)")
        )
