"""Which rules answer for which benefit item, and the words for each condition met, not met, or not known.

Places in braces are values of the run: ``{per_capita}`` an amount in yuan, ``{counted_members}`` a count.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from jishiyu.assessment.rules.means import ORDER_57
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.items import BenefitItem
from jishiyu.programmes.rules import tekun
from jishiyu.programmes.rules.coordination import ChainKind, ChainLine, Cover, coordinate
from jishiyu.programmes.rules.medical import CHARITY, ORDER_649
from jishiyu.programmes.rules.temporary_relief import ORDER_26

Values = Mapping[str, int]
Chain = Callable[[Values, int, date], tuple[ChainLine, ...]]


@dataclass(frozen=True, slots=True)
class Test:
    """One condition: the rule that decides it and what to say. ``unclear`` is for what only a person can judge.

    ``code`` names the condition where several items share a rule.
    """

    __test__ = False  # not a test of ours
    rule: str
    label: Sentence
    met: Sentence
    not_met: Sentence
    unclear: Sentence | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class ItemRules:
    """The rules of one item: conditions, the amount, what is certain at least, the standard, and the chain of aid.

    ``gate`` decides over all conditions together (without it all have to be met); ``amount`` is empty for services and
    statuses; ``rows`` are the condition and the value of each row that an amount is chosen from; ``by_member`` the amount of
    each member, where it is paid by member; ``goods`` the worth of what is given in kind beside the money.
    """

    item: str
    tests: tuple[Test, ...]
    amount: str
    standard: str
    chain: Chain
    shown: tuple[str, ...]
    at_least: str | None = None
    gate: str | None = None
    rows: tuple[tuple[str | None, str], ...] = ()
    by_member: str = ""
    goods: tuple[str, ...] = ()

    @property
    def decided_by(self) -> tuple[str, ...]:
        """The rules that decide the item and its amount."""
        more = (self.gate, self.amount, self.at_least)
        return (*(test.rule for test in self.tests), *(one for one in more if one))


def _dibao_chain(values: Values, amount: int, day: date) -> tuple[ChainLine, ...]:
    note = sentence(
        "养老、失业等社会保险待遇已计入收入", "Pensions, unemployment and other insurance count as income"
    )
    own = Cover("own_income", values["net_income_monthly"], ORDER_57, note=note)
    aid = Cover("government", amount, ORDER_57, label=sentence("最低生活保障金", "Minimum living guarantee"))
    label = sentence(
        "家庭每月基本生活需要（保障标准合计）", "Basic living of the household a month (all standards)"
    )
    return coordinate(values["guaranteed"], [own, aid], label=label, citation=ORDER_57, first=day)


def _support_chain(_: Values, amount: int, day: date) -> tuple[ChainLine, ...]:
    label = sentence("特困人员基本生活和照料护理需要", "Basic living and care of destitute persons")
    note = sentence(
        "无生活来源：没有可先行扣除的收入", "No means of living: there is no income to take off first"
    )
    aid = Cover(
        "government",
        amount,
        tekun.ORDER_649,
        label=sentence("特困人员供养金", "Support of destitute persons"),
    )
    return coordinate(amount, [aid], label=label, citation=tekun.ORDER_649, first=day, note=note)


def _relief_chain(_: Values, amount: int, day: date) -> tuple[ChainLine, ...]:
    label = sentence("突发困难期间的基本生活需要", "Basic living while the sudden difficulty lasts")
    note = sentence(
        "保险理赔和责任方赔偿须由经办人核实后先行扣除",
        "Insurance and damages paid by others are to be checked by the caseworker and taken off first",
    )
    aid = Cover("government", amount, ORDER_26, label=sentence("临时救助金", "Temporary relief"))
    return coordinate(amount, [aid], label=label, citation=ORDER_26, first=day, note=note)


def _bill_chain(values: Values, day: date, aid: tuple[Cover, ...]) -> tuple[ChainLine, ...]:
    insurance = (
        Cover("basic_insurance", values["paid_basic"], ORDER_649),
        Cover("critical_insurance", values["paid_critical"], ORDER_649),
        Cover("supplementary_insurance", values["paid_supplementary"], ORDER_649),
        Cover("commercial_insurance", values["paid_commercial"], ORDER_649),
    )
    label = sentence("近12个月医疗费用总额", "Medical bills of the last twelve months")
    given = tuple(
        Cover("other_aid", values[name], ORDER_649, label=words)
        for name, words in (
            ("medical_given", _MEDICAL_GIVEN),
            ("major_given", _MAJOR_GIVEN),
            ("charity_given", _CHARITY_GIVEN),
        )
        if values.get(name)
    )
    covers = insurance + given + aid
    return coordinate(values["bills"], covers, label=label, citation=ORDER_649, last=day)


def chain_on_bills(
    item: BenefitItem, by: ChainKind, values: Values, amount: int, day: date
) -> tuple[ChainLine, ...]:
    """The chain of an item that the pack writes and that is paid on bills."""
    cited = item.citation.zh if item.citation else ORDER_649
    return _bill_chain(values, day, (Cover(by, amount, cited, label=item.name),))


def _medical_chain(values: Values, amount: int, day: date) -> tuple[ChainLine, ...]:
    return _bill_chain(values, day, (Cover("government", amount, ORDER_649, label=_MEDICAL_AID),))


def _charity_chain(values: Values, amount: int, day: date) -> tuple[ChainLine, ...]:
    # Charity covers what government leaves open, so medical aid stands first, as the other item's.
    given = Cover("other_aid", values["medical_aid_now"], ORDER_649, label=_MEDICAL_AID)
    label = sentence("“春雨”大病救助", "“Spring Rain” serious-illness aid")
    return _bill_chain(values, day, (given, Cover("charity", amount, CHARITY, label=label)))


_MEDICAL_GIVEN = sentence("住院医疗救助金（已批准）", "Medical aid for hospital bills (granted before)")
_MAJOR_GIVEN = sentence("重大疾病医疗救助金（已批准）", "Medical aid for major diseases (granted before)")
_CHARITY_GIVEN = sentence("“春雨”大病救助（已批准）", "“Spring Rain” aid (granted before)")
_MEDICAL_AID = sentence("住院医疗救助金", "Medical aid for hospital bills")
_LOCAL = Test(
    "has_local_hukou",
    sentence("本市户籍", "Local household registration"),
    sentence("家庭有本市户籍成员", "A member is registered locally"),
    sentence("家庭没有本市户籍成员", "No member is registered locally"),
)
_PROPERTY = (
    Test(
        "vehicles_ok",
        sentence("车辆符合规定", "Vehicles within the rules"),
        sentence("没有超出规定的机动车辆", "No motor vehicle beyond the rules"),
        sentence("名下有机动车辆", "The household has a motor vehicle"),
        sentence(
            "有车辆且有肢体残疾成员：是否为残疾人代步车须由人认定",
            "A vehicle and a physically disabled member: a person has to see whether it is an aid",
        ),
    ),
    Test(
        "housing_ok",
        sentence("住房符合规定", "Housing within the rules"),
        sentence("住房未超过规定套数", "Homes within the number allowed"),
        sentence("住房超过规定套数", "More homes than allowed"),
        sentence(
            "有两套及以上住房：建筑面积是否在例外之内须由人认定",
            "Two homes or more: a person has to see whether their floor area is excepted",
        ),
    ),
    Test(
        "money_ok",
        sentence("货币财产未超限额", "Money within the limit"),
        sentence("货币财产未超过限额", "Money is within the limit"),
        sentence("货币财产超过限额", "Money is beyond the limit"),
        sentence(
            "该时期的货币财产限额未见，须由人认定",
            "The limit of that time was not found: a person has to judge",
        ),
    ),
)
_AIDED = Test(
    "aided_group",
    sentence("低保、特困或低收入家庭", "Dibao, destitute or low-income household"),
    sentence(
        "核减后人均月收入{per_capita}元，在低保或低收入线以下",
        "Income a head and month is {per_capita} yuan, below the dibao or low-income line",
    ),
    sentence(
        "核减后人均月收入{per_capita}元，不低于低收入线",
        "Income a head and month is {per_capita} yuan, not below the low-income line",
    ),
)

ON_BILLS = (
    "bills", "paid_basic", "paid_critical", "paid_supplementary", "paid_commercial", "medical_given", "major_given",
    "charity_given",
)  # fmt: skip

ITEMS: dict[str, ItemRules] = {
    "ZK01": ItemRules(
        "ZK01",
        (
            Test(
                "dibao_income",
                sentence("人均收入低于低保标准", "Income a head below the standard"),
                sentence(
                    "核减后人均月收入{per_capita}元，低于低保标准{dibao_standard}元",
                    "Income a head and month after reductions is {per_capita} yuan, below the standard of {dibao_standard}",
                ),
                sentence(
                    "核减后人均月收入{per_capita}元，不低于低保标准{dibao_standard}元",
                    "Income a head and month after reductions is {per_capita} yuan, not below the standard of {dibao_standard}",
                ),
                sentence(
                    "家庭收入不低于低保标准，但有重度残疾成员：2019年起低收入家庭的重残人员纳入低保，是否单独计算未见原文，须由人认定",
                    "Not below the standard, but a member is severely disabled: from 2019 dibao takes in such members of "
                    "low-income families; whether they are counted alone was not found, a person has to judge",
                ),
                code="income_below_dibao",
            ),
            *_PROPERTY,
            _LOCAL,
        ),
        "dibao_amount",
        "dibao_standard",
        _dibao_chain,
        ("guaranteed", "net_income_monthly"),
        at_least="difference",
    ),
    "ZK02": ItemRules(
        "ZK02",
        (
            Test(
                "has_destitute",
                sentence(
                    "无劳动能力、无生活来源、无赡养抚养", "Unable to work, without means, without support"
                ),
                sentence("有同时符合三项条件的成员", "A member meets all three conditions"),
                sentence("没有同时符合三项条件的成员", "No member meets all three conditions"),
            ),
            *_PROPERTY,
            _LOCAL,
        ),
        "support_amount",
        "tekun_basic",
        _support_chain,
        (),
        by_member="member_support",
    ),
    "ZK05": ItemRules(
        "ZK05",
        (
            Test(
                "sudden_difficulty",
                sentence("突发事件", "Sudden event"),
                sentence("近期发生突发事件（{event_days}天前）", "A sudden event {event_days} days ago"),
                sentence(
                    "登记中没有近期突发事件；必需支出突增须由人认定",
                    "No recent sudden event on record; a surge of necessary spending is for a person to judge",
                ),
            ),
            Test(
                "local_or_residence_permit",
                sentence("本市户籍或持居住证", "Local registration or residence permit"),
                sentence("家庭有本市户籍成员", "A member is registered locally"),
                sentence("家庭没有本市户籍成员", "No member is registered locally"),
                sentence(
                    "没有本市户籍成员：是否持居住证须由人核实",
                    "No member is registered locally: a person has to see whether they hold a residence permit",
                ),
            ),
        ),
        "relief_amount",
        "dibao_standard",
        _relief_chain,
        (),
    ),
    "ZY03": ItemRules(
        "ZY03",
        (
            _AIDED,
            *_PROPERTY,
            _LOCAL,
            Test(
                "has_burden",
                sentence("保险后仍有政策范围内自付", "Something in scope is left after insurance"),
                sentence(
                    "保险支付后政策范围内个人负担{burdens}元",
                    "{burdens} yuan in scope are left after insurance",
                ),
                sentence("没有政策范围内的个人负担", "Nothing in scope is left to pay"),
            ),
        ),
        "medical_aid_now",
        "inpatient_ratio",
        _medical_chain,
        ON_BILLS,
    ),
    "CS01": ItemRules(
        "CS01",
        (
            Test(
                "has_serious_burden",
                sentence("大病自付负担重", "Heavy own cost of serious illness"),
                sentence(
                    "重大疾病经保险和政府救助后自付{left_after_aid_sum}元",
                    "Serious illness leaves {left_after_aid_sum} yuan after insurance and government aid",
                ),
                sentence(
                    "重大疾病自付{left_after_aid_sum}元，未达到起点",
                    "Serious illness leaves {left_after_aid_sum} yuan, less than the floor",
                ),
            ),
            _AIDED,
            *_PROPERTY,
        ),
        "chunyu_amount",
        "chunyu_ratio",
        _charity_chain,
        (*ON_BILLS, "medical_aid_now"),
    ),
}
