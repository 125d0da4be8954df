"""The demo's experts judge, the office proposes and approves the weights, and the district is screened.

A panel on the next weights is under way: one expert has answered everything, some in part, one not yet.
"""

from datetime import date, datetime, timedelta
from fractions import Fraction

from jishiyu.assessment.operations import (
    approve_weights,
    judge,
    open_panel,
    propose_weights,
    read_district,
)
from jishiyu.assessment.rules import ahp
from jishiyu.assessment.rules.tree import Branch, branches
from jishiyu.doors.jobs.demo.desks import Desks
from jishiyu.doors.jobs.demo.diary import Diary
from jishiyu.doors.jobs.demo.screening import screen_all
from jishiyu.doors.jobs.population.draws import Draws
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.law.rules import Pack
from jishiyu.offices.operations import acting

_TRIES = 50
_SOURCE = "demo"
Judgements = dict[tuple[str, str], str]


def enter_panel(diary: Diary, desks: Desks, pack: Pack, draws: Draws, *, first: date, today: date) -> None:
    """Enter the judgements, the approval, and the scoring of all households lately."""
    for place, code in enumerate(desks.experts()):
        given = judgements(pack, draws)
        diary.enter(diary.office_hours(first, 3 + place), _Judging(desks, code, given))
    in_force = add_months(month_start(first), 1)
    diary.enter(diary.office_hours(first, 12), _Proposing(diary, desks, in_force))
    earlier = add_months(month_start(today), -1)
    diary.enter(diary.office_hours(earlier), lambda moment: screen_all(desks, moment))
    diary.enter(diary.office_hours(today - timedelta(days=3)), _Scoring(diary, desks))
    asking = _Asking(desks, pack, today - timedelta(days=12), today + timedelta(days=9))
    diary.enter(diary.morning(asking.first), asking)


def judgements(pack: Pack, draws: Draws) -> Judgements:
    """One expert's view: the pack's example with some judgements a step away, as consistent as the pack demands."""
    content = pack.indicators
    keys, order = [dim.key for dim in content.dims], len(content.dims)
    pairs = [(row, column) for row in range(order) for column in range(row + 1, order)]
    for _ in range(_TRIES):
        moved = draws.choice((2, 6, 2), len(pairs)) - 1
        upper = {
            pair: _moved(Fraction(str(content.matrix[pair[0]][pair[1]])), int(step))
            for pair, step in zip(pairs, moved, strict=True)
        }
        if ahp.weigh(ahp.reciprocal(order, upper)).ratio <= float(content.consistency_limit) / 2:
            return {(keys[row], keys[column]): str(value) for (row, column), value in upper.items()}
    raise ValueError("no consistent judgements were found near the pack's matrix")


def _moved(value: Fraction, step: int) -> Fraction:
    place = ahp.SCALE.index(value) + step
    return ahp.SCALE[min(max(place, 0), len(ahp.SCALE) - 1)]


class _Judging:
    """One expert gives all judgements."""

    def __init__(self, desks: Desks, code: str, given: Judgements) -> None:
        self._expert, self._given = desks.by_code(code), given

    def __call__(self, moment: datetime) -> None:
        with acting(self._expert, moment=moment, source=_SOURCE):
            judge(self._given, actor=self._expert, moment=moment)


class _Proposing:
    """The office makes a version of the weights; its second person approves it a day or two later."""

    def __init__(self, diary: Diary, desks: Desks, in_force: date) -> None:
        self._diary, self._office, self._second = diary, desks.at("office"), desks.by_code("bangongshi2")
        self._in_force = in_force

    def __call__(self, moment: datetime) -> None:
        label = f"{self._in_force.year}-1"
        with acting(self._office, moment=moment, source=_SOURCE):
            made = propose_weights(label, first_day=self._in_force, actor=self._office, moment=moment)

        def approve(when: datetime) -> None:
            with acting(self._second, moment=when, source=_SOURCE):
                approve_weights(made.id, actor=self._second, moment=when)

        self._diary.enter(self._diary.some_days_after(moment, 1, 2), approve)


class _Asking:
    """The office asks the experts for the next weights; they answer as far as each has come."""

    def __init__(self, desks: Desks, pack: Pack, first: date, last: date) -> None:
        self._desks, self._pack, self.first, self._last = desks, pack, first, last

    def __call__(self, moment: datetime) -> None:
        office, experts = self._desks.at("office"), self._desks.experts()
        with acting(office, moment=moment, source=_SOURCE):
            made = open_panel(
                f"{self._last.year}年下一版权重（演示）",
                "近一年里，哪些方面更能说明一个家庭有困难？请先比较各维度，再比较每个维度内的指标。",
                experts=dict.fromkeys(experts, 1),
                opens_on=self.first,
                closes_on=self._last,
                actor=office,
                moment=moment,
            )
        # Everything, the dimensions only, some of the dimensions, one branch, nothing yet.
        for place, code in enumerate(experts[:4]):
            expert = self._desks.by_code(code)
            for branch in branches(self._pack.indicators):
                given = _answers(branch, place)
                if given:
                    with acting(expert, moment=moment, source=_SOURCE):
                        judge(given, actor=expert, moment=moment, panel_id=made.pk, branch=branch.key)


def _answers(branch: Branch, place: int) -> Judgements:
    """What the expert in that place says of a branch: an order of importance of the expert's own, steps apart."""
    if (place == 1 and branch.key) or (place == 2 and branch.key) or (place == 3 and branch.key != "health"):
        return {}
    weights = [1 + (at * (place + 2) + place) % (3 + place) for at in range(branch.order)]
    pairs = branch.pairs[:: 2 if place == 2 else 1]
    told = {pair: Fraction(weights[pair[0]], weights[pair[1]]) for pair in pairs}
    return {
        (branch.keys[row], branch.keys[column]): str(min(ahp.SCALE, key=lambda step: abs(step - value)))
        for (row, column), value in told.items()
    }


class _Scoring:
    """The district is screened; right after, the office reads the district, so that weights and cut-offs can be tried on it."""

    def __init__(self, diary: Diary, desks: Desks) -> None:
        self._diary, self._desks = diary, desks

    def __call__(self, moment: datetime) -> None:
        screen_all(self._desks, moment)
        self._diary.enter(moment + timedelta(minutes=20), self._read)

    def _read(self, moment: datetime) -> None:
        office = self._desks.at("office")
        with acting(office, moment=moment, source=_SOURCE):
            read_district(actor=office, moment=moment)
