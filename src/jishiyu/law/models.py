"""Which versions of the pack were used here, so that a stored decision can name the one that it rests on."""

import uuid

from django.db import models


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
