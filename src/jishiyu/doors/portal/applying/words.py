"""What may have happened, in plain words, and in which programmes to look for help then."""

from dataclasses import dataclass

from jishiyu.foundations.outcomes import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Happened:
    """One plain reason to ask for help; ``programmes`` in the order in which they are offered."""

    key: str
    name: Sentence
    programmes: tuple[str, ...]


HAPPENED = (
    Happened("income", sentence("收入少，日子过不下去", "We cannot live on our income"), ("ZK",)),
    Happened("illness", sentence("家里有人生病，医药费负担重", "Somebody is ill and treatment is dear"), ("ZY", "CS", "ZK")),
    Happened("sudden", sentence("突然出事：意外、火灾、亲人去世", "Something struck us: an accident, a fire, a death"), ("ZK", "JZ", "CS")),
    Happened("job", sentence("没有工作，找不到工作", "No work, and none to be found"), ("JY", "ZK")),
    Happened("school", sentence("孩子上学有困难", "Schooling is hard to pay for"), ("ZX",)),
    Happened("home", sentence("没房住、交不起房租、房子不安全", "No home, rent too high, or the house unsafe"), ("ZF",)),
    Happened("old", sentence("家里有老人要照顾", "An old person needs care"), ("ZL",)),
    Happened("disability", sentence("家里有残疾人", "Somebody has a disability"), ("ZC",)),
    Happened("law", sentence("要打官司、讨工钱、立遗嘱", "A lawsuit, wages owed, a will"), ("FL",)),
    Happened("heart", sentence("心里难受，想找人说说", "A heavy heart, and somebody to talk to"), ("XL",)),
)  # fmt: skip
HAPPENED_NAMES = {one.key: one.name for one in HAPPENED}

HOUSING: dict[str, Sentence] = {
    "owned": sentence("自己的房", "our own"),
    "public_rent": sentence("租公房", "rented public housing"),
    "private_rent": sentence("租私房", "rented from a private owner"),
    "borrowed": sentence("借住", "borrowed"),
    "none": sentence("没有固定住处", "no fixed home"),
}

STEP_NAMES: dict[str, Sentence] = {
    "who": sentence("申请人", "Who applies"),
    "family": sentence("家里人", "The family"),
    "situation": sentence("困难情况", "The difficulty"),
    "papers": sentence("材料", "Papers"),
    "check": sentence("核对提交", "Check and hand in"),
}
