"""What changes in a household besides its members: how it is reached, and the sub-district where it lives."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.queries import sub_districts
from jishiyu.offices.rules import Post, require
from jishiyu.registry import queries
from jishiyu.registry.models import Change, Household, Stay
from jishiyu.registry.operations.registering import own_area
from jishiyu.registry.queries.search import phone_index
from jishiyu.registry.rules.moves import Ground, NewHome, require_ground

_PARTS = ("community", "address", "phone")


def correct_home(
    household_id: UUID, home: NewHome, ground: Ground, *, version: int, actor: Post, moment: datetime
) -> None:
    """Another address, community or telephone number; what stood before stays sealed in the history.

    ``version`` is that of the household that was looked at: refused when somebody else changed it since.
    """
    household = fetch_to_change(household_id, ground, actor=actor, moment=moment)
    if household.version != version:
        raise CannotBecause(
            "registry.changed_meanwhile",
            sentence("别人刚刚改过这户的信息", "Somebody else has just changed this household"),
            sentence("请看过新的内容再改", "Look at what is there now, then change it"),
        )
    before = _home_of(household)
    if not _write_home(household, home):
        raise CannotBecause("registry.nothing_new", sentence("没有变化", "Nothing is different"))
    changed(household, "home", ground, more=before, actor=actor, moment=moment)
    record(
        act="registry.correct_home",
        about=("household", household.number),
        household=household.id,
        detail={"changed": [name for name in _PARTS if before[f"before_{name}"] != getattr(home, name)]},
    )


def hand_over(
    household_id: UUID, to: str, home: NewHome, ground: Ground, *, actor: Post, moment: datetime
) -> None:
    """The household moved: from now on another sub-district keeps it. The old one still reads what it recorded and did.

    Whether cases are under way the caller has looked at. Refused for the sub-district where it lives, and for none.
    """
    household = fetch_to_change(household_id, ground, actor=actor, moment=moment)
    area = next((one for one in sub_districts() if one.code == to), None)
    if area is None or to == household.sub_district_id:
        raise CannotBecause(
            "registry.same_area",
            sentence("请选择另一个街道", "Choose another sub-district"),
        )
    before = _home_of(household)
    _write_home(household, home)
    names = {"from": household.sub_district_id, "to": to}
    changed(household, "hand_over", ground, more=before | names, actor=actor, moment=moment)
    record(
        act="registry.hand_over",
        about=("sub-district", to),
        household=household.id,
        detail={"from": household.sub_district_id, "day": str(ground.day)},
    )
    Stay.objects.create(
        household_id=household.id,
        sub_district_id=household.sub_district_id,
        last_day=ground.day,
        left_at=moment,
    )
    with connection.cursor() as cursor:
        cursor.execute("select registry_hand_over(%s, %s)", [household.id, to])


def fetch_to_change(household_id: UUID, ground: Ground, *, actor: Post, moment: datetime) -> Household:
    """The household, held until the end: within reach, of one's own sub-district, still there, with ground for a change."""
    require(actor, "registry.change")
    household = queries.household(household_id, actor)
    own_area(actor, household.sub_district_id)
    require_ground(ground, day_of(moment))
    Household.objects.select_for_update(of=("self",)).filter(pk=household.pk).first()
    household = queries.household(household_id, actor)
    if household.status != "known":
        raise CannotBecause(
            "registry.ended",
            sentence("这户已销户或迁走，不能再变更", "This household has ended or left: nothing can change"),
            sentence("如又有人同住，请登记为新的家庭", "If people live together again, register a household"),
        )
    return household


def changed(
    household: Any, kind: str, ground: Ground, *, person: UUID | None = None, more: dict[str, str] | None = None,
    actor: Post, moment: datetime,
) -> None:  # fmt: skip
    """Write one line of the household's history."""
    Change.objects.create(
        household_id=household.id,
        person_id=person,
        kind=kind,
        day=ground.day,
        said={"reason": ground.reason.strip(), "paper": ground.paper.strip(), **(more or {})},
        recorded_at=moment,
        recorded_by=actor.code,
        officer=actor.officer_name,
    )


def _home_of(household: Household) -> dict[str, str]:
    return {f"before_{name}": getattr(household, name) for name in _PARTS}


def _write_home(household: Household, home: NewHome) -> bool:
    """Write what differs. Returns whether anything did."""
    news = [name for name in _PARTS if getattr(household, name) != getattr(home, name)]
    for name in news:
        setattr(household, name, getattr(home, name))
    if news:
        household.version += 1
        household.phone_index = phone_index(household.phone)
        household.save(update_fields=[*news, "version", "phone_index"])
    return bool(news)
