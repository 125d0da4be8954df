"""Records as other systems ask for them: households or persons by a tree of conditions, within the reach of the asking post.

The tree's conditions are plain (attribute, operator, value); what is sealed can be compared for equality only.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jishiyu.foundations.fields import index_of
from jishiyu.foundations.identifiers import BadIdNumber, read_id_number
from jishiyu.offices.rules import Post
from jishiyu.registry.models import Household, Membership, Person
from jishiyu.registry.queries.households import households, persons

SEXES = {"male": 1, "m": 1, "男": 1, "1": 1, "female": 2, "f": 2, "女": 2, "2": 2}
ScoreTest = Callable[[str, Any], QuerySet[Any]]


class Condition(Protocol):
    """One comparison of a tree."""

    @property
    def attribute(self) -> str: ...
    @property
    def operator(self) -> str: ...
    @property
    def value(self) -> Any: ...


class BadValue(Exception):
    """A value does not fit its attribute, or the attribute cannot be compared in this way. The message says which, in English."""


def households_where(condition: Q, post: Post) -> QuerySet[Household]:
    """Households on file that fit."""
    return households(post).filter(condition, status="known").distinct()


def households_whatever(condition: Q, post: Post) -> QuerySet[Household]:
    """Households that fit, on file or not: what happened may be that one left."""
    return households(post).filter(condition).distinct()


def persons_where(condition: Q, post: Post) -> QuerySet[Person]:
    """Living persons, in a household on file, who fit."""
    return persons(post).filter(condition, memberships__last_day=None, died_on=None).distinct()


def of_household(one: Condition, scored: ScoreTest) -> Q:
    """A condition on households; one on persons holds when it holds of a present member."""
    name, operator, value = one.attribute, one.operator, one.value
    if name == "number":
        return Q(**{_path("number", operator): value})
    if name == "sub_district":
        return _area("sub_district", operator, value)
    if name == "registered_on":
        return Q(**{_path("registered_on", operator): _day(value)})
    if name == "size":
        present = Membership.objects.filter(household=OuterRef("pk"), last_day=None).order_by()
        counted = Coalesce(Subquery(present.values("household").annotate(n=Count("pk")).values("n")), 0)
        fitting = Household.objects.annotate(present=counted).filter(
            **{_path("present", operator): _whole(value)}
        )
        return Q(pk__in=fitting.values("pk"))
    if name == "score":
        return Q(pk__in=scored(operator, _amount(value)))
    member = Membership.objects.filter(household=OuterRef("pk"), last_day=None)
    return Q(Exists(member.filter(_of_person("person__", name, operator, value))))


def of_person(one: Condition, scored: ScoreTest) -> Q:
    """A condition on persons; one on households holds when it holds of the person's present household."""
    if one.attribute in ("id_number", "name", "born", "birth_year", "sex"):
        return _of_person("", one.attribute, one.operator, one.value)
    homes = Household.objects.filter(of_household(one, scored))
    at_home = Membership.objects.filter(
        person=OuterRef("pk"), last_day=None, household__in=homes.values("pk")
    )
    return Q(Exists(at_home))


def order_of(name: str, entity: str) -> str:
    """The column to sort by. Raises BadValue for what cannot be put in order."""
    known = {
        "number": "number",
        "sub_district": "sub_district_id",
        "registered_on": "registered_on",
        "size": "size",
    }
    if entity == "Member":
        known = {
            "name": "pinyin",
            "born": "born",
            "birth_year": "born",
            "sex": "sex",
            "sub_district": "sub_district_id",
        }
    if name not in known:
        raise BadValue(f"records cannot be sorted by {name}")
    return known[name]


def homes_of_persons(person_ids: Sequence[UUID]) -> dict[UUID, Membership]:
    """The present membership of each person."""
    rows = Membership.objects.filter(person_id__in=person_ids, last_day=None)
    return {row.person_id: row for row in rows.select_related("household", "household__sub_district")}


def members_of_households(household_ids: Sequence[UUID]) -> dict[UUID, list[Membership]]:
    """The present members of each household, the head first."""
    found: dict[UUID, list[Membership]] = {one: [] for one in household_ids}
    rows = Membership.objects.filter(household_id__in=household_ids, last_day=None).select_related("person")
    for row in rows.order_by("first_day", "pk"):
        found[row.household_id].append(row)
    for members in found.values():
        members.sort(key=lambda row: row.relation != "02")
    return found


def _of_person(at: str, name: str, operator: str, value: Any) -> Q:
    if name == "id_number":
        numbers = value if operator == "in" else (value,)
        if operator not in ("eq", "in"):
            raise BadValue("identity numbers can be compared by eq and in only")
        indexes = []
        for number in numbers:
            with suppress(BadIdNumber):  # what is no identity number is nobody's
                indexes.append(index_of(read_id_number(str(number)).text, "person.id_number"))
        return Q(**{f"{at}id_index__in": indexes})
    if name == "name":
        if operator not in ("eq", "in"):
            raise BadValue("names can be compared by eq and in only")
        return Q(**{_path(f"{at}name", operator): value})
    if name == "born":
        return Q(**{_path(f"{at}born", operator): _day(value)})
    if name == "birth_year":
        return Q(**{_path(f"{at}born__year", operator): _year(value)})
    if name == "sex":
        if operator not in ("eq", "in"):
            raise BadValue("sex can be compared by eq and in only")
        codes = [SEXES.get(str(one).lower()) for one in (value if operator == "in" else (value,))]
        if None in codes:
            raise BadValue("sex is male or female")
        return Q(**{f"{at}sex__in": codes})
    raise BadValue(f"{name} cannot be asked of these records")


def _area(path: str, operator: str, value: Any) -> Q:
    if operator not in ("eq", "in"):
        raise BadValue("places can be compared by eq and in only")
    values = [str(one) for one in (value if operator == "in" else (value,))]
    return (
        Q(**{f"{path}_id__in": values})
        | Q(**{f"{path}__name_zh__in": values})
        | Q(**{f"{path}__name_en__in": values})
    )


def _path(name: str, operator: str) -> str:
    return (
        f"{name}__{ {'eq': 'exact', 'gt': 'gt', 'ge': 'gte', 'lt': 'lt', 'le': 'lte', 'in': 'in'}[operator] }"
    )


def _day(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_day(one) for one in value]
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise BadValue("a day is written 1985-05-20") from None


def _year(value: Any) -> Any:
    years = _whole(value)
    if not all(1 <= one <= 9999 for one in (years if isinstance(years, list) else [years])):
        raise BadValue("a year lies between 1 and 9999")
    return years


def _whole(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_whole(one) for one in value]
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        raise BadValue("a whole number is needed") from None
    if abs(number) > 2**31 - 1:
        raise BadValue("a smaller number is needed")
    return number


def _amount(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_amount(one) for one in value]
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise BadValue("a number is needed") from None
    if not -1e6 < number < 1e6:
        raise BadValue("a score lies between 0 and 100")
    return number
