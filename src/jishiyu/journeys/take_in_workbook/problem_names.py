"""What each kind of problem is called in a list, by its stable code."""

from jishiyu.foundations.outcomes import Sentence, sentence

PROBLEM_NAMES: dict[str, Sentence] = {
    "missing": sentence("缺必填项", "Something required is missing"),
    "bad_name": sentence("姓名有误", "Name"),
    "bad_id": sentence("身份证号有误", "ID number is wrong"),
    "id_lost_digits": sentence("身份证号丢失末位", "ID number has lost digits"),
    "formula_failed": sentence("公式错误", "Formula error"),
    "bad_phone": sentence("电话有误", "Telephone"),
    "bad_day": sentence("日期看不清", "Day cannot be read"),
    "no_such_day": sentence("日期不存在", "No such day"),
    "day_out_of_range": sentence("日期超出范围", "Day out of range"),
    "bad_amount": sentence("金额有误", "Not an amount"),
    "too_fine": sentence("小数过多", "Too many decimals"),
    "too_small": sentence("数值过小", "Too small"),
    "too_large": sentence("数值过大", "Implausibly large"),
    "bad_area": sentence("面积有误", "Not an area"),
    "bad_whole": sentence("不是整数", "Not a whole number"),
    "bad_yes_no": sentence("不是“是”或“否”", "Neither yes nor no"),
    "not_a_choice": sentence("不在可选项中", "Not one of the choices"),
    "born_differs": sentence("出生日期与身份证号不符", "Birth date differs from ID number"),
    "sex_differs": sentence("性别与身份证号不符", "Sex differs from ID number"),
    "grade_missing": sentence("缺残疾等级", "Disability without grade"),
    "category_missing": sentence("缺残疾类别", "Grade without disability"),
    "no_household": sentence("看不出属于哪一户", "Household not clear"),
    "in_two_households": sentence("一人出现在两户", "One person in two households"),
    "told_twice": sentence("一人写了两次且不同", "One person told twice, differently"),
    "differs_in_household": sentence("同户各行不一致", "Rows of a household differ"),
    "other_area": sentence("不是本街道", "Another sub-district"),
    "no_head": sentence("没有户主", "No head"),
    "two_heads": sentence("多名户主", "More than one head"),
    "two_spouses": sentence("多名配偶", "More than one spouse"),
    "relation_against_sex": sentence("关系与性别不符", "Relation does not fit the sex"),
    "implausible_age": sentence("年龄不合常理", "Implausible age"),
    "spouse_too_young": sentence("配偶年龄过小", "Spouse too young"),
    "spouse_same_sex": sentence("配偶性别相同", "Spouse of the same sex"),
    "spouse_unmarried": sentence("配偶未婚", "Spouse not married"),
    "child_too_old": sentence("子女年龄过大", "Child too old"),
    "grandchild_too_old": sentence("孙辈年龄过大", "Grandchild too old"),
    "parent_too_young": sentence("父母年龄过小", "Parent too young"),
    "grandparent_too_young": sentence("祖辈年龄过小", "Grandparent too young"),
    "registered_elsewhere": sentence("已在其他街道登记", "Registered in another sub-district"),
    "not_a_member": sentence("不在已登记的户内", "Not a member of the registered household"),
    "in_another_household": sentence("已登记在另一户", "Registered in another household"),
    "other_name": sentence("姓名与登记不同", "The register has another name"),
    "other_relation": sentence("关系与登记不同", "The register has another relation"),
    "members_left_out": sentence("漏填已登记的成员", "Registered members left out"),
    "older_than_known": sentence("比已有情况旧", "Older than what is known"),
    "waits": sentence("等待同户其他行", "Waits for other rows"),
}


def problem_name(code: str) -> Sentence:
    """The name of a kind of problem; an unknown code names itself."""
    return PROBLEM_NAMES.get(code, sentence(code, code))
