"""What is said of a faulty decision table, and how to mend it."""

from collections.abc import Sequence

from jishiyu.foundations.outcomes import Sentence, sentence

NO_INPUT = sentence("没有这一列", "there is no such input")
NO_OUTPUT = sentence("没有这一结果列", "there is no such output")
NO_RESULT = sentence("缺少结果", "the result is missing")
RESULT_MEND = sentence(
    "请填数字、参数编号，或 person（转由人判断）", "Give a number, a parameter's id, or person"
)
NO_CODES = sentence("这一列没有代码表", "this input has no list of codes")
CODES_MEND = sentence("请把类型改为 flag 或 number", "Make its type flag or number")
NO_CODE = sentence("代码表中没有此代码", "the list of codes has no such code")
NO_PARAMETER = sentence("没有此参数或规则值", "there is no such parameter or value")
PARAMETER_MEND = sentence(
    "请从参数表中选择，或先在 parameters/ 中补录",
    "Choose one of the pack's parameters, or enter it in parameters/ first",
)
UNIT_MEND = sentence("请选单位相同的参数", "Choose a parameter in that unit")
NEVER_KNOWN = sentence("该版生效期内参数没有值", "the parameter has no value in the days of this edition")
DATE_MEND = sentence(
    "请补录参数的值和日期；没有值的日子转由人判断",
    "Enter its value and days; on days without one a person judges",
)
TOO_FINE = sentence(
    "数值过细（元到分、比例到万分之一）", "the number is too fine (yuan to a fen, ratios to 1/10 000)"
)
FINE_MEND = sentence("请四舍五入到可计算的最小单位", "Round it to the smallest unit")
BACKWARDS = sentence("下限大于上限，没有数字符合", "the lower bound is above the upper one: no number fits")
BACKWARDS_MEND = sentence("请对调或改正两个界限", "Swap or correct the bounds")
TYPE_MEND = sentence(
    "请按列的类型填写，不限则留空", "Write it as the input's type asks, or leave it empty for any"
)
TYPES = {
    "flag": sentence("此列只能填 是、否 或不限", "this input takes only true, false or nothing"),
    "code": sentence("此列应填代码", "this input takes codes"),
    "number": sentence("此列应填数字或数字范围", "this input takes a number or a span of numbers"),
}
TOO_MANY = sentence("各列组合过多，无法逐一检查", "too many combinations to check one by one")
MANY_MEND = sentence("请拆成两张表", "Split it into two tables")
GAP_MEND = sentence(
    "请加一行，或填“其他情况”（可填 person 转由人判断）",
    "Add a row, or fill in otherwise (person: a person judges)",
)
REMOVE = sentence("请改正条件或删除这一行", "Correct what it asks, or remove it")
MOVE_UP = sentence("请把它移到前面或删除", "Move it up, or remove it")
OVERLAP_MEND = sentence(
    "若非本意，请调整行的顺序或条件", "If that is not meant, change the order or what the rows ask"
)


def there_are(names: Sequence[str]) -> Sentence:
    """What there is instead."""
    return sentence("可用：{n}", "There are: {n}", n=", ".join(names))


def the_codes_are(names: Sequence[str]) -> Sentence:
    """Which codes there are."""
    return sentence("可用代码：{n}", "The codes are: {n}", n=", ".join(names))
