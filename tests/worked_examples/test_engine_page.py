"""The examples in docs/engine.md run as they stand there."""

import re

import pytest

from tests.fixtures import PACK_DIR

ROOT = PACK_DIR.parents[1]
BLOCKS = re.findall(
    r"```python\n(.*?)```", (ROOT / "docs" / "engine.md").read_text(encoding="utf-8"), re.DOTALL
)


@pytest.mark.parametrize("place", range(len(BLOCKS)))
def test_the_example_runs(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(BLOCKS[place], f"docs/engine.md, example {place + 1}", "exec"), {})  # noqa: S102


def test_there_is_one_for_each_pure_function() -> None:
    assert len(BLOCKS) == 11
