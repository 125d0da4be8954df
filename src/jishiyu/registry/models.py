"""The register: households, the people in them over time, and dated snapshots of how they fare.

Identity numbers, addresses, telephone numbers and health are sealed; keyed indexes beside them serve look-up.
``sub_district`` stands on households and persons so that row security needs no join on the busiest tables.
"""

import uuid

from django.db import models
from django.db.models import F, Func, Q, Value

from jishiyu.foundations.fields import FenField, SealedJSONField, SealedTextField
from jishiyu.offices.models import Agency, SubDistrict


class Household(models.Model):
    """A household (家庭) of the district's register; ``number`` is its file number (户编号), unique and never reused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=30, unique=True)
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    community = models.CharField(max_length=60)
    address = SealedTextField()
    phone = SealedTextField()
    phone_index = models.BinaryField(null=True)
    status = models.CharField(max_length=12, default="known")  # known | left | merged | ended
    registered_on = models.DateField()
    evidence = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["sub_district", "number"]),
            models.Index(fields=["phone_index"], name="registry_household_phone"),
            models.Index(
                fields=["community"], opclasses=["varchar_pattern_ops"], name="registry_household_community"
            ),
        ]


class Person(models.Model):
    """A person known to the register. ``id_index`` and ``last_four_index`` are HMAC-SM3 of the number and its last four."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=160)
    initials = models.CharField(max_length=60)
    joined = models.GeneratedField(
        expression=Func(F("pinyin"), Value(" "), Value(""), function="replace"),
        output_field=models.CharField(max_length=160),
        db_persist=True,
    )
    id_number = SealedTextField()
    id_index = models.BinaryField(unique=True)
    last_four_index = models.BinaryField()
    born = models.DateField()
    sex = models.PositiveSmallIntegerField()
    synthetic = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["last_four_index"]),
            models.Index(fields=["sub_district", "initials"]),
            models.Index(fields=["initials"], name="registry_person_initials"),
            models.Index(
                fields=["name"], opclasses=["varchar_pattern_ops"], name="registry_person_name_begins"
            ),
            models.Index(
                fields=["sub_district", "name"],
                opclasses=["varchar_ops", "varchar_pattern_ops"],
                name="registry_person_name_here",
            ),
            models.Index(fields=["joined"], opclasses=["varchar_pattern_ops"], name="registry_person_joined"),
            models.Index(
                fields=["sub_district", "joined"],
                opclasses=["varchar_ops", "varchar_pattern_ops"],
                name="registry_person_joined_here",
            ),
        ]


class Membership(models.Model):
    """That a person lives in a household (共同生活) from one day to another, with the GB/T 4761 relation to its head."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=2)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(last_day=None),
                name="registry_one_home_each",
                violation_error_message="此人已在另一户的现有成员中 / This person is already a current member of another household",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(last_day=None, relation="02"),
                name="registry_one_head_each",
                violation_error_message="一户只能有一名户主 / A household has one head only",
            ),
        ]
        indexes = [
            models.Index(fields=["household"], condition=Q(last_day=None), name="registry_current_members")
        ]


class Opening(models.Model):
    """That a household's file is open to an agency, and why: an agency sees the households it has business with, no other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="openings")
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=80)
    first_day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "agency"], name="registry_opened_once")]


class Snapshot(models.Model):
    """How a household fares on one day (经济状况快照). Never changed: new evidence makes a new snapshot."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="snapshots")
    as_of = models.DateField()
    number = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    source = models.CharField(max_length=120)
    tenure = models.CharField(max_length=16, null=True)  # noqa: DJ001 - null means not known, which "" would hide
    homes_owned = models.PositiveSmallIntegerField(null=True)
    usable_area_dm2 = models.PositiveIntegerField(null=True)
    unsafe_housing = models.BooleanField(null=True)
    monthly_rent = FenField(null=True)
    vehicles = models.PositiveSmallIntegerField(null=True)
    liquid_assets = FenField(null=True)
    debt = FenField(null=True)
    support = models.CharField(max_length=8, null=True)  # noqa: DJ001
    event = models.CharField(max_length=20, null=True)  # noqa: DJ001
    event_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "number"], name="registry_snapshot_number")
        ]
        indexes = [models.Index(fields=["household", "-number"])]


class SnapshotMember(models.Model):
    """One member's facts in a snapshot; what tells of health stands sealed in ``health``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=2)
    marital = models.CharField(max_length=10, null=True)  # noqa: DJ001
    local_hukou = models.BooleanField(null=True)
    employment = models.CharField(max_length=12, null=True)  # noqa: DJ001
    work_capacity = models.CharField(max_length=8, null=True)  # noqa: DJ001
    schooling = models.CharField(max_length=12, null=True)  # noqa: DJ001
    medical_insurance = models.CharField(max_length=10, null=True)  # noqa: DJ001
    wage_income = FenField(null=True)
    business_income = FenField(null=True)
    property_income = FenField(null=True)
    transfer_income = FenField(null=True)
    excluded_income = FenField(null=True)
    education_cost = FenField(null=True)
    identities = models.JSONField(default=list)
    health = SealedJSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "person"], name="registry_member_once")]


class Bill(models.Model):
    """A settled medical bill with what each insurance paid, in fen. The diagnosis is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="bills")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    settled_on = models.DateField()
    total = FenField()
    in_scope = FenField()
    basic_paid = FenField()
    critical_paid = FenField()
    supplementary_paid = FenField()
    commercial_paid = FenField()
    diagnosis = SealedTextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gte=models.F("in_scope"))
                & Q(
                    total__gte=models.F("basic_paid")
                    + models.F("critical_paid")
                    + models.F("supplementary_paid")
                    + models.F("commercial_paid")
                ),
                name="registry_bill_adds_up",
                violation_error_message="医保范围内金额和各项保险赔付不得超过总额 / In-scope amount and insurance may not exceed the total",
            ),
        ]


class Stay(models.Model):
    """That a household lived in a sub-district until a day. That sub-district still reads what was recorded before ``left_at``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="stays")
    sub_district = models.ForeignKey(SubDistrict, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField()
    left_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["household", "sub_district"])]


class Change(models.Model):
    """What changed in a household: a member came or left, another head, another address, another sub-district. Never changed.

    ``said`` is sealed: the reason in words, the paper it rests on, and what stood before and after.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=16)
    day = models.DateField()
    said = SealedJSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    officer = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["household", "-recorded_at"])]


class Answer(models.Model):
    """What somebody told about a household in answer to a question of the policy pack. Never changed: a correction is a newer version.

    ``told`` is sealed, since some questions are about health: the value (yes or no, fen, or null for *not known*), who said it, on
    which paper, and why an earlier answer was corrected. It counts for the days from ``first_day`` to ``last_day``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, db_index=False, related_name="+")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    told = SealedJSONField()
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    officer = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "key", "version"],
                name="registry_answer_version",
                violation_error_message="别人刚刚也回答了这一问题 / Somebody else has just answered this question",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=models.F("first_day")),
                name="registry_answer_days",
                violation_error_message="截止日期早于起始日期 / The last day is before the first",
            ),
        ]
