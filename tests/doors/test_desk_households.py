"""The household pages as staff use them: list, search, registration, the one page, snapshots, unmasking, export."""

import io
from datetime import date
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.test import Client

from jishiyu.journal import queries as journal
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.registry import queries
from jishiyu.registry.operations import register_household
from tests.conftest import NOON
from tests.doors.conftest import CASEWORKER, Open, Street
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, an_id, person_of

LIST, FIND = "/desk/households/", "/desk/find/"


GOOD = an_id(date(1980, 5, 6), 2, 300).text
MISTYPED = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")


def page_of(household: object) -> str:
    """A household's own page."""
    return f"{LIST}{household}/"


def text(answer: Any) -> str:
    """The page's words."""
    return str(answer.content.decode())


def acts(act: str) -> list[Any]:
    """The journal's entries of an act."""
    with acting(SYSTEM, moment=NOON):
        return list(journal.entries(act=act))


@pytest.fixture
def more(street: Street) -> None:
    """Sixty more households of Desheng."""
    with acting(SYSTEM, moment=NOON):
        for running in range(40, 100):
            names = ("赵一", "赵二", "赵三") if running % 2 else ("钱一",)
            register_household(a_newcomer(running, names=names), actor=SYSTEM, moment=NOON)


def test_the_list_counts_and_shows_only_what_the_post_reaches(street: Street, log_in: Open) -> None:
    for username, ours, theirs in (
        (CASEWORKER, True, False),
        (f"reviewer.{SHICHAHAI}", False, True),
        ("decider.MZ", True, False),
        ("decider.CS", False, False),
        ("office", True, True),
        ("auditor", True, True),
    ):
        answer = log_in(username).get(LIST)
        assert answer.context["listing"].total == ours + theirs
        assert (street.ours.number in text(answer)) == ours
        assert (street.theirs.number in text(answer)) == theirs


@pytest.mark.usefixtures("more")
def test_pages_of_fifty_sorted_both_ways(caseworker: Client) -> None:
    first = caseworker.get(LIST)
    assert first.context["listing"].total == 61
    assert len(first.context["listing"].page) == 50
    assert len(caseworker.get(LIST, {"page": 2}).context["listing"].page) == 11
    sizes = [row.size for row in caseworker.get(LIST, {"sort": "size", "down": "1"}).context["listing"].page]
    assert sizes == sorted(sizes, reverse=True)
    names = [row.head_pinyin for row in caseworker.get(LIST, {"sort": "head"}).context["listing"].page]
    assert names == sorted(names)


@pytest.mark.usefixtures("more")
@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ({"q": "赵"}, 30),
        ({"q": "XC010-2026-000050"}, 1),
        ({"smallest": "3"}, 30),
        ({"largest": "1"}, 30),
        ({"smallest": "2", "largest": "2"}, 1),
        ({"community": "没有"}, 0),
        ({"case": "none"}, 61),
        ({"case": "open"}, 0),
        ({"band": "none"}, 61),
        ({"band": "red"}, 0),
        ({"smallest": "x", "band": "purple", "page": "zzz", "sort": "'; drop"}, 61),
    ],
)
def test_narrowing(caseworker: Client, asked: dict[str, str], total: int) -> None:
    narrowed = caseworker.post(f"{LIST}narrow/", asked)["Location"] if "q" in asked else ""
    answer = caseworker.get(narrowed) if narrowed else caseworker.get(LIST, asked)
    assert answer.context["listing"].total == total


def test_the_exported_list_says_who_took_it_and_is_noted(street: Street, caseworker: Client) -> None:
    assert caseworker.get(f"{LIST}export/").status_code == 405
    narrowed = caseworker.post(f"{LIST}narrow/", {"q": "单"})["Location"]
    assert "单" not in unquote(narrowed)
    answer = caseworker.post(f"{LIST}export/?{narrowed.partition('?')[2]}")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert f"测试{CASEWORKER}" in str(rows[0][0])
    assert "演示数据" in str(rows[0][0])
    assert [row[0] for row in rows[2:]] == [street.ours.number]
    assert rows[2][1] == "单春雨"
    assert acts("registry.export")[0].detail == {"rows": 1}


@pytest.mark.parametrize("username", ["auditor", "finance", "decider.MZ"])
def test_not_everybody_takes_lists_away(log_in: Open, username: str) -> None:
    assert log_in(username).post(f"{LIST}export/").status_code == 403


def test_a_single_hit_opens_the_household(street: Street, caseworker: Client) -> None:
    for words in (
        "单春雨",
        "scy",
        "shanchunyu",
        street.ours.number,
        street.ours.members[0].id_number.last_four,
    ):
        answer = caseworker.post(FIND, {"q": words})
        assert answer["Location"] == page_of(street.our_id)


def test_no_hit_says_how_to_search_and_offers_to_register(caseworker: Client, log_in: Open) -> None:
    assert "登记家庭" in text(caseworker.post(FIND, {"q": "仇小满"}))
    assert "没有找到" in text(log_in("decider.MZ").post(FIND, {"q": "仇小满"}))


@pytest.mark.usefixtures("more")
def test_several_hits_are_listed_masked(street: Street, caseworker: Client) -> None:
    answer = text(caseworker.post(FIND, {"q": "赵一"}))
    assert answer.count("119900********") == 30


# --- registering ---


def filled(**changes: str) -> dict[str, str]:
    """The registration form as a caseworker fills it in: a mother and her son."""
    mother, son = an_id(date(1980, 5, 6), 2, 300), an_id(date(2010, 7, 8), 1, 301)
    return {
        "community": "某社区",
        "address": "甲二胡同3号",
        "phone": "010-66000000",
        "member-TOTAL_FORMS": "3",
        "member-INITIAL_FORMS": "1",
        "member-0-name": "沈清",
        "member-0-id_number": mother.text,
        "member-0-relation": "02",
        "member-1-name": "沈小清",
        "member-1-id_number": f" {son.text[:6]} {son.text[6:].lower()} ",
        "member-1-relation": "20",
        "member-2-name": "",
        "member-2-id_number": "",
        "member-2-relation": "",
    } | changes


def test_registering_leads_to_the_new_page(caseworker: Client) -> None:
    assert caseworker.get(f"{LIST}register/").status_code == 200
    answer = caseworker.post(f"{LIST}register/", filled(), follow=True)
    assert answer.status_code == 200
    assert "沈清户" in text(answer)
    assert "已登记，户编号 XC010-" in text(answer)
    assert "还没有登记经济状况" in text(answer)
    assert "甲二胡同3号" not in text(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"community": ""}, "这个字段是必填项"),
        ({"phone": "call me"}, "电话只能有数字"),
        ({"member-0-id_number": MISTYPED}, "校验位不符"),
        ({"member-0-id_number": "12345"}, "应为18位"),
        ({"member-1-relation": "02"}, "多名户主"),
        ({"member-0-relation": "10", "member-1-relation": "20"}, "没有户主"),
        ({"member-1-relation": "30"}, "性别不符"),
        ({"member-1-relation": "51"}, "父母"),
        ({"member-1-name": ""}, "这个字段是必填项"),
        ({"member-1-relation": ""}, "这个字段是必填项"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    caseworker: Client, changes: dict[str, str], said: str
) -> None:
    answer = caseworker.post(f"{LIST}register/", filled(**changes))
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="甲二胡同3号"' in text(answer)
    assert 'value="沈清"' in text(answer)


def test_the_same_number_twice_in_one_form(caseworker: Client) -> None:
    twice = filled()
    twice["member-1-id_number"] = twice["member-0-id_number"]
    assert "已填过" in text(caseworker.post(f"{LIST}register/", twice))


def test_a_member_taken_out_is_not_registered(caseworker: Client) -> None:
    answer = caseworker.post(f"{LIST}register/", filled(**{"member-1-DELETE": "on"}), follow=True)
    assert "沈小清" not in text(answer)
    assert "沈清户" in text(answer)


def test_nobody_at_all(caseworker: Client) -> None:
    nobody = {name: "" for name in filled() if name.startswith("member-") and not name.endswith("FORMS")}
    answer = caseworker.post(f"{LIST}register/", filled(**nobody))
    assert answer.status_code == 422


def test_somebody_known_elsewhere_is_refused_with_the_sub_district(
    street: Street, caseworker: Client
) -> None:
    known = street.theirs.members[0].id_number.text
    answer = caseworker.post(f"{LIST}register/", filled(**{"member-0-id_number": known}))
    assert answer.status_code == 422
    assert "什刹海街道" in text(answer)
    assert street.theirs.number not in text(answer)


def test_the_number_is_checked_as_soon_as_it_is_typed(
    street: Street, caseworker: Client, log_in: Open
) -> None:
    url = f"{LIST}check-id/"
    good = an_id(date(1980, 5, 6), 2, 300).text
    assert "1980-05-06" in text(caseworker.post(url, {"member-0-id_number": good}))
    assert "校验位不符" in text(caseworker.post(url, {"member-0-id_number": MISTYPED}))
    known = street.theirs.members[0].id_number.text
    assert "什刹海街道" in text(caseworker.post(url, {"member-3-id_number": known}))
    assert text(caseworker.post(url, {"member-0-id_number": ""})).strip() == ""
    assert caseworker.get(url, {"member-0-id_number": good}).status_code == 405
    assert log_in("auditor").post(url, {"member-0-id_number": good}).status_code == 403


# --- the page ---


def test_the_page_tells_the_story_masked_and_the_look_is_noted(street: Street, caseworker: Client) -> None:
    shown = text(caseworker.get(page_of(street.our_id)))
    for words in (
        "单春雨户",
        "王小满",
        "户主",
        "灵活就业",
        "义务教育",
        "6,000.00",
        "30,000.00",
        "经济状况快照第1号",
    ):
        assert words in shown
    for secret in (street.ours.members[0].id_number.text, street.ours.address, street.ours.phone):
        assert secret not in shown
    assert acts("registry.look")[0].household == street.our_id


@pytest.mark.parametrize("what", ["", "snapshots/", "snapshots/new/"])
def test_another_areas_page_is_as_if_it_were_not(street: Street, caseworker: Client, what: str) -> None:
    there = caseworker.get(page_of(street.their_id) + what)
    nowhere = caseworker.get(page_of("00000000-0000-4000-8000-000000000000") + what)
    assert there.status_code == nowhere.status_code == 404
    assert "仇小满" not in text(there)


def test_unmasking_needs_a_reason(street: Street, caseworker: Client) -> None:
    url = f"{page_of(street.our_id)}unmask/{person_of(street.ours)}/"
    whole = street.ours.members[0].id_number.text
    assert whole not in text(caseworker.get(url))
    refused = caseworker.post(url, {"reason": "看"})
    assert refused.status_code == 422
    assert whole not in text(refused)
    shown = caseworker.post(url, {"reason": "核对申请材料"})
    assert whole in text(shown)
    assert street.ours.address in text(shown)
    assert "no-store" in shown["Cache-Control"]
    assert acts("registry.unmask")[0].reason == "核对申请材料"
    assert "核对申请材料" in text(caseworker.get(page_of(street.our_id)))


def test_unmasking_by_htmx_comes_as_a_part(street: Street, caseworker: Client) -> None:
    url = f"{page_of(street.our_id)}unmask/{person_of(street.ours)}/"
    part = caseworker.post(url, {"reason": ""}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in text(part)
    assert "请写明" in text(part)


def test_unmasking_is_not_for_every_post(street: Street, log_in: Open) -> None:
    url = f"{page_of(street.our_id)}unmask/{person_of(street.ours)}/"
    assert log_in("auditor").get(url).status_code == 403
    assert "看全" not in text(log_in("auditor").get(page_of(street.our_id)))


def test_a_person_of_another_household_is_not_shown(street: Street, caseworker: Client) -> None:
    answer = caseworker.get(f"{page_of(street.our_id)}unmask/{person_of(street.theirs)}/")
    assert "已不在本户" in text(answer)


def test_assessing_shows_the_score_with_reasons_and_what_may_be_given(
    street: Street, caseworker: Client
) -> None:
    assert "还没有评估" in text(caseworker.get(page_of(street.our_id)))
    shown = text(caseworker.post(f"{page_of(street.our_id)}assess/", follow=True))
    for words in ("每一分的理由", "重新评估", "可以申请的救助", "指数只用来排序和发现"):
        assert words in shown
    assert shown.count("<progress") >= 5
    assert acts("assessment.assess")


def test_nothing_to_assess_is_a_refusal_with_a_way_out(street: Street, caseworker: Client) -> None:
    made = caseworker.post(f"{LIST}register/", filled())
    answer = caseworker.post(f"{made['Location']}assess/")
    assert answer.status_code == 409
    assert "请先登记经济状况" in text(answer)


# --- snapshots ---


def sent_back(answer: Any) -> dict[str, str]:
    """What the snapshot form would send if nothing were touched."""
    told: dict[str, str] = {}
    forms = [
        answer.context["form"],
        *(part.form for part in answer.context["parts"]),
        *answer.context["bills"],
    ]
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list):
                told[field.html_name] = value  # type: ignore[assignment]
            elif value not in (None, False) or field.name == "unsafe_housing":
                told[field.html_name] = value.isoformat() if isinstance(value, date) else str(value)
    bills = answer.context["bills"]
    return told | {
        "bill-TOTAL_FORMS": str(len(bills.forms)),
        "bill-INITIAL_FORMS": str(bills.initial_form_count()),
    }


def test_the_form_begins_with_the_last_snapshot_and_unknown_stays_unknown(
    street: Street, caseworker: Client
) -> None:
    url = f"{page_of(street.our_id)}snapshots/new/"
    form = caseworker.get(url)
    told = sent_back(form)
    assert told["m0-wage_income"] == "6000"
    assert told["home-usable_area_dm2"] == "24"
    assert told["home-unsafe_housing"] == "False"
    told |= {
        "home-source": "入户了解",
        "m0-wage_income": "￥1,200.50",
        "home-debt": "",
        "m0-keep_health": "",
        "m0-illness": "serious",
    }
    answer = caseworker.post(url, told, follow=True)
    assert answer.status_code == 200, text(answer)[:3000]
    with acting(SYSTEM, moment=NOON):
        newest = queries.snapshots(street.our_id)[0]
        facts = queries.situation(newest.id)
    head = next(one for one in facts.members if one.relation == "02")
    assert (newest.number, newest.source) == (2, "入户了解")
    assert (head.wage_income, head.illness, facts.debt, facts.usable_area_dm2) == (
        120_050,
        "serious",
        None,
        2400,
    )
    assert facts.unsafe_housing is False
    assert len(facts.bills) == 1
    compared = text(caseworker.get(f"{page_of(street.our_id)}snapshots/"))
    assert "1,200.50" in compared
    assert "有变化" in compared
    assert "未知" in compared
    assert "重大疾病" not in compared, "health is masked here too"


def test_health_is_kept_unseen_until_somebody_says_why(street: Street, caseworker: Client) -> None:
    url = f"{page_of(street.our_id)}snapshots/new/"
    told = sent_back(caseworker.get(url)) | {"home-source": "入户了解"}
    caseworker.post(url, told | {"m0-keep_health": "", "m0-illness": "serious"})
    assert 'value="serious" selected' not in text(caseworker.get(url))
    assert "有健康信息" in text(caseworker.get(page_of(street.our_id)))
    kept = sent_back(caseworker.get(url)) | {"home-source": "再次入户"}
    assert caseworker.post(url, kept).status_code == 302
    assert "请取消“沿用上次登记”" in text(caseworker.post(url, kept | {"m0-illness": "none"}))
    with acting(SYSTEM, moment=NOON):
        head = next(row for row in queries.members(street.our_id) if row.relation == "02")
        newest = queries.snapshots(street.our_id)[0]
        facts = queries.situation(newest.id)
    assert next(one for one in facts.members if one.relation == "02").illness == "serious"
    seen = caseworker.post(f"{page_of(street.our_id)}unmask/{head.person_id}/", {"reason": "核对病情材料"})
    assert "重大疾病" in text(seen)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"home-source": ""}, "这个字段是必填项"),
        ({"home-as_of": "2099-01-01"}, "日期不能晚于今天"),
        ({"home-event": "job_loss", "home-event_on": ""}, "请填写突发事件的发生日期"),
        ({"m0-wage_income": "很多"}, "不是金额"),
        ({"m0-wage_income": "1.005"}, "不是金额"),
        ({"m0-wage_income": "-5"}, "不能是负数"),
        ({"m0-disability_category": "1", "m0-disability_grade": "0", "m0-keep_health": ""}, "须填1至4级"),
        ({"bill-0-in_scope": "99999999"}, "不能超过总费用"),
        ({"bill-0-commercial_paid": "99999999"}, "合计超过总费用"),
    ],
)
def test_wrong_facts_are_said_beside_them(
    street: Street, caseworker: Client, changes: dict[str, str], said: str
) -> None:
    url = f"{page_of(street.our_id)}snapshots/new/"
    told = sent_back(caseworker.get(url)) | {"home-source": "入户了解"} | changes
    answer = caseworker.post(url, told)
    assert answer.status_code == 422
    assert said in text(answer)
    with acting(SYSTEM, moment=NOON):
        assert len(queries.snapshots(street.our_id)) == 1


def test_who_only_reads_records_nothing(street: Street, log_in: Open) -> None:
    assert log_in("auditor").get(f"{page_of(street.our_id)}snapshots/new/").status_code == 403
    assert log_in("auditor").get(f"{page_of(street.our_id)}snapshots/").status_code == 200


def test_the_pages_work_in_english(street: Street, caseworker: Client) -> None:
    caseworker.cookies["language"] = "en"
    shown = text(caseworker.get(page_of(street.our_id)))
    assert "Desheng" in shown
    assert "single" in shown or "flexible work" in shown


def test_areas_are_the_posts_own(street: Street, caseworker: Client, log_in: Open) -> None:
    assert f'value="{SHICHAHAI}"' not in text(caseworker.get(LIST))
    assert f'value="{DESHENG}"' in text(log_in("office").get(LIST))
