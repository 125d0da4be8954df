"""Partners, the messages exchanged with them, their subscriptions, and what they reported of their own beneficiaries.

What was asked and answered may quote identity numbers and is sealed. A message is never removed; only its state goes forward.
"""

import uuid

from django.db import models
from django.db.models import Q

from jishiyu.foundations.fields import SealedJSONField, SealedTextField
from jishiyu.offices.models import Agency


class Partner(models.Model):
    """Another system (对接系统): who runs it, how it proves itself, what it may ask, and where answers may be sent.

    ``reach`` is ``agency`` (households opened to the agency) or ``district``. ``grants`` are actions, ``fields`` groups of facts
    (``identity``, ``address``, ``score``, ``disability``). ``callbacks`` are origins (``https://host:port``; a ``*`` port is any
    port of a loopback address): nothing is ever sent elsewhere. ``signatures`` is ``required`` or ``checked`` (verified when one
    is there). ``purpose`` stands for requests that name none; empty means that each request has to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_id = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    secret = models.CharField(max_length=200)
    reach = models.CharField(max_length=10, default="agency")
    grants = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    sender_ids = models.JSONField(default=list)
    callbacks = models.JSONField(default=list)
    signatures = models.CharField(max_length=10, default="required")
    keys = models.JSONField(default=list)
    purpose = models.CharField(max_length=200, blank=True)
    each_minute = models.PositiveIntegerField(default=120)
    address = models.CharField(max_length=300, blank=True)
    our_client_id = models.CharField(max_length=60, blank=True)
    our_secret = SealedTextField()
    is_active = models.BooleanField(default=True)
    since = models.DateField()

    class Meta:
        ordering = ["client_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reach__in=["agency", "district"]) & Q(signatures__in=["required", "checked"]),
                name="partners_partner_sound",
            ),
            models.CheckConstraint(
                condition=Q(reach="district") | Q(agency__isnull=False),
                name="partners_reach_needs_agency",
                violation_error_message="只看本单位业务的对接系统须指明单位 / A partner that sees an agency's households needs its agency",
            ),
        ]


class Message(models.Model):
    """One request exchanged with a partner, and its answer. Its id is the ``correlation_id`` that acknowledges it.

    States: ``rcvd`` (acknowledged), ``pdng`` (at work), ``succ`` (answered), ``rjct`` (refused). ``told_at`` is when the answer was
    delivered to ``callback``; ``tries`` how often that was tried.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="messages")
    partner_code = models.CharField(max_length=70)
    outgoing = models.BooleanField(default=False)
    action = models.CharField(max_length=30)
    message_id = models.CharField(max_length=99)
    transaction_id = models.CharField(max_length=99, blank=True)
    reference_ids = models.JSONField(default=list)
    their_correlation_id = models.CharField(max_length=99, blank=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=4, default="rcvd")
    purpose = models.CharField(max_length=200, blank=True)
    asked = SealedJSONField()
    answered = SealedJSONField(null=True)
    callback = models.CharField(max_length=400, blank=True)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["rcvd", "pdng", "succ", "rjct"]), name="partners_message_state"
            )
        ]
        indexes = [
            models.Index(fields=["partner", "transaction_id"]),
            models.Index(fields=["partner", "message_id"]),
            models.Index(fields=["partner", "-received_at"]),
        ]


class Subscription(models.Model):
    """That a partner wants to be told when something happens. ``told_until`` is the moment up to which events were looked at."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="subscriptions")
    partner_code = models.CharField(max_length=70)
    event = models.CharField(max_length=60)
    criteria = SealedJSONField()
    digest = models.CharField(max_length=64)
    callback = models.CharField(max_length=400, blank=True)
    since = models.DateTimeField()
    told_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "digest"], condition=Q(ended_at=None), name="partners_subscribed_once"
            )
        ]


class Enrolment(models.Model):
    """What a partner reported: that a person is enrolled in one of its programmes. ``id_index`` is HMAC-SM3 of the identity number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="enrolments")
    partner_code = models.CharField(max_length=70)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="enrolments")
    id_index = models.BinaryField()
    programme = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=30, blank=True)
    told = SealedJSONField()
    reported_at = models.DateTimeField()

    class Meta:
        ordering = ["-reported_at"]
        indexes = [models.Index(fields=["id_index"])]
