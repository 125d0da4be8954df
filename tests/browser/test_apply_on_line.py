"""Applying on line in Chromium without JavaScript, answered on the desk, followed by number and code to the case."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.fixtures import a_newcomer
from tests.papers import a_jpeg, an_exif

# Registered by the seed, with facts on file, and with no case for temporary relief.
NEWCOMER = a_newcomer(90)
HEAD, CHILD = NEWCOMER.members


def without_script(desk: Desk) -> Page:
    """A telephone whose browser runs no script."""
    context = desk.chromium.new_context(
        base_url=desk.site.url,
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
        locale="zh-CN",
    )
    context.set_default_timeout(15_000)
    desk.contexts.append(context)
    page: Page = context.new_page()
    page.on("request", desk._asked)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def a_file(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def fill_in(page: Page) -> tuple[str, str]:
    """From the home page through the five steps; returns number and code."""
    page.goto("/")
    page.get_by_role("link", name="网上申请救助").click()
    page.get_by_role("link", name="收入少，日子过不下去").click()
    page.locator("#begin-ZK05").click()
    number, code = page.locator(".jsy-code").all_inner_texts()
    page.get_by_role("link", name="记好了，开始填写").click()
    page.fill("[name=name]", HEAD.name)
    page.fill("[name=id_number]", HEAD.id_number.text[:-1] + "0")
    page.select_option("[name=sub_district]", NEWCOMER.sub_district)
    press(page, "保存，下一步")
    expect(page.locator("#id_id_number_error")).to_be_visible()
    page.fill("[name=id_number]", HEAD.id_number.text)
    press(page, "保存，下一步")  # the rest is still missing; the number is kept, and not shown again
    assert HEAD.id_number.text not in page.content()
    page.fill("[name=phone]", "19900000081")
    page.fill("[name=address]", "甲一胡同81号（虚构）")
    press(page, "保存，下一步")
    page.fill("[name=m0-name]", CHILD.name)
    page.fill("[name=m0-id_number]", CHILD.id_number.text)
    page.select_option("[name=m0-relation]", "20")
    press(page, "再加一个人")
    expect(page.locator("[name=m1-name]")).to_be_visible()
    assert CHILD.id_number.text not in page.content()
    press(page, "保存，下一步")
    page.fill("[name=words]", "打零工，收入不够孩子上学和吃饭。")
    press(page, "保存，以后再填")
    press(page, "以后再填，先关闭")
    page.get_by_role("link", name="我有编号和查询码").click()
    page.fill("[name=number]", number)
    page.fill("[name=code]", code.lower())
    press(page, "打开")
    page.get_by_role("link", name="材料", exact=True).click()
    page.set_input_files("#file-id_and_hukou", a_file("户口簿.jpg", b"MZ not a picture"))
    page.locator("form:has(#file-id_and_hukou) button").click()
    expect(page.locator("#upload-refused")).to_contain_text("程序文件")
    page.set_input_files("#file-id_and_hukou", a_file("户口簿.jpg", a_jpeg(before=an_exif(6))))
    page.locator("form:has(#file-id_and_hukou) button").click()
    expect(page.locator(".jsy-file")).to_contain_text("户口簿.jpg")
    page.get_by_role("link", name="下一步").click()
    assert HEAD.id_number.text not in page.content()
    page.check("[name=agree]")
    page.fill("[name=signed]", HEAD.name)
    press(page, "提交申请")
    expect(page.locator("h1")).to_have_text("申请已提交")
    return number, code


def test_from_a_telephone_to_the_case_and_back(desk: Desk) -> None:
    telephone = without_script(desk)
    number, code = fill_in(telephone)

    page = desk.log_in("caseworker.110102010")
    page.goto("/desk/applications/")
    page.get_by_role("link", name=number).click()
    page.wait_for_load_state()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="户口簿.jpg").click()
    opened.value.wait_for_load_state()
    answer = page.request.get(opened.value.url)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-disposition"].startswith("inline")
    assert b"GPS" not in answer.body()
    expect(page.get_by_text("按身份证号找到")).to_be_visible()
    page.fill("#ask-words", "请补近三个月的收入证明")
    page.get_by_role("button", name="告知申请人补充").click()
    expect(page.get_by_text("已一次性告知申请人补充材料")).to_be_visible()

    telephone.goto("/progress/")
    telephone.fill("[name=number]", number)
    telephone.fill("[name=code]", code)
    press(telephone, "查询")
    expect(telephone.get_by_text("请补近三个月的收入证明")).to_be_visible()
    telephone.set_input_files("#file-other", a_file("收入.jpg", a_jpeg(size=(8, 7))))
    telephone.locator("form:has(#file-other) button").click()
    press(telephone, "补好了，交给街道")
    expect(telephone.get_by_text("已提交，等街道受理")).to_be_visible()

    page.reload()
    expect(page.get_by_text("已补材料").or_(page.get_by_text("补齐", exact=True))).to_be_visible()
    page.get_by_role("button", name="受理，立案").click()
    page.wait_for_url("**/desk/cases/*/")
    expect(page.get_by_role("link", name=number)).to_be_visible()
    expect(page.get_by_role("link", name="户口簿.jpg")).to_be_visible()

    telephone.goto("/apply/state/")
    expect(telephone.get_by_text("已受理立案")).to_be_visible()
    expect(telephone.locator(".jsy-progress li").first).to_be_visible()
    assert HEAD.id_number.text not in telephone.content()
    press(telephone, "看完了，关闭")
    telephone.goto("/apply/state/")
    expect(telephone).to_have_url(f"{desk.site.url}/apply/continue/")
