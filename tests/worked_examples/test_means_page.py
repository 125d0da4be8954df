"""docs/means.md: its examples run as they stand, and every name in its table exists."""

import re
from typing import get_args

import pytest

from jishiyu.programmes.rules.book import BOOK
from jishiyu.registry.rules.situation import Identity
from tests.fixtures import PACK_DIR, the_pack

ROOT = PACK_DIR.parents[1]
PAGE = (ROOT / "docs" / "means.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
ROWS = [row for row in PAGE.splitlines() if row.startswith("| ") and not row.startswith("| §")]
NAMES = sorted({name for row in ROWS for name in re.findall(r"`([a-z_.0-9]+)`", row)})
FUNCTIONS = {"support_payment", "support_on", "grace_payments", "back_pay", "raise_of"}
FACTS = {"excluded_income"}


@pytest.mark.parametrize("place", range(len(BLOCKS)))
def test_the_example_runs(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(BLOCKS[place], f"docs/means.md, example {place + 1}", "exec"), {})  # noqa: S102


def test_every_name_in_the_table_is_a_rule_a_parameter_or_a_circumstance() -> None:
    parameters = {one.id for one in the_pack().parameters}
    known = parameters | set(get_args(Identity)) | FUNCTIONS | FACTS
    assert len(NAMES) > 40
    assert [name for name in NAMES if name not in known and name not in BOOK] == []
