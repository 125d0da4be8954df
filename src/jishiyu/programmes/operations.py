"""Acts of the programmes: compute what a household is entitled to and keep it with the evidence it rests on."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from jishiyu.foundations.canonical import digest
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.programmes import queries
from jishiyu.programmes.models import EntitlementRun, StoredEntitlement
from jishiyu.programmes.rules.entitlement import RULES_VERSION, Entitlement, entitlement_data
from jishiyu.registry.queries import situation


def compute_entitlements(
    snapshot_id: UUID, *, actor: Post, moment: datetime, day: date, used: Mapping[str, int] | None = None
) -> list[Entitlement]:
    """Compute every item for a household on a snapshot and a legal date, and keep the answers that rules gave.

    Computed again from the same evidence, day and pack, nothing new is kept. ``used``: medical aid given this year
    already, by person id, in fen. Raises NotYours, and NotFound for a snapshot outside the post's reach.
    """
    require(actor, "programmes.compute")
    facts = situation(snapshot_id)
    answers = queries.entitlements(facts, day, used=used)
    computed = [one for one in answers if one.steps]
    household_id = UUID(facts.household_id)
    run, made = EntitlementRun.objects.get_or_create(
        snapshot_id=snapshot_id,
        day=day,
        digest=digest([one.hash for one in sorted(computed, key=lambda one: one.item)]),
        defaults={
            "household_id": household_id,
            "pack_version": pack().version,
            "rules_version": RULES_VERSION,
            "made_at": moment,
            "made_by": actor.code,
        },
    )
    if made:
        StoredEntitlement.objects.bulk_create(_stored(run, one) for one in computed)
        record(
            act="programmes.compute",
            about=("entitlement run", run.id),
            household=household_id,
            detail={"pack": run.pack_version, "digest": run.digest},
        )
    return answers


def _stored(run: EntitlementRun, one: Entitlement) -> StoredEntitlement:
    return StoredEntitlement(
        run=run,
        household_id=run.household_id,
        item=one.item,
        outcome=one.outcome,
        amount=one.amount,
        at_least=one.at_least,
        illustrative=one.illustrative,
        content=entitlement_data(one),
        digest=one.hash,
    )
