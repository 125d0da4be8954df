"""Secrets at rest: SM4-GCM for fields, HMAC-SM3 for look-up by value, SM3 for chains (GB/T 32907, GB/T 32905).

Keys are handed in as bytes, so that this page reads no setting. What this gives is algorithmic conformity, not a certified
cryptographic product: a district's 密评 needs a certified module behind the same two functions.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_VERSION = b"\x01"
_NONCE = 12
_TAG = 16


class Unreadable(Exception):
    """The stored bytes do not open with this key: wrong key, wrong field, or changed bytes."""


def seal(plain: bytes, key: bytes, field: bytes) -> bytes:
    """Encrypt with SM4-GCM. ``field`` is bound in, so that a value cannot be moved to another column. Key: 16 bytes."""
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(field)
    body = encryptor.update(plain) + encryptor.finalize()
    return _VERSION + nonce + encryptor.tag + body


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals for one column wherever its texts are made: for another process of ours, through a pipe, never for a file."""

    key: bytes = field(repr=False)
    bound_to: bytes

    def seal(self, texts: Sequence[str]) -> list[bytes]:
        """The texts sealed, in their order."""
        return [seal(text.encode(), self.key, self.bound_to) for text in texts]


def unseal(stored: bytes, key: bytes, field: bytes) -> bytes:
    """Open what :func:`seal` made. Raises :class:`Unreadable`."""
    head = 1 + _NONCE
    if stored[:1] != _VERSION or len(stored) < head + _TAG:
        raise Unreadable("not a sealed value")
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(stored[1:head], stored[head : head + _TAG])).decryptor()
    decryptor.authenticate_additional_data(field)
    try:
        return decryptor.update(stored[head + _TAG :]) + decryptor.finalize()
    except InvalidTag:
        raise Unreadable("the key or the field does not fit, or the bytes were changed") from None


def keyed_index(value: str, key: bytes, purpose: str) -> bytes:
    """HMAC-SM3 of a value for equality look-up; ``purpose`` keeps indexes of different columns apart. 32 bytes."""
    maker = hmac.HMAC(key, hashes.SM3())
    maker.update(purpose.encode() + b"\x00" + value.encode())
    return maker.finalize()


def sm3(data: bytes) -> bytes:
    """SM3 digest, 32 bytes."""
    maker = hashes.Hash(hashes.SM3())
    maker.update(data)
    return maker.finalize()
