"""What the figures say, in words: the first draft of the quarter's analysis, made by rules and nothing else."""

from collections.abc import Callable

from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.oversight.rules.figures import Figures, Line

Name = Callable[[str], Sentence]
# Below this share of steps in time (basis points) a unit is named. Not a rule of law: a threshold of attention.
_ATTENTION = 9_000


def analysis(now: Figures, before: Figures, *, unit: Name, source: Name) -> list[Sentence]:
    """Sentences on work, money, time and units. ``unit`` and ``source`` give names for codes and ids."""
    said = [_work(now, before), _money(now, before), _by_source(now, source), _time(now)]
    said += [_late_unit(line, unit) for line in _slow(now)]
    said += [_running_out(line, source) for line in now.of("source") if _runs_out(line)]
    return [one for one in said if one is not None]


def compared(now: int, before: int) -> Sentence:
    """More, less or as much as before, in words."""
    if before == now:
        return sentence("与上季度持平", "as in the quarter before")
    share = f"{abs(now - before) * 100 / before:.1f}%" if before else "—"
    if now > before:
        return sentence(
            "比上季度增加{n}（{p}）", "{n} more than the quarter before ({p})", n=now - before, p=share
        )
    return sentence(
        "比上季度减少{n}（{p}）", "{n} fewer than the quarter before ({p})", n=before - now, p=share
    )


def _work(now: Figures, before: Figures) -> Sentence:
    return sentence(
        "本季度受理申请{a}件，{c}；批准{g}件，不予批准{r}件，期末在办{o}件。",
        "{a} applications, {c}; {g} granted, {r} refused, {o} in progress at the end.",
        a=now.total.value("applications"),
        c=compared(now.total.value("applications"), before.total.value("applications")),
        g=now.total.value("granted"),
        r=now.total.value("refused"),
        o=now.total.value("in_progress"),
    )


def _money(now: Figures, before: Figures) -> Sentence:
    spent, earlier = now.total.value("paid"), before.total.value("paid")
    way = sentence("持平", "as much as") if spent == earlier else (
        sentence("增加{d}元", "{d} yuan more than", d=yuan_text(spent - earlier))
        if spent > earlier
        else sentence("减少{d}元", "{d} yuan less than", d=yuan_text(earlier - spent))
    )  # fmt: skip
    return sentence(
        "发放救助资金{p}元，惠及{h}户，较上季度{w}。",
        "{p} yuan were paid to {h} households, {w} in the quarter before.",
        p=yuan_text(spent),
        h=now.total.value("helped"),
        w=way,
    )


def _by_source(now: Figures, source: Name) -> Sentence | None:
    spent = [line for line in now.of("source") if line.value("paid")]
    if not spent:
        return None
    parts = [(source(line.key), yuan_text(line.value("paid"))) for line in spent]
    return sentence(
        "资金来源：{parts_zh}。",
        "Paid from: {parts_en}.",
        parts_zh="；".join(f"{name.say('zh')}{amount}元" for name, amount in parts),
        parts_en="; ".join(f"{name.say('en')} {amount} yuan" for name, amount in parts),
    )


def _time(now: Figures) -> Sentence | None:
    share = now.total.on_time
    if share is None:
        return None
    return sentence(
        "办结环节{s}个，按时办结率{p}，超期{n}个。",
        "{s} steps taken, {p} of them in time, {n} late.",
        s=now.total.value("steps"),
        p=f"{share / 100:.1f}%",
        n=now.total.value("late"),
    )


def _slow(now: Figures) -> list[Line]:
    units = [*now.of("street_unit"), *now.of("agency_unit")]
    slow = [line for line in units if line.on_time is not None and line.on_time < _ATTENTION]
    return sorted(slow, key=lambda line: line.on_time or 0)[:5]


def _late_unit(line: Line, unit: Name) -> Sentence:
    return sentence(
        "{u}按时办结率{p}，低于90%，须关注。",
        "{u}: {p} of steps in time, below 90%; needs attention.",
        u=unit(line.key),
        p=f"{(line.on_time or 0) / 100:.1f}%",
    )


def _runs_out(line: Line) -> bool:
    return line.value("paid") > 0 and line.value("left") < line.value("paid")


def _running_out(line: Line, source: Name) -> Sentence:
    return sentence(
        "{s}期末结余{left}元，不足一个季度的支出，须及早筹措。",
        "{s} has {left} yuan left, less than a quarter's spending: more has to be found.",
        s=source(line.key),
        left=yuan_text(line.value("left")),
    )
