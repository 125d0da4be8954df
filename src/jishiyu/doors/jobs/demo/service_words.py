"""What is written in the demo when a service is arranged and when it is done. Everybody and everything in it is invented."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from jishiyu.cases.rules.services import Finished


def _in(days: int) -> Callable[[date], date]:
    return lambda day: day + timedelta(days=days)


# Answers by the key of the kind's questions; a day is told from the day of arrangement.
ARRANGED: dict[str, dict[str, Any]] = {
    "visit": {"visitors": "社区社工甲、社区社工乙", "occasion": "regular", "gift": "米面油一份"},
    "legal": {"lawyer": "援助律师甲", "matter": "civil", "letter_no": "法援指字第001号"},
    "comfort": {"counsellor": "心理咨询师甲", "way": "home", "sessions": 6},
    "course": {"course": "养老护理员（初级）", "first_day": _in(14), "days": 20},
    "goods": {"what": "助行器、棉被", "unit": "件"},
    "waiver": {"by": "房屋管理所（虚构）", "fee": "rent", "from_day": _in(0), "to_day": _in(364)},
}
PROVIDERS = {
    "legal": "西城援助律师事务所（虚构）",
    "comfort": "西城心语服务中心（虚构）",
    "course": "西城职业技能培训学校（虚构）",
}
DONE: dict[str, Callable[[date], Finished]] = {
    "visit": lambda day: Finished(
        day,
        "看望老人，送去慰问品，检查燃气和用电安全",
        {"met_whom": "本人", "found": "精神尚好，行动稍缓，无其他困难"},
        minutes=50,
    ),
    "legal": lambda day: Finished(
        day,
        "代理追索赡养费，经调解达成协议",
        {"result": "settled"},
        minutes=300,
        document_no="法援结字第001号",
    ),
    "goods": lambda day: Finished(
        day,
        "送货上门，现场教会使用",
        {"signed_by": "本人"},
        quantity=2,
        amount=46_000,
        document_no="签收001号",
    ),
    "waiver": lambda day: Finished(
        day,
        "已在租金系统中登记减免",
        {"notified_on": day, "each_month": 6_000},
        amount=72_000,
        document_no="租减字001号",
    ),
}
