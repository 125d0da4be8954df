"""Which households of the demo apply for what, when, and how it goes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from jishiyu.doors.jobs.demo.by_hand import by_hand, own_bills, per_head
from jishiyu.doors.jobs.demo.walk import Story, Twist
from jishiyu.doors.jobs.population.draws import Draws
from jishiyu.law.rules import Pack
from jishiyu.registry.rules.newcomers import NewHousehold
from jishiyu.registry.rules.situation import HouseholdSituation

# The sub-district whose log-ins `make demo` prints gets the most to show.
SHOWN = "110102010"
_MOST = 64
# One case in so many households, so that a small demo stays believable.
_ONE_IN = 5
_TWISTS: tuple[Twist, ...] = ("objection", "refused", "sent back", "withdrawn")

# Cases left waiting, so that every desk has open work: the step, and how many days ago they begin (fewest, most).
_WAITING = (("decide", 40, 60), ("review", 14, 24), ("accept", 1, 6), ("visit", 10, 20))


@dataclass(frozen=True, slots=True)
class _Plot:
    """One kind of story: the item, how many in a hundred, and which households it suits."""

    item: str
    share: int
    suits: Callable[[HouseholdSituation], bool]


def _poor(told: HouseholdSituation, *, below: int = 130_000) -> bool:
    income, savings = per_head(told), told.liquid_assets
    few_assets = savings is not None and savings < 3_000_000 * len(told.members) and told.vehicles == 0
    return (
        income is not None and income < below and few_assets and all(one.local_hukou for one in told.members)
    )


_PLOTS = (
    _Plot("ZK01", 45, _poor),
    _Plot("ZK05", 25, lambda told: told.event not in (None, "none")),
    _Plot("ZY03", 18, lambda told: _poor(told, below=250_000) and own_bills(told) > 500_000),
    _Plot("CS01", 12, lambda told: own_bills(told) > 3_000_000),
    # One of each other kind of table: an allowance by status, aid by the school, a rent subsidy, an assessed allowance.
    _Plot("ZC02", 6, lambda told: any(one.disability_grade in (1, 2) for one in told.members)),
    _Plot("ZX02", 5, lambda told: any(one.schooling == "senior" for one in told.members)),
    _Plot("ZF01", 5, lambda told: told.tenure in ("public_rent", "private_rent") and _poor(told)),
    _Plot("ZL03", 5, lambda told: any(one.daily_activities_lost for one in told.members)),
)


def stories(
    pack: Pack,
    known: Iterable[NewHousehold],
    draws: Draws,
    *,
    first: date,
    last: date,
    at: Callable[[date], datetime],
) -> Iterator[Story]:
    """The cases of the demo's past, each household at most once; ``at`` gives office hours of a day."""
    homes = sorted((one for one in known if one.situation), key=lambda one: one.sub_district != SHOWN)
    told: set[str] = set()
    count = min(_MOST, len(homes) // _ONE_IN)
    days = (last - first).days
    for plot in _PLOTS:
        suited = [
            one
            for one in homes
            if one.household_id not in told and one.situation and plot.suits(one.situation)
        ]
        for place, home in enumerate(_half_shown(suited, max(1, count * plot.share // 100))):
            told.add(home.household_id)
            twist, stops, (fewest, most) = _turn(place, days)
            begins = at(last - timedelta(days=int(draws.whole(fewest, most, 1)[0])))
            yield _story(pack, home, plot.item, begins, twist, stops)


def _turn(place: int, days: int) -> tuple[Twist, str, tuple[int, int]]:
    """Twist, step at which the case is left waiting, and how many days ago it begins (fewest, most)."""
    if place % 4 == 3:
        return _TWISTS[place // 4 % len(_TWISTS)], "", (45, days)
    if place % 3 == 1:
        stops, fewest, most = _WAITING[place // 3 % len(_WAITING)]
        return "none", stops, (fewest, most)
    return "none", "", (1, days)


def _half_shown(homes: Sequence[NewHousehold], count: int) -> list[NewHousehold]:
    """About half from the shown sub-district, the others spread over the rest."""
    shown = [one for one in homes if one.sub_district == SHOWN][: (count + 1) // 2]
    others = [one for one in homes if one.sub_district != SHOWN]
    wanted = count - len(shown)
    return shown + others[:: max(1, len(others) // max(1, wanted))][:wanted]


def _story(pack: Pack, home: NewHousehold, item: str, begins: datetime, twist: Twist, stops: str) -> Story:
    if home.situation is None:
        raise ValueError(f"household {home.number} has no situation to tell a story of")
    return Story(
        household_id=UUID(home.household_id),
        sub_district=home.sub_district,
        item=item,
        applicant=home.members[0].name,
        begins=begins,
        by_hand=by_hand(pack, item, home.situation, begins.date()),
        twist=twist,
        stops_at=stops,
    )
