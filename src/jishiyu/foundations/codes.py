"""Codes that people copy from paper or say on the telephone: made from bytes, compared however they were typed."""

import hmac

# Crockford's base 32: no letter that is mistaken for a figure, or for another one on the telephone.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("OIL", "011", " -－—")
_LENGTH = 10


def code_from(secret: bytes) -> str:
    """Ten signs in two groups, of the first eight bytes."""
    number = int.from_bytes(secret[:8])
    signs = "".join(_SIGNS[number >> (5 * place) & 31] for place in range(_LENGTH))
    return f"{signs[:5]}-{signs[5:]}"


def same_code(code: str, written: str) -> bool:
    """Whether that is what was typed: in small letters, O for 0, with or without the dash. Takes the same time either way."""
    plain = written.upper().translate(_MEANT)
    return hmac.compare_digest(plain.encode(), code.replace("-", "").encode())
