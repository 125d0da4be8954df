"""The known households of the demo district enter the register."""

from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from django.conf import settings

from jishiyu.doors.jobs.population.census import read_census
from jishiyu.doors.jobs.population.generate import batches
from jishiyu.doors.jobs.population.people import newcomers
from jishiyu.journal.operations import record
from jishiyu.registry.operations import store_households
from jishiyu.registry.queries import next_number
from jishiyu.registry.rules.arrow_form import situations_of

SOURCE = "演示数据（虚构） / demo data (invented)"
_AT_ONCE = 5_000


def register_known_households(*, households: int, seed: int, as_of: date, moment: datetime) -> int:
    """Generate the known households and store them in bulk. Call inside ``acting(SYSTEM)``. Returns how many people."""
    census = read_census(settings.PACK_DIR / "population.csv")
    drawn = batches(census, households=households, kind="known", seed=seed, as_of=as_of)
    coming = newcomers((situation for batch in drawn for situation in situations_of(batch)), seed=seed)
    persons = 0
    while some := [
        replace(one, number=next_number(one.sub_district, one.registered_on))
        for one in islice(coming, _AT_ONCE)
    ]:
        store_households(some, recorded_by="system", moment=moment, source=SOURCE)
        persons += sum(len(one.members) for one in some)
    record(
        act="registry.register",
        about=("demo", str(seed)),
        detail={"households": households, "persons": persons},
    )
    return persons
