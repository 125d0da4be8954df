"""What came in and what is left, by kind, source and deposit."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from jishiyu.foundations.outcomes import NotFound, Sentence, sentence
from jishiyu.funds.models import Balance, Deposit, Source
from jishiyu.funds.rules.allocation import Purse
from jishiyu.funds.rules.sources import SOURCE_KINDS, SOURCE_NAMES, SourceKind

DepositRow = Deposit


@dataclass(frozen=True, slots=True)
class SourceBalance:
    """One source: received (less what was taken back), paid, left. Fen; received = paid + left."""

    id: UUID
    kind: SourceKind
    name: Sentence
    received: int
    left: int

    @property
    def paid(self) -> int:
        """What was paid to households from it."""
        return self.received - self.left


@dataclass(frozen=True, slots=True)
class KindBalance:
    """One of the three kinds of source with its sources."""

    kind: SourceKind
    name: Sentence
    sources: tuple[SourceBalance, ...]

    @property
    def received(self) -> int:
        """Fen received from all its sources."""
        return sum(one.received for one in self.sources)

    @property
    def left(self) -> int:
        """Fen left with all its sources."""
        return sum(one.left for one in self.sources)

    @property
    def paid(self) -> int:
        """Fen paid from all its sources."""
        return sum(one.paid for one in self.sources)


def sources() -> list[Source]:
    """All sources, by kind in the document's order (clause C28)."""
    return sorted(Source.objects.all(), key=lambda row: (SOURCE_KINDS.index(row.kind), row.name_zh))


def balances() -> list[KindBalance]:
    """The three kinds, kept apart, each with its sources and what they still hold."""
    received = dict(Deposit.objects.values("source").annotate(sum=Sum("amount")).values_list("source", "sum"))
    left = dict(
        Balance.objects.values("deposit__source")
        .annotate(sum=Sum("left"))
        .values_list("deposit__source", "sum")
    )
    rows = [
        SourceBalance(
            row.id,
            row.kind,  # type: ignore[arg-type]
            sentence(row.name_zh, row.name_en),
            received.get(row.id, 0),
            left.get(row.id, 0),
        )
        for row in sources()
    ]
    return [
        KindBalance(kind, SOURCE_NAMES[kind], tuple(row for row in rows if row.kind == kind))
        for kind in SOURCE_KINDS
    ]


def deposits(*, source: UUID | None = None) -> QuerySet[Deposit]:
    """Deposits, newest first, each with ``left`` (fen) and ``taken_back`` (its reversal's id, or None)."""
    rows = Deposit.objects.filter(reverses=None).select_related("source", "reversed_by", "balance")
    if source is not None:
        rows = rows.filter(source_id=source)
    return rows.annotate(left=Coalesce("balance__left", 0)).order_by("-received_on", "-document_no")


def deposit(deposit_id: UUID) -> Deposit:
    """One deposit, with ``left``. Raises NotFound outside the post's reach."""
    row = deposits().filter(pk=deposit_id).first()
    if row is None:
        raise NotFound(
            "funds.no_such_deposit",
            sentence("在您的权限范围内没有这笔到账", "There is no such deposit within your reach"),
        )
    return row


def purses() -> list[Purse]:
    """What every deposit still holds, as the rules of allocation read it."""
    held = Balance.objects.filter(Q(left__gt=0)).select_related("deposit", "deposit__source")
    return [
        Purse(
            deposit=str(row.deposit_id),
            source=str(row.deposit.source_id),
            kind=row.deposit.source.kind,  # type: ignore[arg-type]
            purpose=row.deposit.purpose,
            received_on=row.deposit.received_on,
            left=row.left,
        )
        for row in held
    ]


def kind_name(kind: str) -> Sentence:
    """A kind of source in words."""
    return SOURCE_NAMES[kind]  # type: ignore[index]
