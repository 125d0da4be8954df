"""Writing many rows in one statement: ``insert … select … from unnest``, one array a column.

Django's own bulk insert spends most of its time building a statement with one placeholder for each value (25 µs a value in
all, against 2 µs here). COPY would be quicker still, but PostgreSQL refuses it on tables with row security.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, models

from jishiyu.foundations.fields import SealedJSONField, SealedTextField
from jishiyu.foundations.secrets import seal


def insert_columns(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> int:
    """Insert rows given as columns: a field's name or column name → its values, all of the same length. Returns their number.

    Text and JSON of sealed fields are sealed here; values of JSON fields are written as JSON. Every column of the table that has
    no default in the database must be given: Django's defaults and ``save`` play no part.
    """
    lengths = {len(values) for values in columns.values()}
    if len(lengths) != 1:
        raise ValueError(
            f"columns of different lengths: { {name: len(values) for name, values in columns.items()} }"
        )
    (count,) = lengths
    if not count:
        return 0
    fields = [model._meta.get_field(name) for name in columns]
    names = ", ".join(f'"{field.column}"' for field in fields)  # type: ignore[union-attr]
    arrays = ", ".join(f"%b::{_array_type(field)}" for field in fields)
    statement = f'insert into "{model._meta.db_table}" ({names}) select * from unnest({arrays})'  # noqa: S608 - our own names
    values = [_prepared(field, column) for field, column in zip(fields, columns.values(), strict=True)]
    connection.ensure_connection()
    # Django's cursor writes values into the statement's text; the driver's own sends them apart, in binary form.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement.encode(), values)
    return count


def _array_type(field: Any) -> str:
    kind = field.db_type(connection).partition("(")[0]
    # JSON travels as text and is read by the server.
    return "text[]::jsonb[]" if kind == "jsonb" else f"{kind}[]"


def _prepared(field: Any, column: Sequence[Any]) -> Sequence[Any]:
    if isinstance(field, SealedTextField):
        return _sealed(field, column)
    if isinstance(field, models.JSONField):
        return [None if value is None else json.dumps(value, ensure_ascii=False) for value in column]
    return column if isinstance(column, list) else list(column)


def _sealed(field: SealedTextField, column: Iterable[Any]) -> list[bytes | None]:
    key, bound_to = settings.JISHIYU_SM4_KEY, field._bound_to()
    write = (
        json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
        if isinstance(field, SealedJSONField)
        else str
    )
    return [None if value is None else seal(write(value).encode(), key, bound_to) for value in column]
