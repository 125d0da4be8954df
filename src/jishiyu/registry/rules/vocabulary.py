"""The words for coded facts, in both languages, and which relation codes (GB/T 4761) mean what."""

from jishiyu.foundations.outcomes import Sentence, sentence

HEAD = "02"
SPOUSE = frozenset({"10", "11", "12"})
CHILDREN = frozenset({f"{code}" for code in range(20, 40)} - {"28", "38"})
CHILDREN_IN_LAW = frozenset({"28", "38"})
GRANDCHILDREN = frozenset({f"{code}" for code in range(40, 50)})
PARENTS = frozenset({"50", "51", "52", "57", "58"})
PARENTS_IN_LAW = frozenset({"53", "54", "55", "56"})
GRANDPARENTS = frozenset({f"{code}" for code in range(60, 70)})
SIBLINGS = frozenset({f"{code}" for code in range(70, 80)})

SEX = {1: sentence("男", "male"), 2: sentence("女", "female")}
MARITAL = {
    "single": sentence("未婚", "single"),
    "married": sentence("已婚", "married"),
    "widowed": sentence("丧偶", "widowed"),
    "divorced": sentence("离婚", "divorced"),
}
TENURE = {
    "owned": sentence("自有住房", "owned"),
    "public_rent": sentence("承租公房", "public rented housing"),
    "private_rent": sentence("市场租房", "private rent"),
    "borrowed": sentence("借住", "borrowed"),
    "institution": sentence("机构居住", "in an institution"),
}
EMPLOYMENT = {
    "employed": sentence("在职", "employed"),
    "flexible": sentence("灵活就业", "flexible work"),
    "unemployed": sentence("失业", "unemployed"),
    "retired": sentence("离退休", "retired"),
    "student": sentence("在校", "student"),
    "not_working": sentence("未就业", "not working"),
}
WORK_CAPACITY = {
    "full": sentence("有劳动能力", "able to work"),
    "partial": sentence("部分丧失劳动能力", "partly able to work"),
    "none": sentence("无劳动能力", "unable to work"),
}
SCHOOLING = {
    "none": sentence("不在学", "not at school"),
    "preschool": sentence("学前", "preschool"),
    "compulsory": sentence("义务教育", "compulsory school"),
    "senior": sentence("普通高中", "senior secondary"),
    "vocational": sentence("中等职业", "vocational school"),
    "higher": sentence("高等教育", "higher education"),
}
MEDICAL_INSURANCE = {
    "employee": sentence("职工医保", "employees' insurance"),
    "resident": sentence("城乡居民医保", "residents' insurance"),
    "none": sentence("未参保", "not insured"),
}
ILLNESS = {
    "none": sentence("无", "none"),
    "chronic": sentence("慢性病", "chronic illness"),
    "serious": sentence("重大疾病", "serious illness"),
}
VISUAL, HEARING, SPEECH, PHYSICAL, INTELLECTUAL, MENTAL, MULTIPLE = range(1, 8)  # GB/T 26341
DISABILITY = {
    0: sentence("无", "none"),
    VISUAL: sentence("视力", "visual"),
    HEARING: sentence("听力", "hearing"),
    SPEECH: sentence("言语", "speech"),
    PHYSICAL: sentence("肢体", "physical"),
    INTELLECTUAL: sentence("智力", "intellectual"),
    MENTAL: sentence("精神", "mental"),
    MULTIPLE: sentence("多重", "multiple"),
}
SUPPORT = {
    "none": sentence("无法定赡养抚养人", "no one bound to support"),
    "unable": sentence("有赡养抚养人但无能力", "supporters unable"),
    "able": sentence("赡养抚养人有能力", "supporters able"),
}
EVENT = {
    "none": sentence("无突发事件", "no sudden event"),
    "death_or_injury": sentence("主要劳动力死亡或重伤", "main earner died or badly hurt"),
    "home_lost": sentence("火灾等致住房灭失", "home lost to fire or the like"),
    "serious_illness": sentence("重大疾病确诊", "serious illness diagnosed"),
    "job_loss": sentence("失业", "job lost"),
}
IDENTITIES = {
    "orphan": sentence("孤儿", "orphan"),
    "unsupervised_child": sentence("事实无人抚养儿童", "child without support in fact"),
    "bereaved_parent": sentence("失独父母", "parent bereaved of an only child"),
    "family_planning_hardship": sentence("计生特扶对象", "family-planning special support"),
    "model_worker": sentence("劳动模范", "model worker"),
    "union_member": sentence("在职工会会员", "union member in post"),
    "overseas_chinese": sentence("归侨侨眷", "returned overseas Chinese or family"),
    "religious": sentence("民族宗教人士", "ethnic or religious figure"),
    "veteran": sentence("优抚对象", "veteran or family under special care"),
    "former_womens_representative": sentence("老妇代会主任", "former women's representative"),
    "migrant_child": sentence("外来务工人员子女", "migrant worker's child"),
    "martyr_family": sentence("烈属", "martyr's family"),
    "in_prison": sentence("服刑（含劳动教养）", "serving a sentence (or labour re-education)"),
    "in_compulsory_rehab": sentence("强制隔离戒毒", "in compulsory drug rehabilitation"),
    "declared_missing": sentence("宣告失踪", "declared missing"),
    "religious_away": sentence("离家满三年的宗教教职人员", "cleric away from the family for three years"),
}


def relation_word(code: str) -> Sentence:
    """The relation to the head in words; unknown codes say so."""
    for codes, zh, en in (
        ({HEAD}, "户主", "head"),
        (SPOUSE, "配偶", "spouse"),
        ({"20", "21", "22", "23", "24", "25", "26", "27", "29"}, "子", "son"),
        ({"30", "31", "32", "33", "34", "35", "36", "37", "39"}, "女", "daughter"),
        ({"28"}, "女婿", "son-in-law"),
        ({"38"}, "儿媳", "daughter-in-law"),
        (GRANDCHILDREN, "孙辈", "grandchild"),
        ({"51"}, "父亲", "father"),
        ({"52"}, "母亲", "mother"),
        (PARENTS, "父母", "parent"),
        (PARENTS_IN_LAW, "配偶父母", "parent-in-law"),
        (GRANDPARENTS, "祖辈", "grandparent"),
        (SIBLINGS, "兄弟姐妹", "sibling"),
        ({"97"}, "其他亲属", "other relative"),
        ({"99"}, "非亲属", "not a relative"),
    ):
        if code in codes:
            return sentence(zh, en)
    return sentence("关系代码{c}", "relation code {c}", c=code)
