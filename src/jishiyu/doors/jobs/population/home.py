"""Where and on what a household lives: tenure, space, rent, vehicles, savings, debt, kin who could support, sudden events."""

from dataclasses import dataclass

import numpy as np

from jishiyu.doors.jobs.population.census import Census, Kind
from jishiyu.doors.jobs.population.draws import Bools, Days, Draws, Ints
from jishiyu.doors.jobs.population.vocabulary import EVENT, TENURE

# Sub-districts with many courtyards and single-storey houses (四合院, 平房), where public rent is common and rooms are small.
OLD_CITY = frozenset(
    {"110102001", "110102003", "110102011", "110102012", "110102013", "110102014", "110102015"}
)

# Owned, public rent, private rent, borrowed, institution; per 10 000; elsewhere, then in the old city.
_TENURE = {
    "general": ((6_300, 1_300, 1_900, 480, 20), (3_600, 4_200, 1_600, 580, 20)),
    "known": ((4_300, 3_300, 1_000, 1_250, 150), (1_900, 5_900, 800, 1_250, 150)),
}
_AREA = np.array([(18, 34, 44, 58, 78, 108, 180, 320), (7, 11, 15, 21, 29, 40, 62, 95)], dtype=np.int64)
_RENT_PUBLIC = (35, 55, 80, 130, 210, 320, 520, 900)
_RENT_PRIVATE = {
    "general": (1_500, 2_600, 3_600, 5_200, 7_200, 9_800, 16_000, 26_000),
    "known": (700, 1_100, 1_500, 2_000, 2_800, 3_600, 5_200, 7_000),
}
_SAVINGS = {
    "general": (0, 4_000, 25_000, 110_000, 350_000, 900_000, 4_000_000, 12_000_000),
    "known": (0, 300, 1_800, 7_000, 22_000, 52_000, 130_000, 420_000),
}
_DEBT = {
    "general": (1_000, 12_000, 60_000, 320_000, 900_000, 2_000_000, 5_000_000, 9_000_000),
    "known": (500, 3_000, 8_000, 20_000, 48_000, 110_000, 300_000, 600_000),
}
_SUPPORT = {"general": (4_500, 1_500, 4_000), "known": (4_700, 3_800, 1_500)}
_EVENT = {"general": (9_550, 60, 10, 250, 130), "known": (8_900, 250, 60, 550, 240)}


@dataclass(frozen=True, slots=True)
class Home:
    """The circumstances of each household. Money in fen, area in dm²."""

    sub_district: Ints
    tenure: Ints
    homes_owned: Ints
    area: Ints
    unsafe: Bools
    rent: Ints
    vehicles: Ints
    savings: Ints
    debt: Ints
    support: Ints
    event: Ints
    event_on: Days


def homes_of(draws: Draws, census: Census, sizes: Ints, kind: Kind, as_of: np.datetime64) -> Home:
    """Draw the circumstances of each household."""
    n = len(sizes)
    weights = census.weights(kind)
    sub_district = draws.choice(list(weights.values()), n)
    old = np.array([code in OLD_CITY for code in weights], dtype=np.int64)[sub_district]
    tenure = draws.choice_by(np.array(_TENURE[kind], dtype=np.int64), old)
    owned, public, private = (
        tenure == TENURE.index(word) for word in ("owned", "public_rent", "private_rent")
    )
    second = draws.happens(700 if kind == "general" else 90, n)
    elsewhere = draws.happens(900 if kind == "general" else 120, n)
    small = np.where(public | (old == 1) & draws.happens(6_000, n), 1, 0)
    area = draws.amount_by(_AREA, small) * (8 + np.minimum(sizes, 6)) // 10
    rent = np.where(
        public, draws.amount(_RENT_PUBLIC, n), np.where(private, draws.amount(_RENT_PRIVATE[kind], n), 0)
    )
    cars = draws.choice((5_800, 3_700, 500) if kind == "general" else (9_780, 215, 5), n)
    savings = draws.amount(_SAVINGS[kind], n)
    in_debt = draws.happens(2_200 if kind == "general" else 3_000, n)
    debt = np.where(in_debt, draws.amount(_DEBT[kind], n), 0)
    event = draws.choice(_EVENT[kind], n)
    return Home(
        sub_district, tenure, np.where(owned, 1 + second, elsewhere).astype(np.int64), area,
        draws.happens(30 + 170 * small, n), rent, cars, savings, debt, draws.choice(_SUPPORT[kind], n),
        event, as_of - draws.whole(1, 180, n).astype("timedelta64[D]"),
    )  # fmt: skip


if EVENT[0] != "none":
    raise ValueError("the first event means that nothing happened")
