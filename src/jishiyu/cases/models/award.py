"""What was decided: the award with its chain, and each medical bill's own chain."""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.cases.models.case import Case
from jishiyu.foundations.fields import FenField, SealedJSONField
from jishiyu.registry.models import Household, Person, Snapshot


class Award(models.Model):
    """The decision to help (救助决定): how much, in which form, for which months, on which evidence and policy.

    ``amount`` is what government and charity give each time; ``need`` what the chain covers. Both are fen. Months are first days.
    ``evidence_digest`` and ``basis_digest`` (SM3) are of the facts and of what the rules said of them; empty on awards of before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="awards")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=8)
    need = FenField()
    amount = FenField()
    form = models.CharField(max_length=12)
    frequency = models.CharField(max_length=12)
    first_month = models.DateField()
    last_month = models.DateField(null=True, blank=True)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=60)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    pack_version = models.CharField(max_length=40)
    rules_version = models.CharField(max_length=60, blank=True)
    evidence_digest = models.CharField(max_length=64, blank=True)
    basis_digest = models.CharField(max_length=64, blank=True)
    computed_amount = FenField(null=True)
    reasons = SealedJSONField(default=list)

    class Meta:
        ordering = ["decided_on"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0, need__gte=0), name="cases_award_not_negative"),
            models.CheckConstraint(
                condition=Q(last_month=None)
                | Q(last_month__gte=models.F("first_month"))
                | Q(frequency="monthly"),
                name="cases_award_in_order",
            ),
        ]
        indexes = [models.Index(fields=["first_month", "last_month"]), models.Index(fields=["household"])]


class ChainLine(models.Model):
    """One line of an award's chain: the need, who bears how much of it, what stays with the household."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="chain")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    label = models.JSONField()
    amount = FenField()
    citation = models.CharField(max_length=400, blank=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    note = models.JSONField(null=True)

    class Meta:
        ordering = ["award", "position"]
        constraints = [
            models.UniqueConstraint(fields=["award", "position"], name="cases_chain_position_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cases_chain_not_negative"),
        ]


class BillChain(models.Model):
    """One medical bill of an award with its own closed chain. ``number`` 0 is as decided, then as revised.

    ``bill`` is the same for the same bill in whatever evidence: of all awards on one bill, aid and insurance never exceed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="bills")
    number = models.PositiveSmallIntegerField(default=0)
    bill = models.CharField(max_length=32)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    settled_on = models.DateField()
    need = FenField()

    class Meta:
        ordering = ["award", "number", "settled_on", "bill"]
        constraints = [models.UniqueConstraint(fields=["award", "number", "bill"], name="cases_bill_once")]
        indexes = [models.Index(fields=["bill"]), models.Index(fields=["person", "settled_on"])]


class BillLine(models.Model):
    """One line of a bill's chain."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.ForeignKey(BillChain, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    label = models.JSONField()
    amount = FenField()
    citation = models.CharField(max_length=400, blank=True)
    note = models.JSONField(null=True)

    class Meta:
        ordering = ["chain", "position"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="cases_bill_position_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cases_bill_not_negative"),
        ]
