"""Reading the journal: entries within the reader's reach, and whether the chain still holds."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from jishiyu.journal.models import Entry, Head
from jishiyu.journal.rules import Fault, Sealed, faults


def entries(
    *, act: str = "", post: str = "", household: UUID | None = None, outcome: str = ""
) -> QuerySet[Entry]:
    """Entries, newest first, that the transaction's post may read (row security decides), narrowed by what is given."""
    found = Entry.objects.order_by("-number")
    if act:
        found = found.filter(act__startswith=act)
    if post:
        found = found.filter(post=post)
    if household is not None:
        found = found.filter(household=household)
    if outcome:
        found = found.filter(outcome=outcome)
    return found


def length() -> int:
    """How many entries the journal has had, by its head."""
    return Head.objects.get(pk=1).number


def head() -> tuple[int, bytes]:
    """The last entry's number and seal, as the head remembers them."""
    row = Head.objects.get(pk=1)
    return row.number, bytes(row.seal)


def seal_at(number: int) -> bytes | None:
    """The seal of an entry; None when there is no such entry."""
    found = Entry.objects.filter(number=number).values_list("seal", flat=True).first()
    return None if found is None else bytes(found)


def find_faults() -> Iterator[Fault]:
    """Each changed, missing or swapped entry. Needs a post that reads the whole journal (audit, district, system)."""
    head = Head.objects.get(pk=1)
    stored = (
        Sealed(entry.line(), bytes(entry.previous), bytes(entry.seal))
        for entry in Entry.objects.order_by("number").iterator()
    )
    return iter(faults(stored, last_number=head.number, last_seal=bytes(head.seal)))
