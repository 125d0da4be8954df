"""Amount tiers: a grant beyond one hand becomes a first signature, and only the second person's makes it an award."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jishiyu.cases import queries
from jishiyu.cases.models import Case, FirstSignature
from jishiyu.cases.operations.walking import Said, about, at_step, fetch, require_turn
from jishiyu.cases.rules.tiers import above_your_hand
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import ROLE_NAMES, Post, require


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be granted: fen each time, the need where it is asked for, and what was said with it."""

    amount: int
    need: int | None
    said: Said


def signed_first(row: Case, wanted: Wanted, *, actor: Post, moment: datetime) -> bool:
    """Whether the grant goes beyond one hand: then it is kept as the first signature, and the case awaits the second.

    Raises CannotBecause when it is beyond this post altogether.
    """
    ladder = queries.ladder_of(row)
    if ladder is None or actor.role == "system":
        return False
    sum_ = queries.measured(row, ladder, wanted.amount)
    hand = ladder.hand(actor.role, sum_)
    if hand == "alone":
        return False
    if hand == "above":
        raise CannotBecause("cases.above_your_hand", *above_your_hand(ladder, actor.role, sum_))
    if hand == "not_first":
        raise NotYours(
            "cases.second_hand_only",
            sentence(
                "{s}元须先由“{f}”签署，再由您签署",
                "{s} yuan is signed by “{f}” first, then by you",
                s=yuan_text(sum_),
                f=ROLE_NAMES[ladder.rung(sum_).signs[0]],
            ),
        )
    rung = ladder.rung(sum_)
    FirstSignature.objects.create(
        case=row,
        outcome=wanted.said.outcome,
        amount=wanted.amount,
        need=wanted.need,
        awaits=rung.signs[1],
        why=ladder.rungs[-2].say().as_data() if len(ladder.rungs) > 1 else rung.say().as_data(),
        papers=sorted(wanted.said.papers),
        remarks=wanted.said.remarks.strip(),
        reasons=[one.strip() for one in wanted.said.reasons if one.strip()],
        post=actor.code,
        role=actor.role,
        officer=actor.officer,
        officer_name=actor.officer_name or actor.title.say("zh"),
        signed_at=moment,
    )
    _turn_to(row, rung.signs[1])
    record(act="cases.sign_first", detail={"amount": wanted.amount, "awaits": rung.signs[1]}, **about(row))
    return True


def as_signed(signature: FirstSignature, said: Said, amount: int | None, *, actor: Post) -> Wanted:
    """What the second person signs: what the first did, no more and no less. Raises for the same person or another sum."""
    if actor.officer and actor.officer == signature.officer:
        raise NotYours(
            "cases.same_hand",
            sentence(
                "第一签由您签署，第二签须由另一人签署",
                "You signed first: the second signature is another person's",
            ),
        )
    if said.outcome != signature.outcome or (amount is not None and amount != signature.amount):
        raise CannotBecause(
            "cases.second_differs",
            sentence(
                "第二签只能同意第一签的{a}元，或退回第一签",
                "The second signature agrees to the {a} yuan of the first one, or declines it",
                a=yuan_text(signature.amount),
            ),
            sentence("不同意的，请写明理由退回", "Decline with the reason if you do not agree"),
        )
    both = Said(said.outcome, tuple(signature.papers), said.remarks, (*signature.reasons, *said.reasons))
    return Wanted(signature.amount, signature.need, both)


def close_signature(signature: FirstSignature, how: str, *, actor: Post, moment: datetime) -> None:
    """The signature is closed: granted by the second person, declined by him, or taken back by the first."""
    signature.closed_at, signature.closed_as = moment, how
    signature.second_post, signature.second_officer = actor.code, actor.officer
    signature.second_name = actor.officer_name or actor.title.say("zh")
    signature.save(update_fields=["closed_at", "closed_as", "second_post", "second_officer", "second_name"])


def decline_signature(case_id: UUID, *, reason: str, actor: Post, moment: datetime) -> Case:
    """The second person does not sign: back to the first hand, with the reason. Or the first person takes it back."""
    require(actor, "cases.decide")
    row = fetch(case_id, actor)
    step = at_step(row, "decide")
    signature = queries.open_signature(row.id)
    if signature is None:
        raise CannotBecause(
            "cases.no_signature",
            sentence("本案没有等待第二签的决定", "No decision of this case awaits a signature"),
        )
    own = bool(actor.officer) and actor.officer == signature.officer
    if not own:
        require_turn(row, step, actor)
    _require_reason(reason)
    close_signature(signature, "taken_back" if own else "declined", actor=actor, moment=moment)
    _turn_to(row, signature.role)
    record(
        act="cases.decline_signature",
        reason=reason.strip(),
        detail={"amount": signature.amount},
        **about(row),
    )
    return row


def pass_up(case_id: UUID, *, reason: str, actor: Post) -> Case:
    """Pass a decision up to the next higher hand, which decides in one's stead."""
    require(actor, "cases.decide")
    row = fetch(case_id, actor)
    require_turn(row, at_step(row, "decide"), actor)
    ladder = queries.ladder_of(row)
    firsts = list(dict.fromkeys(rung.signs[0] for rung in ladder.rungs)) if ladder is not None else []
    if actor.role not in firsts[:-1]:
        raise CannotBecause(
            "cases.no_higher_hand", sentence("没有更高的审批岗位", "There is no higher hand to pass it to")
        )
    _require_reason(reason)
    _turn_to(row, firsts[firsts.index(actor.role) + 1])
    record(act="cases.pass_up", reason=reason.strip(), detail={"to": row.turn}, **about(row))
    return row


def _turn_to(row: Case, role: str) -> None:
    row.turn = role
    row.save(update_fields=["turn"])


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < 4:
        raise CannotBecause(
            "cases.reasons_missing", sentence("请写明理由（至少4个字）", "Say why (at least 4 characters)")
        )
