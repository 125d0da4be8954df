"""Questions about what came in: batches and rows within the post's reach."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jishiyu.evidence.models import Batch as Batch
from jishiyu.evidence.models import Row as Row
from jishiyu.evidence.rules.keeping import OPEN_STATES, SETTLED_STATES
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post


def batches(post: Post) -> QuerySet[Batch]:
    """The batches that a post reaches, newest first."""
    return within_reach(Batch.objects.select_related("sub_district"), post, area="sub_district_id")


def batch(batch_id: UUID, post: Post) -> Batch:
    """One batch within reach. Raises NotFound, which never tells whether it exists elsewhere."""
    row = batches(post).filter(pk=batch_id).first()
    if row is None:
        raise NotFound(
            "no_such_batch",
            sentence("在您的权限范围内没有这次导入", "There is no such import within your reach"),
        )
    return row


def batch_with_content(content_sm3: bytes, sub_district: str, post: Post) -> Batch | None:
    """The batch that this very file made before in the sub-district, if any."""
    return batches(post).filter(content_sm3=content_sm3, sub_district_id=sub_district).first()


def rows(batch: Batch) -> QuerySet[Row]:
    """All rows of a batch, in the order of the file."""
    return Row.objects.filter(batch=batch)


def open_rows(batch: Batch) -> QuerySet[Row]:
    """The rows that still ask for something: bad ones, and those that wait for them."""
    return rows(batch).filter(state__in=OPEN_STATES).exclude(household__isnull=False)


def open_row_counts(batches: Iterable[Batch]) -> dict[UUID, int]:
    """How many rows of each of these batches still ask for something; batches without any are left out."""
    found = Row.objects.filter(batch__in=[one.pk for one in batches], state__in=OPEN_STATES)
    counted = found.exclude(household__isnull=False).order_by().values_list("batch").annotate(n=Count("pk"))
    return dict(counted)


def open_keys(batch: Batch, *, code: str = "", words: str = "") -> list[str]:
    """The keys of households with open rows, in the order of the file; narrowed by a problem's code or part of the key."""
    found = open_rows(batch).filter(state__in=("bad", "waiting"))
    if code:
        found = found.filter(codes__contains=[code])
    if words:
        found = found.filter(household_key__icontains=words)
    return list(dict.fromkeys(found.values_list("household_key", flat=True)))


def rows_of(batch: Batch, keys: Sequence[str]) -> list[Row]:
    """The open rows of some households, in the order of the file."""
    return list(open_rows(batch).filter(household_key__in=keys))


def state_counts(batch: Batch) -> dict[str, int]:
    """How many rows are in each state."""
    counted = rows(batch).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(counted)


def problem_counts(batch: Batch) -> list[tuple[str, int]]:
    """How often each kind of problem stands in open rows, most frequent first."""
    tally: dict[str, int] = {}
    for codes in open_rows(batch).filter(state="bad").values_list("codes", flat=True):
        for code in codes:
            tally[code] = tally.get(code, 0) + 1
    return sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))


def settled_households(batch: Batch, keys: Iterable[str]) -> dict[str, UUID]:
    """For household keys of a batch that are dealt with: the registered household of each."""
    found = rows(batch).filter(Q(household_key__in=list(keys)), state__in=SETTLED_STATES)
    return {key: household for key, household in found.values_list("household_key", "household") if household}
