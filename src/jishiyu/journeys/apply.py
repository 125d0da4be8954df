"""A household applies for what was recommended: evidence and the rules' answer are carried into the case and frozen there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jishiyu.cases import operations as cases
from jishiyu.cases import queries as case_queries
from jishiyu.cases.operations import Application
from jishiyu.cases.rules.basis import Basis, Condition, Earlier
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journeys.aid_had import Resting, resting_on
from jishiyu.law.queries import pack
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parts import CONFIDENCE_NAMES
from jishiyu.offices.rules import Post
from jishiyu.programmes.operations import compute_entitlements
from jishiyu.programmes.queries import entitlements
from jishiyu.programmes.rules.bills import BillChain
from jishiyu.programmes.rules.compute import Told
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.programmes.rules.granted import with_grants
from jishiyu.programmes.rules.on_bills import on_bills
from jishiyu.programmes.rules.used_aid import AidHad
from jishiyu.programmes.rules.versions import rules_version
from jishiyu.registry import queries as registry

_ENTITLED = {"eligible": "yes", "not_eligible": "no", "cannot_compute": "cannot_tell"}
_MET = {"met": True, "not_met": False, "unknown": None}


def apply_for(
    household_id: UUID, item: str, *, papers: tuple[str, ...] = (), statement: str = "", lead_agency: str = "",
    actor: Post, moment: datetime,
) -> UUID:  # fmt: skip
    """Open a case for an item on the household's latest evidence. Refused without any. Returns the case's id.

    ``lead_agency`` is for items that several agencies share; empty takes the first.
    """
    snapshot = registry.latest_snapshot(household_id)
    if snapshot is None:
        raise CannotBecause(
            "apply.no_evidence",
            sentence("该户尚无经济状况快照，不能申请", "There is no evidence of the household's means yet"),
            sentence("请先登记经济状况快照", "Record an economic snapshot first"),
        )
    application = Application(
        household_id=household_id,
        item=item,
        snapshot_id=snapshot.id,
        basis=basis_on(snapshot.id, item, actor=actor, moment=moment),
        papers=papers,
        statement=statement,
        lead_agency=lead_agency,
    )
    return cases.apply(application, actor=actor, moment=moment).id


def rest_on_latest(case_id: UUID, *, reason: str, actor: Post, moment: datetime) -> None:
    """Let a case rest on the household's latest evidence, when the enquiry found other facts than were declared."""
    case = case_queries.case(case_id, actor)
    snapshot = registry.latest_snapshot(case.household_id)
    if snapshot is None or (snapshot.id == case.snapshot_id and not _told_anew(case, day_of(moment))):
        raise CannotBecause(
            "apply.no_newer_evidence",
            sentence(
                "该户没有更新的经济状况快照，没有新核实的情况，其他救助也没有变化",
                "The household has no newer evidence, nothing else was told, and other aid stands as it was",
            ),
        )
    basis = basis_on(snapshot.id, case.item, actor=actor, moment=moment)
    cases.rest_on_newer(case_id, snapshot_id=snapshot.id, basis=basis, reason=reason, actor=actor)


def basis_on(snapshot_id: UUID, item: str, *, actor: Post, moment: datetime) -> Basis:
    """What the rules say of an item on a snapshot, computed and kept; where they compute nothing, that a person has to tell."""
    day = day_of(moment)
    resting = resting_on(registry.situation(snapshot_id), day)
    answers = compute_entitlements(snapshot_id, actor=actor, moment=moment, day=day, used=resting.had)
    household_id = UUID(resting.facts.household_id)
    told, held = registry.told_on(household_id, day), case_queries.held_items(household_id, day)
    answers = with_grants(answers, resting.facts, pack(), held, used=resting.had, told=told)
    return with_told(picked_basis(answers, item, day, pack(), resting), told)


def with_told(basis: Basis, told: Told) -> Basis:
    """The basis with what persons had told when it was made."""
    return replace(basis, told=tuple(sorted(told.items())))


def _told_anew(case: Any, day: date) -> bool:
    """Whether something was told, or other aid was granted or fell, since the case's basis was made."""
    kept = case_queries.basis_of(case)
    if dict(kept.told) != registry.told_on(case.household_id, day):
        return True
    resting = resting_on(registry.situation(case.snapshot_id), day)
    return AidHad.from_data(kept.aid_had) != resting.had or dict(kept.earlier) != dict(resting.earlier)


def foreseen_basis(household_id: UUID, item: str, day: date) -> Basis | None:
    """The same on the latest evidence, for looking at before applying; nothing is kept. None without evidence."""
    snapshot = registry.latest_snapshot(household_id)
    if snapshot is None:
        return None
    told, resting = registry.told_on(household_id, day), resting_on(registry.situation(snapshot.id), day)
    held = case_queries.held_items(household_id, day)
    answers = entitlements(resting.facts, day, used=resting.had, told=told, held=held)
    return with_told(picked_basis(answers, item, day, pack(), resting), told)


def picked_basis(
    answers: Sequence[Entitlement], item: str, day: date, binding: Pack, resting: Resting | None = None
) -> Basis:
    """What a case of an item rests on, of all answers for a household under a pack. With ``resting`` it is laid on the bills."""
    for entitlement in answers:
        if entitlement.item == item:
            return basis_of(entitlement, binding, resting)
    one = binding.item(item)
    unknown = sentence("此项条件由经办人核实", "The caseworker has to verify this condition")
    return Basis(
        item=item,
        entitled="cannot_tell",
        conditions=tuple(Condition(each.name, None, unknown) for each in one.conditions),
        chain=(),
        form=one.forms[0],
        frequency=one.frequency,
        day=day,
        pack_version=binding.version,
        marks=_mark(one.confidence),
        rules_version=rules_version(),
    )


def basis_of(entitlement: Entitlement, binding: Pack, resting: Resting | None = None) -> Basis:
    """The part of an entitlement that a case rests on."""
    one = binding.item(entitlement.item)
    chain = entitlement.chain
    bills: tuple[BillChain, ...] = ()
    earlier: dict[str, tuple[Earlier, ...]] = {}
    if resting is not None:
        # What the item itself gave on these bills stands there as well: it is not given twice.
        earlier = dict(resting.earlier)
        covers = {bill: [each.cover() for each in given] for bill, given in earlier.items()}
        chain, bills = on_bills(entitlement, resting.facts, covers, binding.district.coordination)
    cited = str(entitlement.standard.citation) if entitlement.standard else ""
    return Basis(
        item=entitlement.item,
        entitled=_ENTITLED[entitlement.outcome],  # type: ignore[arg-type]
        conditions=tuple(
            Condition(each.label, _MET[each.outcome], each.reason, cited) for each in entitlement.conditions
        ),
        chain=chain if entitlement.amount is not None else (),
        form=entitlement.forms[0],
        frequency=one.frequency,
        day=entitlement.day,
        pack_version=entitlement.pack_version,
        marks=tuple(
            sentence("{n}：{c}", "{n}: {c}", n=doubt.name, c=CONFIDENCE_NAMES[doubt.confidence])
            for doubt in entitlement.doubts
        ),
        at_least=entitlement.at_least,
        rules_version=rules_version(),
        bills=bills,
        aid_had=resting.had.as_data() if resting is not None and resting.had else {},
        earlier=earlier,
        first=entitlement.depends_on,
    )


def _mark(confidence: str) -> tuple[Sentence, ...]:
    if confidence == "verified":
        return ()
    return tuple(
        sentence("项目依据：{w}", "The item's ground: {w}", w=words)
        for key, words in CONFIDENCE_NAMES.items()
        if key == confidence
    )
