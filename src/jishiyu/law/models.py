"""Which versions of the pack were used here, so that a stored decision can name the one that it rests on; and what the
office laid over it: revisions of decision tables."""

import uuid

from django.db import models
from django.db.models import F, Q


class PackVersion(models.Model):
    """One version of the pack: its label, its SM3 content hash, and when it was first used. Readable by every post.

    ``content`` is the pack itself (a ZIP of its data files), so that a result can be computed anew years later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64, unique=True)
    first_used = models.DateTimeField()
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ("-first_used",)

    def __str__(self) -> str:
        return f"{self.label}+{self.content_hash[:12]}"


class TableRevision(models.Model):
    """A further edition of a decision table, proposed on the desk. Once approved by a second person it is never changed.

    ``content`` is the page as it stands in ``tables/revisions/`` of the pack: an approved one is laid over the pack's folder.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.CharField(max_length=60)
    first_day = models.DateField()
    content = models.TextField()
    document = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    status = models.CharField(max_length=10, default="draft")  # draft | approved | withdrawn
    pack_version = models.CharField(max_length=60)
    made_by = models.CharField(max_length=60)
    made_by_officer = models.CharField(max_length=60)
    made_by_name = models.CharField(max_length=60, default="")
    made_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_by_officer = models.CharField(max_length=60, blank=True)
    decided_by_name = models.CharField(max_length=60, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft", decided_by="", decided_at=None)
                | (Q(status="withdrawn", decided_at__isnull=False) & ~Q(decided_by=""))
                | (
                    Q(status="approved", decided_at__isnull=False)
                    & ~Q(decided_by="")
                    & ~Q(decided_by_officer=F("made_by_officer"))
                ),
                name="law_revision_approved_by_another",
                violation_error_message="决策表须由另一人批准 / Another person has to approve the table",
            ),
            models.UniqueConstraint(
                fields=["table", "first_day"], condition=Q(status="approved"), name="law_one_edition_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.first_day} {self.status}"

    @property
    def file(self) -> str:
        """The name that its page has in the pack."""
        return f"tables/revisions/{self.table}-{self.first_day.isoformat()}.yaml"
