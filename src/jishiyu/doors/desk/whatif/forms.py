"""The form on which a change of policy is put together; an empty row changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jishiyu.assessment.queries import model_in_force
from jishiyu.doors.desk.fields import DayField, say
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.law.queries import pack
from jishiyu.law.rules.parameters import Dated
from jishiyu.programmes.rules.changes import Policy, policy_of
from jishiyu.programmes.rules.changes_said import conditions_of, natural

_ROWS = 3


@dataclass(frozen=True, slots=True)
class FormRow:
    """The fields that make one change."""

    fields: tuple[forms.BoundField, ...]


class TrialForm(forms.Form):
    """Name, day, and rows for parameters, cut-offs, conditions, bands, weights. The choices say what holds on ``day``."""

    name = forms.CharField(label=gettext_lazy("试算名称"), max_length=80)
    day = DayField(label=gettext_lazy("改动生效日"))

    def __init__(self, data: Any, *, day: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.policy = policy_of(pack(), model_in_force(day).model, day)
        self._rows(
            "parameter", _parameters(self.policy), gettext("标准或参数"), (("value", gettext("新值")),)
        )
        extra = (("value", gettext("新的计分线")), ("points", gettext("新的得分（0–1）")))
        self._rows("cut_off", _cut_offs(self.policy), gettext("指标计分线"), extra)
        self._rows("condition", _conditions(self.policy), gettext("不再要求的条件"), ())
        for band in pack().indicators.bands:
            if band.min:
                self._number(
                    f"band_{band.key}", gettext("%(band)s起点") % {"band": say(band.name)}, str(band.min)
                )
        weights = self.policy.model.dimension_weights
        for dim in pack().indicators.dims:
            self._number(f"weight_{dim.key}", say(dim.name), f"{weights[dim.key] / 10_000:.1f}%")

    def _rows(self, kind: str, choices: Any, label: str, more: Iterable[tuple[str, str]]) -> None:
        for at in range(_ROWS):
            numbered = f"{label} {at + 1}"
            self.fields[f"{kind}_{at}"] = forms.ChoiceField(
                label=numbered, choices=[("", "—"), *choices], required=False
            )
            for name, said in more:
                self._number(f"{kind}_{at}_{name}", f"{said} {at + 1}", "")

    def _number(self, name: str, label: str, hint: str) -> None:
        box = forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "placeholder": hint})
        self.fields[name] = forms.CharField(label=label, max_length=16, required=False, widget=box)

    def rows(self, kind: str, *more: str) -> list[FormRow]:
        """The rows of one kind for the template."""
        names = (("", *(f"_{name}" for name in more)),) * _ROWS
        return [FormRow(tuple(self[f"{kind}_{at}{name}"] for name in each)) for at, each in enumerate(names)]

    @property
    def parameter_rows(self) -> list[FormRow]:
        """Rows of a parameter and its new value."""
        return self.rows("parameter", "value")

    @property
    def cut_off_rows(self) -> list[FormRow]:
        """Rows of a cut-off, its new place, its new points."""
        return self.rows("cut_off", "value", "points")

    @property
    def condition_rows(self) -> list[FormRow]:
        """Rows of a condition that is dropped."""
        return self.rows("condition")

    @property
    def band_fields(self) -> list[forms.BoundField]:
        """Where bands begin."""
        return [self[name] for name in self.fields if name.startswith("band_")]

    @property
    def weight_fields(self) -> list[forms.BoundField]:
        """Weights of dimensions in per cent."""
        return [self[name] for name in self.fields if name.startswith("weight_")]

    def changes(self) -> list[dict[str, Any]]:
        """What was filled in, as plain changes."""
        told = {name: value.strip() for name, value in self.cleaned_data.items() if isinstance(value, str)}
        found: list[dict[str, Any]] = []
        for at in range(_ROWS):
            if told[f"parameter_{at}"]:
                found.append(
                    {
                        "kind": "parameter",
                        "id": told[f"parameter_{at}"],
                        "value": told[f"parameter_{at}_value"],
                    }
                )
            if told[f"cut_off_{at}"]:
                found.append(_cut_off(told, at))
            if told[f"condition_{at}"]:
                item, _, key = told[f"condition_{at}"].partition("|")
                found.append({"kind": "condition", "item": item, "condition": key})
        bands = ((name, value) for name, value in told.items() if name.startswith("band_") and value)
        found += [
            {"kind": "band", "band": name.removeprefix("band_"), "least": value} for name, value in bands
        ]
        weights = {
            name.removeprefix("weight_"): value
            for name, value in told.items()
            if name.startswith("weight_") and value
        }
        if weights:
            parts = {
                key: int(value) if value.isascii() and value.isdigit() else value
                for key, value in weights.items()
            }
            found.append({"kind": "weights", "weights": parts})
        return found


def _cut_off(told: dict[str, str], at: int) -> dict[str, Any]:
    indicator, _, number = told[f"cut_off_{at}"].partition("|")
    return {
        "kind": "cut_off", "indicator": indicator, "number": int(number),
        "value": told[f"cut_off_{at}_value"] or None, "points": told[f"cut_off_{at}_points"] or None,
    }  # fmt: skip


def _parameters(policy: Policy) -> list[tuple[str, str]]:
    used = {ask.id for ask in policy.rules.parameters.values()}
    found = []
    for one in policy.pack.parameters:
        if one.id in used and one.unit != "text":
            try:
                now = policy.pack.dated(one.id, policy.day)
                value = natural(now) if isinstance(now, Dated) else "?"
            except CannotBecause:
                value = "?"
            found.append((one.id, f"{say(one.name)} = {value}"))
    return found


def _cut_offs(policy: Policy) -> list[tuple[str, str]]:
    return [
        (f"{one.key}|{at}", f"{say(one.name)} {cut.when} {cut.value} → {cut.points}")
        for one in policy.pack.indicators.indicators
        for at, cut in enumerate(one.cut_offs)
        if cut.value is not None
    ]


def _conditions(policy: Policy) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = []
    for item in policy.pack.items:
        own = conditions_of(policy, item.id)
        if len(own) > 1:
            groups.append((say(item.name), [(f"{item.id}|{key}", say(name)) for key, name in own]))
    return groups
