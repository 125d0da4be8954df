"""What visitors look at in a home (入户调查表): each question with its answers, in both languages."""

from dataclasses import dataclass

from jishiyu.foundations.outcomes import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the visit form with its answers by key."""

    key: str
    words: Sentence
    answers: tuple[tuple[str, Sentence], ...]


LIVING: tuple[Question, ...] = (
    Question(
        "home",
        sentence("住房状况", "Housing"),
        (
            ("sound", sentence("完好", "sound")),
            ("worn", sentence("简陋", "worn")),
            ("unsafe", sentence("危险", "unsafe")),
        ),
    ),
    Question(
        "furnishing",
        sentence("家具家电", "Furniture and appliances"),
        (
            ("bare", sentence("仅有基本用品", "bare necessities")),
            ("ordinary", sentence("一般", "ordinary")),
            ("beyond", sentence("明显超过基本生活需要", "clearly beyond basic needs")),
        ),
    ),
    Question(
        "present",
        sentence("实际居住人口", "Who really lives there"),
        (
            ("as_told", sentence("与申报一致", "as declared")),
            ("more", sentence("多于申报", "more than declared")),
            ("fewer", sentence("少于申报", "fewer than declared")),
        ),
    ),
    Question(
        "income",
        sentence("收入来源", "Where income comes from"),
        (
            ("as_told", sentence("与申报一致", "as declared")),
            ("other", sentence("另有收入", "there is other income")),
            ("unclear", sentence("难以核实", "cannot be verified")),
        ),
    ),
    Question(
        "neighbours",
        sentence("邻里访问", "What neighbours say"),
        (
            ("agree", sentence("与申报一致", "as declared")),
            ("differ", sentence("有不同说法", "they say otherwise")),
            ("not_asked", sentence("未访问", "not asked")),
        ),
    ),
)


def answer_words(living: dict[str, str]) -> list[tuple[Sentence, Sentence]]:
    """The answers given, as pairs of question and answer in words, in the form's order."""
    found = []
    for question in LIVING:
        answer = dict(question.answers).get(living.get(question.key, ""))
        if answer is not None:
            found.append((question.words, answer))
    return found
