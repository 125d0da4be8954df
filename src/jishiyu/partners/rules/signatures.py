"""Signatures of messages: a compact JWS (RFC 7515) over ``{"header": …, "message": …}``, with the signer's ``kid``.

The payload may stand in the signature or be left out of it (detached); either way it has to be the very header and message that
were sent. Keys are public JWKs. ``none`` and shared-secret algorithms are never taken.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from jwt.utils import base64url_decode, base64url_encode

ALGORITHMS = ["ES256", "ES384", "RS256", "RS384", "RS512", "PS256", "EdDSA"]
OURS = "ES256"
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class BadSignature(Exception):
    """The signature is not by a known key, or not of this header and message."""


def signing_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """This installation's key: derived from its secret, so that there is one secret to keep and none to lose."""
    wide = HKDF(hashes.SHA256(), 48, salt=None, info=b"jishiyu partners signing").derive(secret)
    return ec.derive_private_key(int.from_bytes(wide, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def key_from_pem(pem: bytes) -> ec.EllipticCurvePrivateKey:
    """A P-256 key of one's own. Raises ValueError for any other kind."""
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise ValueError("the signing key has to be an EC key on P-256")
    return key


def public_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    """The public half as a JWK; ``kid`` is its thumbprint (RFC 7638)."""
    jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
    return {**jwk, "kid": thumbprint(jwk), "use": "sig", "alg": OURS}


def thumbprint(jwk: Mapping[str, Any]) -> str:
    """The thumbprint of a public key by RFC 7638 (SHA-256)."""
    needed = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n"), "OKP": ("crv", "kty", "x")}[
        jwk["kty"]
    ]
    maker = hashes.Hash(hashes.SHA256())
    maker.update(
        json.dumps({name: jwk[name] for name in needed}, separators=(",", ":"), sort_keys=True).encode()
    )
    return base64url_encode(maker.finalize()).decode()


def payload_of(header: Mapping[str, Any], message: Mapping[str, Any]) -> bytes:
    """What is signed: header and message, keys sorted, without blanks, in UTF-8."""
    return json.dumps(
        {"header": header, "message": message}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def sign(header: Mapping[str, Any], message: Mapping[str, Any], key: ec.EllipticCurvePrivateKey) -> str:
    """The compact JWS of a header and message."""
    return jwt.api_jws.encode(
        payload_of(header, message), key, algorithm=OURS, headers={"kid": public_jwk(key)["kid"]}
    )


def verify(
    signature: str, header: Mapping[str, Any], message: Mapping[str, Any], keys: Iterable[Mapping[str, Any]]
) -> str:
    """The ``kid`` of the key that signed this header and message. Raises :class:`BadSignature`."""
    parts = signature.split(".")
    if len(parts) != 3 or len(signature) > 4_000_000:
        raise BadSignature("not a compact JWS")
    try:
        said = json.loads(base64url_decode(parts[0]))
        body = base64url_decode(parts[1]) if parts[1] else None
    except ValueError:
        raise BadSignature("not a compact JWS") from None
    if not isinstance(said, dict) or said.get("alg") not in ALGORITHMS or "b64" in said or "crit" in said:
        raise BadSignature("an algorithm that is not taken")
    if body is not None and not _same(body, header, message):
        raise BadSignature("signed over something else")
    for jwk in keys:
        if said.get("kid") and jwk.get("kid") != said["kid"]:
            continue
        if _signed_by(jwk, signature, said["alg"], body, header, message):
            return str(jwk.get("kid") or "")
    raise BadSignature("by none of the partner's keys")


def _same(body: bytes, header: Mapping[str, Any], message: Mapping[str, Any]) -> bool:
    try:
        signed = json.loads(body)
    except ValueError:
        return False
    return isinstance(signed, dict) and signed.get("header") == header and signed.get("message") == message


def _signed_by(
    jwk: Mapping[str, Any],
    signature: str,
    alg: str,
    body: bytes | None,
    header: Mapping[str, Any],
    message: Mapping[str, Any],
) -> bool:
    try:
        key = jwt.PyJWK(dict(jwk), algorithm=alg).key
    except (jwt.PyJWTError, KeyError, ValueError, TypeError):
        return False
    told = {"header": header, "message": message}
    tries: list[bytes | None] = (
        [None]
        if body is not None
        else [
            payload_of(header, message),
            *(
                json.dumps(told, separators=cut, ensure_ascii=plain).encode()
                for cut in ((",", ":"), (", ", ": "))
                for plain in (False, True)
            ),
        ]
    )
    for detached in tries:
        try:
            if detached is None:
                jwt.api_jws.decode_complete(signature, key, algorithms=[alg])
            else:
                head, _, tail = signature.split(".")
                whole = f"{head}.{base64url_encode(detached).decode()}.{tail}"
                jwt.api_jws.decode_complete(whole, key, algorithms=[alg])
            return True
        except jwt.PyJWTError:
            continue
    return False


def public_keys(found: Any) -> list[dict[str, Any]]:
    """The keys of a JWK set that can verify. Raises ValueError for private or unusable ones."""
    keys = found.get("keys") if isinstance(found, dict) else found
    if not isinstance(keys, list) or not keys:
        raise ValueError("a JWK set needs keys")
    read = []
    for one in keys:
        if not isinstance(one, dict) or one.get("kty") not in ("EC", "RSA", "OKP") or "d" in one:
            raise ValueError("only public EC, RSA and OKP keys can be taken")
        jwt.PyJWK(
            one, algorithm=one.get("alg") or {"EC": "ES256", "RSA": "RS256", "OKP": "EdDSA"}[one["kty"]]
        )
        read.append({**one, "kid": one.get("kid") or thumbprint(one)})
    return read
