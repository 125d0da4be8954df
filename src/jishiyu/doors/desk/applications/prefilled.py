"""The register's form as an application on line fills it in: the applicant as head, then the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jishiyu.evidence.queries import PublicApplication
from jishiyu.registry.rules.vocabulary import HEAD


@dataclass(frozen=True, slots=True)
class Prefilled:
    """First values of the two forms."""

    home: dict[str, Any]
    members: Sequence[dict[str, Any]]


def prefilled(row: PublicApplication) -> Prefilled:
    """What the caseworker need not type again. Everything is checked anew, and may be corrected."""
    who = row.told["applicant"]
    head = {"name": who["name"], "id_number": who["id_number"], "relation": HEAD}
    others = [
        {key: one[key] for key in ("name", "id_number", "relation")} for one in row.told.get("members", [])
    ]
    return Prefilled({"address": who["address"], "phone": who["phone"]}, [head, *others])
