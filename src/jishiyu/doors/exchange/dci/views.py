"""One way for every message: who calls, may they, is it sound, is it theirs; then it is kept, and answered now or later."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from jishiyu.doors.exchange.dci.proving import partner_of_request
from jishiyu.foundations.canonical import digest
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.journeys.exchange_with_partners import answer, ask_for_answer
from jishiyu.journeys.exchange_with_partners.answering import checked
from jishiyu.journeys.exchange_with_partners.asking import take_callback
from jishiyu.offices.operations import acting
from jishiyu.partners import operations, queries
from jishiyu.partners.queries import Partner
from jishiyu.partners.rules import callbacks, reading, saying, signatures
from jishiyu.partners.rules.reading import Header, Refused

LARGEST = 1024 * 1024
# The grant that an action needs, and the action that the header names.
GRANT = {"unsubscribe": "subscribe"}
SAID = {"enrolled": "search", "enrollment-updates": "notify"}
View = Callable[..., HttpResponse]


def _refusing(view: View) -> View:
    """Say a refusal as the Initiative does. Whatever was kept before it stays out."""

    @wraps(view)
    def answered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as why:
            correlation = uuid4().hex
            record(
                act="partners.refuse",
                about=("path", request.path[:60]),
                outcome="refused",
                reason=why.reason_code or why.code,
            )
            said = saying.refusal(why, correlation, request.moment.astimezone(SHANGHAI))
            answer = JsonResponse(said, status=why.status)
            if why.status == 401:
                answer.headers["WWW-Authenticate"] = "Bearer"
            if why.status == 405:
                answer.headers["Allow"] = "POST"
            if why.status == 429:
                answer.headers["Retry-After"] = "60"
            return answer

    return answered


def _post_only(request: HttpRequest) -> None:
    if request.method != "POST":
        raise Refused("err.request.bad", sentence("只接受POST", "Only POST is taken"), status=405)


@csrf_exempt
@never_cache
@_refusing
def sync(request: Any, action: str) -> HttpResponse:
    """A request that is answered at once."""
    partner, header, body = _received(request, action)
    post = queries.partner_post(partner)
    with acting(post, moment=request.moment, source=_source(request)):
        earlier = queries.earlier_message(partner, header.message_id, action)
        if action == "enrollment-updates" and earlier and earlier.digest == digest(body) and earlier.answered:
            return JsonResponse(earlier.answered)  # sent again: it is kept once
        row = _kept(partner, action, header, body, request, callback="")
        return JsonResponse(answer(row, actor=post, moment=request.moment))


@csrf_exempt
@never_cache
@_refusing
def later(request: Any, action: str) -> HttpResponse:
    """A request that is acknowledged now and answered at the callback."""
    partner, header, body = _received(request, action)
    callback = _callback(partner, header)
    with acting(queries.partner_post(partner), moment=request.moment, source=_source(request)):
        earlier = queries.earlier_message(partner, header.message_id, action)
        if earlier and earlier.digest == digest(body):  # sent again: the same acknowledgement, one answer
            return JsonResponse(_acknowledged(earlier.id.hex, request))
        if earlier and partner.signatures == "required":
            raise Refused(
                "err.request.bad",
                sentence("message_id已用于另一报文", "This message_id was used for another message"),
                reason_code="rjct.message_id.duplicate",
            )
        row = _kept(partner, action, header, body, request, callback=callback)
        ask_for_answer(row.id)
    return JsonResponse(_acknowledged(row.id.hex, request))


@csrf_exempt
@never_cache
@_refusing
def called_back(request: Any, action: str) -> HttpResponse:
    """What a partner sends us: the answer to what we asked, or news that we subscribed to."""
    partner, header, body = _received(request, action, callback=True)
    try:
        with acting(queries.partner_post(partner), moment=request.moment, source=_source(request)):
            row = take_callback(partner, action, body, message_id=header.message_id, moment=request.moment)
    except CannotBecause as why:
        raise Refused("err.request.not_found", why.reason, status=404) from None
    return JsonResponse(_acknowledged(row.id.hex, request))


def nothing_here(request: Any, rest: str = "") -> HttpResponse:  # noqa: ARG001
    """Below this address nobody reads pages."""
    why = Refused(
        "err.request.not_found", sentence("没有这个接口地址", "There is no such address"), status=404
    )
    return JsonResponse(saying.refusal(why, uuid4().hex, request.moment.astimezone(SHANGHAI)), status=404)


def _received(request: Any, action: str, *, callback: bool = False) -> tuple[Partner, Header, dict[str, Any]]:
    _post_only(request)
    partner = partner_of_request(request)
    grant = "callbacks" if callback else GRANT.get(action, action)
    if grant not in partner.grants:
        raise Refused(
            "err.request.forbidden",
            sentence("未授权此项交换（{g}）", "This exchange ({g}) was not agreed", g=grant),
            status=403,
        )
    _require_pace(partner, request)
    body = _json(request)
    header, message = reading.envelope(
        body, action=SAID.get(action, action), callback=callback or action in SAID
    )
    if partner.sender_ids and header.sender_id and header.sender_id not in partner.sender_ids:
        raise Refused(
            "err.sender_id.invalid",
            sentence("sender_id不是约定的", "This sender_id was not agreed"),
            status=403,
        )
    _require_signature(partner, body)
    if not callback:
        checked(action, message, header)
    return partner, header, body


def _require_pace(partner: Partner, request: Any) -> None:
    with acting(queries.partner_post(partner), moment=request.moment, source=_source(request)):
        sent = queries.asked_since(partner, request.moment, timedelta(minutes=1))
    if sent >= partner.each_minute:
        raise Refused(
            "err.request.too_many_requests",
            sentence(
                "每分钟最多{n}次，请稍后再试", "At most {n} a minute; try again later", n=partner.each_minute
            ),
            status=429,
        )


def _json(request: Any) -> Any:
    if request.content_type != "application/json":
        raise Refused(
            "err.request.bad", sentence("请以application/json提交", "Send application/json"), status=415
        )
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Refused(
            "err.request.bad", sentence("报文不得超过1MB", "A message has at most 1 MB"), status=413
        )
    try:
        raw = request.body.decode("utf-8")
        body = json.loads(raw, parse_constant=_no_constant)
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Refused("err.request.bad", sentence("不是有效的JSON", "This is no JSON")) from None
    if "\\u0000" in raw or "\x00" in raw:
        raise Refused("err.request.bad", sentence("报文不得含空字符", "A message holds no NUL"))
    return body


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _require_signature(partner: Partner, body: dict[str, Any]) -> None:
    given = body.get("signature")
    if not given:
        if partner.signatures == "required":
            raise Refused(
                "err.signature.missing", sentence("缺少签名", "The signature is missing"), status=401
            )
        return
    if not partner.keys and partner.signatures == "checked":
        return  # nothing was agreed to check it by
    try:
        signatures.verify(str(given), body["header"], body["message"], partner.keys)
    except signatures.BadSignature:
        raise Refused(
            "err.signature.invalid",
            sentence(
                "签名与报文或登记的公钥不符", "The signature does not fit the message or the agreed keys"
            ),
            status=401,
        ) from None


def _callback(partner: Partner, header: Header) -> str:
    if header.sender_uri:
        if not callbacks.allowed(header.sender_uri, partner.callbacks):
            raise Refused(
                "err.sender_uri.invalid",
                sentence(
                    "sender_uri不在约定的回调地址内", "This sender_uri is not among the agreed addresses"
                ),
            )
        return header.sender_uri
    return next((one for one in partner.callbacks if not one.endswith(":*")), "")


def _kept(
    partner: Partner, action: str, header: Header, body: dict[str, Any], request: Any, *, callback: str
) -> Any:
    transaction, references = checked(action, body["message"], header)
    return operations.keep_message(
        partner, action=action, message_id=header.message_id, asked=body, moment=request.moment,
        transaction_id=transaction, reference_ids=references, purpose=partner.purpose, callback=callback,
    )  # fmt: skip


def _acknowledged(correlation: str, request: Any) -> dict[str, Any]:
    return saying.acknowledgement(correlation, request.moment.astimezone(SHANGHAI))


def _source(request: Any) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
