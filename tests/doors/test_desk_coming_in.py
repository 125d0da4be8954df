"""Log-in, log-out, post, language, and the pages for what goes wrong."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from jishiyu.doors.threshold import failures
from jishiyu.journal import queries as journal
from jishiyu.offices.operations import acting, engage
from jishiyu.offices.rules import SCOPE_OF_ROLE, SYSTEM
from tests.conftest import NOON, TODAY
from tests.doors.conftest import CASEWORKER, Open
from tests.fixtures import DESHENG

PASSWORD = "only-for-tests-1"
pytestmark = pytest.mark.usefixtures("street")


def written(act: str) -> list[tuple[str, str, str]]:
    """Post, what it was about, and outcome of the journal's entries of an act, newest first."""
    with acting(SYSTEM, moment=NOON):
        return [(entry.post, entry.about_id, entry.outcome) for entry in journal.entries(act=act)]


def sign_in(client: Client, password: str = PASSWORD, **extra: str):  # type: ignore[no-untyped-def]
    """Fill in and send the log-in page."""
    return client.post(reverse("desk:login"), {"username": CASEWORKER, "password": password, **extra})


def test_the_desk_asks_who_it_is_and_goes_on_to_where_one_wanted(client: Client) -> None:
    asked = client.get("/desk/households/")
    assert asked.status_code == 302
    assert asked.url == "/login/?next=/desk/households/"  # type: ignore[attr-defined]
    assert 'value="/desk/households/"' in client.get(asked.url).content.decode()  # type: ignore[attr-defined]
    came_in = sign_in(client, next="/desk/households/")
    assert came_in.url == "/desk/households/"
    assert client.get("/desk/").status_code == 200
    assert written("offices.log_in") == [(CASEWORKER, CASEWORKER, "done")]


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client: Client, elsewhere: str) -> None:
    assert sign_in(client, next=elsewhere).url == "/desk/"
    assert client.get(reverse("desk:language", args=["en"]), {"next": elsewhere})["Location"] == "/"


def test_a_wrong_password_is_told_kindly_and_noted(client: Client) -> None:
    answer = sign_in(client, "wrong")
    assert answer.status_code == 422
    assert "用户名或密码不对" in answer.content.decode()
    assert f'value="{CASEWORKER}"' in answer.content.decode()
    assert written("offices.log_in") == [("public", CASEWORKER, "refused")]


@pytest.mark.parametrize("told", [{"username": "", "password": "x"}, {"username": "x", "password": ""}, {}])
def test_an_empty_field_says_which(client: Client, told: dict[str, str]) -> None:
    answer = client.post(reverse("desk:login"), told)
    assert answer.status_code == 422
    assert "请填写" in answer.content.decode()


def test_five_failures_close_the_door_even_for_the_right_password(client: Client) -> None:
    answers = [sign_in(client, "wrong").status_code for _ in range(5)]
    assert answers[:4] == [422] * 4
    locked = sign_in(client)
    assert locked.status_code == 429
    assert "暂时锁定" in locked.content.decode()


def test_leaving_is_an_act_not_a_link(caseworker: Client) -> None:
    assert caseworker.get(reverse("desk:logout")).status_code == 405
    assert caseworker.post(reverse("desk:logout")).status_code == 302
    assert caseworker.get("/desk/").status_code == 302
    assert written("offices.log_out") == [(CASEWORKER, CASEWORKER, "done")]


def test_a_person_with_two_posts_changes_between_them(log_in: Open) -> None:
    with acting(SYSTEM, moment=NOON):
        engage(username=CASEWORKER, name="x", password=None, post_code="expert", first_day=TODAY)
    client = log_in(CASEWORKER)
    assert "切换岗位" in client.get("/desk/").content.decode()
    assert client.post(reverse("desk:switch_post"), {"post": "expert"}).status_code == 302
    assert client.get("/desk/").context["post"].code == "expert"
    client.post(reverse("desk:switch_post"), {"post": "auditor"})
    answer = client.get("/desk/")
    assert answer.context["post"].code == "expert"
    assert "您没有担任这个岗位" in answer.content.decode()


def test_without_a_post_there_is_no_desk(log_in: Open) -> None:
    from jishiyu.offices.models import Holding

    Holding.objects.filter(officer__username=CASEWORKER).update(first_day=TODAY.replace(year=2099))
    answer = log_in(CASEWORKER).get("/desk/")
    assert answer.status_code == 403
    assert "没有任职岗位" in answer.content.decode()


def test_english_by_one_click(client: Client) -> None:
    page = client.get(reverse("desk:login"))
    assert page["Content-Language"] == "zh-hans"
    assert '<html lang="zh-Hans"' in page.content.decode()
    chosen = client.get(reverse("desk:language", args=["en"]), {"next": "/login/"})
    assert chosen["Location"] == "/login/"
    page = client.get(reverse("desk:login"))
    assert page["Content-Language"] == "en"
    assert '<html lang="en"' in page.content.decode()
    assert client.get(reverse("desk:language", args=["fr"])).status_code == 404


@pytest.mark.parametrize(
    "role", [role for role in SCOPE_OF_ROLE if role not in ("partner", "public", "system")]
)
def test_every_post_has_its_work_desk_and_help(log_in: Open, role: str) -> None:
    place = {"sub_district": f".{DESHENG}", "agency": ".MZ"}.get(SCOPE_OF_ROLE[role], "")
    client = log_in(role + place)
    for name in ("desk:home", "desk:help"):
        assert client.get(reverse(name)).status_code == 200
    shown = client.get("/desk/").content.decode()
    assert ("家庭档案" in shown) == (role not in ("expert", "admin"))
    assert ("登记家庭" in shown) == (role == "caseworker")


def test_the_strict_content_policy_is_sent(caseworker: Client) -> None:
    policy = caseworker.get("/desk/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_refusal_says_why_and_whose_it_is(log_in: Open) -> None:
    answer = log_in("auditor").get(reverse("desk:households_register"))
    assert answer.status_code == 403
    said = answer.content.decode()
    assert "您的岗位不能这样做" in said
    assert "街道经办" in said
    assert "系统出错了" not in said
    assert written("doors.refuse")[0][2] == "refused"


def test_no_such_page(client: Client) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_a_form_without_its_proof(street: object) -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("desk:login"), {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "status", "said"),
    [
        (failures.fault, 500, "这不是您的操作问题"),
        (failures.forbidden, 403, "不能打开这个页面"),
        (failures.bad_request, 400, "没有看懂"),
    ],
)
def test_faults_are_told_apart_from_refusals(page, status: int, said: str) -> None:  # type: ignore[no-untyped-def]
    answer = page(RequestFactory().get("/desk/x/"))
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert 'href="/desk/"' in answer.content.decode()
