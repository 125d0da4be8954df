"""The district's offices, their posts, and the people who hold them. Contains no household."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from jishiyu.foundations.fields import SealedTextField


class SubDistrict(models.Model):
    """A sub-district (街道) by its 9-digit statistical code."""

    code = models.CharField(max_length=9, primary_key=True)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]


class Agency(models.Model):
    """A member unit (成员单位) by the code of the policy pack."""

    code = models.CharField(max_length=8, primary_key=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "agencies"


class OfficerManager(BaseUserManager["Officer"]):
    """Django asks for this to make and find log-ins."""

    def get_by_natural_key(self, username: str | None) -> "Officer":
        return self.get(username=username)


class Officer(AbstractBaseUser):
    """A person who works in an office, with a log-in of their own (一人一号). Rights come only from the posts held."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = OfficerManager()


class Post(models.Model):
    """A post (岗位) with its role and where it reaches."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=20)
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    area = models.ForeignKey(SubDistrict, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["code"]


class Holding(models.Model):
    """That an officer holds a post from one day to another, both included; open-ended while ``last_day`` is null."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=models.F("first_day")),
                name="offices_holding_in_order",
            ),
            models.UniqueConstraint(
                fields=["officer", "post"], condition=Q(last_day=None), name="offices_holding_once"
            ),
        ]


class DeclaredRelative(models.Model):
    """A near relative whom an officer declared (近亲属申报): known by a keyed index of the identity number only.

    When somebody with that number applies, the case is marked by itself. Only the officer who declared reads the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    id_index = models.BinaryField()
    id_number = SealedTextField()
    name = SealedTextField()
    relation = models.CharField(max_length=16)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "id_index"], condition=Q(withdrawn_at=None), name="offices_relative_once"
            )
        ]
        indexes = [models.Index(fields=["id_index"])]


class GroupSeat(models.Model):
    """A seat in a leading group (领导小组): of the district (``area`` null) or of a sub-district. By post, never by name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(SubDistrict, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    seat_zh = models.CharField(max_length=40)
    seat_en = models.CharField(max_length=60)
    holder_zh = models.CharField(max_length=80)
    holder_en = models.CharField(max_length=160)

    class Meta:
        ordering = ["area_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "position"], name="offices_seat_once", nulls_distinct=False
            )
        ]


class LiaisonOfficer(models.Model):
    """The liaison officer (联络员) of a member unit or sub-district: exactly one at a time (clause C30)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SubDistrict, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agency=None, area__isnull=False) | Q(agency__isnull=False, area=None),
                name="offices_liaison_of_one_unit",
            ),
            models.UniqueConstraint(
                fields=["agency", "area"],
                condition=Q(last_day=None),
                name="offices_liaison_one_current",
                nulls_distinct=False,
            ),
        ]
