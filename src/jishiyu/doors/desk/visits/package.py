"""What is put on the device for one visit: where to go, who lives there, what they declared, and what to ask. No health, no numbers."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from jishiyu.cases import queries
from jishiyu.doors.desk.cases.evidence import facts
from jishiyu.doors.desk.fields import say
from jishiyu.foundations.identifiers import masked_id
from jishiyu.foundations.outcomes import sentence
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post
from jishiyu.registry import queries as registry
from jishiyu.registry.rules.vocabulary import relation_word

_SEX = {1: sentence("男", "male"), 2: sentence("女", "female")}
_SECONDS_OF_A_DAY = 24 * 3600


def package(taken: Any, post: Post, today: date) -> dict[str, Any]:
    """One visit as plain data. ``seconds`` is how long the device may keep it, by the device's own clock."""
    row = queries.case(taken.case_id, post)
    home = registry.household(row.household_id, post)
    step = queries.procedure_of(row).step("visit")
    return {
        "taken": str(taken.id),
        "case": str(row.id),
        "number": row.number,
        "item": say(pack().item(row.item).name),
        "base": taken.version,
        "seconds": settings.VISIT_DAYS * _SECONDS_OF_A_DAY,
        "until": taken.expires_at.date().isoformat(),
        "today": today.isoformat(),
        "visitor": post.officer_name,
        "applicant": row.applicant.name,
        "household": home.number,
        "address": home.address,
        "phone": home.phone,
        "members": [
            {
                "name": one.person.name,
                "relation": say(relation_word(one.relation)),
                "sex": say(_SEX[one.person.sex]) if one.person.sex in _SEX else "",
                "age": _age(one.person.born, today),
                "id": masked_id(one.person.id_number),
            }
            for one in registry.members(home.id)
        ],
        "declared": [list(pair) for pair in facts(row.snapshot_id) if pair[0] != gettext("医疗费用总额")],
        "outcomes": [
            {"key": one.key, "name": say(one.name), "reasons": one.reasons} for one in step.outcomes
        ],
        "papers": [{"key": one.key, "name": say(one.name)} for one in step.papers],
    }


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
