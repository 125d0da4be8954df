"""Words by which somebody narrows a list. They may name a person, so they never stand in an address: it carries a mark only.

The words are sealed in the session of who typed them, and forgotten with it.
"""

import secrets as tokens

from django.conf import settings
from django.http import HttpRequest, QueryDict

from jishiyu.foundations.secrets import seal, unseal

_KEPT, _MOST, _BOUND_TO = "words", 8, b"session.words"


def keep_words(request: HttpRequest, words: str) -> str:
    """Keep words for this session. Returns the mark that brings them back; empty words have an empty mark."""
    text = words.strip()[:40]
    if not text:
        return ""
    mark = tokens.token_urlsafe(6)
    kept = dict(request.session.get(_KEPT, {}))
    kept[mark] = seal(text.encode(), settings.JISHIYU_SM4_KEY, _BOUND_TO).hex()
    request.session[_KEPT] = dict(list(kept.items())[-_MOST:])
    return mark


def kept_words(request: HttpRequest) -> str:
    """The words behind the mark of this address (``?w=``); empty when there is none, or the session has forgotten them."""
    sealed = request.session.get(_KEPT, {}).get(request.GET.get("w", ""))
    if not sealed:
        return ""
    return unseal(bytes.fromhex(sealed), settings.JISHIYU_SM4_KEY, _BOUND_TO).decode()


def with_words(request: HttpRequest) -> QueryDict:
    """The address's own terms with the kept words as ``q``, for a filter form. A ``q`` in the address itself counts for nothing."""
    told = request.GET.copy()
    told.pop("q", None)
    if words := kept_words(request):
        told["q"] = words
    return told


def address_of(request: HttpRequest, asked: dict[str, str]) -> str:
    """The part behind the ``?`` that asks for this filter again: empty terms left out, words replaced by their mark."""
    terms = QueryDict(mutable=True)
    for name, value in asked.items():
        if name == "q":
            if mark := keep_words(request, value):
                terms["w"] = mark
        elif value:
            terms[name] = value
    return terms.urlencode()


def keep_draft(request: HttpRequest, about: str, text: str) -> None:
    """Keep a refused text for the next page that shows its form: once, sealed, for this session."""
    request.session[f"draft.{about}"] = seal(text.encode(), settings.JISHIYU_SM4_KEY, _BOUND_TO).hex()


def take_draft(request: HttpRequest, about: str) -> str:
    """The text that was kept, if any; it is forgotten with this."""
    sealed = request.session.pop(f"draft.{about}", "")
    return unseal(bytes.fromhex(sealed), settings.JISHIYU_SM4_KEY, _BOUND_TO).decode() if sealed else ""
