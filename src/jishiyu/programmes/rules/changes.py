"""What may be tried: another value of a parameter, other weights, cut-offs or bands of the score, another condition of an item.

A change makes a new pack beside the one in use, for computing only. Changed values are marked as made up, so that every trace
that rests on one says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from jishiyu.assessment.rules.ahp import in_parts
from jishiyu.assessment.rules.score import Model, model_of
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.law.rules.indicators import IndicatorSet
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Parameter, Value, whole
from jishiyu.law.rules.parts import Part
from jishiyu.programmes.rules.changes_conditions import (
    ConditionChange,
    MoreCondition,
    with_condition,
    with_tests,
)
from jishiyu.programmes.rules.from_pack import PackRules, rules_of_pack
from jishiyu.programmes.rules.items import ITEMS

_TRIED = sentence("试算值", "tried, not in force")


class ParameterChange(Part):
    """A parameter has another value from the day on; ``value`` is in its natural unit (yuan, a ratio such as 0.1)."""

    kind: Literal["parameter"] = "parameter"
    id: str
    value: str = Field(pattern=r"^\d{1,10}(\.\d{1,6})?$")


class WeightsChange(Part):
    """Other weights of the dimensions: any whole numbers, scaled to one; a dimension that is not named keeps its weight."""

    kind: Literal["weights"] = "weights"
    weights: dict[str, Annotated[int, Field(ge=0, le=1_000_000)]]


class CutOffChange(Part):
    """Another cut-off of an indicator (by its place from 0), in its unit, or other points for it, 0 to 1."""

    kind: Literal["cut_off"] = "cut_off"
    indicator: str
    number: int = Field(ge=0)
    value: str | None = Field(default=None, pattern=r"^\d{1,10}(\.\d{1,6})?$")
    points: str | None = Field(default=None, pattern=r"^(0(\.\d{1,4})?|1(\.0{1,4})?)$")


class BandChange(Part):
    """A band begins at another score, 0 to 100."""

    kind: Literal["band"] = "band"
    band: str
    least: str = Field(pattern=r"^\d{1,3}(\.\d{1,2})?$")


Change = Annotated[
    ParameterChange | WeightsChange | CutOffChange | BandChange | ConditionChange | MoreCondition,
    Field(discriminator="kind"),
]
_CHANGES: TypeAdapter[list[Change]] = TypeAdapter(list[Change])


def read_changes(data: Any) -> tuple[Change, ...]:
    """Changes from plain data. Raises CannotBecause (``what_if.unreadable``) for anything else, and for none at all."""
    try:
        found = _CHANGES.validate_python(data)
    except ValidationError as error:
        where = "; ".join(".".join(map(str, one["loc"])) for one in error.errors()[:3])
        raise CannotBecause(
            "what_if.unreadable", sentence("改动写得不对：{w}", "A change is not well formed: {w}", w=where)
        ) from error
    if not found:
        raise CannotBecause("what_if.nothing", sentence("请至少改一处", "Change at least one thing"))
    return tuple(found)


def changes_data(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The changes as plain data, as stored."""
    return [one.model_dump(mode="json") for one in changes]


@dataclass(frozen=True)
class Policy:
    """What a run goes by: the pack, the rules of its items on the day, and the model of the score."""

    pack: Pack
    rules: PackRules
    model: Model
    day: date


def policy_of(pack: Pack, model: Model, day: date) -> Policy:
    """The policy in force."""
    return Policy(pack, rules_of_pack(pack, day), model, day)


def changed(policy: Policy, changes: Sequence[Change]) -> Policy:
    """The policy with the changes, from its day on.

    Raises CannotBecause (``what_if.…``) for a parameter, indicator, item or condition that there is none of, and for a change
    that cannot be made.
    """
    pack, indicators = policy.pack, policy.pack.indicators
    weights = [policy.model.dimension_weights[one.key] for one in indicators.dims]
    parameters = {one.id: one for one in pack.parameters}
    items = {one.id: one for one in pack.items}
    tests: list[ConditionChange | MoreCondition] = []
    for one in changes:
        if isinstance(one, ParameterChange):
            parameters[one.id] = _with_value(_found(parameters, one.id), one, policy)
        elif isinstance(one, WeightsChange):
            weights = _weighted(indicators, weights, one)
        elif isinstance(one, CutOffChange):
            indicators = _with_cut_off(indicators, one)
        elif isinstance(one, BandChange):
            indicators = _with_band(indicators, one)
        elif one.item in ITEMS:
            tests.append(one)
        else:
            items[one.item] = with_condition(_found(items, one.item), one)
    made = replace(
        pack, parameters=tuple(parameters.values()), items=tuple(items.values()), indicators=indicators,
        label=f"{pack.label}~", content_hash=digest([pack.content_hash, changes_data(changes), policy.day.isoformat()]),
    )  # fmt: skip
    model = model_of(indicators, weights, f"{policy.model.version}~", policy.model.within)
    rules = with_tests(rules_of_pack(made, policy.day), made, policy.day, tests)
    return Policy(made, rules, model, policy.day)


def _found(among: dict[str, Any], key: str) -> Any:
    if key not in among:
        raise CannotBecause(
            "what_if.no_such_thing", sentence("政策包中没有“{k}”", "The pack has no “{k}”", k=key)
        )
    return among[key]


def _with_value(parameter: Parameter, one: ParameterChange, policy: Policy) -> Parameter:
    if parameter.unit == "text":
        raise CannotBecause(
            "what_if.words", sentence("“{n}”是文字规定，不能试算", "“{n}” is words and cannot be tried", n=parameter.name)
        )  # fmt: skip
    value = Decimal(one.value)
    try:
        whole(value, parameter.unit)
    except ValueError as error:
        raise CannotBecause(
            "what_if.too_fine", sentence("“{n}”的新值过细或过大", "The new value of “{n}” is too fine or too large", n=parameter.name)
        ) from error  # fmt: skip
    # A rule may ask for the value of an earlier year: that year is changed too, or the change would not be seen.
    asks = [ask for ask in policy.rules.parameters.values() if ask.id == parameter.id and ask.years_back]
    spans = [
        (policy.day, None),
        *((ask.day(policy.day).replace(month=1, day=1), ask.day(policy.day)) for ask in asks),
    ]
    tried = tuple(
        Value.model_validate({"from": first, "to": last, "value": value, "confidence": "illustrative", "note": _TRIED}) for first, last in spans
    )  # fmt: skip
    kept = tuple(old for old in parameter.values if old.from_ not in {first for first, _ in spans})
    return parameter.model_copy(update={"values": kept + tried})


def _weighted(indicators: IndicatorSet, weights: Sequence[int], one: WeightsChange) -> list[int]:
    keys = [dim.key for dim in indicators.dims]
    for key in one.weights:
        if key not in keys:
            _found({}, key)
    # Those not named keep their part of the whole; those named are read as hundredths of it.
    scaled = [
        one.weights[key] * 10_000 if key in one.weights else weight
        for key, weight in zip(keys, weights, strict=True)
    ]
    if sum(scaled) <= 0:
        raise CannotBecause("what_if.no_weight", sentence("权重不能全为零", "The weights cannot all be zero"))
    return list(in_parts(scaled))


def _with_cut_off(indicators: IndicatorSet, one: CutOffChange) -> IndicatorSet:
    own = _found({each.key: each for each in indicators.indicators}, one.indicator)
    if one.number >= len(own.cut_offs):
        _found({}, f"{one.indicator}[{one.number}]")
    update: dict[str, Any] = {}
    if one.value is not None:
        if own.cut_offs[one.number].value is None:
            raise CannotBecause(
                "what_if.of_parameter",
                sentence("该计分线取自参数，请改参数", "That cut-off is a parameter: change the parameter instead"),
            )  # fmt: skip
        update["value"] = Decimal(one.value)
    if one.points is not None:
        update["points"] = Decimal(one.points)
    cuts = list(own.cut_offs)
    cuts[one.number] = cuts[one.number].model_copy(update=update)
    made = own.model_copy(update={"cut_offs": tuple(cuts)})
    every = tuple(made if each.key == own.key else each for each in indicators.indicators)
    return indicators.model_copy(update={"indicators": every})


def _with_band(indicators: IndicatorSet, one: BandChange) -> IndicatorSet:
    own = _found({each.key: each for each in indicators.bands}, one.band)
    if own.min == 0 and Decimal(one.least) != 0:
        raise CannotBecause(
            "what_if.lowest_band", sentence("最低一级必须从零分开始", "The lowest band has to begin at 0")
        )
    made = own.model_copy(update={"min": Decimal(one.least)})
    bands = tuple(made if each.key == own.key else each for each in indicators.bands)
    return indicators.model_copy(update={"bands": bands})
