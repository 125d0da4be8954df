"""What was told in answer to the policy pack's questions."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from jishiyu.foundations.planning import any_of
from jishiyu.registry.models import Answer
from jishiyu.registry.rules.answers import Value
from jishiyu.registry.rules.answers import told_on as counting_on


def answers(household_id: UUID) -> list[Answer]:
    """All answers about a household that the transaction's post may see, newest first."""
    return list(Answer.objects.filter(household_id=household_id).order_by("-recorded_at", "-version"))


def told_on(household_id: UUID, day: date) -> dict[str, Value]:
    """What counts on a day, by question: yes or no, or fen."""
    return counting_on(Answer.objects.filter(household_id=household_id), day)


def told_of_many(household_ids: Sequence[str], day: date, *, until: datetime) -> dict[str, dict[str, Value]]:
    """The same for many households, as it was known at a moment; households of which nothing was told are left out."""
    rows = Answer.objects.filter(household_id__in=any_of(household_ids), recorded_at__lte=until)
    by_home: dict[str, list[Answer]] = {}
    for row in rows:
        by_home.setdefault(str(row.household_id), []).append(row)
    told = {home: counting_on(own, day) for home, own in by_home.items()}
    return {home: own for home, own in told.items() if own}
