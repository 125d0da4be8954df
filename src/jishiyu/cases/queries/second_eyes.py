"""Who else has to look at a case: the hands that may grant so much, an open first signature, and near relatives of staff."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from jishiyu.cases.models import Case, FirstSignature, NearRelative
from jishiyu.cases.queries.files import basis_of, procedure_of
from jishiyu.cases.rules.second_eyes import concerned
from jishiyu.cases.rules.tiers import Ladder, Rung, ladder_for
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.queries import pack
from jishiyu.law.rules.procedures import Step
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import SCOPE_OF_ROLE, Post


def ladder_of(row: Case) -> Ladder | None:
    """The amount tiers of a case with the sums of the day on which it came to its decision; None where the pack sets none."""
    ladder = ladder_for(pack(), row.item, row.era, day_of(row.step_began))
    if ladder is None or procedure_of(row).step("decide").role not in ladder.first_hands:
        return None
    return ladder


def measured(row: Case, ladder: Ladder, amount: int) -> int:
    """What a grant of so many fen each time counts as in a case."""
    return ladder.measured(amount, basis_of(row).frequency)


def turn_at(row: Case, step: Step) -> str:
    """The role whose turn it is at a step that begins: at the decision, by the sum that was computed."""
    ladder = ladder_of(row) if step.key == "decide" else None
    if ladder is None or row.proposed_amount is None:
        return step.role
    return ladder.first_hand(measured(row, ladder, row.proposed_amount))


def step_for(row: Case, step: Step, post: Post) -> Step:
    """The step as it is this post's to take: at the decision any hand from the one whose turn it is upwards may decide,

    and while a first signature waits, the second one alone.
    """
    ladder = ladder_of(row) if step.key == "decide" and row.step == "decide" else None
    if ladder is None:
        return step
    signature = open_signature(row.id)
    role = signature.awaits if signature is not None else row.turn
    if signature is None and post.role in higher_hands(ladder, row.turn):
        role = post.role
    office = "sub_district" if SCOPE_OF_ROLE.get(role) == "sub_district" else "lead_agency"
    return step.model_copy(update={"role": role, "office": office})


def higher_hands(ladder: Ladder, turn: str) -> frozenset[str]:
    """The roles that may decide, or sign first, from the one whose turn it is upwards."""
    firsts = [rung.signs[0] for rung in ladder.rungs]
    return frozenset(firsts[firsts.index(turn) :] if turn in firsts else ())


def open_signature(case_id: UUID) -> FirstSignature | None:
    """The first signature that awaits its second, if there is one."""
    return FirstSignature.objects.filter(case_id=case_id, closed_at=None).first()


def signatures_of(case_id: UUID) -> list[FirstSignature]:
    """All first signatures of a case, in order."""
    return list(FirstSignature.objects.filter(case_id=case_id))


@dataclass(frozen=True, slots=True)
class TierTold:
    """What the decision page tells of the amount tiers: all rungs, the one that applies to the computed sum, what is unsure."""

    name: Sentence
    rungs: tuple[Rung, ...]
    applies: Rung | None
    counted_yearly: bool
    unsure: bool
    citation: Sentence
    unknown: tuple[Sentence, ...]


def tier_told(row: Case) -> TierTold | None:
    """The tiers of a case in words; None where the pack sets none."""
    ladder = ladder_of(row)
    if ladder is None:
        return None
    amount = row.proposed_amount
    return TierTold(
        name=ladder.table.name,
        rungs=ladder.rungs,
        applies=None if amount is None else ladder.rung(measured(row, ladder, amount)),
        counted_yearly=ladder.table.counted == "a_year",
        unsure=ladder.table.confidence == "illustrative" or any(one.illustrative for one in ladder.rungs),
        citation=ladder.table.citation,
        unknown=ladder.unknown,
    )


def relatives_of(case_id: UUID) -> list[NearRelative]:
    """The near relatives on record for a case that were not lifted."""
    return list(NearRelative.objects.filter(case_id=case_id, lifted_at=None))


def relatives(post: Post) -> QuerySet[NearRelative]:
    """The register of near relatives within reach (近亲属备案), newest first, with those that were lifted."""
    rows = within_reach(
        NearRelative.objects.all(), post, area="case__sub_district_id", opened="case__lead_agency_id"
    )
    return rows.select_related("case", "case__applicant", "case__sub_district").order_by("-recorded_at")


def relative_of_this_case(row: Case, post: Post) -> Sentence | None:
    """None when the post's person may act in a case, else that it is a near relative's."""
    if not post.officer:
        return None
    own = NearRelative.objects.filter(case_id=row.id, lifted_at=None, officer=post.officer)
    return concerned(own.values_list("officer", flat=True), post.officer)


CLOSED_AS: dict[str, Sentence] = {
    "granted": sentence("第二签已签", "signed by a second person"),
    "declined": sentence("第二签未同意", "declined by the second person"),
    "taken_back": sentence("本人撤回", "taken back"),
}
