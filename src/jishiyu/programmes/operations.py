"""Acts of the programmes: compute what a household is entitled to and keep it with the evidence it rests on."""

from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

from jishiyu.foundations.bulk import insert_columns, random_ids
from jishiyu.foundations.canonical import digest
from jishiyu.journal.operations import record
from jishiyu.law.operations import adopt_pack
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.programmes import queries
from jishiyu.programmes.models import EntitlementRun, RunInWords
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.programmes.rules.kept_words import put_away
from jishiyu.programmes.rules.numbers import NewAnswers, eligible_items, numbers_of
from jishiyu.programmes.rules.used_aid import Used, aid_had
from jishiyu.programmes.rules.versions import rules_version
from jishiyu.registry.queries import situation, told_on


def compute_entitlements(
    snapshot_id: UUID, *, actor: Post, moment: datetime, day: date, used: Used | None = None
) -> list[Entitlement]:
    """Compute every item for a household on a snapshot and a legal date, and keep the answers that rules gave.

    Computed again from the same evidence, day and pack, nothing new is kept. ``used``: aid had
    already. Raises NotYours, and NotFound for a snapshot outside the post's reach.
    """
    require(actor, "programmes.compute")
    facts = situation(snapshot_id)
    adopt_pack(pack(), at=moment)
    told = told_on(UUID(facts.household_id), day)
    answers = queries.entitlements(facts, day, used=used, told=told)
    numbers = numbers_of(answers, pack())
    run, made = EntitlementRun.objects.get_or_create(
        snapshot_id=snapshot_id,
        day=day,
        digest=digest(numbers),
        defaults={
            "household_id": UUID(facts.household_id),
            "pack_version": pack().version,
            "rules_version": rules_version(),
            "numbers": numbers,
            "told": told or None,
            "aid_had": aid_had(used).as_data() if aid_had(used) else None,
            "eligible": eligible_items(numbers, pack()),
            "made_at": moment,
            "made_by": actor.code,
        },
    )
    # A run over the district may have kept the same numbers already, without words.
    if made or not queries.has_words(run):
        words = put_away(answers)
        RunInWords.objects.create(run=run, household_id=run.household_id, content=words, digest=digest(words))
        record(
            act="programmes.compute",
            about=("entitlement run", run.id),
            household=run.household_id,
            detail={"pack": run.pack_version, "digest": run.digest},
        )
    return answers


def store_answers(
    new: NewAnswers, *, day: date, actor: Post, moment: datetime, screening: UUID | None = None
) -> int:
    """Keep the answers for many households by their numbers; words are made of them when somebody looks. Returns how many are new.

    The caller has the right, has kept the pack, and writes the journal.
    """
    return insert_columns(
        EntitlementRun,
        {
            "id": random_ids(len(new.household)),
            **{one.name: getattr(new, one.name) for one in fields(new)},
        },
        constants={
            "day": day,
            "pack_version": pack().version,
            "rules_version": rules_version(),
            "made_at": moment,
            "made_by": actor.code,
            "screening": screening,
        },
        known_ignored=True,
    )
