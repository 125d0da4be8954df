"""What a pack may write as rules, what is refused and where, items that exclude one another, and how far items are computed."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jishiyu.doors.jobs.pack_command import check_command
from jishiyu.law.rules import BadPack, read_pack
from jishiyu.law.rules.expressions import Expression, expression
from jishiyu.law.rules.parts import Unreadable
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.programmes.rules.coverage import coverage_of
from jishiyu.programmes.rules.entitlement import Entitlement
from jishiyu.programmes.rules.from_pack import rules_of_pack
from jishiyu.programmes.rules.pack_faults import faults_in_tests
from jishiyu.registry.rules.situation import HouseholdSituation
from tests.fixtures import PACK_DIR, a_member, the_pack
from tools import coverage

DAY = date(2020, 8, 1)


def a_home(**facts: object) -> HouseholdSituation:
    """One person alone, with a home, without money."""
    member = replace(a_member("1", relation="02", born=date(1950, 1, 1), sex=1), **facts)  # type: ignore[arg-type]
    return HouseholdSituation(
        "h", "110102010", DAY, (member,), "owned", 1, 5_000, False, 0, 0, 0, 0, "able", "none", None
    )


def answer(id: str, home: HouseholdSituation, day: date = DAY, **told: int | bool) -> Entitlement:
    """One item's answer."""
    return next(one for one in entitlements_of(home, day, the_pack(), told=told) if one.item == id)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PACK_DIR, tmp_path / "pack")
    return tmp_path / "pack"


def change(root: Path, file: str, old: str, new: str) -> int:
    """Replace the first ``old`` and give the line on which it stood."""
    path = root / "programmes" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    "raw",
    ["on_dibao", {"is": "aged_from", "with": {"age_from": "bj.elderly.from_60"}}, {"any": ["woman", {"not": "man"}]},
     {"all": ["woman", {"ask": {"key": "k", "zh": "问", "en": "ask"}}]},
     {"ask": {"key": "k", "zh": "问", "en": "ask", "unit": "yuan"}}],
)  # fmt: skip
def test_an_expression_is_written_back_as_it_was_read(raw: object) -> None:
    assert expression(raw).as_data() == raw
    assert expression(expression(raw)) == expression(raw)


@pytest.mark.parametrize(
    "raw",
    ["", 3, [], {}, {"all": []}, {"any": "woman"}, {"is": "x", "with": {"a": 1}}, {"is": "x", "and": "y"},
     {"ask": {"key": "k", "zh": "问"}}, {"ask": {"key": "k", "zh": "问", "en": "ask", "unit": "days"}}, {"eval": "1"}],
)  # fmt: skip
def test_what_is_no_expression_is_refused_in_words(raw: object) -> None:
    with pytest.raises(Unreadable) as refused:
        expression(raw)
    assert refused.value.sentence.zh
    assert refused.value.sentence.en


def test_the_same_test_has_the_same_key_whoever_wrote_it() -> None:
    one = {"is": "household_up_to", "with": {"size": "bj.festival.one_to"}}
    assert expression(one).key == "household_up_to(size=bj.festival.one_to)"
    assert expression({"all": [one, "woman"]}).key == f"all({expression(one).key}; woman)"
    assert [each.op for each in expression({"not": {"all": ["a", "b"]}}).walk()] == ["not", "all", "is", "is"]
    assert isinstance(expression("a"), Expression)


BROKEN = [
    ("ZC_disability.yaml", "test: holds_disability_card}", "test: holds_card}", "conditions.0.test", "“holds_card”"),
    ("ZL_elderly.yaml", "pay: bj.elderly.voucher", "pay: bj.voucher", "rows.0.pay", "bj.voucher"),
    ("ZK_living_hardship.yaml", "share: bj.disability.living.no_income.severe", "share: bj.none", "rows.0.share", "bj.none"),
    ("ZK_living_hardship.yaml", "when: bereaved_parent", "when: bereft_parent", "rows.0.when", "“bereft_parent”"),
    ("FL_legal_aid.yaml", "{age_from: bj.notary.will_from}", "{age: bj.notary.will_from}", "conditions.0.test", "“age”"),
    ("FL_legal_aid.yaml", "{age_from: bj.notary.will_from}", "{age_from: bj.none}", "conditions.0.test", "“bj.none”"),
    ("FL_legal_aid.yaml", "terms: [bj.legal_aid.threshold]", "terms: [bj.none]", "terms.0", "“bj.none”"),
    ("ZK_living_hardship.yaml", "times: [counted_members]", "times: [members]", "times.0", "“members”"),
    ("ZF_housing.yaml", "cap: rent\n", "cap: rents\n", "amount.cap", "“rents”"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "key", "words"), BROKEN)
def test_a_name_that_nothing_answers_to_is_told_where_it_stands(
    copy: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, key: str, words: str
) -> None:
    line = change(copy, file, old, new)
    (fault,) = faults_in_tests(copy, DAY)
    assert (fault.file, fault.line) == (f"programmes/{file}", line)
    assert fault.key.endswith(key)
    assert words in fault.expected.say("en")
    assert words in fault.expected.say("zh")
    assert check_command([str(copy), "--language", "zh"]) == 1
    assert f"programmes/{file}:{line}" in capsys.readouterr().err


def test_a_test_that_cannot_be_read_is_a_fault_of_the_pack(copy: Path) -> None:
    line = change(copy, "ZC_disability.yaml", "test: holds_disability_card}", "test: 3}")
    with pytest.raises(BadPack) as bad:
        read_pack(copy)
    assert [(one.line, one.key) for one in bad.value.faults] == [(line, "items.0.conditions.0.test")]


def test_the_shipped_pack_names_nothing_that_is_not_there() -> None:
    assert faults_in_tests(PACK_DIR, DAY) == []
    assert check_command([str(PACK_DIR)]) == 0


def test_an_officer_changes_a_condition_without_code(copy: Path) -> None:
    home = a_home(born=date(1935, 1, 1))
    before = next(one for one in entitlements_of(home, DAY, read_pack(copy)) if one.item == "XL02")
    assert before.outcome == "not_eligible"
    change(
        copy,
        "XL_psychological.yaml",
        "test: bereaved_parent}\n    forms",
        "test: {any: [bereaved_parent, aged_80]}}\n    forms",
    )
    after = next(one for one in entitlements_of(home, DAY, read_pack(copy)) if one.item == "XL02")
    assert after.outcome == "eligible"
    assert after.pack_version != before.pack_version


def test_a_standard_changed_in_thought_changes_the_answer_at_once() -> None:
    home, pack = a_home(), the_pack()
    before = next(one for one in entitlements_of(home, DAY, pack) if one.item == "ZK08")
    gift = next(one for one in pack.parameters if one.id == "bj.festival.one")
    more = gift.model_copy(
        update={"values": tuple(v.model_copy(update={"value": Decimal(700)}) for v in gift.values)}
    )
    thought = replace(pack, parameters=tuple(more if one is gift else one for one in pack.parameters))
    after = next(one for one in entitlements_of(home, DAY, thought) if one.item == "ZK08")
    assert (before.amount, after.amount) == (50_000, 70_000)


def test_of_two_allowances_that_exclude_one_another_the_smaller_yields() -> None:
    home = a_home(disability_category=4, disability_grade=1)
    assert answer("ZC02", home, nursing_level_3=True).yields_to == "ZL03"
    assert answer("ZL03", home, nursing_level_3=True).yields_to is None
    second = {"nursing_level_3": False, "nursing_level_2": False}
    assert answer("ZL03", home, **second).yields_to == "ZC02"
    assert "护理补贴" in answer("ZL03", home, **second).reason.say("zh")
    assert answer("ZC02", a_home()).yields_to is None


def test_what_is_to_be_ruled_out_is_told_to_the_caseworker() -> None:
    assert [one.zh for one in answer("ZC02", a_home()).to_check] == [
        "已享受工伤生活护理费的",
        "已享受离休干部护理费的",
    ]


def test_the_standard_is_that_of_the_row_which_applied() -> None:
    found = answer("ZL01", a_home(born=date(1929, 1, 1)))
    assert found.standard is not None
    assert (found.standard.id, found.standard.value, found.standard.first) == (
        "bj.elderly.age.90",
        50_000,
        date(2019, 10, 1),
    )
    assert found.doubts == ()


def test_made_up_standards_are_marked() -> None:
    lost = replace(a_home(), event="home_lost", event_on=date(2020, 7, 20))
    assert answer("JZ03", lost, natural_disaster=True).illustrative
    assert not answer("ZK08", a_home()).illustrative


def test_a_value_that_is_not_known_is_named_with_its_day() -> None:
    told = answer("ZK12", a_home(identities=frozenset({"overseas_chinese"}))).reason
    assert "xicheng.amount.zk12" in told.say("zh")
    assert "2020-08-01" in told.say("en")


def test_the_questions_that_stand_open_are_named() -> None:
    pupil = a_home(
        born=date(2008, 1, 1),
        schooling="compulsory",
        employment="student",
        disability_category=4,
        disability_grade=3,
    )
    rules = rules_of_pack(the_pack(), DAY)
    one = answer("ZX03", pupil)
    lacking = [missing.name for step in one.steps for missing in step.missing]
    assert {each.key for each in rules.asked_by(lacking)} == {"boards", "reform_school", "junior_high"}
    assert one.at_least == 150_000
    assert answer("ZX03", pupil, junior_high=True).amount == 180_000


def test_the_coverage_page_is_up_to_date() -> None:
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.page(), "run: python -m tools.coverage"


def test_every_item_has_an_example_and_is_covered() -> None:
    rows = coverage_of(the_pack(), rules_of_pack(the_pack(), DAY), DAY)
    assert len(rows) == len(the_pack().items)
    assert {row.item.id for row in rows} <= set(coverage.EXAMPLES)
    by_id = {row.item.id: row for row in rows}
    assert [by_id["FL01"].state_in(era) for era in range(4)] == ["done"] * 4
    assert [by_id["ZK12"].state_in(era) for era in range(4)] == ["unknown"] * 4
    assert [by_id["ZC02"].state_in(era) for era in range(4)] == ["closed", "closed", "done", "done"]


def test_days_that_are_done_are_those_on_which_all_standards_are_known() -> None:
    by_id = {row.item.id: row for row in coverage_of(the_pack(), rules_of_pack(the_pack(), DAY), DAY)}
    dibao = {(str(run.first), run.state) for run in by_id["ZK01"].days}
    assert {("2007-07-01", "done"), ("2012-06-01", "partly"), ("2025-07-01", "unknown")} <= dibao
    fees = [(str(run.first), run.state) for run in by_id["JY02"].days]
    assert fees[:3] == [("2006-07-01", "unknown"), ("2013-01-01", "done"), ("2016-09-01", "unknown")]
    assert not any(run.state == "closed" for run in by_id["ZL06"].days)
