"""Acts about partners: agreeing with one, keeping messages and their answers, subscriptions, reports."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from jishiyu.foundations.canonical import digest
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.fields import index_of
from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require
from jishiyu.partners.models import Enrolment, Message, Partner, Subscription
from jishiyu.partners.queries import code_of
from jishiyu.partners.rules import callbacks, signatures

GRANTS = ("search", "subscribe", "txn-status", "enrolled", "enrollment-updates", "callbacks")
FIELDS = ("identity", "address", "score", "disability")


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed with a partner; see :class:`~jishiyu.partners.models.Partner` for the meaning of each."""

    client_id: str
    name: Sentence
    agency: str = ""
    reach: str = "agency"
    grants: Sequence[str] = GRANTS
    fields: Sequence[str] = ()
    sender_ids: Sequence[str] = ()
    callbacks: Sequence[str] = ()
    signatures: str = "required"
    keys: Any = field(default=())
    purpose: str = ""
    each_minute: int = 120
    address: str = ""
    our_client_id: str = ""
    our_secret: str = ""


def agree_with_partner(
    terms: Terms, *, secret: str = "", actor: Post, moment: datetime
) -> tuple[Partner, str]:
    """Enter a partner or change its terms. Returns it and its secret, which is shown this once (new unless one is given)."""
    require(actor, "partners.manage")
    _require_sound(terms)
    secret = secret or secrets.token_urlsafe(32)
    row, made = Partner.objects.update_or_create(
        client_id=terms.client_id,
        defaults={
            "name_zh": terms.name.say("zh"),
            "name_en": terms.name.say("en"),
            "agency_id": terms.agency or None,
            "secret": make_password(secret),
            "reach": terms.reach,
            "grants": sorted(terms.grants),
            "fields": sorted(terms.fields),
            "sender_ids": list(terms.sender_ids),
            "callbacks": list(terms.callbacks),
            "signatures": terms.signatures,
            "keys": signatures.public_keys(list(terms.keys)) if terms.keys else [],
            "purpose": terms.purpose,
            "each_minute": terms.each_minute,
            "address": terms.address.rstrip("/"),
            "our_client_id": terms.our_client_id,
            "our_secret": terms.our_secret,
            "is_active": True,
            "since": day_of(moment),
        },
    )
    record(
        act="partners.agree",
        about=("partner", terms.client_id),
        detail={
            "new": made,
            "grants": sorted(terms.grants),
            "fields": sorted(terms.fields),
            "reach": terms.reach,
        },
    )
    return row, secret


def stop_partner(client_id: str, *, reason: str, actor: Post, moment: datetime) -> None:
    """A partner is answered no more; its tokens are worth nothing from now on, its subscriptions end."""
    require(actor, "partners.manage")
    row = Partner.objects.filter(client_id=client_id).first()
    if row is None:
        raise CannotBecause(
            "partners.no_such", sentence("没有对接系统“{c}”", "There is no partner “{c}”", c=client_id)
        )
    Partner.objects.filter(pk=row.pk).update(is_active=False)
    Subscription.objects.filter(partner=row, ended_at=None).update(ended_at=moment)
    record(act="partners.stop", about=("partner", client_id), reason=reason)


def _require_sound(terms: Terms) -> None:
    wrong = [one for one in terms.callbacks if not callbacks.may_be_origin(one)]
    if wrong:
        raise CannotBecause(
            "partners.origin",
            sentence("不能约定回调地址“{o}”", "“{o}” cannot be agreed as a callback origin", o=wrong[0]),
            sentence("请写成 https://主机:端口", "Write https://host:port"),
        )
    unknown = sorted((set(terms.grants) - set(GRANTS)) | (set(terms.fields) - set(FIELDS)))
    if unknown:
        raise CannotBecause(
            "partners.unknown_grant",
            sentence("不认识的授权“{g}”", "“{g}” is no grant or field", g=unknown[0]),
        )
    if terms.signatures == "required" and not terms.keys:
        raise CannotBecause(
            "partners.keys_missing",
            sentence("要求签名的对接系统须登记公钥", "A partner that has to sign needs its public keys"),
            sentence("请提供JWK公钥集", "Give its JWK set"),
        )


def keep_message(
    partner: Partner, *, action: str, message_id: str, asked: Any, moment: datetime, transaction_id: str = "",
    reference_ids: Sequence[str] = (), purpose: str = "", callback: str = "", outgoing: bool = False, state: str = "rcvd",
    answered: Any = None,
) -> Message:  # fmt: skip
    """Write down a request, theirs or (``outgoing``) ours; its id is the correlation id."""
    row = Message.objects.create(
        partner=partner,
        partner_code=code_of(partner.client_id),
        outgoing=outgoing,
        action=action,
        message_id=message_id,
        transaction_id=transaction_id,
        reference_ids=list(reference_ids),
        digest=digest(asked),
        state=state,
        purpose=purpose[:200],
        asked=asked,
        answered=answered,
        callback=callback,
        received_at=moment,
        answered_at=moment if answered is not None else None,
    )
    record(
        act=f"partners.{'sent' if outgoing else 'received'}",
        about=("message", row.id),
        reason=purpose,
        detail={"action": action, "requests": len(reference_ids)},
    )
    return row


def keep_answer(row: Message, answered: Any, *, state: str, moment: datetime) -> None:
    """Write down what was answered."""
    row.answered, row.state, row.answered_at = answered, state, moment
    row.save(update_fields=["answered", "state", "answered_at"])


def note_acknowledged(row: Message, correlation_id: str, *, state: str, trouble: str = "") -> None:
    """A partner acknowledged our request under its own correlation id, or refused it."""
    row.their_correlation_id, row.state, row.trouble = correlation_id[:99], state, trouble[:200]
    row.save(update_fields=["their_correlation_id", "state", "trouble"])


def note_delivery(row: Message, *, moment: datetime, trouble: str = "") -> None:
    """Note a try to deliver an answer: it arrived, or what the trouble was."""
    row.tries += 1
    row.trouble = trouble[:200]
    if not trouble:
        row.told_at = moment
    row.save(update_fields=["tries", "trouble", "told_at"])
    record(
        act="partners.tell",
        about=("message", row.id),
        outcome="refused" if trouble else "done",
        detail={"action": row.action, "try": row.tries},
    )


def subscribe(
    partner: Partner, *, event: str, criteria: Any, callback: str, moment: datetime
) -> Subscription:
    """Begin to tell a partner of an event. Refused while the same is subscribed already."""
    fingerprint = digest({"event": event, "criteria": criteria})
    if Subscription.objects.filter(partner=partner, digest=fingerprint, ended_at=None).exists():
        raise CannotBecause(
            "partners.subscribed_already", sentence("已订阅同一事件", "This is subscribed to already")
        )
    row = Subscription.objects.create(
        partner=partner,
        partner_code=code_of(partner.client_id),
        event=event,
        criteria=criteria,
        digest=fingerprint,
        callback=callback,
        since=moment,
        told_until=moment,
    )
    record(act="partners.subscribe", about=("subscription", row.id), detail={"event": event})
    return row


def unsubscribe(row: Subscription, *, moment: datetime) -> None:
    """End a subscription."""
    row.ended_at = moment
    row.save(update_fields=["ended_at"])
    record(act="partners.unsubscribe", about=("subscription", row.id), detail={"event": row.event})


def note_told(row: Subscription, until: datetime) -> None:
    """Events up to a moment were looked at for a subscription."""
    row.told_until = until
    row.save(update_fields=["told_until"])


def keep_enrolment(
    message: Message, *, id_number: str, programme: str, status: str, told: Any, moment: datetime
) -> Enrolment:
    """Keep that a partner reported a person as enrolled."""
    return Enrolment.objects.create(
        partner=message.partner,
        partner_code=message.partner_code,
        message=message,
        id_index=index_of(id_number, "partners.enrolment"),
        programme=programme[:60],
        status=status[:30],
        told=told,
        reported_at=moment,
    )


def journal_search(message: Message, households: Sequence[UUID], *, purpose: str) -> None:
    """Each household that an answer tells of is a look, for the household's own journal."""
    for household in households:
        record(
            act="registry.told_partner", about=("message", message.id), household=household, reason=purpose
        )
