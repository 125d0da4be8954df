"""Who calls: a token for a partner's secret, and the partner of a token. Tokens live by the real clock, whatever the demo's says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from jishiyu.foundations.outcomes import sentence
from jishiyu.journal.operations import record
from jishiyu.journal.queries import entries
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.partners import queries
from jishiyu.partners.queries import Partner
from jishiyu.partners.rules import saying, signatures
from jishiyu.partners.rules.reading import Refused

LIVES = timedelta(hours=1)
# So many wrong secrets from one source within this time, and nothing more is looked up for it.
_TRIES, _WITHIN = 10, timedelta(minutes=10)
_ACT = "partners.token"


@csrf_exempt
@never_cache
def token(request: HttpRequest) -> HttpResponse:
    """``POST /oauth2/client/token``: client credentials (RFC 6749, 4.4) to a bearer token. Refusals are RFC 6749's and the Initiative's."""
    if request.method != "POST":
        return _oauth_refused("invalid_request", 405)
    if request.content_type != "application/x-www-form-urlencoded":
        return _oauth_refused("invalid_request", 400)
    if request.POST.get("grant_type") != "client_credentials":
        return _oauth_refused("unsupported_grant_type", 400)
    client, secret = _credentials(request)
    partner = _partner(request, client[:60], secret[:200])
    if partner is None:
        return _oauth_refused("invalid_client", 401)
    now = datetime.now(UTC)
    told = {"iss": saying.US, "sub": partner.client_id, "aud": "dci", "iat": now, "exp": now + LIVES}
    key = queries.our_key()
    return JsonResponse(
        {
            "access_token": jwt.encode(
                told, key, algorithm=signatures.OURS, headers={"kid": signatures.public_jwk(key)["kid"]}
            ),
            "token_type": "bearer",
            "expires_in": str(int(LIVES.total_seconds())),
            "scope": " ".join(f"registry.{one}" for one in partner.grants),
        }
    )


def _credentials(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("client_id", ""), request.POST.get("client_secret", "")


def _partner(request: Any, client: str, secret: str) -> Partner | None:
    source = str(request.META.get("REMOTE_ADDR", ""))
    with acting(SYSTEM, moment=request.moment, source=source):
        tries = entries(act=_ACT, outcome="refused").filter(
            source=source, at__gt=request.moment - _WITHIN, at__lte=request.moment
        )
        if tries.order_by().count() >= _TRIES:
            return None
        partner = queries.partner_by_secret(client, secret)
        about = client if partner else "unknown"
        record(act=_ACT, about=("partner", about), outcome="done" if partner else "refused")
        return partner


def _oauth_refused(error: str, status: int) -> HttpResponse:
    words = {
        "invalid_client": sentence("客户端标识或密钥不对", "The client id or its secret is wrong"),
        "unsupported_grant_type": sentence(
            "只支持client_credentials", "Only client_credentials is supported"
        ),
        "invalid_request": sentence("请以表单POST提交", "POST a form (application/x-www-form-urlencoded)"),
    }[error]
    code = "err.request.unauthorized" if status == 401 else "err.request.bad"
    said = saying.both(words)
    answer = JsonResponse(
        {"error": error, "error_description": said, "errors": [{"code": code, "message": said}]},
        status=status,
    )
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if status == 405:
        answer.headers["Allow"] = "POST"
    return answer


@require_GET
def jwks(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django hands it in
    """``GET /.well-known/jwks.json``: the keys by which our messages are signed (RFC 7517)."""
    return JsonResponse({"keys": [signatures.public_jwk(queries.our_key())]})


def partner_of_request(request: Any) -> Partner:
    """The partner whose token the request carries. Raises :class:`Refused` (401)."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    wrong = Refused(
        "err.request.unauthorized",
        sentence("令牌缺失、无效或已过期，请先到oauth2/client/token领取", "The token is missing, invalid or expired; get one at oauth2/client/token"),
        status=401,
    )  # fmt: skip
    if kind.lower() != "bearer" or not given:
        raise wrong
    try:
        told = jwt.decode(
            given.strip(),
            queries.our_key().public_key(),
            algorithms=[signatures.OURS],
            audience="dci",
            issuer=saying.US,
        )
    except jwt.PyJWTError:
        raise wrong from None
    with acting(SYSTEM, moment=request.moment, source="token"):
        partner = queries.partner_of(str(told.get("sub")))
    if partner is None:
        raise wrong
    return partner
