"""What was done to several cases at once."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from jishiyu.cases.models import Batch, BatchItem
from jishiyu.cases.queries.files import running_procedure
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.offices.rules import Post


@dataclass(frozen=True, slots=True)
class BatchCount:
    """How far a batch is: cases done, refused, waiting, and of those done how many were taken back."""

    done: int
    refused: int
    waiting: int
    taken_back: int

    @property
    def all(self) -> int:
        """All cases of the batch."""
        return self.done + self.refused + self.waiting


def batch(batch_id: UUID, post: Post) -> Batch:
    """One batch of the post's own desk. Raises NotFound."""
    row = batches(post).filter(pk=batch_id).first()
    if row is None:
        raise NotFound("no_such_batch", sentence("没有此批量操作", "There is no such batch"))
    return row


def batches(post: Post) -> QuerySet[Batch]:
    """What the posts of the same kind in the same office did in batches, newest first."""
    if post.scope in ("audit", "system"):
        return Batch.objects.all()
    return Batch.objects.filter(role=post.role, area=post.area, agency=post.agency)


def batch_items(batch: Batch) -> list[BatchItem]:
    """The cases of a batch in their order, each with its case and whether its step was taken back."""
    rows = BatchItem.objects.filter(batch=batch).select_related("case__applicant", "taken__taken_back")
    return list(
        rows.defer("case__basis", "case__statement", "case__applicant__id_number").order_by("position")
    )


def count_of(batch: Batch) -> BatchCount:
    """How far a batch is."""
    items = BatchItem.objects.filter(batch=batch)
    states = list(items.values_list("state", "taken__taken_back"))
    return BatchCount(
        done=sum(state == "done" for state, _ in states),
        refused=sum(state == "refused" for state, _ in states),
        waiting=sum(state == "waiting" for state, _ in states),
        taken_back=sum(back is not None for _, back in states),
    )


def items_to_take_back(batch: Batch) -> list[BatchItem]:
    """The cases that a batch did and whose step still counts, the last first."""
    rows = BatchItem.objects.filter(batch=batch, state="done", taken__taken_back=None)
    return list(rows.select_related("case", "taken").order_by("-position"))


def batch_outcome_name(batch: Batch, items: Sequence[BatchItem]) -> Sentence:
    """A batch's outcome in words, as the procedure of its first case has it."""
    for item in items:
        with suppress(CannotBecause, KeyError, StopIteration):  # a newer pack may not have it any more
            step = running_procedure(item.case.item, item.case.era).step(batch.step)
            return next(one.name for one in step.outcomes if one.key == batch.outcome)
    return sentence(batch.outcome, batch.outcome)
