"""Columns that keep our promises: text and JSON encrypted at rest, and money in fen."""

import json
import zlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from jishiyu.foundations import secrets

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
    _Integer = models.BigIntegerField[Any, Any]
else:
    _Binary, _Integer = models.BinaryField, models.BigIntegerField


def index_of(value: str, purpose: str) -> bytes:
    """The keyed index of a value under this installation's index key."""
    return secrets.keyed_index(value, settings.JISHIYU_INDEX_KEY, purpose)


class SealedTextField(_Binary):
    """Text kept as SM4-GCM bytes. It can be fetched, never filtered: keep a keyed index beside it for look-up."""

    description = "text encrypted at rest"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def _bound_to(self) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}".encode()

    def sealer(self) -> secrets.Sealer:
        """What seals this column's texts elsewhere. Refused for a kind that does more to a text than to seal it."""
        if type(self)._closed is not SealedTextField._closed:
            raise TypeError(f"{self} is not kept as plain sealed text")
        return secrets.Sealer(settings.JISHIYU_SM4_KEY, self._bound_to())

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        return self._read(
            self._opened(secrets.unseal(bytes(value), settings.JISHIYU_SM4_KEY, self._bound_to()))
        )

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, (bytes, memoryview)):
            return super().get_db_prep_value(value, connection, prepared)
        sealed = secrets.seal(self._closed(self._write(value)), settings.JISHIYU_SM4_KEY, self._bound_to())
        return super().get_db_prep_value(sealed, connection, prepared)

    def get_default(self) -> Any:
        return "" if not self.has_default() and not self.null else super().get_default()

    def to_python(self, value: Any) -> Any:
        return value

    def _closed(self, text: str) -> bytes:
        return text.encode()

    def _opened(self, stored: bytes) -> str:
        return stored.decode()

    def _read(self, text: str) -> Any:
        return text

    def _write(self, value: Any) -> str:
        return str(value)


class SealedJSONField(SealedTextField):
    """A JSON value kept as SM4-GCM bytes."""

    description = "JSON encrypted at rest"

    def get_default(self) -> Any:
        return {} if not self.has_default() and not self.null else super().get_default()

    def _read(self, text: str) -> Any:
        return json.loads(text)

    def _write(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)


class SealedParcelField(SealedJSONField):
    """A large JSON value, made small before it is sealed."""

    description = "JSON compressed and encrypted at rest"

    def _closed(self, text: str) -> bytes:
        return zlib.compress(text.encode(), 6)

    def _opened(self, stored: bytes) -> str:
        return zlib.decompress(stored).decode()


class FenField(_Integer):
    """An amount of money in fen (1/100 yuan), never a fraction."""

    description = "money in fen"
