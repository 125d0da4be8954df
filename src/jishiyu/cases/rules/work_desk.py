"""What several cases may be done with at once, what may be taken back, and whom a note calls on. Pure: no database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jishiyu.cases.rules.steps import STEP_NAMES
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.procedures import Outcome, Step

# Acts that only write down what stands in the file already. Checks, visits, reviews, decisions and re-checks (which propose what
# another person confirms) judge one household each.
IN_BATCHES = frozenset({"accept", "appraisal", "announce"})
BATCH_MOST = 200

# Steps that changed nothing but the case. What a step also did elsewhere (a visit, a notice, an award, money, a service) stays.
CAN_BE_TAKEN_BACK = frozenset({"apply", "accept", "check", "appraisal", "review", "announce", "recheck"})
_STAYS: dict[str, Sentence] = {
    "visit": sentence(
        "入户调查已成记录，只能补充登记，不能撤销",
        "A home visit is on record: add to it, it cannot be taken back",
    ),
    "notice": sentence("公示已结束，不能撤销", "The public notice is over: that cannot be taken back"),
    "decide": sentence(
        "审批决定已作出，应依法变更或撤销决定，不能撤回操作",
        "A decision was made: it is changed or revoked by law, not taken back",
    ),
    "pay": sentence("资金已发放，不能撤销", "Money was paid: that cannot be taken back"),
}


def batch_outcomes(step: Step) -> tuple[Outcome, ...]:
    """The ways out of a step that several cases can take at once: forward ones, for which nobody has to give reasons."""
    if step.key not in IN_BATCHES:
        return ()
    return tuple(one for one in step.outcomes if not one.reasons and one.next != "end")


@dataclass(frozen=True, slots=True)
class Last:
    """The last step of a case that counts: which, when, by whom, and whether it has ended the case."""

    step: str
    day: date
    officer: str
    ended: bool


def refusal_to_take_back(last: Last | None, *, officer: str, today: date, days: int) -> Sentence | None:
    """None when the officer may take the last step back on ``today``, else why not. ``days`` after its own day are allowed."""
    if last is None:
        return sentence("没有可以撤销的步骤", "There is no step to take back")
    if last.step not in CAN_BE_TAKEN_BACK:
        return _STAYS.get(
            last.step,
            sentence(
                "“{s}”已产生案件以外的效果，不能撤销",
                "“{s}” had effects beyond the case and cannot be taken back",
                s=STEP_NAMES.get(last.step, sentence(last.step, last.step)),
            ),
        )
    if last.ended:
        return sentence("案件已结束，不能撤销", "The case has ended: that cannot be taken back")
    if officer and last.officer != officer:
        return sentence("只有办理该步骤的人可以撤销", "Only the officer who took the step can take it back")
    if today > last.day + timedelta(days=days):
        return sentence(
            "已过可撤销的期限（{d}止）",
            "The time for taking it back is over (it ran to {d})",
            d=(last.day + timedelta(days=days)).isoformat(),
        )
    return None


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody whom ``words`` behind an @ name: a post (``officer`` empty), or one officer in it."""

    words: str
    post: str
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Calls:
    """Whom a text calls on, each once; the words behind an @ that name nobody; and those that name several people."""

    found: tuple[Called, ...]
    unknown: tuple[str, ...]
    several: tuple[str, ...]


_STOPS = " \t\r\n,.;:!?，。；：！？、（）()<>《》"


def calls(text: str, known: Iterable[Called]) -> Calls:
    """Read the @ of a text. The longest known words win: ``@德胜街道审核岗请看`` calls on 德胜街道审核岗."""
    by_words: dict[str, list[Called]] = {}
    for one in known:
        by_words.setdefault(one.words.casefold(), []).append(one)
    lengths = sorted({len(words) for words in by_words}, reverse=True)
    found: dict[tuple[str, str], Called] = {}
    unknown: list[str] = []
    several: list[str] = []
    for part in text.replace("＠", "@").split("@")[1:]:
        hit = next((key for n in lengths if (key := part[:n].casefold()) in by_words), None)
        if hit is None:
            unknown.append(_word(part))
            continue
        meant = {(one.post, one.officer): one for one in by_words[hit]}
        if len({post for post, _ in meant}) > 1:
            several.append(part[: len(hit)])
            continue
        found |= meant
    return Calls(tuple(found.values()), tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(several)))


def _word(part: str) -> str:
    for place, sign in enumerate(part):
        if sign in _STOPS:
            return part[:place] or "@"
    return part[:20] or "@"


def withheld(apart: frozenset[str], taken: frozenset[str]) -> Sentence | None:
    """Why an officer may not take a case on: they took a step of it that this one must be apart from. None when they may."""
    for step in sorted(apart & taken):
        return sentence(
            "已办理过本案的“{s}”，须由不同人员办理",
            "Took this case's “{s}” already: another person has to go on",
            s=STEP_NAMES.get(step, sentence(step, step)),
        )
    return None
