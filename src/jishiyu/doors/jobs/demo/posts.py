"""Who works in the demo district. Nobody is real: each person is named after the post (德胜经办甲)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.law.rules import Pack
from jishiyu.law.rules.district import Agency, SubDistrict
from jishiyu.offices.operations import appoint_liaison, engage, establish_post
from jishiyu.offices.rules import SYSTEM, Role

EXPERTS = 5

# User names of agencies; an agency that is not here goes by its code.
_AGENCY_NAMES = {
    "MZ": "minzheng", "JW": "jiaowei", "SF": "sifa", "CZ": "caizheng", "RS": "renshe", "WS": "weijian", "JS": "jisheng",
    "MQ": "minzong", "FG": "fangguan", "GH": "gonghui", "TW": "tuanwei", "FL": "fulian", "CL": "canlian", "HH": "honghui",
    "FD": "fangdi", "XF": "xuanfang", "CS": "cishan", "YB": "yibao", "YJ": "yingji", "TY": "tuiyi",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoPost:
    """A post and the log-in of its one holder; the user name is the post's code."""

    username: str
    role: Role
    title: Sentence
    holder: str
    area: str = ""
    agency: str = ""


def demo_posts(pack: Pack) -> Iterator[DemoPost]:
    """Every post of the demo: four in each sub-district, one or three in each agency, and the district's own."""
    for place in pack.sub_districts:
        yield from _of_sub_district(place)
    leads = {programme.lead for programme in pack.programmes} | {
        agency for item in pack.items for agency in (item.lead[-1].agency, *item.lead[-1].shared_with)
    }
    for agency in pack.agencies:
        if agency.kind != "outside":
            yield from _of_agency(agency, leads=agency.code in leads)
    yield from _of_district()


def _of_sub_district(place: SubDistrict) -> Iterator[DemoPost]:
    name = "".join(letter for letter in place.pinyin.lower() if letter.isalpha())
    english = place.pinyin
    posts: tuple[tuple[str, Role, str, str, str], ...] = (
        ("jingban", "caseworker", "经办岗", "Caseworker", "经办甲"),
        ("jingban2", "caseworker", "经办二岗", "Second caseworker", "经办乙"),
        ("shenhe", "reviewer", "审核岗", "Reviewer", "审核甲"),
        ("fuze", "sub_district_head", "负责人", "Head", "负责人甲"),
    )
    for suffix, role, zh, en, holder in posts:
        title = sentence(f"{place.name.zh}{zh}", f"{en}, {english}")
        yield DemoPost(f"{name}.{suffix}", role, title, f"{place.short}{holder}", area=place.code)


def _of_agency(agency: Agency, *, leads: bool) -> Iterator[DemoPost]:
    name, zh, en = _AGENCY_NAMES.get(agency.code, agency.code.lower()), agency.name.zh, agency.name.en
    short = zh.removeprefix("区").split("（")[0]
    yield DemoPost(
        f"{name}.jingban",
        "agency_officer",
        sentence(f"{zh}经办岗", f"Officer, {en}"),
        f"{short}经办甲",
        agency=agency.code,
    )
    if leads:
        yield DemoPost(
            f"{name}.shenpi",
            "decider",
            sentence(f"{zh}审批岗", f"Decider, {en}"),
            f"{short}审批甲",
            agency=agency.code,
        )
        yield DemoPost(
            f"{name}.fuze",
            "agency_head",
            sentence(f"{zh}负责人", f"Head, {en}"),
            f"{short}负责人甲",
            agency=agency.code,
        )


def _of_district() -> Iterator[DemoPost]:
    yield DemoPost(
        "caizheng",
        "finance",
        sentence("区财政局资金岗", "Funds, District Finance Bureau"),
        "财政资金甲",
        agency="CZ",
    )
    yield DemoPost(
        "bangongshi",
        "office",
        sentence("领导小组办公室", "Office of the leading group"),
        "办公室甲",
        agency="MZ",
    )
    second = sentence("领导小组办公室二岗", "Office of the leading group, second post")
    yield DemoPost("bangongshi2", "office", second, "办公室乙", agency="MZ")
    yield DemoPost("shenji", "auditor", sentence("审计监督岗", "Auditor"), "审计甲")
    yield DemoPost("xitong", "admin", sentence("系统管理岗", "System administrator"), "系统管理甲")
    for number in range(1, EXPERTS + 1):
        title = sentence(f"评估专家{number}", f"Assessment expert {number}")
        yield DemoPost(f"zhuanjia{number}", "expert", title, f"专家{'甲乙丙丁戊'[number - 1]}")


def fill_posts(pack: Pack, *, first_day: date) -> list[DemoPost]:
    """Create the posts, engage their holders with the demo password, and appoint each unit's liaison officer."""
    made = list(demo_posts(pack))
    served: set[str] = set()
    hashed = make_password(settings.DEMO_PASSWORD)
    for post in made:
        establish_post(
            code=post.username, role=post.role, title=post.title, area=post.area, agency=post.agency
        )
        officer = engage(
            username=post.username,
            name=post.holder,
            password=None,
            hashed=hashed,
            post_code=post.username,
            first_day=first_day,
        )
        unit = post.area or post.agency
        if post.role in ("caseworker", "agency_officer") and unit not in served:
            served.add(unit)
            appoint_liaison(
                officer=officer, first_day=first_day, agency=post.agency, area=post.area, actor=SYSTEM
            )
    return made
