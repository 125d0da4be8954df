"""The home visit on a telephone: taken along, written with the network cut, sent later; and two visitors who never overwrite one another."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Desk
from tests.fixtures import DESHENG

Axe = Callable[[Page], list[str]]
PIN = "yu-2024"
SLOW = 15_000  # a key is derived from the PIN on purpose slowly
DEVICE = "/desk/visits/device/"
SENT = re.compile(r"已发送，成为本案第 \d 版调查记录")


def take_along(page: Page, name: str, pin: str = PIN) -> None:
    """From the list of visits to the device."""
    page.goto("/desk/visits/")
    page.get_by_role("link", name=f"带走 {name}").click()
    page.wait_for_url(f"**{DEVICE}**")
    page.fill("#pin", pin)
    if page.locator("#pin-again").is_visible():
        page.fill("#pin-again", pin)
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_role("button", name=f"打开 {name}")).to_be_visible(timeout=SLOW)


def unlock(page: Page, pin: str = PIN) -> None:
    page.fill("#pin", pin)
    page.get_by_role("button", name="确定").click()


def write(page: Page, second: str, findings: str) -> None:
    page.fill("#visit-second_visitor", second)
    page.fill("#visit-met_whom", "户主")
    for question in ("home", "furnishing", "present", "income", "neighbours"):
        page.check(f"input[name=living_{question}] >> nth=0")
    page.fill("#visit-findings", findings)
    page.check("input[name=agrees][value=yes]")
    page.fill("#visit-not_signed_because", "已在纸上签名")
    page.check("input[name=outcome][value=visited]")


def a_photograph(page: Page, folder: Path) -> Path:
    """A picture larger than what is kept, with a word where cameras write theirs."""
    data = page.evaluate(
        """async () => {
          const canvas = new OffscreenCanvas(2000, 1500), pen = canvas.getContext("2d");
          for (let place = 0; place < 300; place += 1) {
            pen.fillStyle = `hsl(${place * 47} 60% 50%)`;
            pen.fillRect((place * 389) % 1900, (place * 211) % 1400, 180, 130);
          }
          const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
          return [...new Uint8Array(await blob.arrayBuffer())];
        }"""
    )
    raw = bytes(data)
    exif = b"Exif\x00\x00GPS-of-the-camera"
    file = folder / "camera.jpg"
    file.write_bytes(raw[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + raw[2:])
    return file


STORED = """async () => {
  const database = await new Promise((done) => { const asked = indexedDB.open("jishiyu-visits"); asked.onsuccess = () => done(asked.result); });
  const rows = {};
  for (const place of database.objectStoreNames) {
    rows[place] = await new Promise((done) => {
      const asked = database.transaction(place).objectStore(place).getAll(); asked.onsuccess = () => done(asked.result);
    });
  }
  database.close();
  const plain = (name, value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    ? new TextDecoder("utf-8").decode(value) : value;
  return { text: JSON.stringify(rows, plain), counts: Object.fromEntries(Object.entries(rows).map(([place, all]) => [place, all.length])) };
}"""


def test_written_without_a_network_and_sent_later(desk: Desk, axe: Axe, tmp_path: Path) -> None:
    page = desk.log_in(f"caseworker.{DESHENG}", phone=True, bypass_csp=True)
    page.goto("/desk/visits/")
    found = axe(page)
    take_along(page, "陆谷雨")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    camera = a_photograph(page, tmp_path)
    page.context.set_offline(True)
    page.reload()
    found += axe(page)
    unlock(page, "yu-2025")
    expect(page.get_by_text("口令不对，还可以试 4 次")).to_be_visible()
    unlock(page)
    page.get_by_role("button", name="打开 陆谷雨").click()
    write(page, "", "屋顶漏雨，情况属实")
    page.set_input_files("#photo-file", camera)
    size = page.get_by_text(re.compile(r"照片 1（\d+ KB）"))
    expect(size).to_be_visible(timeout=SLOW)
    assert int(re.findall(r"（(\d+) KB", size.inner_text())[0]) <= 300
    page.get_by_role("button", name="记录现在的位置").click()
    expect(page.get_by_text("没有允许使用位置")).to_be_visible()
    sign(page)
    expect(page.get_by_text("已签名")).to_be_visible()
    found += axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.wait_for_function(
        f"({STORED})().then(({{ counts }}) => counts.drafts === 1 && counts.pictures === 2)"
    )
    kept = page.evaluate(STORED)
    assert not [word for word in ("陆谷雨", "甲一胡同", "屋顶漏雨", PIN) if word in kept["text"]]

    page.goto(DEVICE)  # as after the telephone threw the page out
    unlock(page)
    page.get_by_role("button", name="打开 陆谷雨").click()
    expect(page.locator("#visit-findings")).to_have_value("屋顶漏雨，情况属实")
    expect(page.get_by_text("已签名")).to_be_visible()
    expect(size).to_be_visible(timeout=SLOW)

    page.context.set_offline(False)
    send_it(page, second=page.input_value("#visit-first_visitor"))
    expect(page.locator("#visit-second_visitor-error")).to_have_text("入户调查须由两人以上进行")
    page.context.clear_cookies()  # the log-in has expired meanwhile
    send_it(page, second="测试乙")
    page.get_by_role("link", name="去登录").click()
    page.fill("input[name=username]", f"caseworker.{DESHENG}")
    page.fill("input[name=password]", PASSWORD)
    page.click("form[action='/login/'] button.btn-primary")
    page.wait_for_url(f"**{DEVICE}")
    unlock(page)
    page.get_by_role("button", name="打开 陆谷雨").click()
    expect(page.locator("#visit-second_visitor")).to_have_value("测试乙")
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.get_by_text(SENT)).to_be_visible(timeout=SLOW)
    assert page.evaluate(STORED)["counts"] == {"drafts": 0, "lock": 2, "pictures": 0, "visits": 0}
    page.get_by_role("link", name="打开案件").click()
    page.wait_for_url("**/desk/cases/**")
    page.get_by_text("2 张图片").click()
    photo = page.get_by_role("img", name=re.compile("照片")).get_attribute("src")
    stored = page.request.get(str(photo))
    assert stored.headers["content-type"] == "image/jpeg"
    assert len(stored.body()) <= 300_000
    assert b"Exif" not in stored.body()
    assert found == [], "\n".join(found)


def test_the_second_visitor_sees_both_and_chooses(desk: Desk, axe: Axe) -> None:
    first = desk.log_in(f"caseworker.{DESHENG}", phone=True)
    second = desk.log_in(f"colleague.{DESHENG}", phone=True, bypass_csp=True)
    for page in (first, second):
        take_along(page, "夏立秋")
        page.get_by_role("button", name="打开 夏立秋").click()
    for page, findings in ((first, "家里没有人工作"), (second, "户主打零工")):
        write(page, "测试乙", findings)
        page.get_by_role("button", name="发送", exact=True).click()
        expect(
            page.get_by_text(SENT).or_(page.get_by_role("heading", name="两份记录，请选择"))
        ).to_be_visible()
    expect(first.get_by_text(SENT)).to_be_visible()
    expect(second.get_by_role("heading", name="两份记录，请选择")).to_be_visible()
    findings_of_both = second.get_by_role("group", name="调查结论")
    expect(findings_of_both).to_contain_text("户主打零工")
    expect(findings_of_both).to_contain_text("家里没有人工作")
    assert axe(second) == []
    second.get_by_role("button", name="按选择合并并发送").click()
    expect(second.get_by_text("还有 2 项没有选择")).to_be_visible()
    second.check("input[name=choice-findings][value=theirs]")
    second.check("input[name=choice-first_visitor][value=mine]")
    second.get_by_role("button", name="按选择合并并发送").click()
    expect(second.get_by_text(SENT)).to_be_visible(timeout=SLOW)
    second.get_by_role("link", name="打开案件").click()
    second.get_by_text("对照时没有选的内容").click()
    expect(second.get_by_text("户主打零工")).to_be_visible()
    # A copy past its term does not open; five wrong tries on a lost telephone leave nothing.
    take_along(first, "夏立秋")
    first.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=8))
    first.goto(DEVICE)
    expect(first.get_by_text("已过期的资料已从本机删除：1 户")).to_be_visible()
    assert first.evaluate(STORED)["counts"]["visits"] == 0
    for left in (4, 3, 2, 1):
        unlock(first, "wrong-pin")
        expect(first.get_by_text(f"还可以试 {left} 次")).to_be_visible(timeout=SLOW)
    unlock(first, "wrong-pin")
    expect(first.get_by_text("本机资料已全部清除")).to_be_visible()
    assert "check" not in first.evaluate(STORED)["text"], "the lock itself is gone"


def sign(page: Page) -> None:
    """Two strokes with the mouse."""
    canvas = page.locator("canvas[data-at=signature]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.fill("#visit-not_signed_because", "")
    page.fill("#visit-signed_by_household", "陆谷雨")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    for place in (0.3, 0.6):
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] * place)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + box["height"] * 0.5, steps=4)
        page.mouse.up()


def send_it(page: Page, *, second: str) -> None:
    page.fill("#visit-second_visitor", second)
    page.get_by_role("button", name="发送", exact=True).click()
