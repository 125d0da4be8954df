"""The form on which a change of policy is put together. Each section gives changes as plain data; an empty one gives none."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jishiyu.assessment.queries import model_in_force
from jishiyu.doors.desk.fields import DayField, say
from jishiyu.doors.desk.whatif.drafts import Change
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.law.rules.parameters import Dated
from jishiyu.programmes.rules.changes import Policy, policy_of
from jishiyu.programmes.rules.changes_conditions import offered_tests, written_test
from jishiyu.programmes.rules.changes_said import conditions_of, natural, say_test

TESTS = 3
SECTIONS = ("parameter", "condition", "weights", "cut_off", "band")


class TrialForm(forms.Form):
    """Name, day, and a section for each kind of change. The choices say what holds on ``day``."""

    name = forms.CharField(label=gettext_lazy("试算名称"), max_length=80, required=False)
    day = DayField(label=gettext_lazy("改动生效日"))

    def __init__(self, data: Any, *, day: date, item: str = "", **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.policy = policy_of(pack(), model_in_force(day).model, day)
        self.item = item
        self._choice("parameter", gettext("标准或参数"), _parameters(self.policy))
        self._number("parameter_value", gettext("新值"), "")
        self._conditions()
        self._choice("cut_off", gettext("指标计分线"), _cut_offs(self.policy))
        self._number("cut_off_value", gettext("新的计分线"), "")
        self._number("cut_off_points", gettext("新的得分（0–1）"), "")
        for band in pack().indicators.bands:
            if band.min:
                self._number(
                    f"band_{band.key}", gettext("%(band)s起点") % {"band": say(band.name)}, str(band.min)
                )
        weights = self.policy.model.dimension_weights
        for dim in pack().indicators.dims:
            self._number(f"weight_{dim.key}", say(dim.name), f"{weights[dim.key] / 10_000:.1f}%")

    def _conditions(self) -> None:
        own = {each.id: conditions_of(self.policy, each.id) for each in self.policy.pack.items}
        items = [(each.id, say(each.name)) for each in self.policy.pack.items if own[each.id]]
        self._choice("item", gettext("项目"), items)
        acts = [
            ("replace", gettext("把条件换成别的")), ("drop", gettext("不再要求这个条件")), ("more", gettext("增加一个条件")),
        ]  # fmt: skip
        self._choice("act", gettext("怎样改"), acts)
        self._choice(
            "condition", gettext("哪个条件"), [(key, say(name)) for key, name in own.get(self.item, [])]
        )
        self._choice(
            "join",
            gettext("几项之间"),
            [("all", gettext("都要符合")), ("any", gettext("符合一项即可"))],
            empty=False,
        )
        self.tests = offered_tests(self.policy.pack)
        choices = sorted(
            ((key, say(say_test(one, self.policy))) for key, one in self.tests.items()),
            key=lambda each: each[1],
        )
        for at in range(TESTS):
            self._choice(f"test_{at}", gettext("判断 %(n)s") % {"n": at + 1}, choices)
            self.fields[f"not_{at}"] = forms.BooleanField(label=gettext("反过来：不是"), required=False)
        box = forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "class": "font-monospace"})
        self.fields["text"] = forms.CharField(
            label=gettext("或者直接写（政策包的写法）"), max_length=600, required=False, widget=box,
            help_text=gettext("例：{all: [on_dibao, {not: destitute}]}。all 都要符合，any 符合一项即可，not 反过来。"),
        )  # fmt: skip

    def _choice(self, name: str, label: str, choices: Any, *, empty: bool = True) -> None:
        given = [("", "—"), *choices] if empty else choices
        self.fields[name] = forms.ChoiceField(label=label, choices=given, required=False)

    def _number(self, name: str, label: str, hint: str) -> None:
        box = forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "placeholder": hint})
        self.fields[name] = forms.CharField(label=label, max_length=16, required=False, widget=box)

    @property
    def test_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Rows of a test and whether it is turned round."""
        return [(self[f"test_{at}"], self[f"not_{at}"]) for at in range(TESTS)]

    @property
    def band_fields(self) -> list[forms.BoundField]:
        """Where bands begin."""
        return [self[name] for name in self.fields if name.startswith("band_")]

    @property
    def weight_fields(self) -> list[forms.BoundField]:
        """Weights of dimensions in per cent."""
        return [self[name] for name in self.fields if name.startswith("weight_")]

    def told(self, name: str) -> str:
        """What was filled in, without blanks around it."""
        return str(self.data.get(name) or "").strip()

    def section(self, kind: str) -> list[Change]:
        """The changes that a section gives. Raises CannotBecause for one that is filled in only in part."""
        makers: dict[str, Callable[[], list[Change]]] = {
            "parameter": self._parameter, "condition": self._condition, "weights": self._weights,
            "cut_off": self._cut_off, "band": self._band,
        }  # fmt: skip
        return makers[kind]()

    def _parameter(self) -> list[Change]:
        id, value = self.told("parameter"), self.told("parameter_value")
        if not id and not value:
            return []
        if not id or not value:
            raise _lacking(sentence("请选一个参数并填新值", "Choose a parameter and give its new value"))
        return [{"kind": "parameter", "id": id, "value": value.replace(",", "")}]

    def _cut_off(self) -> list[Change]:
        chosen, value, points = (self.told(f"cut_off{name}") for name in ("", "_value", "_points"))
        if not chosen and not value and not points:
            return []
        indicator, _, number = chosen.partition("|")
        if not number.isdigit() or not (value or points):
            raise _lacking(
                sentence(
                    "请选一条计分线并填新的线或得分", "Choose a cut-off and give its new place or points"
                )
            )
        return [
            {"kind": "cut_off", "indicator": indicator, "number": int(number), "value": value or None, "points": points or None}
        ]  # fmt: skip

    def _band(self) -> list[Change]:
        names = [name for name in self.fields if name.startswith("band_") and self.told(name)]
        return [
            {"kind": "band", "band": name.removeprefix("band_"), "least": self.told(name)} for name in names
        ]

    def _weights(self) -> list[Change]:
        told = {
            name.removeprefix("weight_"): self.told(name).removesuffix("%")
            for name in self.fields
            if name.startswith("weight_") and self.told(name)
        }
        wrong = [value for value in told.values() if not (value.isascii() and value.isdigit())]
        if wrong:
            raise _lacking(
                sentence("权重请填整数：{v}", "Weights are whole numbers: {v}", v="、".join(wrong))
            )
        return (
            [{"kind": "weights", "weights": {key: int(value) for key, value in told.items()}}] if told else []
        )

    def _condition(self) -> list[Change]:
        act, item, condition = self.told("act"), self.item, self.told("condition")
        test = self._test()
        if not act and not condition and test is None:
            return []
        if not item or not act:
            raise _lacking(sentence("请选项目和怎样改", "Choose the item and what to do"))
        if act != "more" and not condition:
            raise _lacking(sentence("请选要改哪个条件", "Choose the condition to change"))
        if act != "drop" and test is None:
            raise _lacking(sentence("请选至少一项判断，或直接写", "Pick at least one test, or write one"))
        if act == "more":
            return [{"kind": "more", "item": item, "test": test}]
        return [
            {
                "kind": "condition",
                "item": item,
                "condition": condition,
                "test": None if act == "drop" else test,
            }
        ]

    def _test(self) -> Any:
        text = self.told("text")
        picked = []
        for at in range(TESTS):
            one = self.tests.get(self.told(f"test_{at}"))
            if one is not None:
                picked.append({"not": one.as_data()} if self.data.get(f"not_{at}") else one.as_data())
        if text and picked:
            raise _lacking(sentence("选判断或直接写，请只用一种", "Either pick tests or write one, not both"))
        if text:
            return written_test(text)
        join = "any" if self.told("join") == "any" else "all"
        return None if not picked else picked[0] if len(picked) == 1 else {join: picked}


def _lacking(words: Sentence) -> CannotBecause:
    return CannotBecause("what_if.half", words)


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
