"""The policy pack: everything that binds the district, read once, never changed, asked by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from jishiyu.foundations.outcomes import NotFound, Sentence, sentence
from jishiyu.law.rules.code_tables import CodeTable
from jishiyu.law.rules.decision_tables import DecisionTable
from jishiyu.law.rules.district import Agency, District, Programme, SubDistrict
from jishiyu.law.rules.faults import UnknownValue
from jishiyu.law.rules.indicators import IndicatorSet
from jishiyu.law.rules.items import BenefitItem, Group
from jishiyu.law.rules.parameters import Citer, Dated, DatedText, Instrument, Parameter, Source, value_on
from jishiyu.law.rules.parts import in_force
from jishiyu.law.rules.procedures import Era, Procedure
from jishiyu.law.rules.tiers import TierTable
from jishiyu.law.rules.working_days import Calendar

T = TypeVar("T")


@dataclass(frozen=True)
class Pack:
    """One version of one district's policy. ``version`` is its label with the first digits of its SM3 content hash."""

    label: str
    content_hash: str
    district: District
    items: tuple[BenefitItem, ...]
    parameters: tuple[Parameter, ...]
    topics: Mapping[str, Sentence]
    eras: tuple[Era, ...]
    procedures: tuple[Procedure, ...]
    indicators: IndicatorSet
    sources: Mapping[str, Source]
    instruments: Mapping[str, Instrument]
    calendar: Calendar
    code_tables: Mapping[str, CodeTable]
    groups: tuple[Group, ...] = ()
    tables: tuple[DecisionTable, ...] = ()
    tiers: tuple[TierTable, ...] = ()

    @property
    def version(self) -> str:
        """``2026.1+3f9a0c21d4e5``: stored with every score and decision that rests on this pack."""
        return f"{self.label}+{self.content_hash[:12]}"

    @property
    def sub_districts(self) -> tuple[SubDistrict, ...]:
        """The sub-districts in the founding document's order."""
        return self.district.sub_districts

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Member units first, in the document's order, then those set up later, then outside bodies."""
        return self.district.agencies

    @property
    def programmes(self) -> tuple[Programme, ...]:
        """The ten special programmes and charity, in the document's order."""
        return self.district.programmes

    @cached_property
    def _parameters(self) -> dict[str, Parameter]:
        return {one.id: one for one in self.parameters}

    @cached_property
    def _citer(self) -> Citer:
        return Citer(dict(self.sources), dict(self.instruments))

    def dated(self, id: str, day: date) -> Dated | DatedText:
        """The number or words in force that day. Raises :class:`UnknownValue` (null, gap), or NotFound for no such id."""
        parameter = self._parameters.get(id)
        if parameter is None:
            raise NotFound(
                "law.no_parameter",
                sentence("政策包中没有参数“{id}”", "The pack has no parameter “{id}”", id=id),
            )
        return value_on(parameter, day, self._citer)

    def parameter(self, id: str, day: date) -> Dated:
        """The number in force that day: fen, basis points (1/10 000), or plain counts by its unit.

        Raises :class:`UnknownValue` for null and gaps; CannotBecause (``law.no_number``) when the standard is words.
        The value may be uncertain or illustrative: look at ``confidence``, or take it with ``.insist()``.
        """
        found = self.dated(id, day)
        if isinstance(found, DatedText):
            why = sentence(
                "该口径是文字规定，不是数值：{t}", "the standard is words, not a number: {t}", t=found.text
            )
            raise UnknownValue(id, day, why, str(found.citation))
        return found

    def wording(self, id: str, day: date) -> DatedText:
        """The words in force that day, for standards that are no number. Raises like :meth:`parameter`."""
        found = self.dated(id, day)
        if isinstance(found, Dated):
            raise UnknownValue(
                id,
                day,
                sentence("该口径是数值，不是文字", "the standard is a number, not words"),
                str(found.citation),
            )
        return found

    def agency(self, code: str) -> Agency:
        """The agency of that code. Raises NotFound."""
        return _one(self.agencies, "code", code, sentence("成员单位", "agency"))

    def sub_district(self, code: str) -> SubDistrict:
        """The sub-district of that nine-digit code. Raises NotFound."""
        return _one(self.sub_districts, "code", code, sentence("街道", "sub-district"))

    def programme(self, code: str) -> Programme:
        """The programme of that code. Raises NotFound."""
        return _one(self.programmes, "code", code, sentence("专项救助", "programme"))

    def item(self, id: str) -> BenefitItem:
        """The benefit item of that id. Raises NotFound."""
        return _one(self.items, "id", id, sentence("救助项目", "benefit item"))

    def items_of(self, programme: str) -> tuple[BenefitItem, ...]:
        """The items of one programme, in their order."""
        return tuple(item for item in self.items if item.programme == programme)

    def table(self, key: str) -> DecisionTable:
        """The decision table of that key. Raises NotFound."""
        return _one(self.tables, "key", key, sentence("决策表", "decision table"))

    def exclusions_of(self, item: str) -> tuple[str, ...]:
        """The items that are not given beside this one: an exclusion named by either side holds for both."""
        own = self.item(item).exclusive_with
        return tuple(one.id for one in self.items if one.id in own or item in one.exclusive_with)

    def era_on(self, day: date) -> Era:
        """The era of procedural law that holds that day. Raises :class:`UnknownValue` before the first."""
        found = in_force(self.eras, day)
        if found is None:
            why = sentence("没有适用的程序规定", "no procedural law is recorded for it")
            raise UnknownValue("procedures.era", day, why)
        return found

    def procedure_for(self, item: str, day: date) -> Procedure:
        """How a case of that item accepted on ``day`` runs, by the era of that day; it may be just an outline.

        Raises :class:`UnknownValue` when nothing is recorded for the item in that era.
        """
        self.item(item)
        era = self.era_on(day).key
        for procedure in self.procedures:
            if procedure.era == era and item in procedure.items and procedure.holds(day):
                return procedure
        why = sentence(
            "该项目在这一时期的程序未录入（或当时尚未施行、已经停止）",
            "the procedure of this item in that era is not recorded (or it was not in force)",
        )
        raise UnknownValue(f"procedure.{item}", day, why)


def _one(among: tuple[T, ...], field: str, key: str, what: Sentence) -> T:
    for one in among:
        if getattr(one, field) == key:
            return one
    raise NotFound(
        "law.not_in_pack", sentence("政策包中没有{w}“{k}”", "The pack has no {w} “{k}”", w=what, k=key)
    )
