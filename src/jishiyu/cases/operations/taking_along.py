"""What leaves the house for a home visit: a household's data on an officer's device, for some days (带走)."""

from datetime import datetime, timedelta
from uuid import UUID

from jishiyu.cases.models import VisitTaken
from jishiyu.cases.operations.walking import about, at_step, fetch, require_turn
from jishiyu.cases.queries.visits import visit_version
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


def take_along(case_id: UUID, *, days: int, actor: Post, moment: datetime) -> VisitTaken:
    """Note that the case's household is put on the officer's device, for ``days``. Only by who may take the step of the visit."""
    require(actor, "cases.visit")
    row = fetch(case_id, actor)
    require_turn(row, at_step(row, "visit"), actor)
    if days < 1:
        raise CannotBecause(
            "cases.nothing_leaves",
            sentence("本单位不允许把资料带出", "Nothing may be taken along in this installation"),
        )
    taken = VisitTaken.objects.create(
        case=row,
        household=row.household,
        version=visit_version(row.pk),
        post=actor.code,
        officer=actor.officer,
        officer_name=actor.officer_name or actor.title.say("zh"),
        taken_at=moment,
        expires_at=moment + timedelta(days=days),
    )
    record(act="cases.take_along", detail={"days": days, "version": taken.version}, **about(row))
    return taken
