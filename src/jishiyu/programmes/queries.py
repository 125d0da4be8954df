"""Questions about entitlements: what a household is entitled to on a day, and what was computed before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.foundations.canonical import digest
from jishiyu.foundations.outcomes import CannotBecause, NotFound, Sentence, sentence
from jishiyu.foundations.planning import following_indexes
from jishiyu.foundations.secrets import Sealer
from jishiyu.law.queries import pack as pack_in_use
from jishiyu.law.queries import pack_of
from jishiyu.law.rules.expressions import Question
from jishiyu.law.rules.pack import Pack
from jishiyu.programmes.models import EntitlementRun, RunInWords, StoredEntitlement
from jishiyu.programmes.rules.compute import Told, entitlements_of
from jishiyu.programmes.rules.entitlement import Entitlement, Outcome
from jishiyu.programmes.rules.from_pack import rules_of_pack
from jishiyu.programmes.rules.granted import with_grants
from jishiyu.programmes.rules.kept_words import take_out
from jishiyu.programmes.rules.numbers import numbers_of
from jishiyu.programmes.rules.used_aid import AidHad, Used
from jishiyu.registry.queries import latest_snapshot, told_on
from jishiyu.registry.queries import situation as situation_of
from jishiyu.registry.queries.newest import newest_first
from jishiyu.registry.rules.situation import HouseholdSituation


def entitlements(
    situation: HouseholdSituation,
    day: date,
    pack: Pack | None = None,
    *,
    used: Used | None = None,
    told: Told | None = None,
    held: Collection[str] | None = None,
) -> list[Entitlement]:
    """Every item of the pack for one household on a day, best first, each with its conditions and trace.

    ``used``: aid had already. ``told``: answers to :func:`questions_of`, by key. ``held``: the items whose awards are in
    force that day; without it nothing is said of awards that are needed first.
    """
    binding = pack or pack_in_use()
    answers = entitlements_of(situation, day, binding, used=used, told=told)
    return answers if held is None else with_grants(answers, situation, binding, held, used=used, told=told)


def entitlements_now(
    household_id: UUID, day: date, *, used: Used | None = None, told: Told | None = None,
    held: Collection[str] | None = None,
) -> list[Entitlement]:  # fmt: skip
    """The same on the household's latest evidence; empty when there is none.

    ``told``: what was told about the household and counts on that day, unless handed in.
    """
    snapshot = latest_snapshot(household_id)
    told = told_on(household_id, day) if told is None else told
    return entitlements(situation_of(snapshot.id), day, used=used, told=told, held=held) if snapshot else []


def questions_of(one: Entitlement) -> tuple[Question, ...]:
    """What the register does not hold and a person has to tell before the answer can be more than *cannot compute*."""
    lacking = (missing.name for step in one.steps for missing in step.missing)
    asked = rules_of_pack(pack_in_use(), one.day).asked_by(lacking)
    return asked if one.outcome == "cannot_compute" else ()


def question(key: str, day: date) -> Question:
    """A question of the pack in use on a day. Raises NotFound when no item asks it."""
    found = rules_of_pack(pack_in_use(), day).questions.get(key)
    if found is None:
        raise NotFound(
            "programmes.no_such_question",
            sentence("政策包中没有这个问题", "The policy pack asks no such question"),
        )
    return found


def questions(day: date) -> dict[str, Question]:
    """All questions that the pack in use asks on a day, by key."""
    return dict(rules_of_pack(pack_in_use(), day).questions)


def recommended(
    situation: HouseholdSituation,
    day: date,
    pack: Pack | None = None,
    *,
    used: Used | None = None,
) -> list[Entitlement]:
    """What may be given, best first: entitled items, then those that a person has to judge. The rest is left out."""
    return [one for one in entitlements(situation, day, pack, used=used) if one.outcome != "not_eligible"]


def latest_run(household_id: UUID) -> EntitlementRun | None:
    """The newest stored run of a household, if any."""
    return newest_first(EntitlementRun.objects.filter(household_id=household_id)).first()


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The answer for one item as it was told and kept; ``content`` is the whole of it, ``digest`` is taken over that."""

    item: str
    outcome: Outcome
    amount: int | None
    at_least: int | None
    content: dict[str, Any]
    digest: str


def has_words(row: EntitlementRun) -> bool:
    """Whether the answers of a run were kept in words."""
    return RunInWords.objects.filter(run=row).exists() or row.entitlements.exists()


def stored(run_id: UUID) -> list[KeptAnswer]:
    """The answers of a run as they were told, by item; none for a run over the district, which keeps numbers.

    Raises CannotBecause when what is kept is not what its digest was taken over.
    """
    words = RunInWords.objects.filter(run_id=run_id).first()
    if words is None:
        rows = StoredEntitlement.objects.filter(run_id=run_id).order_by("item")
        return [_kept(row.content, row.digest) for row in rows]
    if digest(words.content) != words.digest:
        raise CannotBecause(
            "programmes.words_changed",
            sentence(
                "所存的计算说明与其哈希不符",
                "The kept words of the answers do not fit the digest beside them",
            ),
        )
    found = (_kept(one, digest(one)) for one in take_out(words.content))
    return sorted(found, key=lambda one: one.item)


def _kept(content: dict[str, Any], sign: str) -> KeptAnswer:
    return KeptAnswer(
        content["item"], content["outcome"], content["amount"], content["at_least"], content, sign
    )


@dataclass(frozen=True, slots=True)
class Explained:
    """Stored answers with their words; ``doubt`` says why words are lacking, or do not fit the numbers."""

    answers: list[Entitlement]
    doubt: Sentence | None


def explained(row: EntitlementRun) -> Explained:
    """The words of stored answers made anew of the same evidence, pack and answers of people: every condition of every item.

    A run over the district keeps numbers only; its digest tells whether the words are those of its numbers.
    """
    try:
        binding = pack_of(row.pack_version)
        used = AidHad.from_data(row.aid_had or {})
        facts = situation_of(row.snapshot_id)
        answers = entitlements_of(facts, row.day, binding, used=used, told=row.told)
    except CannotBecause as refusal:
        return Explained([], refusal.reason)
    if digest(numbers_of(answers, binding)) == row.digest:
        return Explained(answers, None)
    doubt = sentence(
        "计算时的规则（{v}）已有改动，以下按现行规则重新写出，与当时的结果不一致",
        "The rules of these answers ({v}) have changed: the words are made by the present rules and do not fit them",
        v=row.rules_version,
    )
    return Explained(answers, doubt)


def runs(household_id: UUID) -> list[EntitlementRun]:
    """All stored runs of a household, newest first."""
    return list(newest_first(EntitlementRun.objects.filter(household_id=household_id)))


def run(run_id: UUID) -> EntitlementRun | None:
    """One stored run within the transaction's reach, if there is one."""
    return EntitlementRun.objects.filter(pk=run_id).first()


def newest_answers(household_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """By household, the snapshot that its newest answers rest on, and their digest."""
    # As for scores: no join, or a planner that believes a table empty would read all of it for each household.
    with following_indexes(), connection.cursor() as cursor:
        cursor.execute(
            "select h.id::text, r.snapshot_id::text, r.digest from unnest(%s::uuid[]) h(id) join lateral ("
            " select own.snapshot_id, own.digest from programmes_entitlementrun own where own.household_id = h.id"
            " order by own.day desc, own.made_at desc,"
            " (select n.number from registry_snapshot n where n.id = own.snapshot_id) desc limit 1) r on true",
            [list(household_ids)],
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def numbers_sealer() -> Sealer:
    """What seals the numbers of answers, where they are computed."""
    return EntitlementRun._meta.get_field("numbers").sealer()
