"""Chains of aid as they are kept: an award's, its revisions', and those of its bills."""

from collections.abc import Sequence
from typing import Any

from jishiyu.cases.models import Award, BillLine, ChainLine, RevisedLine
from jishiyu.cases.models import BillChain as BillChainRow
from jishiyu.programmes.rules import coordination
from jishiyu.programmes.rules.bills import BillChain


def write_chain(
    model: type[ChainLine] | type[RevisedLine], chain: Sequence[coordination.ChainLine], **owner: Any
) -> None:
    """Keep a closed chain, line by line in its order, for its ``owner`` (``award=…`` or ``revision=…``)."""
    model.objects.bulk_create(
        model(**owner, **_line(place, line), first=line.first, last=line.last)  # type: ignore[misc]
        for place, line in enumerate(chain)
    )


def write_bills(award: Award, bills: Sequence[BillChain], *, number: int = 0) -> None:
    """Keep the bills of an award (``number`` 0) or of its revision, each with its chain."""
    rows = [
        (
            BillChainRow(
                award=award,
                number=number,
                bill=one.bill,
                person_id=one.person,
                settled_on=one.chain[0].first or award.decided_on,
                need=one.chain[0].amount,
            ),
            one.chain,
        )
        for one in bills
    ]
    BillChainRow.objects.bulk_create(row for row, _ in rows)
    BillLine.objects.bulk_create(
        BillLine(chain=row, **_line(place, line)) for row, chain in rows for place, line in enumerate(chain)
    )


def _line(place: int, line: coordination.ChainLine) -> dict[str, Any]:
    return {
        "position": place,
        "kind": line.kind,
        "label": line.label.as_data(),
        "amount": line.amount,
        "citation": line.citation[:400],
        "note": line.note.as_data() if line.note else None,
    }
