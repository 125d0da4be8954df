"""Finding people as officials know them: by name, pinyin, initials, file or telephone number, ID number or its last four.

Each way is one question that an index answers under row security, so that it costs the same in a register of millions.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from jishiyu.foundations.fields import index_of
from jishiyu.foundations.identifiers import BadIdNumber, read_id_number
from jishiyu.foundations.prefix import InIndexOrder
from jishiyu.offices.queries import sub_districts, within_reach
from jishiyu.offices.rules import Post
from jishiyu.registry.models import Household, Membership, Opening, Person

# Telephone numbers have as many figures at least.
_PHONE = 7
# The running number at the end of a file's number has so many.
_RUNNING = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A search hit: the person, and the household they live in now."""

    person: Person
    household: Household
    relation: str

    @property
    def household_id(self) -> UUID:
        """The household's id."""
        return self.household.id

    @property
    def household_number(self) -> str:
        """The household's file number."""
        return self.household.number


def phone_index(phone: str) -> bytes | None:
    """The keyed index of a telephone number, by its figures alone; None for what is too short to be one."""
    figures = "".join(sign for sign in phone if sign.isdigit())
    return index_of(figures, "household.phone") if len(figures) >= _PHONE else None


def find(text: str, post: Post, *, limit: int = 20, years: Sequence[int] = ()) -> list[Found]:
    """Find people within reach. ``text`` is taken as typed: ``单春雨``, ``scy``, ``shan chun``, ``shanchunyu``, ``123X``.

    ``years``: those in which a file may have been opened whose number is typed without its beginning (``123``).
    """
    words = "".join(text.split())
    if not words:
        return []
    # More than asked for: who died or lives in no household any more is found in none of them.
    most = limit * 2 + 10
    people: dict[UUID, None] = {}
    for way in _ways(words, post, years):
        people |= dict.fromkeys(way[:most])
        if len(people) >= most:
            break
    rows = Membership.objects.filter(last_day=None, person_id__in=list(people))
    found = {row.person_id: row for row in rows.select_related("person", "household__sub_district")}
    hits = [found[pk] for pk in people if pk in found]
    return [Found(row.person, row.household, row.relation) for row in _in_order(hits, words)[:limit]]


def _in_order(rows: list[Membership], words: str) -> list[Membership]:
    """Whoever is called exactly so first, then in the order of the reading."""
    plain = words.lower()
    return sorted(
        rows,
        key=lambda row: (
            words != row.person.name and plain not in (row.person.initials, row.person.joined),
            row.person.pinyin,
            row.household.number,
        ),
    )


def _ways(words: str, post: Post, years: Sequence[int]) -> Iterator["QuerySet[Person, UUID]"]:
    """The questions that the words can mean, the surest first; each gives persons' ids in the order of its index."""
    people = _people(post)
    plain = words.lower().replace("'", "")
    if len(words) in (15, 18):
        with suppress(BadIdNumber):  # when it is no ID number, the other ways of finding still apply
            number = read_id_number(words).text
            yield _ids(people.filter(id_index=index_of(number, "person.id_number")))
    if len(words) == 4 and words[:3].isdigit():
        yield _ids(people.filter(last_four_index=index_of(words.upper(), "person.last_four")))
    if len(words) >= _PHONE and words.replace("-", "").isdigit():
        yield _living_in(post, Q(phone_index=phone_index(words)))
    if (
        words.isascii()
        and any(sign.isdigit() for sign in words)
        and (len(words) <= _RUNNING or not words.isdigit())
    ):
        yield _living_in(post, _file_numbers(words.upper(), post, years))
    if plain.isascii() and plain.isalpha():
        yield _ids(people.filter(initials=plain))
        yield _ids(people.filter(joined__begins=plain), "joined")
    elif not words.isascii():
        yield _ids(people.filter(name__begins=words), "name")


def _people(post: Post) -> "QuerySet[Person]":
    """The persons within reach. An agency's are asked for one by one: its rows are never joined, so that an index can lead."""
    if post.scope != "agency":
        return within_reach(Person.objects.all(), post, area="sub_district_id").order_by()
    opened = Opening.objects.filter(agency_id=post.agency, household__memberships__person=OuterRef("pk"))
    return Person.objects.filter(Exists(opened)).order_by()


def _ids(rows: "QuerySet[Person]", order: str = "") -> "QuerySet[Person, UUID]":
    if order:
        rows = rows.order_by(InIndexOrder(F(order)))
    return rows.values_list("pk", flat=True)


def _file_numbers(words: str, post: Post, years: Sequence[int]) -> Q:
    if words.isdigit():
        codes = [post.area] if post.scope == "sub_district" else [area.code for area in sub_districts()]
        return Q(
            number__any_of=[f"XC{code[-3:]}-{year}-{int(words):06d}" for code in codes for year in years]
        )
    return Q(number__begins=words)


def _living_in(post: Post, which: Q) -> "QuerySet[Person, UUID]":
    homes = within_reach(
        Household.objects.filter(which), post, area="sub_district_id", opened="openings__agency_id"
    )
    # The households first: few, by their index. A join would let the planner begin with the people.
    ids = list(homes.order_by().values_list("pk", flat=True)[:50])
    rows = Membership.objects.filter(household_id__in=ids, last_day=None)
    return rows.order_by("relation").values_list("person_id", flat=True)  # type: ignore[return-value]


def communities_beginning(words: str, post: Post, *, limit: int = 3) -> list[str]:
    """The communities within reach whose names begin so, found one after the other in the order of their index."""
    found: list[str] = []
    homes = (
        Household.objects.all()
        if post.scope == "agency"
        else within_reach(Household.objects.all(), post, area="sub_district_id")
    )
    rows = homes.filter(community__begins=words).order_by(InIndexOrder(F("community")))
    while len(found) < limit:
        # Each next one by its own look-up: a community has thousands of households.
        later = rows.filter(community__after=found[-1]) if found else rows
        name = later.values_list("community", flat=True).first()
        if name is None:
            return found
        found.append(name)
    return found
