"""The code that lets an applicant ask after a case without a log-in: it stands on the application, and nowhere in the database."""

import hmac
from typing import Any

from jishiyu.foundations.fields import index_of

# Crockford's base 32: no letter that is mistaken for a figure, or for another one on the telephone.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("OIL", "011", " -－—")
_LENGTH = 10


def progress_code(row: Any) -> str:
    """The code of a case, ten signs in two groups, the same whenever it is asked for; only who holds the keys can make it."""
    number = int.from_bytes(index_of(str(row.id), "cases.progress_code")[:8])
    signs = "".join(_SIGNS[number >> (5 * place) & 31] for place in range(_LENGTH))
    return f"{signs[:5]}-{signs[5:]}"


def code_fits(row: Any, written: str) -> bool:
    """Whether a code is the case's, however it was typed: small letters, O for 0, with or without the dash."""
    plain = written.upper().translate(_MEANT)
    return hmac.compare_digest(plain.encode(), progress_code(row).replace("-", "").encode())
