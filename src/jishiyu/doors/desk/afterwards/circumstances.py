"""The changes of circumstances of a household, as its page tells them."""

from typing import Any
from uuid import UUID

from jishiyu.cases.queries import life_after as life
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.queries import pack


def circumstances_shown(household_id: UUID) -> list[tuple[Any, Sentence]]:
    """Each change with its name by the pack's table, the newest first."""
    table = pack().district.life_after
    found = []
    for row in life.circumstances_of(household_id):
        rule = table.change(row.kind)
        found.append((row, rule.name if rule else sentence(row.kind, row.kind)))
    return found
