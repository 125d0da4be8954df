"""An edition of a decision table as a page of the pack: what the desk proposes, stores and exports."""

from typing import Any

import yaml
from pydantic import ValidationError

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules.decision_tables import DecisionTable, Edition, RevisionPage
from jishiyu.law.rules.table_checks import Known, TableFault, faults_in_edition
from jishiyu.law.rules.table_mends import TYPE_MEND
from jishiyu.law.rules.yaml_lines import page_of


def page_text(table: str, edition: Edition) -> str:
    """The page for ``tables/revisions/``."""
    data = {"table": table, "edition": edition.as_data()}
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110))


def edition_in(text: str) -> Edition:
    """The edition that a page holds. Raises BadPack or ValidationError for what is no such page."""
    return RevisionPage.model_validate(page_of("(revision)", text).data).edition


def looked_at(
    table: DecisionTable, data: dict[str, Any], known: Known
) -> tuple[Edition | None, list[TableFault]]:
    """An edition from plain data, and all that is wrong with it; no edition when it cannot be read at all."""
    try:
        edition = Edition.model_validate(_tuples(data))
    except ValidationError as error:
        return None, [_unreadable(table.key, data, one) for one in error.errors()]
    return edition, faults_in_edition(table, edition, known)


def _unreadable(table: str, data: dict[str, Any], error: Any) -> TableFault:
    where = list(error["loc"])
    row = next((step for step in where if isinstance(step, int)), None)
    raised = error.get("ctx", {}).get("error")
    said = getattr(raised, "sentence", None)
    if not isinstance(said, Sentence):
        said = sentence("此处须填写", "this has to be filled in")
    names = [
        str(step)
        for step in where
        if isinstance(step, str) and step not in ("rows", "when", "then", "function-plain")
    ]
    return TableFault("error", table, data.get("from"), row, names[0] if names else "", "", said, TYPE_MEND)


def _tuples(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _tuples(one) for key, one in data.items()}
    return tuple(_tuples(one) for one in data) if isinstance(data, list | tuple) else data
