"""Writing in the journal. Entries are gathered on a page and written last, so that the chain's lock is held briefly."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from jishiyu.journal.models import Entry, Head
from jishiyu.journal.rules import seal_of

# One lock for the chain, taken after every other lock of the transaction: two writers can wait for, never block, each other.
_CHAIN_LOCK = 0x4A495348


@dataclass(slots=True)
class Page:
    """What one transaction has to say, for whom and when; written down when it ends."""

    post: str
    officer: str
    moment: datetime
    source: str = ""
    waiting: list[dict[str, Any]] = field(default_factory=list)


_page: ContextVar[Page | None] = ContextVar("journal_page", default=None)


@contextmanager
def open_page(*, post: str, officer: str, moment: datetime, source: str = "") -> Iterator[Page]:
    """Open the page of a transaction; at its end everything recorded is sealed and stored in the same transaction."""
    page = Page(post, officer, moment, source)
    mark = _page.set(page)
    try:
        yield page
        write_down(page)
    finally:
        _page.reset(mark)


def record(
    *,
    act: str,
    about: tuple[str, object] = ("", ""),
    household: UUID | None = None,
    reason: str = "",
    outcome: str = "done",
    detail: dict[str, Any] | None = None,
) -> None:
    """Note a look or act on the open page. Raises RuntimeError when nobody opened one: nothing happens unrecorded."""
    page = _page.get()
    if page is None:
        raise RuntimeError(f"{act} outside an open journal page: enter offices.operations.acting first")
    page.waiting.append(
        {
            "act": act,
            "about_kind": about[0],
            "about_id": str(about[1]),
            "household": household,
            "reason": reason[:400],
            "outcome": outcome,
            "detail": detail or {},
        }
    )


@contextmanager
def attempt() -> Iterator[None]:
    """A part of the transaction that may fail alone: when it raises, what it changed and what it noted are both gone."""
    page = _page.get()
    before = len(page.waiting) if page else 0
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if page is not None:
            del page.waiting[before:]
        raise


def forget_waiting() -> None:
    """Drop what is not yet written, because the acts themselves are being rolled back."""
    page = _page.get()
    if page is not None:
        page.waiting.clear()


def write_down(page: Page | None = None) -> None:
    """Seal and store what waits on the page (the open one by default)."""
    page = page or _page.get()
    if page is None or not page.waiting:
        return
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    head = Head.objects.get(pk=1)
    number, seal = head.number, bytes(head.seal)
    rows = []
    for words in page.waiting:
        number += 1
        entry = Entry(
            number=number,
            at=page.moment.astimezone(UTC),
            post=page.post,
            officer=page.officer,
            source=page.source,
            previous=seal,
            **words,
        )
        entry.seal = seal = seal_of(entry.line(), seal)
        rows.append(entry)
    Entry.objects.bulk_create(rows)
    page.waiting.clear()
