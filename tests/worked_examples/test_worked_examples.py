"""The pack's worked examples, which an officer can read and write, against the rules."""

import pytest

from jishiyu.programmes.rules.worked_examples import Example, differences, examples_in
from tests.fixtures import PACK_DIR, the_pack

EXAMPLES = list(examples_in(PACK_DIR / "examples"))


def test_there_are_examples_of_the_items_of_the_main_job() -> None:
    assert len(EXAMPLES) >= 75
    assert {item for _, example in EXAMPLES for item in example.expect} >= {
        "ZK01",
        "ZK02",
        "ZK05",
        "ZY03",
        "CS01",
    }


@pytest.mark.parametrize(
    "example", [pytest.param(one, id=f"{file}: {one.name.en}") for file, one in EXAMPLES]
)
def test_the_rules_agree_with_the_example(example: Example) -> None:
    assert [str(one) for one in differences(example, the_pack())] == []
