"""Keeping a trial of policy with the households that it touches, and noting that somebody looked at them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from jishiyu.foundations.bulk import insert_columns
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post
from jishiyu.oversight.models import WhatIf, WhatIfHousehold
from jishiyu.oversight.queries.trials import mark_of
from jishiyu.oversight.rules.trials import SEE, TRY, require_trial

Touched = Mapping[str, Sequence[Any]]


def require_trying(actor: Post) -> None:
    """Raise NotYours unless the post may try changes."""
    require_trial(actor, TRY, pack().district)


def keep_what_if(
    name: str,
    *,
    day: date,
    changes: list[dict[str, Any]],
    said: list[dict[str, str]],
    figures: dict[str, Any],
    touched: Touched,
    set_version: str,
    rules_version: str,
    evidence_until: datetime,
    actor: Post,
    moment: datetime,
) -> WhatIf:
    """Keep a trial. ``touched`` holds columns of :class:`WhatIfHousehold`, household ids in ``household``, in ``marks`` the names of figures."""
    require_trying(actor)
    if not name.strip():
        raise CannotBecause("oversight.trial_unnamed", sentence("请填写名称", "Give the trial a name"))
    row = WhatIf.objects.create(
        name=name.strip(), day=day, changes=changes, said=said, figures=figures, households=figures["households"],
        agency=actor.agency if actor.scope == "agency" else "", pack_version=pack().version, set_version=set_version,
        rules_version=rules_version, seal=digest([changes, figures]), made_at=moment, made_by=actor.code,
        author=actor.officer_name, evidence_until=evidence_until,
    )  # fmt: skip
    count = len(touched["household"])
    ids = {"id": [uuid4() for _ in range(count)], "what_if": [row.id] * count}
    names = {name for each in touched["marks"] for name in each}
    signs = {name: mark_of(row.id, name) for name in names}
    marks = [[signs[name] for name in each] for each in touched["marks"]]
    insert_columns(WhatIfHousehold, {**ids, **touched, "marks": marks})
    record(
        act="oversight.try_changes", about=("what-if", row.id),
        detail={"seal": row.seal, "households": row.households, "touched": count},
    )  # fmt: skip
    return row


def note_touched_seen(what_if_id: UUID, *, rows: int, actor: Post) -> None:
    """Note that a post looked at the list of households behind a trial's figures."""
    require_trial(actor, SEE, pack().district)
    record(act="oversight.see_touched", about=("what-if", what_if_id), detail={"rows": rows})


def note_trial_export(what_if_id: UUID, *, actor: Post, rows: int | None = None) -> None:
    """Note that a trial's figures, or so many of its households, left the system as a file."""
    require_trial(actor, SEE, pack().district)
    record(
        act="oversight.export", about=("what-if", what_if_id), detail={} if rows is None else {"rows": rows}
    )
