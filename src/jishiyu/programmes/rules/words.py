"""What is said of conditions whose values tell more than their name. Items may say it in their own words in the pack."""

from jishiyu.foundations.outcomes import Sentence, sentence

WORDS: dict[str, tuple[Sentence, Sentence]] = {
    "on_dibao": (
        sentence(
            "核减后人均月收入{per_capita}元，低于低保标准{dibao_standard}元，财产符合规定",
            "Income a head and month is {per_capita} yuan, below the standard of {dibao_standard}; property within limits",
        ),
        sentence(
            "不符合低保条件：核减后人均月收入{per_capita}元，低保标准{dibao_standard}元，或财产、户籍不符合",
            "Not within dibao: income a head and month {per_capita} yuan, standard {dibao_standard}, or property, registration",
        ),
    ),
    "local_member": (
        sentence("有本市户籍成员", "A member is registered locally"),
        sentence("没有本市户籍成员", "No member is registered locally"),
    ),
}
WORDS["any(local_member)"] = WORDS["local_member"]
