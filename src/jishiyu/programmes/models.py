"""What was computed that a household is entitled to, kept with the evidence, the pack and the rules it came from.

Conditions and traces may tell of illness or disability, so they are sealed; outcome and amount are not.
"""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.assessment.models import ScreeningRun
from jishiyu.foundations.fields import FenField, SealedJSONField, SealedParcelField
from jishiyu.registry.models import Household, Snapshot


class EntitlementRun(models.Model):
    """One computing of a household's entitlements on a snapshot and a legal date. Never changed.

    ``numbers`` are all answers without words, sealed, and ``digest`` is theirs; ``eligible`` names the items that it is
    entitled to. One that somebody asked for keeps its words beside it; of one from a run over the district they are made anew
    when somebody looks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The indexes and the constraint below begin with these already.
    household = models.ForeignKey(Household, on_delete=models.PROTECT, db_index=False, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, db_index=False, related_name="+")
    day = models.DateField()
    pack_version = models.CharField(max_length=60)
    rules_version = models.CharField(max_length=20)
    screening = models.ForeignKey(
        ScreeningRun, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    numbers = SealedJSONField(null=True)
    # What persons had told by then in answer to the pack's questions; null where nothing had been.
    told = SealedJSONField(null=True)
    # Aid had by then, of a year's cap and on the same bills; null where none had been.
    aid_had = SealedJSONField(null=True)
    eligible = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "day", "digest"], name="programmes_computed_once")
        ]
        indexes = [models.Index(fields=["household", "-day", "-made_at"])]

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"


class RunInWords(models.Model):
    """All answers of a run as they were told, with every step: see :mod:`jishiyu.programmes.rules.kept_words`. Never changed.

    ``digest`` is taken over ``content``: the same evidence, pack and rules tell the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.OneToOneField(EntitlementRun, on_delete=models.PROTECT, related_name="words")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, db_index=False, related_name="+")
    content = SealedParcelField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.digest[:12]


class StoredEntitlement(models.Model):
    """The answer for one benefit item in a run, as releases before 2026-12 kept it; read still, and no longer written.

    ``content`` is the whole of it: conditions, chain, trace, doubts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(EntitlementRun, on_delete=models.PROTECT, related_name="entitlements")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=8)
    outcome = models.CharField(max_length=16)
    amount = FenField(null=True)
    at_least = FenField(null=True)
    illustrative = models.BooleanField()
    content = SealedJSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "item"], name="programmes_answered_once"),
            models.CheckConstraint(
                condition=Q(outcome="eligible", amount__gte=0)
                | Q(outcome__in=["not_eligible", "cannot_compute"], amount=None),
                name="programmes_amount_with_eligible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.outcome}"
