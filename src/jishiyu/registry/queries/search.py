"""Finding people as officials know them: by name, pinyin, initials, file number, ID number or its last four characters."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Func, Q, TextField, Value

from jishiyu.foundations.fields import index_of
from jishiyu.foundations.identifiers import BadIdNumber, read_id_number
from jishiyu.offices.rules import Post
from jishiyu.registry.models import Household, Membership, Person
from jishiyu.registry.queries.households import persons


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


def find(text: str, post: Post, *, limit: int = 20) -> list[Found]:
    """Find people within reach. ``text`` is taken as typed: ``单春雨``, ``scy``, ``shan chun``, ``shanchunyu``, ``123X``."""
    words = "".join(text.split())
    if not words:
        return []
    current = Membership.objects.filter(last_day=None, person__in=persons(post).order_by().values("pk"))
    current = current.select_related("person", "household", "household__sub_district")
    current = current.alias(
        joined=Func(F("person__pinyin"), Value(" "), Value(""), function="replace", output_field=TextField())
    )
    current = current.filter(_matching(words)).order_by("person__pinyin", "household__number")
    return [Found(row.person, row.household, row.relation) for row in current[:limit]]


def _matching(words: str) -> Q:
    plain = words.lower().replace("'", "")
    match = Q(person__name__startswith=words) | Q(household__number__iexact=words)
    if plain.isascii() and plain.isalpha():
        # The first letter alone narrows by the index; the joined reading then decides.
        match |= Q(person__initials=plain) | Q(person__pinyin__startswith=plain[0], joined__startswith=plain)
    if len(words) == 4 and words[:3].isdigit():
        match |= Q(person__last_four_index=index_of(words.upper(), "person.last_four"))
    if len(words) in (15, 18):
        with suppress(BadIdNumber):  # when it is no ID number, the other ways of finding still apply
            match |= Q(person__id_index=index_of(read_id_number(words).text, "person.id_number"))
    return match
