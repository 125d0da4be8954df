"""What the checker of forms finds in a page of the pack, as an officer should read it."""

from collections.abc import Callable, Mapping
from typing import Any

from jishiyu.foundations.outcomes import Sentence, sentence

_EXPECTED: dict[str, Callable[[dict[str, Any]], Sentence]] = {
    "missing": lambda _: sentence("缺少此键", "this key is missing"),
    "extra_forbidden": lambda _: sentence("不认识此键（是否写错？）", "this key is not known (misspelt?)"),
    "string_type": lambda _: sentence(
        "应为文字（数字样的代码请加引号）", "expected text (put codes that look like numbers in quotes)"
    ),
    "int_type": lambda _: sentence("应为整数", "expected a whole number"),
    "int_from_float": lambda _: sentence("应为整数", "expected a whole number"),
    "bool_type": lambda _: sentence("应为 true 或 false", "expected true or false"),
    "date_type": lambda _: sentence("应为日期，如 2013-11-28", "expected a day such as 2013-11-28"),
    "tuple_type": lambda _: sentence(
        "应为列表（每行以“- ”开头）", "expected a list (each line begins with “- ”)"
    ),
    "model_type": lambda _: sentence("应为“键: 值”的一组", "expected a group of “key: value”"),
    "too_short": lambda c: sentence("至少应有{n}项", "expected at least {n}", n=c["min_length"]),
    "string_pattern_mismatch": lambda c: sentence("格式应为 {p}", "expected the form {p}", p=c["pattern"]),
    "literal_error": lambda c: sentence(
        "应为以下之一：{e}", "expected one of: {e}", e=str(c["expected"]).replace(" or ", ", ")
    ),
    "greater_than": lambda c: sentence("应大于{n}", "expected more than {n}", n=c["gt"]),
    "greater_than_equal": lambda c: sentence("应不小于{n}", "expected at least {n}", n=c["ge"]),
    "less_than_equal": lambda c: sentence("应不大于{n}", "expected at most {n}", n=c["le"]),
}


def expected_of(error: Mapping[str, Any]) -> Sentence:
    """What is expected where pydantic found an error."""
    context = error.get("ctx", {})
    raised = context.get("error")
    if raised is not None and isinstance(getattr(raised, "sentence", None), Sentence):
        return raised.sentence  # type: ignore[no-any-return]
    if error["type"] in _EXPECTED:
        return _EXPECTED[error["type"]](context)
    return sentence("不合要求：{m}", "not as expected: {m}", m=error["msg"])
