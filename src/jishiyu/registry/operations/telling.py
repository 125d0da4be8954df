"""What somebody told in answer to a question that the register's own facts leave open."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require
from jishiyu.registry import queries
from jishiyu.registry.models import Answer
from jishiyu.registry.rules.answers import NewAnswer

_LEAST = 2


def record_answer(household_id: UUID, told: NewAnswer, *, actor: Post, moment: datetime) -> UUID:
    """Keep an answer; an earlier one to the same question stays, as an older version. Returns the answer's id.

    Refused without who said it and on which paper, for days to come, and when an answer is corrected without a reason. Whether
    there is such a question the caller has made sure.
    """
    require(actor, "registry.tell")
    household = queries.household(household_id, actor)
    last: int = (
        Answer.objects.filter(household=household, key=told.key).aggregate(last=Max("version"))["last"] or 0
    )
    _refuse_unfounded(told, corrects=last > 0, today=day_of(moment))
    try:
        with transaction.atomic():
            made = Answer.objects.create(
                household_id=household.id,
                key=told.key,
                version=last + 1,
                told=told.as_data(),
                first_day=told.first_day,
                last_day=told.last_day,
                recorded_at=moment,
                recorded_by=actor.code,
                officer=actor.officer_name,
            )
    except IntegrityError as clash:
        if "registry_answer_version" not in str(clash):
            raise
        raise CannotBecause(
            "tell.at_once",
            sentence("别人刚刚也回答了这一问题", "Somebody else has just answered this question"),
            sentence("请刷新页面看过后再记", "Load the page again and look before you record"),
        ) from None
    record(
        act="registry.tell",
        about=("answer", told.key),
        household=household.id,
        # Why it is corrected may tell of health: it stands sealed with the answer, not in the journal.
        detail={"version": last + 1},
    )
    return made.id


def _refuse_unfounded(told: NewAnswer, *, corrects: bool, today: date) -> None:
    if len(told.said_by.strip()) < _LEAST or len(told.paper.strip()) < _LEAST:
        raise CannotBecause(
            "tell.without_source",
            sentence("请写明是谁说的、凭什么材料", "Say who said it and on which paper"),
        )
    if corrects and len(told.reason.strip()) < _LEAST:
        raise CannotBecause(
            "tell.without_reason",
            sentence(
                "这个问题已有回答，请写明更正的原因", "This was answered before: say why it is corrected"
            ),
        )
    if told.first_day > today:
        raise CannotBecause(
            "tell.not_yet", sentence("起始日期不能晚于今天", "The first day cannot be later than today")
        )
    if told.last_day is not None and told.last_day < told.first_day:
        raise CannotBecause("tell.days", sentence("截止日期早于起始日期", "The last day is before the first"))
