"""The known households of the demo district enter the register: some before its history begins, the others lately."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from django.conf import settings

from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import batches
from jishiyu.doors.jobs.population.people import IdNumbers, newcomers
from jishiyu.journal.operations import record
from jishiyu.registry.operations import store_households
from jishiyu.registry.queries import next_number
from jishiyu.registry.rules.arrow_form import situations_of
from jishiyu.registry.rules.newcomers import NewHousehold

SOURCE = "演示数据（虚构） / demo data (invented)"
_AT_ONCE = 5_000


def register_known_households(
    *, households: int, seed: int, numbers: IdNumbers, as_of: date, moment: datetime
) -> Iterator[NewHousehold]:
    """Generate known households and store them in bulk, as evidence of a day. Call inside ``acting(SYSTEM)``.

    ``numbers`` gives the identity numbers, so that several calls never give one twice. Nothing happens until iterated.
    """
    census = read_census(settings.PACK_DIR / "population.csv")
    drawn = batches(census, households=households, kind="known", seed=seed, as_of=as_of)
    told = (situation for batch in drawn for situation in situations_of(batch))
    coming = newcomers(told, seed=seed, numbers=numbers)
    while some := [_numbered(one) for one in islice(coming, _AT_ONCE)]:
        store_households(some, recorded_by="system", moment=moment, source=SOURCE)
        yield from some
    record(act="registry.register", about=("demo", str(seed)), detail={"households": households})


def _numbered(one: NewHousehold) -> NewHousehold:
    """With a file number of the register's own sequence, so that the next real one follows on."""
    return replace(one, number=next_number(one.sub_district, one.registered_on))
