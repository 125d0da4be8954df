"""The evidence that a case rests on, in a few figures. What is not known says so."""

from uuid import UUID

from django.utils.translation import gettext, ngettext

from jishiyu.doors.desk.fields import UNKNOWN, say
from jishiyu.foundations.money import yuan_text
from jishiyu.registry.queries import situation
from jishiyu.registry.rules.situation import HouseholdSituation
from jishiyu.registry.rules.vocabulary import SUPPORT, TENURE

_INCOMES = ("wage_income", "business_income", "property_income", "transfer_income")


def facts(snapshot_id: UUID) -> list[tuple[str, str]]:
    """Pairs of a label and a value in the reader's language."""
    told = situation(snapshot_id)
    income = _income(told)
    monthly = None if income is None else income // (12 * len(told.members))
    return [
        (gettext("快照日期"), told.as_of.isoformat()),
        (
            gettext("共同生活成员"),
            ngettext("%(n)d 人", "%(n)d 人", len(told.members)) % {"n": len(told.members)},
        ),
        (gettext("前12个月申报收入"), _yuan(income)),
        (gettext("人均月收入（未计扣减）"), _yuan(monthly)),
        (gettext("金融资产"), _yuan(told.liquid_assets)),
        (gettext("负债"), _yuan(told.debt)),
        (gettext("车辆"), _count(told.vehicles)),
        (gettext("自有住房"), _count(told.homes_owned)),
        (gettext("居住方式"), say(TENURE[told.tenure]) if told.tenure else str(UNKNOWN)),
        (gettext("赡养抚养"), say(SUPPORT[told.support]) if told.support else str(UNKNOWN)),
        (gettext("医疗费用总额"), _yuan(sum(bill.total for bill in told.bills))),
    ]


def _income(told: HouseholdSituation) -> int | None:
    amounts = [getattr(member, name) for member in told.members for name in _INCOMES]
    return None if None in amounts else sum(amounts)


def _yuan(fen: int | None) -> str:
    return str(UNKNOWN) if fen is None else gettext("%(amount)s 元") % {"amount": yuan_text(fen)}


def _count(value: int | None) -> str:
    return str(UNKNOWN) if value is None else str(value)
