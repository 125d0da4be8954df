"""The household workbook's columns, as ``columns.yaml`` beside this page says, with the register's own words and codes."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from jishiyu.evidence.rules.columns import Column
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.registry.rules import vocabulary

# The register's words for each column whose cells are words.
_TABLES: dict[str, Mapping[Any, Sentence]] = {
    "sex": vocabulary.SEX,
    "marital": vocabulary.MARITAL,
    "employment": vocabulary.EMPLOYMENT,
    "work_capacity": vocabulary.WORK_CAPACITY,
    "schooling": vocabulary.SCHOOLING,
    "medical_insurance": vocabulary.MEDICAL_INSURANCE,
    "illness": vocabulary.ILLNESS,
    "disability_category": vocabulary.DISABILITY,
    "identities": vocabulary.IDENTITIES,
    "tenure": vocabulary.TENURE,
    "support": vocabulary.SUPPORT,
    "event": vocabulary.EVENT,
}
_HUNDREDFOLD = ("amount", "area")

SubDistrictNames = Mapping[str, Iterable[str]]


@lru_cache(maxsize=1)
def _written() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "columns.yaml").read_text(encoding="utf-8")
    columns: list[dict[str, Any]] = yaml.safe_load(text)["columns"]
    return columns


def household_columns(sub_districts: SubDistrictNames) -> tuple[Column, ...]:
    """The workbook's columns. ``sub_districts`` gives the accepted names of each sub-district code, the full one first."""
    return tuple(_column(told, sub_districts) for told in _written())


def _column(told: dict[str, Any], sub_districts: SubDistrictNames) -> Column:
    key, kind = told["key"], told["kind"]
    words, offered = _words(told, sub_districts)
    counted = kind in ("amount", "area", "whole")
    scale = 100 if kind in _HUNDREDFOLD else 1
    return Column(
        key=key,
        heading=sentence(**told["heading"]),
        kind=kind,
        of=told["of"],
        meaning=sentence(**told["meaning"]),
        example=told["example"],
        required=told.get("required", False),
        unit=sentence(**told["unit"]) if "unit" in told else None,
        synonyms=tuple(told.get("also", ())),
        words=words,
        options=offered,
        least=0 if counted else None,
        most=told["most"] * scale if "most" in told else None,
        width=told["width"],
    )


def _words(told: dict[str, Any], sub_districts: SubDistrictNames) -> tuple[dict[str, str], tuple[str, ...]]:
    """Every accepted word with its code, and the words of the pick-list."""
    if told["key"] == "sub_district":
        areas = {word: code for code, names in sub_districts.items() for word in (code, f"{code}000", *names)}
        return areas, tuple(next(iter(names)) for names in sub_districts.values())
    accepted: dict[str, str] = {}
    table = _TABLES.get(told["key"], {})
    for code, said in table.items():
        for word in (said.zh, said.en, str(code)):
            accepted.setdefault(word, str(code))
    for code, more in told.get("words", {}).items():
        for word in (code, *more):
            accepted.setdefault(word, code)
    offered = told.get("offered") or [said.zh for said in table.values()]
    return accepted, tuple(offered)
