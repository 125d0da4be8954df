"""The pack's decision tables: sound as shipped, faults told at their line, and a trace that names the row and its standard."""

import shutil
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from jishiyu.assessment.rules.facts import population_of
from jishiyu.assessment.rules.parameters import given
from jishiyu.doors.jobs.pack_command import check_command
from jishiyu.law.rules.engine import run
from jishiyu.law.rules.faults import BadPack
from jishiyu.law.rules.read import content_hash, read_pack
from jishiyu.programmes.rules.compute import entitlements_of
from jishiyu.programmes.rules.entitlement import Entitlement, entitlement_data
from jishiyu.programmes.rules.from_pack import rules_of_pack
from jishiyu.programmes.rules.table_faults import faults_in_tables, warnings_in_tables
from jishiyu.programmes.rules.tables import VOCABULARIES
from jishiyu.registry.rules.situation import HouseholdSituation
from tests.fixtures import PACK_DIR, a_member, the_pack

DAY = date(2021, 12, 15)


def a_home(**facts: object) -> HouseholdSituation:
    member = replace(a_member("1", relation="02", born=date(1950, 1, 1), sex=1), **facts)  # type: ignore[arg-type]
    return HouseholdSituation(
        "h", "110102010", DAY, (member,), "owned", 1, 5_000, False, 0, 0, 0, 0, "able", "none", None
    )


def answer(id: str, home: HouseholdSituation, day: date = DAY) -> Entitlement:
    return next(one for one in entitlements_of(home, day, the_pack()) if one.item == id)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PACK_DIR, tmp_path / "pack")
    return tmp_path / "pack"


def change(root: Path, file: str, old: str, new: str) -> int:
    path = root / "tables" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_tables_have_no_error() -> None:
    assert faults_in_tables(PACK_DIR, DAY) == []
    assert any("overlaps" in one.said.say("en") for one in warnings_in_tables(the_pack(), DAY))


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("living.yaml", "amount: bj.festival.more", "amount: bj.festival.none", "no such parameter"),
        ("living.yaml", "size: {to: bj.festival.one_to}", "size: {to: bj.festival.one}", "in yuan, expected persons"),
        ("disability.yaml", "category: multiple", "category: many", "The codes are: none, visual"),
        ("elderly.yaml", "of: low_income_family", "of: low_family", "no test is called"),
        ("elderly.yaml", "when: {low_income: true}", "when: {}", "never reached"),
        ("housing.yaml", "          - {when: {dibao: true}, then: {amount: bj.housing.market_rent.dibao.large}}\n", "", ""),
    ],
)  # fmt: skip
def test_a_fault_in_a_table_is_told_at_its_line(
    copy: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, words: str
) -> None:
    line = change(copy, file, old, new)
    found = faults_in_tables(copy, DAY)
    if not words:
        assert found == []  # otherwise covers what the row left open
        return
    (fault,) = found
    assert (fault.file, words in fault.expected.say("en")) == (f"tables/{file}", True)
    assert abs(fault.line - line) <= 1
    assert check_command([str(copy), "--language", "en"]) == 1
    assert f"tables/{file}:" in capsys.readouterr().err


def test_a_gap_is_an_error_of_the_pack(copy: Path) -> None:
    change(copy, "living.yaml", "          - {then: {amount: bj.festival.more}}\n", "")
    (fault,) = faults_in_tables(copy, DAY)
    assert "没有一行覆盖这种情况：家庭人口数2人及以上" in fault.expected.say("zh")


def test_the_answer_rests_on_the_row_that_was_hit() -> None:
    home = a_home(disability_category=1, disability_grade=1, daily_activities_lost=0)
    found = answer("ZC02", home)
    assert found.standard is not None
    assert found.standard.id == "bj.disability.nursing.a"
    (step,) = [one for one in found.steps if one.name == "nursing_allowance"]
    assert step.told is not None
    assert step.told.say("zh").startswith("第1行：残疾类别为视力或肢体或智力或精神，残疾等级为一级")
    assert [name for name, _ in step.parameters] == ["bj.disability.nursing.a"]
    stored = entitlement_data(found)["steps"]
    assert any("row 1" in one["told"]["en"] for one in stored if "told" in one)


def test_the_classes_of_the_nursing_allowance_are_those_of_its_table() -> None:
    """The item's condition asks for the classes, its amount for the table: every kind × grade, known or not."""
    pairs = [(0, 0), (0, None), (None, None), *product((*range(1, 8), None), (*range(1, 5), None))]
    homes = [a_home(disability_category=category, disability_grade=grade) for category, grade in pairs]
    rules = rules_of_pack(the_pack(), DAY)
    names = ("nursing_class_a", "nursing_class_b", "nursing_allowance")
    plan = rules.book.plan(DAY, names)
    found = run(
        plan, population_of(homes, DAY), given(the_pack(), rules.parameters, plan.leaves, DAY, certain=True)
    )
    first, second, amount = (found[name] for name in names)
    for place, home in enumerate(homes):
        classes = [bool(one.values[place]) if one.mask()[place] else None for one in (first, second)]
        fen = int(amount.values[place]) if amount.mask()[place] else None
        expected = {300_00: [True, False], 100_00: [False, True], 0: [False, False]}
        member = home.members[0]
        if fen is None:
            assert None in classes, (member.disability_category, member.disability_grade)
        else:
            # A class may be open where the kind alone leads to no row of the table.
            sure = [
                one == other for one, other in zip(classes, expected[fen], strict=True) if one is not None
            ]
            assert all(sure), (member.disability_category, member.disability_grade)


def test_a_fact_that_is_not_known_is_asked_only_where_it_matters() -> None:
    home = a_home(disability_category=1, disability_grade=None)
    assert answer("ZC02", home).outcome == "cannot_compute"
    # On 2016-2019 days nobody under 90 has the old-age allowance, whatever else is not known.
    assert answer("ZL01", a_home(illness=None), date(2018, 5, 1)).outcome == "not_eligible"


def test_a_revision_file_is_laid_over_the_table(copy: Path) -> None:
    before, text = read_pack(copy), REVISION
    laid = read_pack(copy, {"tables/revisions/festival_gift-2027-01-01.yaml": text})
    table = laid.table("festival_gift")
    assert [one.from_ for one in table.editions] == [date(2018, 1, 1), date(2027, 1, 1)]
    assert table.editions[0].to == date(2026, 12, 31)
    assert laid.version != before.version
    (copy / "tables" / "revisions").mkdir()
    (copy / "tables" / "revisions" / "festival_gift-2027-01-01.yaml").write_text(text, encoding="utf-8")
    assert content_hash(copy) == laid.content_hash
    assert faults_in_tables(copy, DAY) == []
    # Once it is shipped, the page in the folder is the one that counts.
    assert (
        read_pack(copy, {"tables/revisions/festival_gift-2027-01-01.yaml": "nonsense"}).version
        == laid.version
    )
    (copy / "tables" / "revisions" / "festival_gift-2027-01-01.yaml").unlink()
    with pytest.raises(BadPack, match="a new edition begins after"):
        read_pack(
            copy, {"tables/revisions/festival_gift-2018-01-01.yaml": text.replace("2027-01-01", "2018-01-01")}
        )


def test_the_vocabularies_are_those_of_the_register() -> None:
    assert VOCABULARIES["disability_category"]["multiple"][0] == 7
    assert set(VOCABULARIES["tenure"]) == {"owned", "public_rent", "private_rent", "borrowed", "institution"}


REVISION = """\
table: festival_gift
edition:
  from: 2027-01-01
  to: null
  citation: {zh: "京民发〔2026〕99号（示例）", en: "京民发〔2026〕99号 (an example)"}
  confidence: illustrative
  rows:
    - {when: {size: 1}, then: {amount: 600}}
    - {when: {size: {to: 3}}, then: {amount: 1100}}
    - {then: {amount: 1300}}
"""
