"""An item's answer laid on the household's bills: each bill its own chain, all of them together the item's chain.

Insurance and what other awards gave of a bill stand first. The item's aid goes to the bills in the order of their days, for
each person up to what the rules gave that person; where the bills leave less, the aid is less.
"""

from collections.abc import Mapping, Sequence

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.coordination import Coordination
from jishiyu.programmes.rules.bills import BillChain, Scheme, cover_bills, spread
from jishiyu.programmes.rules.coordination import AID, ChainKind, ChainLine, Cover, coordinate
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.registry.rules.situation import HouseholdSituation

# What the rules gave each person, by the name of the step.
_EACH = {"ZY03": "medical_aid_to_give", "ZY04": "ZY04 to give"}
_LESS = sentence("票据只余此数：其余已由先付者承担", "The bills leave no more: the rest is borne already")


def on_bills(
    one: Entitlement, facts: HouseholdSituation, earlier: Mapping[str, Sequence[Cover]], order: Coordination
) -> tuple[tuple[ChainLine, ...], tuple[BillChain, ...]]:
    """The chain of an answer and the chains of its bills; no bills where the item is not for bills or does not apply.

    ``earlier``: what other awards gave of a bill, by the bill's key.
    """
    if not facts.bills or not order.bears_bills(one.item, facts.event) or one.outcome == "not_eligible":
        return one.chain, ()
    if one.amount is None:
        # Nothing is computed: the bills stand ready for what a person sets.
        return one.chain, cover_bills(facts.bills, (), earlier=earlier)
    aid = [line for line in one.chain if line.kind in AID]
    kind: ChainKind = aid[0].kind if aid else "government"
    base = cover_bills(facts.bills, _schemes(one, facts, kind, aid), earlier=earlier)
    room = sum(each.chain[-1].amount + each.borne(*AID) for each in base)
    amount = min(one.amount, room)
    line = aid[0] if aid else ChainLine(kind, one.name, amount, "", None, None)
    note = (order.note(one.item) or _LESS) if amount < one.amount else line.note
    laid = spread(base, [ChainLine(kind, line.label, amount, line.citation, None, None, note)])
    return whole_of(laid, one.chain), laid


def _schemes(
    one: Entitlement, facts: HouseholdSituation, kind: ChainKind, aid: Sequence[ChainLine]
) -> list[Scheme]:
    people = [member.person_id for member in facts.members]
    steps = {step.name: step for step in one.steps}
    cites, label = (aid[0].citation, aid[0].label) if aid else ("", one.name)
    ratio = one.standard.value if one.standard is not None and one.standard.unit == "ratio" else 10_000
    schemes: list[Scheme] = []
    hospital = steps.get(_EACH["ZY03"])
    if kind == "charity" and hospital is not None:
        # Government's part stands before charity's, granted yet or not.
        words = next((line.label for line in one.chain if line.kind == "other_aid"), None)
        schemes += [
            Scheme("ZY03", "other_aid", limit=value or 0, people=frozenset({person}), label=words)
            for person, value in zip(people, hospital.value, strict=True)
        ]
    each = steps.get(_EACH.get(one.item, ""))
    if each is not None:
        return schemes + [
            Scheme(one.item, kind, ratio=ratio, limit=value or 0, people=frozenset({person}), citation=cites, label=label)
            for person, value in zip(people, each.value, strict=True)
        ]  # fmt: skip
    left = steps.get("left_after_aid")
    whose = (
        None if left is None else frozenset(p for p, value in zip(people, left.value, strict=True) if value)
    )
    return [
        *schemes,
        Scheme(
            one.item, kind, ratio=ratio, limit=one.amount, people=whose, in_scope=False, citation=cites, label=label
        ),
    ]  # fmt: skip


def whole_of(bills: Sequence[BillChain], like: Sequence[ChainLine]) -> tuple[ChainLine, ...]:
    """The chain of all bills together, in the words of another chain where it has a line of the kind."""
    need = sum(one.chain[0].amount for one in bills)
    words = {line.kind: line for line in reversed(like)}
    sums: dict[tuple[ChainKind, str], Cover] = {}
    for one in bills:
        for line in one.chain[1:-1]:
            own = words.get(line.kind, line) if line.kind != "other_aid" else line
            key = (line.kind, own.label.zh)
            before = sums.get(key)
            amount = line.amount + (before.offered if before and isinstance(before.offered, int) else 0)
            note = line.note or (before.note if before else None)
            sums[key] = Cover(line.kind, amount, own.citation, own.label, own.first, own.last, note)
    given = [cover for cover in sums.values() if cover.offered or cover.kind != "other_aid"]
    first = like[0] if like else bills[0].chain[0]
    label: Sentence = first.label if like and like[0].amount == need else _BILLS
    return coordinate(
        need, given, label=label, citation=first.citation, first=first.first, last=first.last, note=first.note
    )


_BILLS = sentence("医疗费用总额", "Medical bills")
