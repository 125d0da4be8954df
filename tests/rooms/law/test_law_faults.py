"""A broken pack is refused, and every fault names the file, the line, the key and what is expected, in both languages."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from jishiyu.doors.jobs.pack_command import check_command
from jishiyu.law.rules import BadPack, Fault, read_pack
from jishiyu.law.rules.check import check_pack
from jishiyu.law.rules.read import content_hash

PACK = Path(__file__).parents[3] / "policy" / "xicheng"
DIBAO = "parameters/dibao.yaml"
WALK = "procedures/templates.yaml"
LIKE = "procedures/dibao.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PACK, tmp_path / "pack")
    return tmp_path / "pack"


def spoil(root: Path, file: str, old: str, new: str) -> int:
    """Replace the first ``old`` and give the line on which it stood."""
    text = (root / file).read_text(encoding="utf-8")
    assert old in text, old
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults_of(root: Path) -> tuple[Fault, ...]:
    with pytest.raises(BadPack) as bad:
        read_pack(root)
    return bad.value.faults


# file, what is replaced, by what, key of the fault, words in English, words in Chinese, lines below the change
BROKEN = [
    ("district.yaml", 'code: "110102010"', "code: 110102010", "sub_districts.0.code", "in quotes", "加引号", 0),
    ("district.yaml", 'code: "110102012"', 'code: "110102010"', "sub_districts.1.code", "used before", "已用过", 0),
    ("district.yaml", 'code: "110102001"', 'code: "1101"', "sub_districts.2.code", "the form", "格式应为", 0),
    ("district.yaml", "    lead: MZ\n", "    lead: ZZ\n", "programmes.0.charge.0.lead", "no unit", "没有名为“ZZ”", 0),
    ("district.yaml", "[RS, MQ, JD", "[RS, QQ, JD", "programmes.0.charge.0.responsible.1", "“QQ”", "“QQ”", 0),
    ("district.yaml", "role: deputy_head", "role: deputy", "leading_group.seats.1.role", "one of", "之一", 0),
    ("district.yaml", "office_section: civil_affairs", "office_section: x", "sub_district_group.office_section", "no section", "没有名为", 0),
    (DIBAO, "value: 330", 'value: "330"', "parameters.0.values.0.value", "a number", "应为数字", 0),
    (DIBAO, "value: 330", "value: 330.005", "parameters.0.values.0.value", "too fine", "精度过细", 0),
    (DIBAO, "from: 2008-07-01", "from: 2008-02-31", "parameters.0.values.1.from", "no day", "不是历法中的日期", 0),
    (DIBAO, "from: 2008-07-01", "from: 2008-06-01", "parameters.0.values.1.from", "overlaps", "重叠", 0),
    (DIBAO, "to: 2008-06-30", "to: 2006-06-30", "parameters.0.values.0.to", "before the first", "早于起始日", 0),
    (DIBAO, "src: [P16]", "src: [P99]", "parameters.0.values.0.src.0", "no source", "没有名为“P99”的来源", 0),
    (DIBAO, "src: [P16], ", "", "parameters.0.values.0.confidence", "needs a source", "须有来源", 0),
    (DIBAO, "confidence: verified", "confidence: sure", "parameters.0.values.0.confidence", "one of", "之一", 0),
    (DIBAO, "unit: yuan", "unit: dollar", "parameters.0.unit", "one of", "之一", 0),
    (DIBAO, "unit: yuan", "units: yuan", "parameters.0.units", "not known", "不认识此键", 0),
    (DIBAO, "unit: yuan", "unit: yuan\n    unit: yuan", "parameters.0.unit", "given twice", "写了两次", 1),
    (DIBAO, "of: bj.dibao.urban", "of: bj.dibao.x", "parameters.3.of", "no parameter", "没有名为", 0),
    (DIBAO, "id: bj.low_income\n", "id: bj.dibao.urban\n", "parameters.2.id", "used before", "已用过", 0),
    ("instruments.yaml", "issued: 2013-11-28", "issued: true", "instruments.0.issued", "", "", 0),
    ("programmes/ZY_medical.yaml", "agency: MZ", "agency: M1", "items.0.lead.0.agency", "no unit", "没有名为", 0),
    ("programmes/ZK_living_hardship.yaml", "exclusive_with: [ZK01, ZC02]", "exclusive_with: [ZK01, ZC99]",
     "items.1.exclusive_with.1", "no benefit item", "没有名为“ZC99”的救助项目", 0),
    ("programmes/ZK_living_hardship.yaml", "forms: [cash]", "forms: [gold]", "items.0.forms.0", "one of", "之一", 0),
    ("programmes/ZK_living_hardship.yaml", "id: ZK15", "id: ZY99", "items.14.id", "begin with ZK", "以ZK开头", 0),
    ("programmes/ZK_living_hardship.yaml", "duties: [C33]", "duties: [C99]", "items.0.duties.0", "no duty clause", "没有名为", 0),
    (WALK, "next: check}", "next: checks}", "templates.0.steps.1.outcomes.0.next", "one of", "之一", 0),
    (WALK, "next: visit}", "next: advance}", "templates.0.steps.2.outcomes.0.next", "no step", "没有步骤“advance”", 0),
    (WALK, "        role: caseworker", "        role: clerk", "templates.0.steps.0.role", "one of", "之一", 0),
    (WALK, "{n: 1, unit: working", "{n: 0, unit: working", "templates.0.steps.1.limit.n", "more than 0", "应大于0", 0),
    (WALK, ", after: [notice]", "", "templates.0.steps.7.outcomes.0", "none before the notice", "公示期满前不得批准", 0),
    (WALK, "limit: {n: 10, unit: working, confidence: illustrative,", "limits: {n: 10, unit: working, confidence: illustrative,",
     "templates.0.steps.0.limits", "not known", "不认识此键", 0),
    (WALK, "        limit: {n: 5, unit: working, confidence: verified}\n", "        limit: null\n",
     "templates.0.steps.4.limit", "a limit is missing", "缺少时限", 0),
    (WALK, "      published: true", "      published: false", "templates.0.publicity.published", "needs a notice step", "须有 notice 步骤", 0),
    (WALK, "      visit:\n        limit: {n: 10", "      visits:\n        limit: {n: 10", "templates.1.change.visits", "one of", "之一", 0),
    (WALK, "        before: pay\n", "        before: advance\n", "templates.1.add.announce", "a step of this table", "本表已有的步骤", -1),
    (WALK, "without: {appraisal: visit}", "without: {appraisal: announce}", "templates.2.without.appraisal", "no such step", "没有这一步骤", 0),
    (WALK, "key: needs_tested_trial", "key: needs_tested", "templates.1.key", "already", "已有", 0),
    (WALK, "    like: needs_tested\n", "    like: needs_tested_trial\n", "templates.1.like", "like itself", "互相引用", 0),
    (LIKE, "like: needs_tested_trial", "like: needs_teste", "procedures.1.like", "no template", "没有模板“needs_teste”", 0),
    (LIKE, "items: [ZK01]", "items: [ZK99]", "procedures.0.items.0", "no benefit item", "没有名为“ZK99”", 0),
    (LIKE, "eras: [E2]", "eras: [E1]", "procedures.1.items.0", "a procedure in E1 already", "已有程序", -1),
    (LIKE, "    eras: [E2]\n", "", "procedures.1", "eras is missing", "缺少 eras", -1),
    (LIKE, "without: {deliver: pay}", "without: {pay: deliver}", "procedures.0.steps", "aid in money ends with pay", "现金项目以 pay", None),
    (LIKE, "    without: {deliver: pay}\n", "    change: {review: {limit: {n: 0, unit: working, confidence: verified}}}\n",
     "procedures.0.change.review.limit.n", "more than 0", "应大于0", 0),
    ("indicators.yaml", "weight_in_dim: 0.6", "weight_in_dim: 0.5", "dims.0", "add up to 1", "之和应为1", None),
    ("indicators.yaml", '["1", "1", "1", "1", "2"', '["1", "1", "1", "1", "3"', "matrix.4.0", "reciprocal", "互为倒数", 4),
    ("indicators.yaml", "parameter: bj.low_income", "parameter: bj.low", "indicators.0.cut_offs.3.parameter", "no parameter", "没有参数", 0),
    ("indicators.yaml", "min: 55", "min: 85", "bands", "high to low", "从高到低", None),
    ("procedures.yaml", "instruments: [so271]", "instruments: [so2]", "eras.0.instruments.0", "no instrument", "没有名为", 0),
    ("holidays.yaml", "years: []", "years: none", "years", "a list", "应为列表", 0),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "key", "en", "zh", "below"), BROKEN)
def test_each_kind_of_fault_is_named_where_it_stands(
    copy: Path, file: str, old: str, new: str, key: str, en: str, zh: str, below: int | None
) -> None:
    line = spoil(copy, file, old, new)
    found = [fault for fault in faults_of(copy) if fault.file == file and fault.key.startswith(key)]
    assert found, [fault.say("en") for fault in faults_of(copy)]
    fault = found[0]
    if below is not None:
        assert fault.line == line + below
    assert en in fault.say("en")
    assert zh in fault.say("zh")
    assert fault.say("zh").startswith(f"{file}:{fault.line} · {fault.key}: ")


def test_a_missing_key_is_named_at_its_group(copy: Path) -> None:
    line = spoil(copy, DIBAO, "    per: person-month\n    note:", "    nota:")
    faults = faults_of(copy)
    assert (faults[0].file, faults[0].line, faults[0].key) == (DIBAO, line, "parameters.0.nota")
    line = spoil(copy, "district.yaml", "    kind: member\n", "")
    missing = [fault for fault in faults_of(copy) if fault.file == "district.yaml"]
    assert (missing[0].key, missing[0].line) == ("agencies.0.kind", line - 1)
    assert "missing" in missing[0].say("en")
    assert "缺少此键" in missing[0].say("zh")


def test_words_in_one_language_only_are_refused(copy: Path) -> None:
    line = spoil(
        copy, "district.yaml", '{zh: "北京市西城区", en: "Xicheng District, Beijing"}', '{zh: "北京市西城区"}'
    )
    (fault,) = faults_of(copy)
    assert (fault.line, fault.key) == (line, "name")
    assert "both languages" in fault.say("en")
    assert "两种文字" in fault.say("zh")


def test_text_that_is_no_yaml_is_named_by_its_line(copy: Path) -> None:
    spoil(copy, "sources.yaml", "  - id: L02", "  - id: [L02")
    (fault,) = faults_of(copy)
    assert fault.file == "sources.yaml"
    assert fault.line > 1
    assert "YAML" in fault.say("zh")


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "holidays.yaml").unlink()
    (fault,) = faults_of(copy)
    assert (fault.file, fault.expected.en) == ("holidays.yaml", "this file is missing")


def test_a_dead_end_is_found(copy: Path) -> None:
    spoil(
        copy,
        WALK,
        '{key: paid, name: {zh: "已发放", en: "paid"}, next: recheck}',
        '{key: paid, name: {zh: "已发放", en: "paid"}, next: pay}',
    )
    said = [fault.say("en") for fault in faults_of(copy)]
    assert any("“pay” never reaches the end: a dead end" in one for one in said)
    assert any("no step leads to “recheck”" in one for one in said)
    # Told once, where it was written, although many tables are like it.
    assert len([one for one in said if "“pay” never reaches" in one]) == 1


def test_a_crooked_row_of_a_code_table_is_named(copy: Path) -> None:
    path = copy / "code_tables" / "hukou_type.csv"
    path.write_text(path.read_text(encoding="utf-8") + "X,多一列,,verified,?\n", encoding="utf-8")
    (fault,) = faults_of(copy)
    assert fault.file == "code_tables/hukou_type.csv"
    assert fault.line == len(path.read_text(encoding="utf-8").splitlines())


def test_all_faults_are_told_at_once(copy: Path) -> None:
    spoil(copy, DIBAO, "unit: yuan", "unit: dollar")
    spoil(copy, "district.yaml", 'code: "110102010"', "code: 110102010")
    assert {fault.file for fault in faults_of(copy)} == {DIBAO, "district.yaml"}


def test_the_hash_follows_the_content_and_not_the_line_ends(copy: Path) -> None:
    before = content_hash(copy)
    assert before == content_hash(PACK)
    path = copy / DIBAO
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert content_hash(copy) == before
    spoil(copy, DIBAO, "value: 330", "value: 331")
    assert content_hash(copy) != before


def test_check_lists_what_a_sound_pack_does_not_know() -> None:
    pack, findings = check_pack(PACK)
    said = {(one.kind, one.about) for one in findings}
    assert ("null", "bj.dibao.urban") in said
    assert ("undated", "bj.medical_aid.inpatient.ratio") in said
    assert ("uncertain", "bj.low_income") in said
    assert ("recalled", "bj.min_wage") in said
    assert ("illustrative", "xicheng.charity.spring_rain.ratio") in said
    assert ("gap", "bj.unemployment.one") in said
    assert ("no_duty", "C36") in said
    assert ("no_day", "E4") in said
    assert ("no_item", "ZK") not in said
    for finding in findings:
        written = (PACK / finding.file).read_text(encoding="utf-8").splitlines()[finding.line - 1]
        assert written.strip(), finding
    assert pack.items


def test_check_names_the_line_of_the_null() -> None:
    _, findings = check_pack(PACK)
    lines = (PACK / DIBAO).read_text(encoding="utf-8").splitlines()
    nulls = [one for one in findings if one.kind == "null" and one.about == "bj.dibao.urban"]
    assert len(nulls) == 2
    assert all("value: null" in "".join(lines[one.line - 1 : one.line + 2]) for one in nulls)


@pytest.mark.parametrize(("language", "said"), [("zh", "值未知"), ("en", "value not known")])
def test_the_command_prints_by_file_and_succeeds(
    language: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_command([str(PACK), "--language", language]) == 0
    out = capsys.readouterr().out
    assert "\nparameters/dibao.yaml\n" in out
    assert said in out


def test_the_command_fails_on_a_broken_pack(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = spoil(copy, DIBAO, "unit: yuan", "unit: dollar")
    assert check_command([str(copy), "--language", "zh"]) == 1
    assert f"{DIBAO}:{line} · parameters.0.unit" in capsys.readouterr().err
    assert check_command([str(copy / "nowhere")]) == 1


def test_days_without_a_procedure_are_told_at_the_item(copy: Path) -> None:
    def told() -> list[tuple[str, str]]:
        return [(one.about, one.detail) for one in check_pack(copy)[1] if one.kind == "no_procedure"]

    assert told() == []
    spoil(copy, "procedures/legal_aid.yaml", "to: 2021-12-31", "to: 2021-11-30")
    assert told() == [(id, "E3 2021-12-01 →") for id in ("FL02", "FL03", "FL04")]


def test_a_pack_that_was_kept_is_read_by_what_was_asked_of_it_then(copy: Path) -> None:
    """An earlier release asked for no limit of each step, and named one era for each table."""
    spoil(copy, LIKE, "eras: [E1]", "era: E1")
    spoil(copy, WALK, "        limit: {n: 5, unit: working, confidence: verified}\n", "        limit: null\n")
    assert {fault.key for fault in faults_of(copy)} == {"templates.0.steps.4.limit"}
    assert read_pack(copy, kept=True).procedure_for("ZK01", date(2012, 1, 1)).era == "E1"
