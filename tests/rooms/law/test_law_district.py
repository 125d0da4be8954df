"""The district as the founding document lists it (C5 to C20, C33 to C49), readable beside the document."""

from datetime import date

import pytest

from jishiyu.foundations.outcomes import NotFound
from jishiyu.law.rules import Pack
from tests.fixtures import the_pack

DAY = date(2013, 11, 28)

SUB_DISTRICTS = (
    "110102010 德胜街道，110102012 什刹海街道，110102001 西长安街街道，110102013 大栅栏街道，110102014 天桥街道，"
    "110102003 新街口街道，110102011 金融街街道，110102015 椿树街道，110102016 陶然亭街道，110102009 展览路街道，"
    "110102007 月坛街道，110102017 广安门内街道，110102018 牛街街道，110102019 白纸坊街道，110102020 广安门外街道"
)

# Clause: 专项, 牵头单位: 责任单位 in the document's words and order.
IN_CHARGE = {
    "C7": "助困 区民政局: 区人力社保局、区政府民宗侨办、各街道办事处、区总工会、区妇联、区残联、区红十字会、区慈善协会",
    "C8": "助医 区民政局: 区卫生局、区人力社保局、各街道办事处、区总工会、区残联、区红十字会、区慈善协会",
    "C9": "助老 区民政局: 区人口计生委、各街道办事处、区红十字会、区慈善协会",
    "C10": "助学 区教委: 区民政局、各街道办事处、区总工会、团区委、区妇联、区残联、区红十字会、区慈善协会",
    "C11": "助残 区残联: 区民政局、区卫生局、各街道办事处、区红十字会",
    "C12": "就业 区人力社保局: 区民政局、各街道办事处、区残联",
    "C13": "住房 区房管局: 区民政局、各街道办事处、区房地中心、北京宣房投资管理公司",
    "C14": "救灾 区民政局: 各街道办事处、区红十字会、区慈善协会",
    "C15": "法律援助 区司法局: 区民政局、各街道办事处",
    "C16": "心理慰藉 区民政局: 区司法局、区人口计生委、区卫生局、各街道办事处、区总工会、团区委、区妇联、区残联、区红十字会",
    "C17": "人道慈善救助 区慈善协会: 区总工会、团区委、区妇联、各街道办事处、区红十字会",
}

MEMBERS = {
    "C33": "区民政局", "C34": "区教委", "C35": "区司法局", "C36": "区财政局", "C37": "区人力社保局", "C38": "区卫生局",
    "C39": "区人口计生委", "C40": "区政府民宗侨办", "C41": "区房管局", "C42": "区总工会", "C43": "团区委", "C44": "区妇联",
    "C45": "区残联", "C46": "区红十字会", "C47": "区房地中心、北京宣房投资管理公司", "C48": "区慈善协会", "C49": "各街道办事处",
}  # fmt: skip


@pytest.fixture(scope="module")
def pack() -> Pack:
    return the_pack()


def named(pack: Pack, codes: tuple[str, ...]) -> str:
    return "、".join(pack.district.unit_name(code, DAY).zh for code in codes)


def test_the_fifteen_sub_districts_with_their_codes_in_order(pack: Pack) -> None:
    assert "，".join(f"{place.code} {place.name.zh}" for place in pack.sub_districts) == SUB_DISTRICTS
    assert pack.sub_district("110102018").office.zh == "牛街街道办事处"


@pytest.mark.parametrize("clause", IN_CHARGE)
@pytest.mark.clause("C5", "C18")
def test_lead_and_responsible_agencies_are_exactly_the_documents(pack: Pack, clause: str) -> None:
    (programme,) = [one for one in pack.programmes if one.clause == clause]
    charge = programme.charge_on(DAY)
    assert charge is not None
    assert charge.and_others  # every list of the document ends with 等
    said = f"{programme.name.zh} {named(pack, (charge.lead,))}: {named(pack, charge.responsible)}"
    assert said == IN_CHARGE[clause]
    assert (charge.from_, charge.confidence) == (DAY, "verified")
    assert programme.charge_on(date(2013, 11, 27)) is None


def test_the_programmes_keep_the_documents_order(pack: Pack) -> None:
    assert [one.clause for one in pack.programmes] == list(IN_CHARGE)


@pytest.mark.parametrize("clause", MEMBERS)
def test_the_seventeen_duties_belong_to_their_units(pack: Pack, clause: str) -> None:
    (duty,) = [one for one in pack.district.members if one.clause == clause]
    assert named(pack, duty.agencies) == MEMBERS[clause]


def test_the_two_housing_companies_share_one_duty_and_are_two_units(pack: Pack) -> None:
    assert len(pack.district.members) == 17
    units = pack.district.member_units()
    assert len(units) == 17 + 15
    assert {"FD", "XF"} <= set(units)


def test_an_agency_has_the_name_of_the_day(pack: Pack) -> None:
    health = pack.agency("WS")
    assert health.name_on(DAY).zh == "区卫生局"
    assert health.name_on(date(2026, 1, 1)).zh == "区卫生健康委员会"
    assert pack.agency("JS").merged_into == "WS"


@pytest.mark.clause("C19")
def test_the_districts_leading_group_is_made_of_posts(pack: Pack) -> None:
    seats = list(pack.district.district_seats())

    def titles(role: str) -> list[str]:
        return [seat.title.zh for seat in seats if seat.role == role]

    assert titles("head") == ["区政府主管副区长"]
    assert titles("deputy_head") == [
        "区民政局局长", "区教委主任", "区财政局局长", "区人力社保局局长", "区残联理事长", "区红十字会常务副会长", "区慈善协会秘书长",
    ]  # fmt: skip
    assert titles("office_head") == ["办公室主任（区民政局局长兼任）"]
    assert [seat.unit for seat in seats if seat.role == "office_deputy"] == ["MZ", "RS", "HH", "CL"]
    members = [seat.unit for seat in seats if seat.role == "member"]
    assert members[:16] == [
        "MZ",
        "JW",
        "SF",
        "CZ",
        "RS",
        "WS",
        "JS",
        "MQ",
        "FG",
        "GH",
        "TW",
        "FL",
        "CL",
        "HH",
        "FD",
        "XF",
    ]
    assert members[16:] == [place.code for place in pack.sub_districts]
    liaison = [seat.unit for seat in seats if seat.role == "liaison"]
    assert sorted(liaison) == sorted(pack.district.member_units())


@pytest.mark.clause("C20")
def test_each_sub_district_has_a_group_of_seven_sections_with_its_office_in_civil_affairs(pack: Pack) -> None:
    for place in pack.sub_districts:
        seats = list(pack.district.sub_district_seats(place.code))
        assert [seat.title.zh.removeprefix(place.office.zh) for seat in seats[:7]] == [
            "民政科", "社会办", "总工会", "团工委", "妇联", "残联", "社保所",
        ]  # fmt: skip
        assert seats[7].role == "office"
    assert pack.district.sub_district_group.office_section == "civil_affairs"
    assert [job.zh for job in pack.district.sub_district_group.jobs] == [
        "信息采集",
        "情况调查",
        "审核公示",
        "政策宣传",
    ]


def test_a_seat_names_a_post_and_never_a_person(pack: Pack) -> None:
    posts = ("长", "主任", "主席", "书记", "助理", "联络员", "兼任）", "工作人员）")
    for seat in pack.district.district_seats(DAY):
        unit = pack.district.unit_name(seat.unit, DAY).zh
        assert seat.title.zh.endswith(posts)
        assert seat.role in (
            "head",
            "office_head",
            "office_deputy",
            "office_member",
        ) or seat.title.zh.startswith(unit[:3])


def test_what_the_pack_does_not_have_is_named(pack: Pack) -> None:
    with pytest.raises(NotFound) as refused:
        pack.programme("XX")
    assert refused.value.reason.zh.format(w="专项救助", k="XX") == "政策包中没有专项救助“XX”"


def test_every_name_stands_in_both_languages(pack: Pack) -> None:
    for item in pack.items:
        for words in (item.name, item.standard, item.channel, *(c.name for c in item.conditions)):
            assert (
                any("一" <= letter <= "鿿" for letter in words.zh) or words.zh.isascii() or "元" in words.zh
            )
            assert words.en
    assert len(pack.items) == 79
    assert {item.programme for item in pack.items} == {programme.code for programme in pack.programmes}
