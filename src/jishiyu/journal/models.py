"""The book itself: entries that are never changed, and the head that remembers the last of them."""

from datetime import UTC

from django.db import models

from jishiyu.journal.rules import Line


class Entry(models.Model):
    """One look or act: who, when, about what, on what ground, with what outcome. No personal data in ``detail``."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    post = models.CharField(max_length=60)
    officer = models.CharField(max_length=80)
    act = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.CharField(max_length=60, blank=True)
    household = models.UUIDField(null=True, blank=True)
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.BinaryField()
    seal = models.BinaryField()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["household", "number"]),
            models.Index(fields=["post", "number"]),
            models.Index(fields=["act", "number"]),
        ]

    def line(self) -> Line:
        """The entry's words in the form that is sealed."""
        return Line(
            number=self.number,
            at=self.at.astimezone(UTC).isoformat(),
            post=self.post,
            officer=self.officer,
            act=self.act,
            about_kind=self.about_kind,
            about_id=self.about_id,
            household=str(self.household or ""),
            outcome=self.outcome,
            reason=self.reason,
            source=self.source,
            detail=self.detail,
        )


class Head(models.Model):
    """The last number and seal; kept by a trigger, unwritable for the application's role."""

    id = models.SmallIntegerField(primary_key=True)
    number = models.BigIntegerField()
    seal = models.BinaryField()
