"""A stored result computed again, years later: from the evidence, the pack and the weights that were kept with it.

It comes to the same result and the same hash, or it is said what differs, or what is missing: a pack that was not kept, or
rules whose text has changed since and that now say something else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from jishiyu.assessment import queries as assessment
from jishiyu.assessment.rules.explanation import rules_version as score_rules
from jishiyu.assessment.rules.numbers import changed_numbers
from jishiyu.assessment.rules.numbers import numbers_of as score_numbers
from jishiyu.cases import queries as cases
from jishiyu.cases.rules.basis import BESIDE
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.journeys.aid_had import Resting
from jishiyu.journeys.apply import picked_basis, with_told
from jishiyu.law.queries import pack_of
from jishiyu.law.rules.pack import Pack
from jishiyu.offices.rules import Post, require
from jishiyu.programmes import queries as programmes
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.programmes.rules.in_numbers import in_numbers
from jishiyu.programmes.rules.used_aid import AidHad
from jishiyu.programmes.rules.versions import rules_version
from jishiyu.registry.queries import situation
from jishiyu.registry.rules.evidence_digest import evidence_digest


@dataclass(frozen=True, slots=True)
class Rests:
    """What a stored result rests on."""

    snapshot: UUID
    day: date
    pack_version: str
    rules_version: str
    set_version: str = ""


@dataclass(frozen=True, slots=True)
class Awarded:
    """What an award kept of what it rests on, and whether that is what is found now; empty on awards of before."""

    decided_on: date
    pack_version: str
    rules_version: str
    evidence_digest: str
    same_evidence: bool
    same_basis: bool

    @property
    def same(self) -> bool:
        """Whether facts and rules say what they said when it was decided."""
        return self.same_evidence and self.same_basis


@dataclass(frozen=True, slots=True)
class Replay:
    """What was stored and what came out now. ``changed`` names the parts of the result that differ."""

    what: Sentence
    rests_on: Rests
    stored: Mapping[str, Any]
    stored_hash: str
    found: Mapping[str, Any]
    found_hash: str
    changed: tuple[str, ...]
    present_rules: str
    awards: tuple[Awarded, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the same result and the same hash came out, and every award rests on just that."""
        same = self.stored_hash == self.found_hash and not self.changed
        return same and all(one.same for one in self.awards)

    @property
    def other_rules(self) -> Sentence | None:
        """That the text of the rules is another one now, if so."""
        then = self.rests_on.rules_version
        if then == self.present_rules:
            return None
        if not then:
            return sentence("当时没有记下规则版本", "The version of the rules was not kept then")
        return sentence(
            "当时的规则文本是 {a}，现在是 {b}；须逐字复算请用当时的发行版",
            "The text of the rules was {a} and is {b}; to compute by that very text use the release of that time",
            a=then,
            b=self.present_rules,
        )


def replay(word: str, *, actor: Post, pack: Pack | None = None) -> Replay:
    """Compute again what a case's number, or the id of a score or of stored entitlements, names.

    ``pack`` is used where the one that the result names is not kept here; it has to be that version. Raises NotFound, and
    CannotBecause with what is missing. The look is in the journal.
    """
    require(actor, "cases.see")
    try:
        id = UUID(word)
    except ValueError:
        return replay_case(word, actor=actor, pack=pack)
    if assessment.score(id) is not None:
        return replay_score(id, pack=pack)
    return replay_entitlements(id, pack=pack)


def replay_case(number: str, *, actor: Post, pack: Pack | None = None) -> Replay:
    """What a case rests on, computed again: each condition, the chain of aid, the amount."""
    row = cases.case_numbered(number, actor)
    kept = cases.basis_of(row)
    rests = Rests(row.snapshot_id, kept.day, kept.pack_version, kept.rules_version)
    binding = _binding(rests, pack)
    told = dict(kept.told)
    facts, had = situation(row.snapshot_id), AidHad.from_data(kept.aid_had)
    answers = entitlements_of(facts, kept.day, binding, used=had, told=told)
    resting = Resting(facts, had, kept.earlier)
    found = with_told(picked_basis(answers, row.item, kept.day, binding, resting), told)
    record(act="cases.replay", about=("case", row.number), household=row.household_id)
    what = sentence("案件 {n}，项目 {i}", "case {n}, item {i}", n=row.number, i=row.item)
    compared = _compared(
        what, rests, kept.as_data(), kept.digest, found.as_data(), found.digest, rules_version()
    )
    return replace(compared, awards=_awarded(row.id, evidence_digest(facts), found.digest))


def _awarded(case_id: UUID, evidence: str, basis: str) -> tuple[Awarded, ...]:
    """The newest award against the facts and the answer found now; earlier ones of a re-check rest on evidence of their own."""
    return tuple(
        Awarded(
            one.decided_on,
            one.pack_version,
            one.rules_version,
            one.evidence_digest,
            one.evidence_digest in ("", evidence),
            one.basis_digest in ("", basis),
        )
        for one in cases.awards_of_case(case_id)[:1]
    )


def replay_score(id: UUID, *, pack: Pack | None = None) -> Replay:
    """A stored score, computed again. Raises NotFound, and CannotBecause when it was kept without its numbers."""
    row = assessment.score(id)
    if row is None:
        raise NotFound("replay.no_score", sentence("没有这个评分", "There is no such score"))
    if row.numbers is None:
        raise _without_numbers()
    rests = Rests(row.snapshot_id, row.day, row.pack_version, row.rules_version, row.set_version)
    binding = _binding(rests, pack)
    result = assessment.assessed_anew(row, binding, assessment.model_of_score(row, binding))
    found = score_numbers(result)
    record(act="assessment.replay", about=("score", row.id), household=row.household_id)
    what = sentence("困难指数 {i}", "hardship score {i}", i=row.id)
    return _compared(what, rests, row.numbers, row.digest, found, digest(found), score_rules())


def replay_entitlements(id: UUID, *, pack: Pack | None = None) -> Replay:
    """The stored answers for all items of a household, computed again. Raises NotFound, and CannotBecause."""
    row = programmes.run(id)
    if row is None:
        raise NotFound(
            "replay.nothing_stored",
            sentence(
                "没有这个编号的案件、评分或计算结果", "No case, score or answer is stored under this name"
            ),
        )
    if row.numbers is None:
        raise _without_numbers()
    rests = Rests(row.snapshot_id, row.day, row.pack_version, row.rules_version)
    binding = _binding(rests, pack)
    had = AidHad.from_data(row.aid_had or {})
    found = in_numbers(situation(row.snapshot_id), row.day, binding, used=had, told=row.told)
    record(act="programmes.replay", about=("entitlement run", row.id), household=row.household_id)
    what = sentence("救助项目计算结果 {i}", "entitlements {i}", i=row.id)
    return _compared(what, rests, row.numbers, row.digest, found, digest(found), rules_version())


def _binding(rests: Rests, given: Pack | None) -> Pack:
    if given is None:
        return pack_of(rests.pack_version)
    if given.version != rests.pack_version:
        raise CannotBecause(
            "replay.other_pack",
            sentence(
                "需要政策包 {a}，所给的是 {b}：内容哈希不同",
                "Policy pack {a} is needed and {b} was given: the content hash differs",
                a=rests.pack_version,
                b=given.version,
            ),
        )
    return given


def _compared(
    what: Sentence, rests: Rests, stored: Mapping[str, Any], stored_hash: str, found: Mapping[str, Any],
    found_hash: str, present: str,
) -> Replay:  # fmt: skip
    changed = tuple(name for name in changed_numbers(stored, found) if name not in BESIDE)
    return Replay(what, rests, stored, stored_hash, found, found_hash, changed, present)


def _without_numbers() -> CannotBecause:
    return CannotBecause(
        "replay.without_numbers",
        sentence(
            "这项结果是早期版本存下的，没有可比对的数值",
            "This was stored by an early version, without numbers to compare with",
        ),
    )
