"""Figures as rules: shares, seals, differences, and what they say in words."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from jishiyu.foundations.outcomes import sentence
from jishiyu.oversight.rules.analysis import analysis, compared
from jishiyu.oversight.rules.figures import Figures, Line, differences, on_time, seal


def figures(*lines: Line, quarter: int = 4) -> Figures:
    return Figures(2026, quarter, lines)


def test_share_of_steps_in_time():
    assert on_time(0, 0) is None
    assert on_time(3, 1) == 6_667
    assert on_time(200, 0) == 10_000
    assert Line("street_unit", "x", {"steps": 9, "timed": 8, "late": 2, "days": 18}).on_time == 7_500
    assert Line("street_unit", "x", {"steps": 4, "days": 5}).mean_days == 125


@given(st.integers(1, 10**6), st.data())
def test_share_is_between_none_and_all(timed, data):
    late = data.draw(st.integers(0, timed))
    share = on_time(timed, late)
    assert share is not None
    assert 0 <= share <= 10_000
    assert (share == 10_000) >= (late == 0)


def test_the_seal_holds_the_figures_and_the_policy_and_nothing_else():
    one = figures(Line("total", "", {"paid": 5, "late": 0}), Line("programme", "ZY", {"paid": 5}))
    same = figures(
        Line("programme", "ZY", {"paid": 5}), Line("programme", "ZK", {}), Line("total", "", {"paid": 5})
    )
    assert seal(one, "p1") == seal(same, "p1")
    assert seal(one, "p1") != seal(one, "p2")
    assert seal(one, "p1") != seal(replace(one, quarter=3), "p1")
    assert seal(one, "p1") != seal(figures(Line("total", "", {"paid": 6})), "p1")


def test_every_difference_is_named():
    then = figures(Line("total", "", {"paid": 5, "helped": 1}), Line("programme", "ZY", {"paid": 5}))
    now = figures(Line("total", "", {"paid": 7, "helped": 1}), Line("programme", "ZK", {"paid": 2}))
    found = {(d.part, d.key, d.measure, d.stored, d.now) for d in differences(then, now)}
    assert found == {
        ("total", "", "paid", 5, 7),
        ("programme", "ZY", "paid", 5, 0),
        ("programme", "ZK", "paid", 0, 2),
    }
    assert differences(then, then) == []


def test_the_analysis_names_what_needs_attention():
    def name(key: str):
        return sentence(f"单位{key}", f"unit {key}")

    before = figures(Line("total", "", {"applications": 40, "paid": 100_000}), quarter=3)
    now = figures(
        Line(
            "total",
            "",
            {
                "applications": 50,
                "granted": 30,
                "paid": 250_000,
                "helped": 20,
                "steps": 90,
                "timed": 80,
                "late": 8,
            },
        ),
        Line("source", "s1", {"paid": 250_000, "left": 100}),
        Line("street_unit", "a", {"timed": 10, "late": 2}),
        Line("street_unit", "b", {"timed": 10, "late": 1}),
    )
    said = [one.say("zh") for one in analysis(now, before, unit=name, source=name)]
    assert said[0].startswith("本季度受理申请50件，比上季度增加10（25.0%）")
    assert "2,500.00元" in said[1]
    assert "1,500.00元" in said[1]
    assert any("单位a按时办结率80.0%" in one for one in said)
    assert not any("单位b" in one for one in said)
    assert any("单位s1期末结余1.00元" in one for one in said)
    assert all(one.say("en") for one in analysis(now, before, unit=name, source=name))


def test_comparison_in_words():
    assert "持平" in compared(5, 5).say("zh")
    assert "减少2（40.0%）" in compared(3, 5).say("zh")
    assert "增加3（—）" in compared(3, 0).say("zh")
