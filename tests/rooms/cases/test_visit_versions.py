"""Two versions of a visit's record become one by a choice in each field, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishiyu.cases.rules.visits import FIELDS, differences, merged, spoken, tidy
from jishiyu.foundations.outcomes import CannotBecause

VALUES = st.sampled_from(["", " 甲 ", "甲", "乙"])
CONTENT = st.fixed_dictionaries(
    {
        name: st.lists(st.sampled_from(["a", "b"]), max_size=2) if name == "papers" else VALUES
        for name in FIELDS
    }
)


@given(mine=CONTENT, theirs=CONTENT, data=st.data())
def test_each_field_is_the_chosen_one(
    mine: dict[str, object], theirs: dict[str, object], data: st.DataObject
) -> None:
    differing = [one.field for one in differences(mine, theirs)]
    chosen = {field: data.draw(st.sampled_from(["mine", "theirs"])) for field in differing}
    found = merged(mine, theirs, chosen)  # type: ignore[arg-type]
    for name in FIELDS:
        side = theirs if chosen.get(name) == "theirs" else mine
        assert found[name] == tidy(side)[name]
    if differing:
        with pytest.raises(CannotBecause):
            merged(mine, theirs, dict.fromkeys(differing[1:], "mine"))


def test_blanks_and_the_order_of_papers_are_no_difference() -> None:
    one = {"findings": "情况属实 ", "papers": ["b", "a"], "unknown": "dropped"}
    other = {"findings": "情况属实", "papers": ["a", "b"]}
    assert differences(one, other) == []
    assert "unknown" not in tidy(one)


def test_coded_values_are_said_in_words() -> None:
    assert spoken("living_home", "unsafe").say("zh") == "危险"
    assert spoken("agrees", "no").say("en") == "differs"
    assert spoken("findings", "情况属实").say("en") == "情况属实"
