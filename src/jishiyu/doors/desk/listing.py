"""Lists on screens: sorted, cut into pages, countable; all from the address, so that they work without script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list with what its heading and footer need."""

    page: "Page[Any]"
    sort: str
    descending: bool
    total: int
    numbers: list[int | str]


def listing(
    rows: "QuerySet[Any] | Sequence[Any]",
    request: HttpRequest,
    *,
    sorts: Mapping[str, Sequence[str]] | None = None,
    default: str = "",
    size: int = PAGE_SIZE,
) -> Listing:
    """Sort and page rows as the address asks (``?sort=&down=&page=``).

    ``sorts`` names the columns that may be sorted by, each with its fields; anything else in the address is ignored.
    """
    sort = request.GET.get("sort", default)
    down = request.GET.get("down") == "1"
    if sorts and sort not in sorts:
        sort, down = default.removeprefix("-"), default.startswith("-")
    if sorts and sort and isinstance(rows, QuerySet):
        rows = rows.order_by(*_order(sorts[sort], down))
    pages = Paginator(rows, size)
    page = pages.get_page(request.GET.get("page"))
    numbers = [
        number if isinstance(number, int) else "…"
        for number in pages.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return Listing(page, sort, down, pages.count, numbers)


def _order(fields: Sequence[str], down: bool) -> list[Any]:
    # Unknown values come last either way: nobody looks for them first.
    return [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in fields]
