"""Questions about partners and what was exchanged with them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db.models import QuerySet

from jishiyu.foundations.fields import index_of
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.offices.rules import Post
from jishiyu.partners.models import Enrolment as Enrolment
from jishiyu.partners.models import Message as Message
from jishiyu.partners.models import Partner as Partner
from jishiyu.partners.models import Subscription as Subscription
from jishiyu.partners.rules import signatures

SCOPE_OF_REACH = {"district": "audit", "agency": "agency"}


def partner_post(row: Partner) -> Post:
    """The post in which a partner's computer asks: it reads within its reach, and writes nothing but its own messages."""
    return Post(
        id=str(row.id),
        code=code_of(row.client_id),
        role="partner",
        scope=SCOPE_OF_REACH[row.reach],  # type: ignore[arg-type]
        area="",
        agency=row.agency_id or "",
        title=sentence(row.name_zh, row.name_en),
        officer="",
        officer_name=row.name_zh,
    )


def code_of(client_id: str) -> str:
    """The code under which a partner stands in the journal."""
    return f"partner:{client_id}"


def partners() -> QuerySet[Partner]:
    """All partners that the post may see."""
    return Partner.objects.select_related("agency")


def partner_of(client_id: str) -> Partner | None:
    """An active partner by its client id."""
    return Partner.objects.filter(client_id=client_id, is_active=True).first()


def partner_by_secret(client_id: str, secret: str) -> Partner | None:
    """The partner whose secret this is. A wrong client id takes as long as a wrong secret."""
    row = partner_of(client_id)
    fits = check_password(secret, row.secret if row else _NOBODYS)
    return row if row and fits else None


_NOBODYS = "argon2$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHRzb21l$bm9ib2R5bm9ib2R5bm9ib2R5bm9ib2R5"


def our_key() -> Any:
    """The key by which this installation signs: a PEM file of its own (``JISHIYU_SIGNING_KEY_FILE``), else from its secret."""
    if settings.JISHIYU_SIGNING_KEY_FILE:
        with open(settings.JISHIYU_SIGNING_KEY_FILE, "rb") as file:
            return signatures.key_from_pem(file.read())
    return signatures.signing_key(settings.SECRET_KEY.encode())


def asked_since(row: Partner, moment: datetime, within: timedelta) -> int:
    """How many messages a partner sent within a time before a moment."""
    return Message.objects.filter(partner=row, outgoing=False, received_at__gt=moment - within).count()


def earlier_message(row: Partner, message_id: str, action: str) -> Message | None:
    """The newest message that the partner sent under this id."""
    return Message.objects.filter(partner=row, outgoing=False, message_id=message_id, action=action).first()


def message(message_id: UUID) -> Message:
    """One message. Raises NotFound outside the post's reach."""
    row = Message.objects.select_related("partner").filter(pk=message_id).first()
    if row is None:
        raise NotFound("no_such_message", sentence("没有此报文", "There is no such message"))
    return row


def messages_about(
    row: Partner,
    *,
    actions: Sequence[str],
    transaction: str = "",
    correlation: str = "",
    references: Sequence[str] = (),
) -> list[Message]:
    """The partner's own requests of these kinds by one of three keys, the newest first."""
    rows = Message.objects.filter(partner=row, outgoing=False, action__in=list(actions))
    if transaction:
        rows = rows.filter(transaction_id=transaction)
    if correlation:
        rows = rows.filter(pk=_as_uuid(correlation))
    if references:
        rows = rows.filter(reference_ids__contains=[references[0]])
        for one in references[1:]:
            rows = rows | Message.objects.filter(
                partner=row, outgoing=False, action__in=list(actions), reference_ids__contains=[one]
            )
    return list(rows[:50])


def our_request(row: Partner, *, correlation: str, transaction: str) -> Message | None:
    """The request of ours that an answer belongs to, by the acknowledged correlation id, else by the transaction."""
    rows = Message.objects.filter(partner=row, outgoing=True)
    found = rows.filter(their_correlation_id=correlation).first() if correlation else None
    return found or (rows.filter(transaction_id=transaction).first() if transaction else None)


def open_subscriptions(row: Partner | None = None) -> list[Subscription]:
    """Subscriptions that have not ended, of one partner or all."""
    rows = Subscription.objects.filter(ended_at=None, partner__is_active=True).select_related("partner")
    return list(rows.filter(partner=row) if row else rows)


def subscription(row: Partner, code: str) -> Subscription | None:
    """A partner's subscription by its code, ended or not."""
    return Subscription.objects.filter(partner=row, pk=_as_uuid(code)).first()


def reported_enrolments(id_number: str) -> list[Enrolment]:
    """What partners reported of a person, newest first."""
    return list(Enrolment.objects.filter(id_index=index_of(id_number, "partners.enrolment")))


def _as_uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
