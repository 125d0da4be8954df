"""Walks a procedure table: from the first step every step is reached, and from every step the end."""

from collections.abc import Iterable, Iterator, Sequence

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.procedures import Procedure
from jishiyu.law.rules.yaml_lines import Path_

# Where a decision leads when it grants.
_GRANTED = frozenset({"announce", "pay", "deliver"})


def reached_from(procedure: Procedure, start: str) -> set[str]:
    """The keys of all steps that can follow ``start``, with itself."""
    ways: dict[str, list[str]] = {
        step.key: [str(outcome.next) for outcome in step.outcomes] for step in procedure.steps
    }
    reached: set[str] = set()
    waiting: list[str] = [start]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += ways.get(key, [])
    return reached


def faults_in_steps(path: Path_, procedure: Procedure) -> Iterator[tuple[Path_, Sentence]]:
    """Dead ends, steps nobody reaches, steps named twice or not defined; an outline must have no steps."""
    if procedure.status == "outline":
        if procedure.steps:
            yield (
                (*path, "steps"),
                sentence("outline 不写步骤，只写 known", "an outline has no steps, only what is known"),
            )
        if not procedure.known:
            yield (*path, "known"), sentence("outline 应写明已知内容", "an outline has to say what is known")
        return
    keys = [step.key for step in procedure.steps]
    if "end" not in keys or procedure.publicity is None or len(set(keys)) != len(keys):
        yield (
            (*path, "steps"),
            sentence(
                "完整程序应有 end 步骤和 publicity，步骤不得重复",
                "a full procedure needs an end step and publicity, and no step twice",
            ),
        )
        return
    yield from _in_each_step(path, procedure, set(keys))


def _in_each_step(path: Path_, procedure: Procedure, keys: set[str]) -> Iterator[tuple[Path_, Sentence]]:
    reached = reached_from(procedure, procedure.first.key)
    for number, step in enumerate(procedure.steps):
        inner = (*path, "steps", number)
        for place, outcome in enumerate(step.outcomes):
            if outcome.next not in keys:
                yield (
                    (*inner, "outcomes", place, "next"),
                    sentence("没有步骤“{s}”", "there is no step “{s}”", s=outcome.next),
                )
            gate = procedure.publicity is not None and procedure.publicity.published
            if gate and step.key == "decide" and outcome.next in _GRANTED and "notice" not in outcome.after:
                yield (
                    (*inner, "outcomes", place),
                    sentence(
                        "批准须写 after: [notice]：公示期满前不得批准",
                        "a grant needs after: [notice]: none before the notice is over",
                    ),
                )
        for place, other in enumerate(step.not_by):
            if other not in keys:
                yield (*inner, "not_by", place), sentence("没有步骤“{s}”", "there is no step “{s}”", s=other)
        if step.key not in reached:
            yield (*inner, "key"), sentence("没有任何步骤通向“{s}”", "no step leads to “{s}”", s=step.key)
        if "end" not in reached_from(procedure, step.key):
            yield (
                (*inner, "outcomes"),
                sentence("从“{s}”走不到结束：死路", "“{s}” never reaches the end: a dead end", s=step.key),
            )
        if (step.key == "end") != (not step.outcomes):
            yield (*inner, "outcomes"), sentence("只有 end 没有下一步", "end, and only end, has no outcome")


def faults_in_wholeness(
    procedure: Procedure, forms: Iterable[Sequence[str]]
) -> Iterator[tuple[Path_, Sentence]]:
    """What a full table needs so that nobody waits for ever, nothing is hidden, and each form of aid has its last step.

    ``forms``: the forms of the items that the table is for, each item's usual one first.
    """
    if procedure.status == "outline":
        return
    keys: list[str] = [step.key for step in procedure.steps]
    for number, step in enumerate(procedure.steps):
        if step.key != "end" and procedure.limit_of(step.key) is None:
            words = (
                sentence("recheck 没有时限：写 limit 或 rechecks", "a re-check needs a limit or rechecks")
                if step.key == "recheck"
                else sentence(
                    "缺少时限：未见规定的写示例并注明",
                    "a limit is missing: made up and marked if none was seen",
                )
            )
            yield ("steps", number, "limit"), words
    if procedure.publicity is not None and procedure.publicity.published != ("notice" in keys):
        yield (
            ("publicity", "published"),
            sentence(
                "公示的须有 notice 步骤，不公示的不得有", "published needs a notice step, and only then"
            ),
        )
    given = {key for key in ("pay", "deliver") if key in keys}
    for first, *others in forms:
        may = {"pay" if form == "cash" else "deliver" for form in (first, *others)}
        if not (given <= may and ("pay" if first == "cash" else "deliver") in given):
            yield (
                ("steps",),
                sentence(
                    "现金项目以 pay（发放）收尾，其余以 deliver（落实）收尾；两种形式都有的项目才可都留",
                    "aid in money ends with pay, all other with deliver; both stay only where an item has both forms",
                ),
            )
            return
