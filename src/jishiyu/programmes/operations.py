"""Acts of the programmes: compute what a household is entitled to and keep it with the evidence it rests on."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.foundations.bulk import insert_columns
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.planning import following_indexes
from jishiyu.journal.operations import record
from jishiyu.law.operations import adopt_pack
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, require
from jishiyu.programmes import queries
from jishiyu.programmes.models import EntitlementRun, RunInWords
from jishiyu.programmes.rules.compute import Told
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.programmes.rules.kept_words import put_away
from jishiyu.programmes.rules.numbers import WrittenAnswers, eligible_items, numbers_of
from jishiyu.programmes.rules.used_aid import AidHad, Used, aid_had
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
    household_ids: Sequence[str],
    snapshot_ids: Sequence[str],
    written: WrittenAnswers,
    *,
    told: Sequence[Told | None],
    had: Sequence[AidHad | None] = (),
    day: date,
    actor: Post,
    moment: datetime,
    screening: UUID | None = None,
) -> int:
    """Keep the answers for many households by their numbers; words are made of them when somebody asks. Returns how many are new.

    A household whose newest answers rest on the same snapshot and say the same keeps those. ``told``: what people told of each
    that was counted, ``had``: the aid that it had already. The caller has the right, has kept the pack, and writes the journal.
    """
    latest = _latest(household_ids)
    signs = [digest(text) for text in written.texts]
    pairs = zip(household_ids, snapshot_ids, signs, strict=True)
    fresh = [
        place for place, (home, snapshot, sign) in enumerate(pairs) if latest.get(home) != (snapshot, sign)
    ]

    def of(column: Sequence[Any]) -> list[Any]:
        return [column[place] for place in fresh]

    return insert_columns(
        EntitlementRun,
        {
            "id": [uuid.uuid4() for _ in fresh],
            "household": of(household_ids),
            "snapshot": of(snapshot_ids),
            "eligible": of(written.eligible),
            "numbers": of(written.texts),
            "told": of(told),
            "aid_had": of([one.as_data() if one else None for one in had] or [None] * len(household_ids)),
            "digest": of(signs),
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


def _latest(household_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
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
