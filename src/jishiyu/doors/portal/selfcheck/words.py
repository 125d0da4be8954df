"""The answers one may choose from, in words that need no office to explain them, and what they mean in the register."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import get_language

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.registry.rules import vocabulary

Choices = Sequence[tuple[str, Sentence]]


def _of(words: Mapping[str, Sentence], *, without: Iterable[str] = ()) -> Choices:
    left_out = set(without)
    return [(key, word) for key, word in words.items() if key not in left_out]


CHOICES: dict[str, Choices] = {
    "yes_no": [("yes", sentence("是", "yes")), ("no", sentence("不是", "no"))],
    "sex": [("2", sentence("女", "female")), ("1", sentence("男", "male"))],
    "relation": [
        ("02", sentence("本人", "myself")),
        ("10", sentence("配偶", "wife or husband")),
        ("20", sentence("子女", "son or daughter")),
        ("51", sentence("父母", "father or mother")),
        ("53", sentence("公婆或岳父母", "parent-in-law")),
        ("41", sentence("孙子女、外孙子女", "grandchild")),
        ("61", sentence("祖父母、外祖父母", "grandparent")),
        ("73", sentence("兄弟姐妹", "brother or sister")),
        ("97", sentence("其他亲属", "another relative")),
    ],
    "marital": _of(vocabulary.MARITAL),
    "tenure": [
        ("owned", sentence("自己家的房", "our own")),
        ("public_rent", sentence("租公家的房", "rented from a public landlord")),
        ("private_rent", sentence("租私人的房", "rented from a private landlord")),
        ("borrowed", sentence("借住在亲友家", "lent by family or friends")),
        ("institution", sentence("住在养老院、福利院", "a care home")),
    ],
    "employment": [
        ("employed", sentence("有单位", "employed")),
        ("flexible", sentence("打零工、灵活就业", "odd jobs or flexible work")),
        ("unemployed", sentence("失业", "unemployed")),
        ("retired", sentence("退休", "retired")),
        ("student", sentence("上学", "at school")),
        ("not_working", sentence("没有工作过或不工作", "not working")),
    ],
    "work_capacity": [
        ("full", sentence("能工作（或身体没有妨碍）", "able to work")),
        ("partial", sentence("能做一部分", "able to do some work")),
        ("none", sentence("不能工作（老人、孩子、重病重残）", "unable: old, a child, very ill or disabled")),
    ],
    "schooling": _of(vocabulary.SCHOOLING),
    "medical_insurance": _of(vocabulary.MEDICAL_INSURANCE),
    "illness": [
        ("none", sentence("没有大病慢病", "no lasting illness")),
        ("chronic", sentence("有慢性病", "a chronic illness")),
        ("serious", sentence("有重大疾病", "a serious illness")),
    ],
    "disability": [("0", sentence("没有残疾证", "no certificate"))]
    + [(str(code), word) for code, word in vocabulary.DISABILITY.items() if code],
    "grade": [("0", sentence("没有", "none"))]
    + [
        (str(grade), sentence("{n}级", "grade {e}", n=zh, e=grade))
        for grade, zh in enumerate("一二三四", start=1)  # as is: figures of the grades
    ],
    "support": [
        ("none", sentence("没有这样的人", "there is nobody")),
        ("unable", sentence("有，但自己也困难", "there are, but they cannot")),
        ("able", sentence("有，能帮一些", "there are, and they can help")),
    ],
    "event": _of(vocabulary.EVENT),
    "identity": [("none", sentence("都没有", "none of these")), *_of(vocabulary.IDENTITIES)],
}


def in_readers_language(choices: Choices) -> list[tuple[str, str]]:
    """The answers as the reader's language has them."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return [(key, word.say(language)) for key, word in choices]
